"""What the paper of the conference says of leaders, and units that bear another name than the year before."""

from collections.abc import Callable
from typing import Any

import pytest

from motcua.base.actors import SYSTEM
from motcua.indices import actions, papers
from motcua.indices.models import Answer, JudgedUnit, Round
from motcua.indices.queries import official, published
from motcua.indices.terms import Move, UnitKind
from tests import make
from tests.indices.test_rounds import World

pytestmark = pytest.mark.django_db


def test_the_paper_names_who_leads_each_part(monkeypatch: pytest.MonkeyPatch):
    rows = "unit,score,entry,land,time\nQuảng Ngãi,62.6,7.5,3,5\nHuế,60,8,3,5\nĐà Nẵng,61,8,2,5\nCà Mau,61,8,2,5\n"
    words = {"index": "PCI", "year": 2023, "source": "VCCI"}
    actions.import_results(rows.encode(), **words, by=SYSTEM, at=make.MONDAY)
    told = papers.Official(
        shown=official.official_year("PCI", 2023),
        series=official.official_series("PCI"),
        words={"what": "", "where": "", "weak": ""},
        breaks=[],
        guess=None,
        guess_from_memory=False,
        tasks=[],
        targets=[],
    )
    assert papers.official_report(told, at=make.MONDAY).startswith(b"%PDF")
    values = printed(monkeypatch, lambda: papers.official_report(told, at=make.MONDAY))
    leaders = {one["name"]: one["leader"] for one in values["parts"]}
    assert list(leaders.values()) == ["Cà Mau, Đà Nẵng và 1 nơi khác", "Quảng Ngãi, Thừa Thiên Huế", ""]
    assert values["score"] == "62,60", "as many decimals in every row"


def test_a_renamed_unit_stands_beside_its_own_year_before(monkeypatch: pytest.MonkeyPatch):
    world = World()
    published_by_all(world, world.round, "1")
    second = actions.prepare(
        world.kept,
        year=2026,
        kind=UnitKind.COMMUNE,
        organiser=world.province.root,
        units=[world.ba_to.authority, world.tinh_khe.authority],
        by=world.chief,
        at=make.MONDAY,
    )
    JudgedUnit.objects.filter(round=second, agency=world.ba_to.authority).update(name="Ủy ban nhân dân phường Ba Tơ")
    published_by_all(world, second, "2")
    found = published.outcome(Round.objects.select_related("set_version").get(pk=second.pk))
    row = next(one for one in found.rows if one.unit == "Ủy ban nhân dân phường Ba Tơ")
    assert row.before is not None and row.before[:2] == (2025, 3) and row.score == 6
    assert [score for _round, score, _rank, _among in published.years_of(second, row.unit)] == [3, 6]
    assert papers.round_report(found, public=True, at=make.MONDAY).startswith(b"%PDF")
    areas = printed(monkeypatch, lambda: papers.round_report(found, public=True, at=make.MONDAY))["areas"]
    assert {one["leader"] for one in areas} == {""}, "where all are equal nobody leads"


def printed(monkeypatch: pytest.MonkeyPatch, make_paper: Callable[[], object]) -> dict[str, Any]:
    """The values a paper is laid out from."""
    kept: list[dict[str, Any]] = []
    monkeypatch.setattr(papers, "pdf_of", lambda _layout, values: kept.append(values) or b"")
    make_paper()
    return kept[0]


def published_by_all(world: World, round_: Round, points: str) -> None:
    for move in (Move.OPEN, Move.END_SELF_SCORING, Move.END_CHECKING):
        actions.move(move, round_, by=world.chief, at=make.MONDAY)
    for answer in Answer.objects.filter(round=round_).select_related("unit"):
        actions.appraise(answer, points=points, reason="Theo số liệu", by=world.judge, at=make.MONDAY)
    for move in (Move.SEND_RESULTS, Move.END_OBJECTIONS):
        actions.move(move, round_, by=world.chief, at=make.MONDAY)
    actions.publish(round_, by=world.chief, at=make.MONDAY)
