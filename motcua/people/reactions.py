"""What people do when agencies change: posts go on in the agency that took over, where only one can be meant."""

from motcua.base.models import Entry
from motcua.base.reactions import reacts_to
from motcua.organisations.events import AgencyEnded, AgencyOpened
from motcua.people import actions


@reacts_to(AgencyEnded, AgencyOpened)
def follow_agencies(event: AgencyEnded | AgencyOpened, entry: Entry) -> None:
    """An agency ended, or a unit was opened that may be the one its people were waiting for."""
    actions.move_posts(at=entry.at)
