"""Units beside each other: enough cases to be ranked, or shown without a rank."""

from decimal import Decimal

from motcua.dashboards import boards
from motcua.measures.rules.fairness import interval


def line(name: str, hits: int, cases: int) -> boards.Line:
    share = Decimal(100 * hits) / cases if cases else None
    return boards.Line(1, name, cases, cases, cases - hits, 0, 0, share, interval(hits, cases))


def test_three_lucky_dossiers_do_not_lead() -> None:
    found = boards._league("", [line("may", 3, 3), line("đông", 950, 1000), line("kém", 28, 32), line("trống", 0, 0)])
    assert [(one.name, one.rank) for one in found.ranked] == [("đông", 1), ("kém", 2)]
    assert [one.name for one in found.few] == ["may", "trống"]
    assert [one.shade for one in found.all] == ["h0", "h1", "h0", ""], "đông, kém, may, trống"
