"""What views of this door load first: what the person has to do with, or a page that is not found."""

from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from motcua.base.clock import day_of
from motcua.indices import queries
from motcua.indices.models import Answer, JudgedUnit, Round
from motcua.indices.rules.rounds import WORKING
from motcua.indices.terms import UnitKind
from motcua.organisations import queries as organisations
from motcua.people.http import PersonRequest
from motcua.people.terms import Role

OFFICIALS: Final = tuple(Role(name) for name in sorted(WORKING))
"""The roles that open this door; what they may do behind it is decided by the rules."""


def my_rounds(request: PersonRequest) -> QuerySet[Round]:
    """The rounds the person has to do with."""
    return queries.rounds_for(request.actor, request.now).select_related("set_version", "organiser")


def the_round(request: PersonRequest, pk: int) -> Round:
    """One of them; any other does not exist for the person."""
    found = queries.round_for(pk, request.actor, request.now)
    if found is None:
        raise Http404(_("Không thấy đợt đánh giá này trong phần việc của cơ quan bạn."))
    return found


def the_unit(request: PersonRequest, round_: Round, pk: int) -> JudgedUnit:
    """A unit of the round of which the person may read at least one answer."""
    seen = queries.sight(round_, request.actor, request.now)
    found = next((one for one in queries.units_read(round_, seen) if one.pk == pk), None)
    if found is None:
        raise Http404(_("Không thấy đơn vị này trong phần bạn được xem của đợt đánh giá."))
    return found


def the_answer(request: PersonRequest, pk: int) -> Answer:
    """An answer the person may read."""
    found = queries.answer_for(pk, request.actor, request.now)
    if found is None:
        raise Http404(_("Không thấy tiêu chí này trong phần việc của cơ quan bạn."))
    return found


def today(request: PersonRequest) -> date:
    """The day of the request."""
    return day_of(request.now)


def sent(request: PersonRequest) -> tuple[Any, Any]:
    """What was sent, words and files; nothing where the page was only opened."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def units_of_kind(kind: UnitKind, day: date, root: int) -> list[tuple[int, str]]:
    """The agencies of one kind in a province today, in the order of the tree."""
    nodes = organisations.tree_on(day, root)
    return [(one.version.agency, one.version.name) for one in nodes if one.version.level == kind.value]
