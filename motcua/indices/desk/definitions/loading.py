"""Which definition an address means, and who may open this part of the door."""

from typing import Final

from django.http import Http404
from django.utils.translation import gettext as _

from motcua.base.text import whole_number
from motcua.indices.actions.defining import ADMITTED
from motcua.indices.desk.loading import OFFICIALS
from motcua.indices.models import SetVersion
from motcua.indices.queries.sets import SetRow, row_of, row_of_shipped
from motcua.people.http import PersonRequest
from motcua.people.terms import Role

READERS: Final = (*OFFICIALS, Role.ADMINISTRATOR)
IMPORTERS: Final = tuple(Role(name) for name in sorted(ADMITTED))
LEADERS: Final = (Role.LEADER,)


def the_set(key: str) -> SetRow:
    """The definition behind an address: a number for one that was taken in, a code for one of the product."""
    number = whole_number(key)
    if number is None:
        found = row_of_shipped(key)
    else:
        kept = SetVersion.objects.filter(pk=number).first()
        found = None if kept is None else row_of(kept)
    if found is None:
        raise Http404(_("Không có bộ chỉ số này."))
    return found


def may_import(request: PersonRequest) -> bool:
    """Whether the person may bring definitions in."""
    return bool(ADMITTED & {str(role) for role in request.actor.roles})
