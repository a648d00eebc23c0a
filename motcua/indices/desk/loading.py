"""What views of this door load first: what the person has to do with, or a page that is not found."""

from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from motcua.indices import queries
from motcua.indices.models import Round
from motcua.indices.rules.rounds import WORKING
from motcua.people.http import PersonRequest
from motcua.people.terms import Role

OFFICIALS: Final = tuple(Role(name) for name in sorted(WORKING))
"""The roles that open this door; what they may do behind it is decided by the rules."""


def my_rounds(request: PersonRequest) -> QuerySet[Round]:
    """The rounds the person has to do with."""
    return queries.rounds_for(request.actor, request.now).select_related("set_version", "organiser")


def the_round(request: PersonRequest, pk: int) -> Round:
    """One of them; any other does not exist for the person."""
    found = my_rounds(request).filter(pk=pk).first()
    if found is None:
        raise Http404(_("Không thấy đợt đánh giá này trong phần việc của cơ quan bạn."))
    return found


def sent(request: PersonRequest) -> tuple[Any, Any]:
    """What was sent, words and files; nothing where the page was only opened."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
