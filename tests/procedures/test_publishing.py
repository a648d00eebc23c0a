"""A published version is final: only the next version, a dated setting or a route changes what is offered."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.base.actors import SYSTEM
from motcua.base.errors import Refused
from motcua.base.models import Entry
from motcua.procedures import actions, queries
from motcua.procedures.actions.pricing import TermRow
from motcua.procedures.models import Case, Fee, LegalBasis, Paper, ProcedureVersion, Term
from motcua.procedures.rules.routes import StepPlan
from tests.make import BUSINESS, at

pytestmark = pytest.mark.django_db
NOW = at("2026-11-16 09:00")
WHO = {"by": SYSTEM, "at": NOW}
DECEMBER = date(2026, 12, 1)


@pytest.fixture
def version():
    queries.forget_offers()
    actions.load_fixture(**WHO, codes=[BUSINESS])
    return ProcedureVersion.objects.get()


def offered(day: date, channel: str = "counter"):
    return queries.offer(BUSINESS, channel=channel, day=day)


@pytest.mark.parametrize(
    "change",
    [
        lambda v: ProcedureVersion.objects.filter(pk=v.pk).update(name="Tên khác"),
        lambda v: ProcedureVersion.objects.filter(pk=v.pk).update(state="concept"),
        lambda v: ProcedureVersion.objects.filter(pk=v.pk).update(in_force_during=DateRange(date(2024, 1, 1), None)),
        lambda v: ProcedureVersion.objects.filter(pk=v.pk)._raw_delete("default"),
        lambda v: Term.objects.filter(version=v).update(limit="9wd"),
        lambda v: Fee.objects.filter(version=v).delete(),
        lambda v: Case.objects.create(version=v, no=99, code="X"),
        lambda v: Paper.objects.filter(case__version=v).update(name="Giấy khác"),
        lambda v: LegalBasis.objects.create(version=v, no=99, title="Luật"),
    ],
)
def test_the_database_refuses_every_change_of_a_published_version(version, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change(version)
        connection.check_constraints()


def rewrite(version, limits):
    """The same lines with other limits, and no fees."""
    rows = [
        TermRow(one.channel, limits.get(one.pk, one.limit), row=one.pk) for one in version.terms.order_by("no", "pk")
    ]
    actions.change_limits_and_fees(version, rows, [], **WHO)


def test_the_next_version_closes_the_one_before(version):
    concept = actions.draft_next(version, **WHO)
    term = concept.terms.get(channel="counter")
    rewrite(concept, {term.pk: "2wd"})
    actions.publish(concept, decision="12/QĐ-UBND", since=DECEMBER, **WHO)

    assert (offered(date(2026, 11, 30)).limit, offered(DECEMBER).limit) == ("3wd", "2wd")
    assert offered(DECEMBER).version_number == 2
    assert offered(date(2026, 11, 30)).version_id == version.pk
    assert Entry.objects.filter(name="procedures.ProcedurePublished").count() == 2


def test_a_route_that_still_fits_goes_on_in_the_next_version(version):
    concept = actions.draft_next(version, **WHO)
    actions.publish(concept, decision="12/QĐ-UBND", since=DECEMBER, **WHO)

    assert [one.hours for one in offered(DECEMBER).route] == [one.hours for one in offered(date(2026, 11, 30)).route]
    assert offered(DECEMBER).route_id is not None


def test_drafting_twice_gives_the_same_concept(version):
    concept = actions.draft_next(version, **WHO)

    assert actions.draft_next(version, **WHO).pk == concept.pk
    begun = Entry.objects.get(name="procedures.ConceptBegun")
    assert (begun.facts["version"], begun.facts["copied_from"]) == (concept.pk, version.pk)


@pytest.mark.parametrize(
    ("decision", "since", "objection"),
    [
        (" ", DECEMBER, "Ghi số quyết định công bố"),
        ("12/QĐ-UBND", date(2025, 7, 1), "phải sau ngày bắt đầu của bản đang áp dụng, 01/07/2025"),
        ("12/QĐ-UBND", date(2206, 1, 1), "xem lại năm"),
    ],
)
def test_publishing_names_every_objection(version, decision, since, objection):
    concept = actions.draft_next(version, **WHO)

    with pytest.raises(Refused, match=objection):
        actions.publish(concept, decision=decision, since=since, **WHO)
    assert ProcedureVersion.objects.get(pk=concept.pk).state == "concept"


def test_publishing_twice_is_refused(version):
    concept = actions.draft_next(version, **WHO)
    actions.publish(concept, decision="12/QĐ-UBND", since=DECEMBER, **WHO)

    with pytest.raises(Refused, match="Chỉ công bố được bản thảo"):
        actions.publish(concept, decision="13/QĐ-UBND", since=date(2027, 1, 1), **WHO)


def test_a_concept_without_a_limit_is_not_published(version):
    concept = actions.draft_next(version, **WHO)
    rewrite(concept, dict.fromkeys(concept.terms.values_list("pk", flat=True), ""))

    with pytest.raises(Refused, match="Chưa có thời hạn"):
        actions.publish(concept, decision="12/QĐ-UBND", since=DECEMBER, **WHO)


def test_a_published_limit_or_fee_is_not_edited(version):
    with pytest.raises(Refused, match="không sửa được"):
        rewrite(version, {version.terms.first().pk: "2wd"})


def test_a_withdrawn_procedure_is_refused_from_that_day(version):
    actions.withdraw(version, decision="99/QĐ-UBND", since=DECEMBER, **WHO)

    assert offered(date(2026, 11, 30)).limit == "3wd"
    with pytest.raises(Refused, match="không áp dụng ngày 01/12/2026"):
        offered(DECEMBER)
    with pytest.raises(Refused, match="đã có ngày hết áp dụng, 01/12/2026"):
        actions.withdraw(version, decision="100/QĐ-UBND", since=date(2027, 1, 1), **WHO)


def test_an_agency_may_have_its_own_route_from_a_day_on(version):
    steps = [
        StepPlan(1, "Tiếp nhận", "clerk", Decimal(8)),
        StepPlan(2, "Thẩm định", "specialist", Decimal(12)),
        StepPlan(3, "Ký", "leader", Decimal(4)),
    ]
    actions.issue_route(version, limit="3wd", steps=steps, since=DECEMBER, decision="5/QĐ", **WHO)

    assert len(offered(date(2026, 11, 30)).route) == 4
    assert [one.hours for one in offered(DECEMBER).route] == [8, 12, 4]


def test_a_route_that_does_not_sum_is_refused(version):
    with pytest.raises(Refused, match="cộng lại 8 giờ, thời hạn 3 ngày làm việc là 24 giờ"):
        actions.issue_route(
            version, limit="3wd", steps=[StepPlan(1, "Một", "clerk", Decimal(8))], since=DECEMBER, **WHO
        )


def test_where_citizens_file_is_a_dated_setting(version):
    actions.change_setting(
        version.procedure,
        name="online_filing",
        value="national",
        link="https://dichvucong.gov.vn/",
        since=DECEMBER,
        **WHO,
    )

    assert (offered(date(2026, 11, 30)).online_filing, offered(DECEMBER).online_filing) == ("own", "national")
    assert offered(DECEMBER).online_link == "https://dichvucong.gov.vn/"


def test_the_clock_after_a_supplement_is_a_dated_setting(version):
    actions.change_setting(version.procedure, name="after_supplement", value="restart", since=DECEMBER, **WHO)

    assert (offered(date(2026, 11, 30)).after_supplement, offered(DECEMBER).after_supplement) == ("continue", "restart")


@pytest.mark.parametrize(
    ("name", "value"), [("online_filing", "sometimes"), ("weather", "own"), ("online_filing", "national")]
)
def test_an_unknown_setting_is_refused(version, name, value):
    with pytest.raises(Refused):
        actions.change_setting(version.procedure, name=name, value=value, since=DECEMBER, **WHO)
