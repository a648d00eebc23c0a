"""QĐ 766 as pages show it: groups with what is lost, the rows behind each count, units by groups as a table of ink."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.dashboards.boards import League, called
from motcua.measures.queries import rows766
from motcua.measures.queries.rows766 import OF_DOSSIERS
from motcua.measures.queries.set766 import Answer, content_lacking, set_for
from motcua.measures.rules.periods import Period
from motcua.measures.rules.results766 import ScoredComponent, ScoredGroup, ScoredSet
from motcua.organisations import queries as organisations
from motcua.procedures import queries as catalogue
from motcua.ui import words
from motcua.ui.charts import heat_class

OF_PROCEDURES: Final = frozenset({"content_full", "online_provided", "online_with_dossier"})
PAGE: Final = 100
FIRST_ROWS: Final = 12
"""So many units of a level are shown at first, those with the most dossiers."""


class Component(NamedTuple):
    """One component, and where its rows are shown; nowhere when nothing was counted here."""

    scored: ScoredComponent
    url: str


class Group(NamedTuple):
    """One group: the points of what is measured, out of how many, and how many are lost."""

    scored: ScoredGroup
    most: Decimal
    lost: Decimal | None
    share: Decimal | None
    components: list[Component]

    @property
    def unmeasured(self) -> Decimal:
        """Points that nothing is known about."""
        return self.scored.group.maximum - self.most


def measurable(group: ScoredGroup) -> Decimal:
    """The maxima of the components of a group that have a score."""
    return sum((one.component.maximum for one in group.components if one.score is not None), Decimal(0))


def share_of(group: ScoredGroup) -> Decimal | None:
    """What was reached of the measurable maximum, in per cent; None where nothing of the group is measured."""
    most = measurable(group)
    return None if group.score is None or not most else round(100 * group.score / most, 1)


def has_rows(one: ScoredComponent) -> bool:
    """Whether the count is ours and made of dossiers or procedures: an imported one has its rows elsewhere."""
    counted = one.component.counted
    ours = one.count is not None and not one.count.source and one.count.numerator is not None
    return ours and (counted in OF_DOSSIERS or counted in OF_PROCEDURES)


def groups(found: ScoredSet, address: Callable[[str], str]) -> list[Group]:
    """The groups in their order; `address` is where the rows of a component are shown."""
    shown = []
    for each in found.groups:
        most = measurable(each)
        components = [Component(one, address(one.component.code) if has_rows(one) else "") for one in each.components]
        lost = None if each.score is None else most - each.score
        shown.append(Group(each, most, lost, share_of(each), components))
    return shown


def sums(found: list[Group]) -> dict[str, Decimal]:
    """What is lost of the measurable maximum, and what nothing is known about."""
    return {
        "lost": sum((one.lost for one in found if one.lost is not None), Decimal(0)),
        "unmeasured": sum((one.unmeasured for one in found), Decimal(0)),
    }


def lacking(one: ScoredComponent) -> int:
    """What stands in the denominator alone."""
    counts = one.count
    return (counts.denominator or 0) - (counts.numerator or 0) if counts is not None else 0


class Cell(NamedTuple):
    """One group of one unit: per cent of what can be measured, in ink; or not measured."""

    text: str
    shade: str
    said: str


class Row(NamedTuple):
    """One unit: its own page, that of its index set, dossiers, its groups, the sum."""

    agency: int
    name: str
    received: int
    cells: list[tuple[str, Cell]]
    total: Cell


def component_of(agency: str, period: Period, code: str, *, at: datetime) -> tuple[Answer, ScoredComponent]:
    """The scored component of that code, if it was counted here; otherwise there is no such page."""
    try:
        answer = set_for(agency, period, at=at)
    except Refused as refused:
        raise Http404(" ".join(refused.objections)) from refused
    for group in answer.scored.groups:
        for one in group.components:
            if one.component.code == code and has_rows(one):
                return answer, one
    raise Http404


def procedures(answer: Answer, one: ScoredComponent, *, lost: bool, page: str | None, at: datetime) -> dict[str, Any]:
    """The procedures that count, or those that do not, with their names and, of published content, the parts they lack."""
    found = rows766.procedures_behind(one.component.counted, answer, at=at) or []
    shown = Paginator([each.code for each in found if each.counts is not lost], PAGE).get_page(page)
    names = {each.procedure.code: each.plain_name or each.name for each in catalogue.published(answer.until)}
    of_content = lost and one.component.counted == "content_full"
    lacking = content_lacking(list(shown), answer.until) if of_content else {}
    parts = {code: ", ".join(str(each.label) for each in found) for code, found in lacking.items()}
    return {"procedures": [(code, names.get(code, code), parts.get(code, "")) for code in shown], "page": shown}


class HeatMap(NamedTuple):
    """Units of one level by the groups of their set."""

    title: str
    level: str
    heads: list[str]
    rows: list[Row]
    hidden: int
    """Units that are not shown until they are asked for."""


def heat_maps(sets: Mapping[int, ScoredSet], leagues: list[League], day: date, *, every: bool) -> list[HeatMap]:
    """Level by level in the order of the leagues; the units with the most dossiers first, also those that had none."""
    register = organisations.register()
    received = {line.agency: line.received for league in leagues for line in league.all}
    by_level: dict[str, list[int]] = {league.level: [] for league in leagues}
    for agency in sets:
        if (version := register.nearest(agency, day)) is not None and version.level in by_level:
            by_level[version.level].append(agency)
    maps = []
    for league in leagues:
        units = sorted(by_level[league.level], key=lambda one: (-received.get(one, 0), one))
        busy = [one for one in units if received.get(one)] or units
        chosen = units if every else busy[:FIRST_ROWS]
        if units:
            rows = [_row(one, _name(one, day), received.get(one, 0), sets[one]) for one in chosen]
            heads = [each.group.name for each in sets[units[0]].groups]
            maps.append(HeatMap(league.title, league.level, heads, rows, len(units) - len(chosen)))
    return maps


def _name(agency: int, day: date) -> str:
    version = organisations.register().nearest(agency, day)
    return called(version) if version is not None else ""


def _row(agency: int, name: str, received: int, found: ScoredSet) -> Row:
    cells = [(one.group.code, _cell(one.score, measurable(one))) for one in found.groups]
    return Row(agency, name, received, cells, _cell(found.total, found.measurable_max))


def _cell(score: Decimal | None, most: Decimal) -> Cell:
    if score is None or not most:
        return Cell(_("chưa đo"), "", _("chưa có nguồn đếm"))
    share = 100 * score / most
    told = {"score": words.decimal_words(score), "most": words.decimal_words(most)}
    return Cell(
        words.decimal_words(share, 1), heat_class(float(share)), _("%(score)s trên %(most)s điểm đo được") % told
    )
