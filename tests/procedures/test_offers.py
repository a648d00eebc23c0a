"""What a procedure offers on a day, and how it is found."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.base.actors import SYSTEM
from motcua.base.errors import Refused
from motcua.procedures import actions, queries
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.rules.limits import hours_of
from tests.make import BIRTH, BUSINESS, COPY, at
from tests.procedures.crawled import CHANNELS_HEAD, write
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
NOW = at("2026-11-16 09:00")
DAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def empty_memory():
    queries.forget_offers()


SOME = ["1.001193", "1.013225", "1.001612", "2.000815", "1.001776", "1.013831", "1.000656", "1.004884", "1.001266"]


@remembered
def some_procedures():
    actions.load_fixture(by=SYSTEM, at=NOW, codes=SOME)


@pytest.fixture
def fixture():
    some_procedures()


@pytest.fixture
def whole_fixture():
    actions.load_fixture(by=SYSTEM, at=NOW)


@pytest.mark.slow
def test_the_fixture_loads_once(whole_fixture):
    assert actions.load_fixture(by=SYSTEM, at=NOW) == 0
    assert ProcedureVersion.objects.count() >= 60


@pytest.mark.slow
def test_every_procedure_of_the_fixture_is_offered_with_a_route_that_sums(whole_fixture):
    for version in ProcedureVersion.objects.select_related("procedure").order_by("pk"):
        for channel in version.terms.values_list("channel", flat=True).distinct():
            one = queries.offer(version.procedure.code, channel=channel, day=DAY)
            assert sum((step.hours for step in one.route), Decimal(0)) == hours_of(one.limit), one.code
            assert one.papers
            assert one.result_name


def test_six_procedures_carry_a_whole_form(fixture):
    codes = ProcedureVersion.objects.exclude(form_schema={}).values_list("procedure__code", flat=True)

    assert set(codes) == {"1.001193", "1.013225", "1.001612", "2.000815", "1.001776", "1.013831"}


def test_an_offer_says_all_that_a_dossier_needs(fixture):
    one = queries.offer(BUSINESS, case="TH2", channel="online", day=DAY)

    assert (one.limit, one.fee_vnd, one.fee_known) == ("3wd", 50000, True)
    assert one.case_name == "Các thành viên hộ gia đình cùng đăng ký"
    assert [paper.copies for paper in one.papers] == [0, 1, 1]
    assert [(step.role, step.hours) for step in one.route] == [
        ("clerk", 4),
        ("specialist", 14),
        ("leader", 4),
        ("records", 2),
    ]
    assert (one.online_filing, one.after_supplement, one.rule_set) == ("own", "continue", "standard")
    assert not one.answered_at_once
    assert queries.offer(COPY, channel="counter", day=DAY).answered_at_once


@pytest.mark.parametrize(
    ("code", "more", "sentence"),
    [
        ("9.999999", {"channel": "counter"}, "Không có thủ tục mã 9.999999 trong danh mục"),
        (BUSINESS, {"channel": "counter", "day": date(2025, 6, 30)}, "đến ngày 01/07/2025 mới áp dụng"),
        (BUSINESS, {"channel": "counter", "case": "TH9"}, "không có trường hợp “TH9”"),
        (COPY, {"channel": "online"}, "không nhận hồ sơ theo cách “Trực tuyến”"),
    ],
)
def test_what_is_not_offered_is_refused_with_a_sentence(fixture, code, more, sentence):
    with pytest.raises(Refused, match=sentence):
        queries.offer(code, **{"day": DAY, **more})


def test_a_procedure_whose_limit_could_not_be_read_takes_no_dossier(tmp_path):
    actions.import_files([write(tmp_path, cach_thuc_thuc_hien=f"{CHANNELS_HEAD}Trực tiếp1Miễn phí")], by=SYSTEM, at=NOW)

    with pytest.raises(Refused, match="chưa có thời hạn giải quyết đọc được"):
        queries.offer("1.999001", channel="counter", day=DAY)


def test_the_second_offer_costs_one_statement(fixture):
    queries.offer(BIRTH, channel="counter", day=DAY)

    with CaptureQueriesContext(connection) as found:
        queries.offer(BIRTH, channel="online", day=DAY)
    assert len(found) == 1


def test_a_reduced_fee_holds_in_its_period_only(tmp_path):
    note = "50.000 đồng/lần; 25.000 đồng/lần (áp dụng từ ngày 01/7/2025 đến hết ngày 31/12/2026)"
    file = write(tmp_path, cach_thuc_thuc_hien=f"{CHANNELS_HEAD}Trực tiếp3 Ngày50,000 VNĐ({note})")
    actions.import_files([file], by=SYSTEM, at=NOW)

    assert queries.offer("1.999001", channel="counter", day=date(2026, 12, 31)).fee_vnd == 25000
    assert queries.offer("1.999001", channel="counter", day=date(2027, 1, 1)).fee_vnd == 50000


def test_a_fee_that_a_council_sets_is_not_free(tmp_path):
    cell = "Trực tiếp3 NgàyMiễn phí(Theo quy định của Hội đồng nhân dân cấp tỉnh)"
    actions.import_files([write(tmp_path, cach_thuc_thuc_hien=CHANNELS_HEAD + cell)], by=SYSTEM, at=NOW)

    one = queries.offer("1.999001", channel="counter", day=DAY)
    assert (one.fee_vnd, one.fee_known) == (0, False)
    assert "Hội đồng nhân dân" in one.fee_note


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("khai sinh", "1.001193"),
        ("KHAI SINH", "1.001193"),
        ("khai sinh", "1.001193"),
        ("dang ky khai s", "1.001193"),
        ("ho kinh do", "1.001612"),
        ("giay phep xay nha", "1.013225"),
        ("sang ten nha dat", "1.013831"),
        ("1.001612", "1.001612"),
        ("1.00161", "1.001612"),
        ("1.001612.000.00.00.H48", "1.001612"),
    ],
)
def test_search_by_word_prefix_and_code_without_accents(fixture, text, first):
    assert queries.search(text, day=DAY)[0].code == first


@pytest.mark.parametrize("text", ["zzzz", "'; DROP TABLE x; --", "<script>", "& | !", "x" * 5000, "\0", "%"])
def test_search_for_nonsense_finds_nothing_and_breaks_nothing(fixture, text):
    assert queries.search(text, day=DAY) in ([], queries.search("", day=DAY)) or not text.strip("\0%")


def test_search_by_level_and_field(fixture):
    found = queries.search("", "commune", 500, day=DAY, field="Hộ tịch")

    assert found
    assert {one.field for one in found} == {"Hộ tịch"}
    assert all("commune" in one.levels for one in found)


def test_search_costs_one_statement(fixture):
    with CaptureQueriesContext(connection) as found:
        queries.search("đăng ký", day=DAY, limit=50)
    assert len(found) == 1


def test_nothing_is_found_before_it_is_in_force(fixture):
    assert queries.search("khai sinh", day=date(2025, 6, 30)) == []
