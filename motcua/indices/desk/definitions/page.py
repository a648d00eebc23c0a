"""What the pages of definitions show beside the definition itself."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.clock import day_of
from motcua.directives.queries import Resolved
from motcua.indices.desk.definitions.loading import may_import
from motcua.indices.models import SetVersion
from motcua.indices.queries.sets import Node, SetRow, heirs, owners_today, signing_objections, tree_of, version_before
from motcua.indices.rules.validating import publication_objections
from motcua.indices.terms import Certainty
from motcua.organisations import queries as organisations
from motcua.people.http import PersonRequest

SURE_TAGS: Final = {
    Certainty.VERIFIED: ("la", "circle-check", "V"),
    Certainty.READ: ("nuoc", "book-open", "T"),
    Certainty.REMEMBERED: ("nghe", "triangle-alert", "M"),
}


class Group(NamedTuple):
    """The definitions of one index."""

    title: str
    rows: tuple["Line", ...]


class Line(NamedTuple):
    """One definition in the list."""

    row: SetRow
    years: str
    units: str
    state: tuple[str, str, str]


class TreeLine(NamedTuple):
    """One row of the tree with what surrounds it."""

    node: Node
    sure: tuple[str, str, str] | None
    sure_words: str
    owner_now: str
    owner_fault: str


def years_words(row: SetRow) -> str:
    """2022–2023, or from 2024 on."""
    one = row.definition
    if one.year_to is None:
        return _("từ %d") % one.year_from
    return str(one.year_from) if one.year_to == one.year_from else f"{one.year_from}–{one.year_to}"


def state_of(row: SetRow, today: date) -> tuple[str, str, str]:
    """Where a definition stands, as a tag."""
    if row.example:
        return "nghe", "triangle-alert", _("bộ ví dụ")
    if row.kept is None:
        return "", "package", _("có sẵn, chưa đưa vào sổ")
    if row.kept.signed_at is None:
        return "cham", "hourglass", _("chờ ký")
    if _in_force(row.kept, today):
        return "la", "circle-check", _("đang dùng")
    return "nuoc", "history", _("đã ký, năm khác")


def _in_force(kept: SetVersion, today: date) -> bool:
    first, last = kept.during.lower, kept.during.upper
    return (first is None or first <= today) and (last is None or today < last)


def groups_of(rows: Sequence[SetRow], today: date) -> list[Group]:
    """Definitions by index."""
    return [
        Group(index, tuple(_line(row, today) for row in found))
        for index, found in groupby(rows, key=lambda row: row.definition.index)
    ]


def _line(row: SetRow, today: date) -> Line:
    units = ", ".join(kind.label for kind in row.definition.units)
    return Line(row, years_words(row), units, state_of(row, today))


def set_page(request: PersonRequest, row: SetRow) -> dict[str, Any]:
    """The context of one definition."""
    definition = row.definition
    actor = request.actor
    root = organisations.root_of(actor.agency) if actor.agency is not None else None
    names = [name for one in definition.criteria for name in (one.owner, *one.coordinating)]
    meant = owners_today([*names, definition.lead], root, request.now)
    counted = Counter(how for _code, _fact, how in definition.facts())
    before = version_before(definition, row.kept)
    return {
        "row": row,
        "set": definition,
        "years": years_words(row),
        "state": state_of(row, day_of(request.now)),
        "units": ", ".join(kind.label for kind in definition.units),
        "tree": [_tree_line(node, meant, request) for node in tree_of(definition)],
        "why_example": publication_objections(definition),
        "sure": [(SURE_TAGS[how], how.label, counted[how]) for how in Certainty if counted[how]],
        "objections": signing_objections(row.kept, actor) if row.kept is not None else [],
        "may_import": may_import(request),
        "before": before,
        "lead_now": _now_words(meant.get(definition.lead), definition.lead, request),
        "set_facts": definition.certainty,
    }


def _tree_line(node: Node, meant: dict[str, Resolved], request: PersonRequest) -> TreeLine:
    found = meant.get(node.one.owner)
    fault = found.sentence if found is not None and not found.agencies else ""
    words = "; ".join(f"{_fact_words(fact)}: {how.label}" for fact, how in node.facts)
    return TreeLine(
        node, SURE_TAGS[node.sure] if node.sure else None, words, _now_words(found, node.one.owner, request), fault
    )


_FACTS: Final = {
    "all": gettext_lazy("cả dòng"),
    "name": gettext_lazy("tên"),
    "names": gettext_lazy("tên"),
    "area names": gettext_lazy("tên lĩnh vực"),
    "max": gettext_lazy("điểm tối đa"),
    "points": gettext_lazy("điểm"),
    "weight": gettext_lazy("trọng số"),
    "weights": gettext_lazy("trọng số"),
    "rule": gettext_lazy("cách tính"),
    "owner": gettext_lazy("chủ trì"),
    "appraiser": gettext_lazy("thẩm định"),
}


def _fact_words(fact: str) -> str:
    return str(_FACTS.get(fact, fact))


def _now_words(meant: Resolved | None, printed: str, request: PersonRequest) -> str:
    """The agency of today behind a printed name, where it bears another name."""
    if meant is None:
        return ""
    if meant.group:
        return _("%d cơ quan") % len(meant.agencies)
    found = heirs(meant, request.now)
    return "" if found == [printed] else ", ".join(found)
