"""QĐ 766 from dossiers: counts by the rules of the decision, what has no source is not measured, imports go before."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from motcua.base.actors import SYSTEM
from motcua.base.errors import Refused
from motcua.dossiers import actions as dossiers
from motcua.measures import actions
from motcua.measures.console import set_as_json
from motcua.measures.models import OwnSet
from motcua.measures.queries import recount
from motcua.measures.queries.rows766 import OF_DOSSIERS, dossiers_behind, procedures_behind
from motcua.measures.queries.set766 import Answer, set_for, sets_below
from motcua.measures.rules.national import national_set
from motcua.measures.rules.periods import Period
from motcua.organisations import queries as organisations
from motcua.organisations.actions import open_agency
from motcua.organisations.rules import New
from motcua.organisations.terms import Kind, Level
from motcua.procedures.actions import load_fixture
from tests import make
from tests.make import Province
from tests.remembered import remembered
from tests.together import together

DATA = Path(__file__).resolve().parents[1] / "data" / "qd766"
MONDAY, LATER = make.MONDAY, make.at("2026-12-20 09:00")
NOT_MEASURED = {
    *("PUBLISH_ON_TIME", "PUBLIC_UPDATE_ON_TIME", "DOSSIER_SYNC", "PAID_ONLINE", "TTHC_WITH_PAYMENT", "TTHC_PAYABLE"),
    *("PETITION_PROCESSING_ON_TIME", "PETITION_HANDLING_SATISFACTION", "ELECTRONIC_CERTIFIED_COPY"),
    *("REUSED_DIGITIZED_DATA", "SYNCED_WITH_DVCQG_PERSONAL_STORAGE", "CITIZEN_DATA_CONNECTED_DOSSIER"),
    *("CITIZEN_DATA_CONNECTED_FORMALITY", "AVG_TIME"),
}


@pytest.fixture
def world(db: None) -> Province:
    return november()


@remembered
def november() -> Province:
    """Four dossiers received in November at one commune: one on time, one late, one still open, one twice asked for more."""
    home = make.province()
    commune = home.ba_to
    good = make.signing(home)
    dossiers.sign(good, by=commune.leader, at=MONDAY + timedelta(hours=5))
    bad = make.signing(home)
    dossiers.sign(bad, by=commune.leader, at=MONDAY + timedelta(days=9))
    make.received(home)
    twice = make.submitted(home)
    items = [{"paper": 1, "name": "Đơn", "what": "Ký lại"}]
    dossiers.ask_before_receipt(twice, reason="Thiếu", items=items, by=commune.clerk, at=MONDAY)
    make.answered(twice, by=commune.clerk, when=MONDAY)
    dossiers.receive(twice, by=commune.clerk, at=MONDAY)
    dossiers.hand_over(twice, by=commune.clerk, at=MONDAY)
    dossiers.draft_supplement(twice, reason="Thiếu nữa", items=items, by=commune.specialist, at=MONDAY)
    dossiers.sign_supplement(twice, by=commune.leader, at=MONDAY + timedelta(minutes=5))
    return home


def scored(code: str, period: str, at: object = LATER) -> dict:
    answer = set_for(code, Period.parse(period), at=at)  # type: ignore[arg-type]
    written = set_as_json(answer.agency.code, answer.period, answer.scored)
    written["of"] = {one["code"]: one for group in written["groups"] for one in group["components"]}  # type: ignore[attr-defined]
    return written


def test_dossiers_are_judged_by_the_month_of_their_receipt(world: Province) -> None:
    of_day = scored("H48.115", "2026-11", MONDAY + timedelta(hours=6))["of"]["ON_TIME"]
    # On the day itself nothing is late but what was asked twice.
    assert (of_day["numerator"], of_day["denominator"]) == (3, 4)
    november = scored("H48.115", "2026-11")
    on_time = november["of"]["ON_TIME"]
    assert (on_time["numerator"], on_time["denominator"], on_time["ratio"], on_time["score"]) == (1, 4, "25.00", "5.00")
    assert scored("H48", "2026-Q4")["of"]["ON_TIME"]["denominator"] == 4
    assert scored("H48", "2026")["of"]["ON_TIME"]["score"] == "5.00"
    assert scored("H48.116", "2026-11")["of"]["ON_TIME"] == {
        **scored("H48.116", "2026-11")["of"]["ON_TIME"],
        "numerator": 0,
        "denominator": 0,
        "ratio": None,
        "score": "0.00",
    }


@pytest.mark.django_db
def test_papers_asked_for_after_the_due_day_do_not_make_it_on_time() -> None:
    home = make.province()
    commune = home.ba_to
    items = [{"paper": 1, "name": "Đơn", "what": "Ký lại"}]
    for asked in (MONDAY + timedelta(hours=1), MONDAY + timedelta(days=7)):
        dossier = make.processing(home)
        dossiers.draft_supplement(dossier, reason="Thiếu", items=items, by=commune.specialist, at=asked)
        dossiers.sign_supplement(dossier, by=commune.leader, at=asked)
        if asked > MONDAY + timedelta(days=1):
            late = dossier
    assert on_time(LATER) == (1, 2)
    dossiers.close_unanswered(late, at=make.at("2027-01-11 22:00"))
    after = make.at("2027-01-12 09:00")
    assert on_time(after) == (1, 2), "nor when nobody answers"
    answer = set_for("H48.115", Period.parse("2026-11"), at=after)
    lost = dossiers_behind("on_time", answer, at=after, lost=True)
    assert [one.reference for one in lost.rows] == [late.reference]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("motcua.measures.actions.folding.BOUND", "true")
        actions.fold_all(at=after)
    assert recount.check() == []
    assert on_time(after) == (1, 2)


def on_time(at: datetime) -> tuple[int, int]:
    found = scored("H48.115", "2026-11", at)["of"]["ON_TIME"]
    return found["numerator"], found["denominator"]


def test_what_has_no_source_is_not_measured_and_the_total_is_out_of_the_rest(world: Province) -> None:
    found = scored("H48.115", "2026-11")
    assert {code for code, one in found["of"].items() if one["score"] is None} == NOT_MEASURED
    assert all(
        one["why"].startswith("Chưa đo") for code, one in found["of"].items() if code in NOT_MEASURED - {"AVG_TIME"}
    )
    measured = [one for one in found["of"].values() if one["score"] is not None]
    assert Decimal(found["measurable_max"]) == sum(Decimal(one["max"]) for one in measured)
    assert Decimal(found["total"]) == sum(Decimal(one["score"]) for one in measured)
    assert Decimal(found["measurable_max"]) < 100
    payment = next(group for group in found["groups"] if group["code"] == "TTTT")
    assert payment["score"] is None
    assert [group["code"] for group in found["groups"]] == ["CKMB", "TDGQ", "DVCTT", "TTTT", "MDHL", "MDSH"]
    assert all(one["why"] for one in found["of"].values())


def test_a_low_rating_takes_a_dossier_out_of_the_satisfied(world: Province) -> None:
    before = scored("H48.115", "2026-11")["of"]["DOSSIER_RECEIVING_SATISFACTION"]
    good = make.signing(world, when=MONDAY + timedelta(hours=1))
    dossiers.sign(good, by=world.ba_to.leader, at=MONDAY + timedelta(hours=5))
    middle = scored("H48.115", "2026-11")["of"]["DOSSIER_RECEIVING_SATISFACTION"]
    dossiers.rate(good, score=1, comment="", by=world.citizen, at=MONDAY + timedelta(days=1))
    after = scored("H48.115", "2026-11")["of"]["DOSSIER_RECEIVING_SATISFACTION"]
    assert middle["numerator"] == before["numerator"] + 1
    assert (after["numerator"], after["denominator"]) == (before["numerator"], before["denominator"] + 1)


def test_imported_counts_give_the_published_score_and_say_whence(world: Province) -> None:
    lines = [
        "unit_code,unit,metric,numerator,denominator,ratio,score,max",
        "H48.115,UBND xã Ba Tơ,REUSED_DIGITIZED_DATA,35,2971,1.18,0.03,2",
        "H48.115,UBND xã Ba Tơ,ELECTRONIC_CERTIFIED_COPY,,,100,2,2",
        "H48.115,UBND xã Ba Tơ,PETITION_PROCESSING_ON_TIME,0,0,,6,6",
        "H48.115,UBND xã Ba Tơ,PUBLISH_ON_TIME,,,,,6",
    ]
    period = Period.parse("2026-11")
    source = "Cổng Dịch vụ công quốc gia, lấy ngày 1/12/2026"
    assert actions.import_counts(lines, period=period, source=source, by=SYSTEM, at=LATER) == 3
    of = scored("H48.115", "2026-11")["of"]
    assert (of["REUSED_DIGITIZED_DATA"]["score"], of["REUSED_DIGITIZED_DATA"]["ratio"]) == ("0.03", "1.18")
    assert (of["ELECTRONIC_CERTIFIED_COPY"]["score"], of["ELECTRONIC_CERTIFIED_COPY"]["ratio"]) == ("2.00", "100.00")
    assert of["PETITION_PROCESSING_ON_TIME"]["score"] == "6.00"
    assert source in of["REUSED_DIGITIZED_DATA"]["why"]
    assert of["PUBLISH_ON_TIME"]["score"] is None
    assert scored("H48.115", "2026-10")["of"]["REUSED_DIGITIZED_DATA"]["score"] is None


def test_an_import_takes_all_rows_or_none(world: Province) -> None:
    lines = ["unit_code,received,on_time", "H48.115,10,5", "H99.999,1,1"]
    with pytest.raises(Refused) as refused:
        actions.import_counts(lines, period=Period.parse("2026-11"), source="Cổng", by=SYSTEM, at=LATER)
    assert "Dòng 2" in refused.value.objections[0]
    assert scored("H48.115", "2026-11")["of"]["ON_TIME"]["denominator"] == 4


OWN_SET = {
    "code": "H48-XA",
    "name": "Bộ chỉ số cấp xã của tỉnh",
    "level": "commune",
    "since": "2026-11-01",
    "decision": "QĐ 892/QĐ-UBND",
    "groups": [
        {
            "code": "TDGQ",
            "name": "Tiến độ",
            "max": "100",
            "components": [
                {
                    "code": "DUNG_HAN",
                    "name": "Đúng hạn",
                    "max": "100",
                    "counted": "on_time",
                    "sentence": "Đúng hạn.",
                }
            ],
        }
    ],
}


def test_the_province_decides_a_set_of_its_own_from_a_day_on(world: Province) -> None:
    actions.decide_set(OWN_SET, by=SYSTEM, at=LATER)
    november = scored("H48.115", "2026-11")
    assert (november["total"], november["measurable_max"]) == ("25.00", "100.00")
    assert len(scored("H48.115", "2026-10")["groups"]) == 6
    assert len(scored("H48", "2026-11")["groups"]) == 6
    with pytest.raises(Refused):
        actions.decide_set(OWN_SET, by=SYSTEM, at=LATER)


def test_a_set_decided_for_a_day_before_another_gives_way_to_it(db: None) -> None:
    later = {**OWN_SET, "code": "H48-XA-2027", "since": "2027-01-01"}
    actions.decide_set(later, by=SYSTEM, at=LATER)
    actions.decide_set(OWN_SET, by=SYSTEM, at=LATER)
    during = {one.code: one.during for one in OwnSet.objects.all()}
    assert during["H48-XA"].upper == during["H48-XA-2027"].lower == date(2027, 1, 1)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_a_set_at_once_one_is_told_that_there_is_one() -> None:
    def decide(code: str) -> OwnSet:
        return actions.decide_set({**OWN_SET, "code": code}, by=SYSTEM, at=LATER)

    answers = together(*(partial(decide, f"H48-{n}") for n in range(3)))
    assert [type(one).__name__ for one in answers].count("Refused") == 2
    assert OwnSet.objects.count() == 1


def test_all_units_at_once_are_scored_as_each_by_itself(world: Province) -> None:
    lines = ["unit_code,unit,metric,numerator,denominator,ratio,score,max", "H48.116,,REUSED_DIGITIZED_DATA,3,4,75,,2"]
    november = Period.parse("2026-11")
    actions.import_counts(lines, period=november, source="Cổng", by=SYSTEM, at=LATER)
    for text, at in (("2026-11", MONDAY + timedelta(hours=6)), ("2026-11", LATER), ("2026", LATER)):
        for _folded in range(2):
            period, top = Period.parse(text), set_for("H48", november, at=at).agency
            found = sets_below(top, period, at=at)
            codes = [one.code for one in organisations.children_on(top.agency, at.date())]
            each = {one: set_for(code, period, at=at) for one, code in zip(sorted(found), sorted(codes), strict=True)}
            assert len(found) >= 2 and {one.agency.agency for one in each.values()} == set(found)
            for one in each.values():
                assert set_as_json("", period, found[one.agency.agency]) == set_as_json("", period, one.scored)
            actions.fold_all(at=LATER)
    assert any(one.total > 0 for one in found.values())


def test_the_rows_behind_a_count_add_up_to_it(world: Province) -> None:
    good = make.signing(world, when=MONDAY + timedelta(hours=1))
    dossiers.sign(good, by=world.ba_to.leader, at=MONDAY + timedelta(hours=5))
    dossiers.rate(good, score=1, comment="", by=world.citizen, at=MONDAY + timedelta(days=1))
    for code, at in (("H48", MONDAY + timedelta(hours=6)), ("H48.115", LATER), ("H48.116", LATER), ("H48", LATER)):
        answer = set_for(code, Period.parse("2026-11"), at=at)
        listed = [one for group in answer.scored.groups for one in group.components if one.count]
        for one in listed:
            name, numerator, denominator = one.component.counted, one.count.numerator, one.count.denominator
            if name in OF_DOSSIERS:
                assert all_rows(name, answer, at=at, lost=False) == numerator, (code, name)
                if name != "average_time":
                    assert all_rows(name, answer, at=at, lost=True) == denominator - numerator, (code, name)
            else:
                found = procedures_behind(name, answer, at=at)
                assert (sum(each.counts for each in found), len(found)) == (numerator, denominator), name
        assert len(listed) == 9


def test_a_procedure_counts_as_published_in_full_when_no_part_is_missing(world: Province) -> None:
    """Of one of these the national page states steps and authority, of the other neither."""
    load_fixture(by=SYSTEM, at=make.SETUP, codes={"1.000656", "1.001776"})
    found = procedures_behind("content_full", set_for("H48.115", Period.parse("2026-11"), at=LATER), at=LATER)
    assert found is not None
    counts = {one.code: one.counts for one in found}
    assert counts["1.000656"] and not counts["1.001776"]


def all_rows(name: str, answer: Answer, *, at: datetime, lost: bool) -> int:
    total, after = 0, 0
    while True:
        page = dossiers_behind(name, answer, at=at, lost=lost, after=after, limit=2)
        total += sum(one.counts for one in page.rows)
        if page.after is None:
            return total
        after = page.after


@pytest.mark.parametrize("text", ["2026-13", "2026-Q5", "26-01", "", "2026-1", "1999", "2026-00", "2026-Q0"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        Period.parse(text)


def test_periods_have_their_days() -> None:
    days = {text: Period.parse(text) for text in ("2026-02", "2026-Q3", "2026", "2026-12", "2024-02")}
    assert {text: (f"{one.first:%d/%m}", f"{one.last:%d/%m}") for text, one in days.items()} == {
        "2026-02": ("01/02", "28/02"),
        "2026-Q3": ("01/07", "30/09"),
        "2026": ("01/01", "31/12"),
        "2026-12": ("01/12", "31/12"),
        "2024-02": ("01/02", "29/02"),
    }


def test_an_unknown_agency_or_a_period_to_come_is_refused(world: Province) -> None:
    for code, period in (("H99", "2026-11"), ("H48", "2027-01")):
        with pytest.raises(Refused):
            set_for(code, Period.parse(period), at=LATER)
    day = date(2026, 12, 1)
    new = New(name="UBND xã Mới", short_name="UBND xã Mới", kind=Kind.COMMUNE, parent=world.root, code="H48.199")
    open_agency(new, by=SYSTEM, at=LATER, on=day, decision="NQ 1")
    assert set_for("H48.199", Period.parse("2026-12"), at=LATER).agency.since == day
    with pytest.raises(Refused, match="không có trong kỳ 2026-11"):
        set_for("H48.199", Period.parse("2026-11"), at=LATER)
    assert national_set(Level.COMMUNE) is not None
    assert json.dumps(set_as_json("H48", *set_for("H48", Period.parse("2026-11"), at=LATER)[1:4:2]))
