"""Any level of the tree, as then and as now: parts add up to the whole, and a reorganisation loses nothing."""

from datetime import date, datetime, timedelta
from random import Random

import pytest

from motcua.base.actors import SYSTEM
from motcua.base.clock import VIET_NAM
from motcua.measures.queries.live import Span
from motcua.measures.queries.tree import Sums, members, spans_of, tree_sums
from motcua.measures.rules.columns import COLUMNS
from motcua.organisations import actions as organisations
from motcua.organisations.models import Agency
from motcua.organisations.rules import New, office_of
from motcua.organisations.terms import Kind, Reading
from tests.measures import histories

SETUP = datetime(2025, 1, 5, 8, 0, tzinfo=VIET_NAM)
START, CHANGE, TODAY = date(2020, 1, 1), date(2026, 3, 1), date(2026, 7, 1)


def _open(kind: Kind, place: str, parent: int | None, code: str) -> int:
    name, short = office_of(kind, place)
    new = New(name=name, short_name=short, kind=kind, parent=parent, code=code, place=place)
    return organisations.open_agency(new, by=SYSTEM, at=SETUP, on=START, decision="QĐ 1").pk


@pytest.fixture
def towns(db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """A province with three communes full of dossiers; in March two become one, the third is divided in two."""
    root = _open(Kind.PROVINCE, "Quảng Ngãi", None, "H48")
    old = {
        place: _open(Kind.COMMUNE, place, root, f"H48.{n + 101}")
        for n, place in enumerate(["Ba Tơ", "Ba Dinh", "Trà Bồng"])
    }
    places = {old["Ba Tơ"]: (old["Ba Tơ"],), old["Ba Dinh"]: (old["Ba Dinh"],), old["Trà Bồng"]: (old["Trà Bồng"],)}
    monkeypatch.setattr(histories, "PLACES", places)
    histories.write(histories.in_time(histories.lives(Random(11), 60)))
    at = datetime(2026, 3, 1, 8, 0, tzinfo=VIET_NAM)
    name, short = office_of(Kind.COMMUNE, "Ba Vì")
    merged = New(name=name, short_name=short, kind=Kind.COMMUNE, parent=root, code="H48.190", place="Ba Vì")
    both = [Agency.objects.get(pk=old[one]) for one in ("Ba Tơ", "Ba Dinh")]
    heir = organisations.merge(both, into=merged, by=SYSTEM, at=at, on=CHANGE, decision="QĐ 2").pk
    halves: list[Agency | New] = []
    for number, place in enumerate(["Trà Bồng Đông", "Trà Bồng Tây"]):
        name, short = office_of(Kind.COMMUNE, place)
        halves.append(
            New(name=name, short_name=short, kind=Kind.COMMUNE, parent=root, code=f"H48.20{number}", place=place)
        )
    third = Agency.objects.get(pk=old["Trà Bồng"])
    organisations.split(third, into=halves, by=SYSTEM, at=at, on=CHANGE, decision="QĐ 3")
    return {"root": root, "heir": heir, **old}


def whole(found: Sums) -> dict[str, int]:
    return {column: found.own[column] + sum(part[column] for part in found.parts.values()) for column in COLUMNS}


@pytest.mark.parametrize("reading", list(Reading))
@pytest.mark.parametrize("since", [None, date(2026, 2, 10), date(2026, 3, 1), date(2026, 4, 2)], ids=str)
def test_parts_add_up_and_nothing_is_lost(towns: dict[str, int], reading: Reading, since: date | None) -> None:
    span = Span(date(2026, 5, 20), since)
    found = tree_sums(towns["root"], span, today=TODAY, reading=reading)
    assert found.whole == whole(found)
    other = tree_sums(towns["root"], span, today=TODAY, reading=Reading.THEN if reading is Reading.NOW else Reading.NOW)
    assert found.whole == other.whole, "reading the past otherwise never changes the province"


def test_as_now_the_heir_answers_for_those_it_took_over(towns: dict[str, int]) -> None:
    before = Span(date(2026, 2, 27))
    then = tree_sums(towns["root"], before, today=TODAY, reading=Reading.THEN)
    now = tree_sums(towns["root"], before, today=TODAY, reading=Reading.NOW)
    assert towns["heir"] not in then.parts
    assert now.parts[towns["heir"]]["submitted"] == (
        then.parts[towns["Ba Tơ"]]["submitted"] + then.parts[towns["Ba Dinh"]]["submitted"]
    )
    # What was divided cannot be told apart afterwards: it stands with the unit above both halves.
    assert now.own["submitted"] == then.parts[towns["Trà Bồng"]]["submitted"]


def test_as_then_a_span_is_cut_where_the_tree_changed(towns: dict[str, int]) -> None:
    pieces = spans_of(Span(date(2026, 5, 20), date(2026, 2, 1)), reading=Reading.THEN)
    assert [(one.since, one.until) for one in pieces] == [
        (date(2026, 2, 1), CHANGE - timedelta(days=1)),
        (CHANGE, date(2026, 5, 20)),
    ]
    assert len(spans_of(Span(date(2026, 5, 20), date(2026, 2, 1)), reading=Reading.NOW)) == 1


def test_every_agency_stands_somewhere_under_the_province(towns: dict[str, int]) -> None:
    for reading in Reading:
        assert set(towns.values()) <= set(members(towns["root"], TODAY, reading=reading, today=TODAY))
