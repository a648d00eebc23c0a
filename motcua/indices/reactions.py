"""Who hears of what happens in a round: told after the act, in the app and by letter, once.

What is old when it is heard of, as after a load of past years, is no news.
"""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from motcua.base.models import Entry
from motcua.base.reactions import reacts_to
from motcua.indices.actions import news
from motcua.indices.events import CriteriaAssigned, DeadlineExtended, ObjectionAnswered, ObjectionRaised, RoundMoved
from motcua.indices.models import PointsObjection, Round

NEWS: Final = timedelta(days=7)


@reacts_to(RoundMoved)
def tell_of_a_step(event: RoundMoved, entry: Entry) -> None:
    """Opened, at the appraisers, results sent, published; nothing where the round has moved on since."""
    round_ = _round(event.round)
    if _fresh(entry) and round_.stage == event.stage:
        news.of_step(round_, before=event.before, name=_name(entry), at=entry.at)


@reacts_to(CriteriaAssigned)
def tell_of_an_assignment(event: CriteriaAssigned, entry: Entry) -> None:
    """An agency has criteria to answer or to appraise that it had not before."""
    if _fresh(entry):
        news.of_assignment(
            _round(event.round),
            stage=event.stage,
            agency=event.agency,
            criteria=event.criteria,
            appraising=event.appraising,
            name=_name(entry),
            at=entry.at,
        )


@reacts_to(DeadlineExtended)
def tell_of_an_extension(event: DeadlineExtended, entry: Entry) -> None:
    """The last day has moved."""
    round_ = _round(event.round)
    if _fresh(entry) and round_.stage == event.stage:
        news.of_extension(round_, until=event.until, name=_name(entry), at=entry.at)


@reacts_to(ObjectionRaised)
def tell_of_an_objection(event: ObjectionRaised, entry: Entry) -> None:
    """The appraiser is to answer it."""
    if _fresh(entry):
        news.of_objection(_objection(event.objection), name=_name(entry), at=entry.at)


@reacts_to(ObjectionAnswered)
def tell_of_a_reply(event: ObjectionAnswered, entry: Entry) -> None:
    """The owner reads what became of it."""
    if _fresh(entry):
        news.of_reply(_objection(event.objection), name=_name(entry), at=entry.at)


def _fresh(entry: Entry) -> bool:
    return timezone.now() - entry.at < NEWS


def _name(entry: Entry) -> str:
    """The piece of news by its entry in the journal: a reaction may run twice, the news is told once."""
    return f"indices/{entry.stream}/{entry.seq}"


def _round(number: int) -> Round:
    return Round.objects.select_related("set_version").get(pk=number)


def _objection(number: int) -> PointsObjection:
    return PointsObjection.objects.select_related("answer__unit").get(pk=number)
