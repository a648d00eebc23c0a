"""What is written, what is refused, what stays of the past; positions as of any month and as known at any moment."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.base.actors import SYSTEM, Actor
from motcua.base.errors import Refused
from motcua.base.models import Entry
from motcua.base.verify import verify_journal
from motcua.investments import actions, queries, rules
from motcua.investments.actions import Written
from motcua.investments.models import Disbursement, PlanEntry, Project, RedLine, Steward
from motcua.investments.rules import NOTHING, Period, ProjectWish
from motcua.investments.terms import Basis, Capital, Decided, Field, Group, Source, Standing
from tests.investments.world import BILLION, NOW, TODAY, World, figure, plan, project, red_line, world

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = Period(2026, date(2026, 10, 1)), Period(2026, date(2026, 11, 1))


@pytest.fixture
def here() -> World:
    return world()


def told(stream: str) -> list[str]:
    return list(Entry.objects.filter(stream=stream).order_by("seq").values_list("name", flat=True))


def test_a_project_its_plan_and_a_figure_leave_their_lines_in_the_journal(here: World) -> None:
    one = project(here)
    plan(one, 10 * BILLION)
    actions.record(one, [figure(10, 4 * BILLION)], by=here.builder, at=NOW)

    assert told(one.stream) == [
        "investments.ProjectAdded",
        "investments.PlanDecided",
        "investments.DisbursementRecorded",
    ]
    assert verify_journal().ok


@pytest.mark.parametrize("who", ["builder", "teacher", "builder_clerk"])
def test_only_the_steward_and_the_province_keep_plans(here: World, who: str) -> None:
    one = project(here)
    actor: Actor = getattr(here, who)

    with pytest.raises(Refused, match="cơ quan tổng hợp"):
        plan(one, BILLION, by=actor)
    with pytest.raises(Refused):
        actions.declare_red_line(
            TODAY, basis=Basis.COUNCIL, share_of_mean=Decimal(80), floor=None, decision="CV", by=actor, at=NOW
        )
    assert not PlanEntry.objects.exists() and not RedLine.objects.exists()


@pytest.mark.parametrize("who", ["steward", "administrator"])
def test_steward_and_administrator_keep_plans_and_may_record(here: World, who: str) -> None:
    one = project(here)
    actor: Actor = getattr(here, who)

    plan(one, BILLION, by=actor)
    actions.record(one, [figure(10, 1)], by=actor, at=NOW)

    assert Disbursement.objects.get().recorded_by == actor.id


def test_investors_record_their_own_projects_only(here: World) -> None:
    one = project(here)
    plan(one, BILLION)

    actions.record(one, [figure(9, 5)], by=here.builder, at=NOW)
    for stranger in (here.teacher, here.builder_clerk):
        with pytest.raises(Refused, match="chủ đầu tư"):
            actions.record(one, [figure(10, 6)], by=stranger, at=NOW)

    assert Disbursement.objects.count() == 1


def test_without_a_steward_nobody_of_a_department_keeps_plans() -> None:
    here = world(steward=False)
    with pytest.raises(Refused):
        plan(None, BILLION, by=here.steward)
    plan(None, BILLION, by=here.administrator)


def test_a_steward_has_its_time(here: World) -> None:
    actions.name_steward(here.education, since=date(2026, 6, 1), decision="QĐ 2", by=SYSTEM, at=NOW)
    assert queries.steward_on(date(2026, 5, 31)) == here.finance and queries.steward_on(TODAY) == here.education
    assert Steward.objects.count() == 2
    with pytest.raises(Refused, match="Đã có quy định"):
        actions.name_steward(here.finance, since=date(2026, 6, 1), decision="QĐ 3", by=SYSTEM, at=NOW)


def test_all_figures_of_one_handing_in_or_none(here: World) -> None:
    one = project(here)
    plan(one, 10)

    with pytest.raises(Refused) as refused:
        actions.record(one, [figure(8, 4), figure(9, 11), figure(10, 12)], by=SYSTEM, at=NOW)

    assert len(refused.value.objections) == 2
    assert not Disbursement.objects.exists()


def test_the_same_figure_again_changes_nothing_and_another_one_needs_a_reason(here: World) -> None:
    one = project(here)
    plan(one, 100)
    assert [each.written for each in actions.record(one, [figure(10, 40)], by=SYSTEM, at=NOW)] == [Written.NEW]
    assert [each.written for each in actions.record(one, [figure(10, 40)], by=SYSTEM, at=NOW)] == [Written.UNCHANGED]
    with pytest.raises(Refused, match="Muốn sửa, ghi lý do"):
        actions.record(one, [figure(10, 41)], by=SYSTEM, at=NOW)

    later = NOW + timedelta(days=1)
    done = actions.correct(Disbursement.objects.get(), disbursed_vnd=41, reason="Nhập nhầm", by=here.builder, at=later)

    assert done.written is Written.CORRECTED and done.before_vnd == 40 and done.figure.version == 2
    old = Disbursement.objects.get(version=1)
    assert (old.disbursed_vnd, old.replaced_at) == (40, later)
    assert told(one.stream)[-1] == "investments.DisbursementCorrected"
    assert queries.by("project", OCTOBER)[one.pk].disbursed == 41
    assert queries.by("project", OCTOBER, known_at=NOW)[one.pk].disbursed == 40
    assert [each.disbursed_vnd for each in queries.versions_of(one, 2026)[0].before] == [40]


def test_the_database_keeps_one_figure_in_force_and_asks_a_correction_why(here: World) -> None:
    one = project(here)
    plan(one, 100)
    actions.record(one, [figure(10, 40)], by=SYSTEM, at=NOW)
    row = Disbursement.objects.get()
    for broken in ({"version": 2, "reason": "x"}, {"version": 2, "replaced_at": NOW}):
        row.pk = None
        for name, value in {"reason": "", "replaced_at": None, **broken}.items():
            setattr(row, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def test_january_counts_for_the_year_before(here: World) -> None:
    one = project(here)
    plan(one, 100)
    after = NOW.replace(year=2027, month=2, day=3)
    december = figure(12, 90, as_of_on=date(2026, 12, 31))
    january = replace(december, month=date(2027, 1, 1), disbursed_vnd=100, as_of_on=date(2027, 1, 31))
    actions.record(one, [january, december], by=SYSTEM, at=after)

    assert queries.figures_of(Period(2026, date(2027, 1, 1))).position.disbursed == 100
    assert queries.figures_of(Period(2026, date(2026, 12, 1))).position.disbursed == 90
    assert queries.figures_of(Period(2027, date(2027, 1, 1))).position == NOTHING


def test_adjustments_count_from_their_day(here: World) -> None:
    one = project(here)
    plan(one, 100)
    plan(one, 60, basis=Basis.PRIME_MINISTER)
    plan(one, -30, kind=Decided.ADJUSTED, on=date(2026, 10, 15), decision="NQ 9")
    september = Period(2026, date(2026, 9, 1))

    before, after = queries.by("project", september)[one.pk], queries.by("project", OCTOBER)[one.pk]

    assert (before.council, after.council) == (100, 70) and before.prime_minister == after.prime_minister == 60
    with pytest.raises(Refused, match="Giảm nhiều hơn"):
        plan(one, -71, kind=Decided.ADJUSTED, on=date(2026, 10, 16))


def test_a_plan_cannot_fall_below_what_was_paid_nor_the_total_below_what_was_allotted(here: World) -> None:
    one = project(here)
    plan(None, 100)
    plan(one, 80)
    actions.record(one, [figure(10, 60)], by=SYSTEM, at=NOW)

    with pytest.raises(Refused, match="đã giải ngân"):
        plan(one, -21, kind=Decided.ADJUSTED, on=date(2026, 11, 1))
    with pytest.raises(Refused, match="chưa phân bổ"):
        plan(one, 21, kind=Decided.ADJUSTED, on=date(2026, 11, 1))
    with pytest.raises(Refused, match="đã phân bổ"):
        plan(None, -21, kind=Decided.ADJUSTED, on=date(2026, 11, 1))


def test_the_province_is_measured_against_what_it_was_assigned(here: World) -> None:
    one = project(here)
    plan(None, 200)
    plan(one, 100)
    plan(one, 50, basis=Basis.PRIME_MINISTER)
    plan(one, 40, capital=Capital.CARRIED)
    actions.record(one, [figure(10, 50), figure(10, 30, capital=Capital.CARRIED)], by=SYSTEM, at=NOW)

    whole = queries.province(OCTOBER)

    assert whole.rate(Basis.COUNCIL) == Decimal("25.00"), "100 of 200 are not allotted yet, and count"
    assert whole.allotted(Basis.COUNCIL) == Decimal("50.00")
    assert whole.rate(Basis.PRIME_MINISTER) == Decimal("100.00"), "no total was entered: what projects were given"
    assert whole.rate(Basis.COUNCIL, Capital.CARRIED) == Decimal("75.00")
    assert whole.position.rate_council == Decimal("50.00")


def test_a_silent_month_keeps_the_figure_before_and_is_counted_as_silent(here: World) -> None:
    one, other = project(here), project(here, "7900002", "Đường Ba Vì")
    for each in (one, other):
        plan(each, 100)
    actions.record(one, [figure(9, 30)], by=SYSTEM, at=NOW)
    actions.record(other, [figure(10, 5, standing=Standing.ESTIMATED)], by=SYSTEM, at=NOW)

    found = queries.figures_of(OCTOBER)

    assert found.position.disbursed == 35
    assert (found.position.projects, found.position.reported, found.position.silent) == (2, 1, 1)
    assert found.position.estimated == 1 and found.last_as_of == date(2026, 10, 28)
    assert queries.latest(TODAY) == OCTOBER


def test_filters_narrow_every_answer_alike(here: World) -> None:
    bridge = project(here)
    school = project(here, "7900002", "Trường Ba Tơ", investor=here.education, field=Field.EDUCATION, locality=None)
    plan(bridge, 100)
    plan(school, 60)
    plan(school, 40, source=Source.LOTTERY)
    actions.record(bridge, [figure(10, 10)], by=SYSTEM, at=NOW)
    actions.record(school, [figure(10, 9), figure(10, 8, source=Source.LOTTERY)], by=SYSTEM, at=NOW)
    asked = {
        "co-quan=H48.012": (10, 1),
        "dia-ban=H48.115": (10, 1),
        "dia-ban=nhieu-xa": (17, 1),
        "nguon=lottery": (8, 1),
        "linh-vuc=education": (17, 1),
        "q=truong": (17, 1),
        "q=7900001": (10, 1),
        "nhom=a": (0, 0),
        "": (27, 2),
    }
    for address, (paid, count) in asked.items():
        wanted = queries.filter_of(dict([address.split("=")]) if address else {}, TODAY)
        assert queries.figures_of(OCTOBER, wanted).position.disbursed == paid, address
        rows = queries.page_of(OCTOBER, wanted, TODAY).rows
        assert (len(rows), sum(row.position.disbursed for row in rows)) == (count, paid), address


@settings(deadline=None, max_examples=8, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_parts_add_up_to_the_whole_by_every_dimension_at_every_month(here: World, data: Any) -> None:
    with transaction.atomic():
        for number in range(3):
            investor = data.draw(st.sampled_from([here.building, here.education]))
            one = project(here, f"79{number}00", f"Dự án {number}", investor=investor)
            for source in data.draw(
                st.sets(st.sampled_from([Source.BALANCE, Source.LAND, Source.CENTRAL]), min_size=1)
            ):
                plan(one, data.draw(st.integers(50, 100)), source=source)
                if data.draw(st.booleans()):
                    plan(one, data.draw(st.integers(1, 50)), source=source, basis=Basis.PRIME_MINISTER)
                steps = data.draw(st.lists(st.tuples(st.integers(1, 10), st.integers(0, 50)), max_size=4))
                for month, paid in steps:
                    actions.record(one, [figure(month, paid, source=source, reason="Số mới")], by=SYSTEM, at=NOW)
        for month in (1, 5, 10):
            at = Period(2026, date(2026, month, 1))
            whole = queries.figures_of(at).position
            for dimension in ("investor", "locality", "source", "field", "group", "project"):
                parts = sum(queries.by(dimension, at).values(), NOTHING)
                assert (parts.council, parts.prime_minister, parts.disbursed) == (
                    whole.council,
                    whole.prime_minister,
                    whole.disbursed,
                ), dimension
            assert dict(queries.trend(2026, [at.month]))[at.month] == whole
            assert whole.disbursed == sum(_latest(at.month))
        transaction.set_rollback(True)


def _latest(month: date) -> list[int]:
    """The same by plain Python: the last figure in force of each capital until the month."""
    rows = Disbursement.objects.filter(replaced_at=None, month__lte=month).order_by("month")
    return list({(row.project_id, row.source, row.capital): row.disbursed_vnd for row in rows}.values())


def test_the_red_list_names_who_is_below_and_says_why(here: World) -> None:
    slow, quick = project(here), project(here, "7900002", "Trường Ba Tơ", investor=here.education)
    for each, paid in ((slow, 10), (quick, 90)):
        plan(each, 100, basis=Basis.PRIME_MINISTER)
        plan(each, 100)
        actions.record(each, [figure(10, paid)], by=SYSTEM, at=NOW)
    assert queries.red_list(OCTOBER, TODAY).line is None, "nobody is red before a line is drawn"
    red_line(date(2026, 10, 1))

    found = queries.red_list(OCTOBER, TODAY)

    assert (found.mean, found.bar) == (Decimal("50.00"), Decimal("40.00"))
    assert [one.name for one in found.agencies] == ["Sở Xây dựng"]
    assert [one.row.project for one in found.projects] == [slow]
    assert "dưới 80% của mức chung toàn tỉnh 50%, tức dưới 40%" in found.projects[0].reasons[0]
    red_line(date(2026, 11, 1), share="10", floor="95")
    assert queries.red_list(OCTOBER, TODAY).bar == Decimal("40.00"), "a later line does not change earlier months"
    assert len(queries.red_list(NOVEMBER, TODAY).projects) == 2


def test_facts_are_amended_by_a_document(here: World) -> None:
    one = project(here)
    wish = ProjectWish(
        code="x",
        name="Cầu Nước Ren mới",
        investor=here.education,
        locality=None,
        group=Group.B,
        field=Field.TRANSPORT,
        total_vnd=1,
        decision="",
        decided_on=TODAY,
        first_year=2025,
        last_year=2028,
    )
    with pytest.raises(Refused, match="căn cứ"):
        actions.amend_project(one, wish, document=" ", by=here.steward, at=NOW)

    changed = actions.amend_project(one, wish, document="QĐ 99", by=here.steward, at=NOW)

    assert changed == ["name", "investor_id", "locality_id", "group", "total_vnd", "last_year"]
    again = Project.objects.get()
    assert (again.code, again.decision) == ("7900001", "QĐ 77/QĐ-UBND") and "cau nuoc ren moi" in again.search
    actions.record(one, [], by=here.teacher, at=NOW)


def test_a_project_that_cannot_be_is_refused_with_every_reason(here: World) -> None:
    project(here)
    with pytest.raises(Refused) as refused:
        project(
            here, name="Cầu", locality=here.finance, total_vnd=0, decided_on=TODAY + timedelta(days=1), last_year=2020
        )
    assert len(refused.value.objections) == 6


def test_lists_ask_a_bounded_number_of_questions(here: World, django_assert_max_num_queries: Any) -> None:
    for number in range(60):
        plan(project(here, f"79{number:05}", f"Dự án {number:02}"), 100)
    everything = queries.Filter()
    with django_assert_max_num_queries(5):
        page = queries.page_of(OCTOBER, everything, TODAY)
    assert len(page.rows) == queries.PAGE and page.more
    rest = queries.page_of(OCTOBER, everything, TODAY, after=page.more)
    assert len(rest.rows) == 10 and not rest.more
    assert not {row.project.pk for row in page.rows} & {row.project.pk for row in rest.rows}
    red_line()
    with django_assert_max_num_queries(10):
        queries.red_list(OCTOBER, TODAY)
    assert rules.ranked([]) == {}
