"""Counting as far as anybody wants to know: "hơn 500" costs the same with ten thousand and ten million rows."""

from typing import Any, Final, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

CAP: Final = 500


class Count(NamedTuple):
    """A number counted up to 500."""

    number: int

    def __str__(self) -> str:
        return _("hơn %(most)d") % {"most": CAP} if self.number > CAP else str(self.number)


def counted(rows: QuerySet[Any]) -> Count:
    """The count up to the cap; never a full count of a large table."""
    return Count(len(rows.order_by().values_list("pk", flat=True)[: CAP + 1]))
