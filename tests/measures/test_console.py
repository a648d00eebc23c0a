"""The commands, and the job that hands figures to tasks."""

import argparse
import json
from datetime import date, timedelta

import pytest

from motcua.base.actors import SYSTEM
from motcua.base.refs import Ref
from motcua.directives import actions as directives
from motcua.directives import queries as tasks
from motcua.directives.models import TaskText
from motcua.dossiers import actions as dossiers
from motcua.measures import actions, console
from motcua.measures.models import AgencyDay, Folding
from tests import make

MONDAY, LATER = make.MONDAY, make.at("2026-12-20 09:00")
AS_JSON = argparse.Namespace(json=True, batch=5)


@pytest.fixture
def folded(db: None, monkeypatch: pytest.MonkeyPatch) -> make.Province:
    """Three dossiers, all folded; within a test's transaction the bound of what is committed is lifted."""
    monkeypatch.setattr("motcua.measures.actions.folding.BOUND", "true")
    world = make.province()
    signed = make.signing(world)
    dossiers.sign(signed, by=world.ba_to.leader, at=MONDAY + timedelta(hours=1))
    make.received(world)
    make.submitted(world)
    actions.fold_all(at=LATER)
    return world


def test_check_is_green_and_one_wrong_cell_makes_it_red(
    folded: make.Province, capsys: pytest.CaptureFixture[str]
) -> None:
    assert console.run_check(AS_JSON) == 0
    assert json.loads(capsys.readouterr().out)["differences"] == []
    row = AgencyDay.objects.filter(part="receiving").order_by("pk").last()
    AgencyDay.objects.filter(pk=row.pk).update(waiting=row.waiting + 1)
    assert console.run_check(AS_JSON) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["ok"] is False
    assert [(one["what"], one["found"] - one["counted"]) for one in found["differences"]] == [("waiting", 1)]
    assert console.run_check(argparse.Namespace(json=False)) == 1
    assert "waiting" in capsys.readouterr().out


def test_rebuild_mends_it_and_goes_on_where_it_was_broken_off(
    folded: make.Province, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    AgencyDay.objects.update(received=7)
    assert console.run_check(AS_JSON) == 1
    entries = Folding.objects.get(live=True).entries

    def broken_off(done: int) -> None:
        if done >= 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.rebuild(at=LATER, batch=5, told=broken_off)
    assert Folding.objects.get(live=False).entries == 10
    assert console.run_check(AS_JSON) == 1, "until it is whole, the facts before answer"
    capsys.readouterr()
    assert console.run_rebuild(AS_JSON) == 0
    assert json.loads(capsys.readouterr().out)["entries"] == entries - 10
    assert console.run_check(AS_JSON) == 0
    assert Folding.objects.count() == 1


def test_set766_answers_in_the_agreed_form(folded: make.Province, capsys: pytest.CaptureFixture[str]) -> None:
    assert console.run_set(argparse.Namespace(agency="H48", period="2026-11", json=True)) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"agency", "period", "measurable_max", "total", "groups"}
    assert {key for group in found["groups"] for key in group} == {"code", "score", "max", "components"}
    assert {key for group in found["groups"] for one in group["components"] for key in one} == {
        *("code", "numerator", "denominator", "ratio", "score", "max", "why"),
    }
    assert console.run_set(argparse.Namespace(agency="H48", period="2026-11", json=False)) == 0
    assert "điểm đo được" in capsys.readouterr().out


def test_a_task_that_names_a_figure_is_told_its_value(folded: make.Province) -> None:
    task = directives.propose(
        about=Ref("measures.figure", "handled"),
        owner=folded.ba_to.authority,
        due=date(2026, 12, 31),
        title="Giải quyết dứt điểm hồ sơ tồn",
        giver=folded.root,
        figure_code="handled",
        by=SYSTEM,
        at=LATER,
    )
    assert actions.hand_figures_down(date(2026, 12, 19), at=LATER) == 1
    assert actions.hand_figures_down(date(2026, 12, 19), at=LATER) == 1
    shown = tasks.figure_of(task, TaskText.objects.get(pk=task.pk), date(2026, 12, 20))
    assert (shown.value, shown.as_of) == (1, date(2026, 12, 19))
