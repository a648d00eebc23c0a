"""Rules of tasks: tables of moves, days, periods and rungs; no database."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.directives import drawing, rules
from motcua.directives.queries import Sums
from motcua.directives.rules import DEFAULT_LADDER, PATHS, Situation, Step, Wish
from motcua.directives.rules.locating import Span, find_words, line_at, line_starts
from motcua.directives.rules.naming import given_by_of, group_of, in_full, without_title
from motcua.directives.terms import (
    COUNTED,
    OPEN,
    GivenBy,
    Kind,
    Move,
    Receiver,
    Recurrence,
    Rung,
    Side,
    Standing,
    Status,
)
from motcua.people.terms import Role

TODAY = date(2026, 10, 15)
LEADER = frozenset({Role.LEADER})
CLERK = frozenset({Role.CLERK})


def now(status=Status.DOING, *, side=Side.LEAD, roles=LEADER, **more):
    return Situation(status=status, today=TODAY, sides=frozenset({side}), roles=roles, **more)


@pytest.mark.parametrize(
    ("move", "situation", "objection"),
    [
        (Move.ACCEPT, now(Status.ASSIGNED), None),
        (Move.ACCEPT, now(Status.DOING), "Đang thực hiện"),
        (Move.ACCEPT, now(Status.ASSIGNED, side=Side.PARTNER), "cơ quan chủ trì"),
        (Move.ACCEPT, now(Status.ASSIGNED, roles=CLERK), "Chỉ"),
        (Move.REFUSE, now(Status.ASSIGNED, roles=frozenset({Role.SPECIALIST})), "lãnh đạo cơ quan"),
        (Move.REPORT, now(open_parts=2), "Còn 2 nhiệm vụ con"),
        (Move.REPORT, now(asking=True), "chờ cơ quan giao trả lời"),
        (Move.CONFIRM, now(Status.REPORTED, side=Side.GIVER), None),
        (Move.CONFIRM, now(Status.REPORTED, side=Side.GIVER, own_report=True), "không tự xác nhận"),
        (Move.CONFIRM, now(Status.REPORTED, side=Side.LEAD), "cơ quan giao"),
        (Move.ASK_EXTENSION, now(due_on=TODAY), None),
        (Move.ASK_EXTENSION, now(due_on=TODAY - timedelta(days=1)), "Đã quá hạn ngày 14/10/2026"),
        (Move.ASK_EXTENSION, now(due_on=None), "không có thời hạn"),
        (Move.ASK_EXTENSION, now(due_on=TODAY, asking=True), "đang chờ trả lời"),
        (Move.GRANT_EXTENSION, now(side=Side.GIVER, asking=True), None),
        (Move.GRANT_EXTENSION, now(side=Side.GIVER), "Không có đề nghị gia hạn"),
        (Move.GRANT_EXTENSION, now(side=Side.FOLLOWER, asking=True), "cơ quan giao"),
        (Move.CANCEL, now(side=Side.GIVER, open_parts=1), "thu hồi các nhiệm vụ con trước"),
        (Move.URGE, now(side=Side.TASK_FORCE), None),
        (Move.URGE, now(side=Side.GIVER, urged_today=True), "Hôm nay đã có"),
        (Move.PUBLISH, now(side=Side.GIVER, is_part=True), "không công khai"),
        (Move.RESUME, now(Status.SUSPENDED, side=Side.GIVER, parent_open=False), "đã kết thúc"),
    ],
)
def test_a_move_and_what_stands_against_it(move, situation, objection):
    found = rules.objections(move, situation)
    assert not found if objection is None else any(objection in one for one in found), found


def test_every_reason_is_said_at_once():
    found = rules.objections(Move.CONFIRM, now(Status.DOING, side=Side.PARTNER, roles=CLERK))
    assert len(found) == 3


def test_the_table_leaves_no_move_and_no_open_state_without_a_way_on():
    assert set(PATHS) == set(Move)
    assert all(path.sources and path.sides and path.roles for path in PATHS.values())
    targets = {path.target for path in PATHS.values()} - {None}
    assert targets | {Status.ASSIGNED} == set(Status)
    for status in OPEN:
        assert any(status in path.sources and path.target not in (None, status) for path in PATHS.values())


def test_what_is_closed_stays_closed():
    ways = {move for move, path in PATHS.items() if path.sources & {Status.DONE, Status.CANCELLED}}
    assert ways == {Move.ACKNOWLEDGE, Move.PUBLISH}
    assert all(PATHS[move].target is None for move in ways)


# In time or late


@pytest.mark.parametrize(
    ("status", "due", "reported", "expected"),
    [
        (Status.DOING, TODAY, None, Standing.OPEN_IN_TIME),
        (Status.DOING, TODAY - timedelta(days=1), None, Standing.OPEN_LATE),
        (Status.ASSIGNED, None, None, Standing.OPEN_IN_TIME),
        (Status.REFUSED, TODAY - timedelta(days=1), None, Standing.OPEN_LATE),
        (Status.SUSPENDED, None, None, Standing.OPEN_IN_TIME),
        (Status.REPORTED, date(2026, 10, 1), date(2026, 10, 1), Standing.OPEN_IN_TIME),
        (Status.REPORTED, date(2026, 10, 1), date(2026, 10, 2), Standing.OPEN_LATE),
        (Status.DONE, date(2026, 10, 1), date(2026, 10, 1), Standing.DONE_IN_TIME),
        (Status.DONE, date(2026, 10, 1), date(2026, 10, 2), Standing.DONE_LATE),
        (Status.DONE, None, date(2026, 10, 2), Standing.DONE_IN_TIME),
        (Status.CANCELLED, date(2026, 10, 1), None, Standing.CANCELLED),
    ],
)
def test_how_a_task_stands_on_a_day(status, due, reported, expected):
    assert rules.standing(status, due, reported, TODAY) is expected


days = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@given(st.sampled_from(Status), st.none() | days, st.none() | days, days)
def test_a_task_is_late_exactly_when_it_has_days_late(status, due, reported, as_of):
    late = rules.is_late(status, due, reported, as_of)
    assert late == (rules.days_late(status, due, reported, as_of) > 0)
    assert late == (rules.standing(status, due, reported, as_of) in (Standing.DONE_LATE, Standing.OPEN_LATE))
    assert ("quá hạn" in rules.state_words(status, due, reported, as_of)) == late


@given(st.sampled_from(sorted(OPEN)), days, days, st.integers(0, 400))
def test_who_is_late_stays_late_until_something_is_done(status, due, as_of, later):
    if rules.is_late(status, due, None, as_of):
        assert rules.is_late(status, due, None, as_of + timedelta(days=later))


def test_the_published_figures_of_2017_add_up_the_same_way():
    """BC 1270/BC-TCTTTg: 21.914 = 16.051 (14.068 + 1.983) + 5.863 (5.640 + 223)."""
    sums = Sums(done_in_time=14_068, done_late=1_983, open_in_time=5_640, open_late=223)
    assert (sums.given, sums.done, sums.open) == (21_914, 16_051, 5_863)
    assert sums.on_time_share == Decimal("86.4")
    assert Sums().on_time_share is None
    assert len(COUNTED) == 4


# Recurrence

comes_round = st.sampled_from([one for one in Recurrence if one is not Recurrence.NONE])


@given(comes_round, days, st.none() | st.integers(1, 31))
def test_a_day_lies_in_its_period_and_the_period_is_the_same_from_each_of_its_days(recurrence, day, due_day):
    period = rules.period_of(recurrence, day, due_day)
    assert period.begin <= day <= period.end
    assert period.begin <= period.due_on <= period.end
    assert (
        rules.period_of(recurrence, period.begin, due_day) == rules.period_of(recurrence, period.end, due_day) == period
    )


@given(comes_round, days, st.integers(0, 300))
def test_periods_follow_each_other_without_gap_or_overlap(recurrence, since, length):
    found = list(rules.periods_between(recurrence, since, since + timedelta(days=length)))
    assert found[0].begin <= since <= found[0].end
    assert found[-1].begin <= since + timedelta(days=length) <= found[-1].end or len(found) == rules.MOST_PERIODS
    for one, following in pairwise(found):
        assert following.begin == one.end + timedelta(days=1)
        assert one.name != following.name


@pytest.mark.parametrize(
    ("recurrence", "due_day", "expected"),
    [
        (Recurrence.DAILY, None, (date(2026, 2, 11), "11/02/2026")),
        (Recurrence.WEEKLY, 5, (date(2026, 2, 13), "tuần 7/2026")),
        (Recurrence.WEEKLY, None, (date(2026, 2, 15), "tuần 7/2026")),
        (Recurrence.MONTHLY, 25, (date(2026, 2, 25), "tháng 02/2026")),
        (Recurrence.MONTHLY, 31, (date(2026, 2, 28), "tháng 02/2026")),
        (Recurrence.QUARTERLY, 20, (date(2026, 3, 20), "quý I/2026")),
        (Recurrence.HALF_YEARLY, None, (date(2026, 6, 30), "6 tháng đầu năm 2026")),
        (Recurrence.YEARLY, 15, (date(2026, 12, 15), "năm 2026")),
    ],
)
def test_when_a_period_is_due(recurrence, due_day, expected):
    period = rules.period_of(recurrence, date(2026, 2, 11), due_day)
    assert (period.due_on, period.name) == expected


def test_what_comes_once_has_no_periods():
    with pytest.raises(ValueError, match="once"):
        rules.period_of(Recurrence.NONE, TODAY)


# The ladder


@pytest.mark.parametrize(
    ("days_after", "rung"), [(-8, None), (-7, -7), (-4, -7), (-3, -3), (-1, -1), (0, 0), (6, 1), (7, 7), (400, 15)]
)
def test_the_rung_reached_on_a_day(days_after, rung):
    step = rules.step_due(DEFAULT_LADDER, TODAY, TODAY + timedelta(days=days_after))
    assert (step.days if step else None) == rung


def test_each_rung_knows_what_it_is():
    kinds = [one.rung for one in DEFAULT_LADDER]
    assert kinds == [Rung.AHEAD] * 3 + [Rung.TODAY] + [Rung.LATE] * 3
    assert rules.names_of_step(-3) == "trước hạn 3 ngày"


@pytest.mark.parametrize(
    ("ladder", "objection"),
    [
        ((), "ít nhất một nấc"),
        ((Step(1, (Receiver.DOER,)), Step(1, (Receiver.GIVER,))), "chỉ một nấc"),
        ((Step(1, ()),), "chưa ghi gửi cho ai"),
        ((Step(500, (Receiver.DOER,)),), "365"),
    ],
)
def test_what_is_no_ladder(ladder, objection):
    assert any(objection in one for one in rules.ladder_objections(ladder))
    assert rules.ladder_objections(DEFAULT_LADDER) == []


# Giving


@pytest.mark.parametrize(
    ("change", "objection"),
    [
        ({}, None),
        ({"title": " "}, "Ghi nội dung"),
        ({"title": "x" * 2001}, "2.000 chữ"),
        ({"lead": None}, "chưa có cơ quan chủ trì"),
        ({"lead_stands": False}, "không còn hoạt động"),
        ({"partners": (1,)}, "vừa chủ trì vừa phối hợp"),
        ({"due_on": None}, "phải ghi ngày đến hạn"),
        ({"due_on": date(2026, 10, 14)}, "trước ngày giao"),
        ({"kind": Kind.CONSTANT}, "không ghi ngày đến hạn"),
        ({"kind": Kind.RECURRING, "due_on": None}, "chọn chu kỳ"),
        ({"recurrence": Recurrence.MONTHLY}, "chọn chu kỳ"),
        ({"parent_due_on": date(2026, 10, 20)}, "sau hạn 20/10/2026"),
        ({"below_lead": False}, "đơn vị thuộc cơ quan chủ trì"),
    ],
)
def test_what_may_not_be_given(change, objection):
    wish = Wish(**{"title": "Rà soát", "given_on": TODAY, "lead": 1, "due_on": date(2026, 10, 31), **change})
    found = rules.giving_objections(wish)
    assert not found if objection is None else any(objection in one for one in found), found


@pytest.mark.parametrize(
    ("due", "wanted", "refused"),
    [
        (TODAY, TODAY + timedelta(days=1), False),
        (TODAY, TODAY, True),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), True),
        (None, TODAY, False),
    ],
)
def test_a_later_day_must_be_later(due, wanted, refused):
    assert bool(rules.extension_objections(due, wanted, TODAY)) == refused


# Names and places in a text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Giám đốc Sở Tài chính", "Sở Tài chính"),
        ("Chủ tịch UBND xã Ba Tơ", "UBND xã Ba Tơ"),
        ("Thủ trưởng các sở, ban, ngành", "các sở, ban, ngành"),
        ("Sở Tài chính", "Sở Tài chính"),
    ],
)
def test_a_leader_answers_for_the_agency(name, expected):
    assert without_title(name) == expected


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Sở KH&ĐT", "Sở Kế hoạch và Đầu tư"),
        ("Sở TN&MT", "Sở Tài nguyên và Môi trường"),
        ("Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở VHTTDL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở GTVT", "Sở Giao thông vận tải"),
    ],
)
def test_short_names_in_full(short, full):
    assert in_full(short) == full


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("các sở, ban, ngành", "các sở, ban, ngành"),
        ("Thủ trưởng các sở, ngành", "các sở, ban, ngành"),
        ("UBND các xã, phường, đặc khu", "UBND các xã, phường, đặc khu"),
        ("UBND cấp xã", "UBND các xã, phường, đặc khu"),
        ("UBND các huyện, thị xã, thành phố", "UBND các huyện, thị xã, thành phố"),
        ("Sở Tài chính", None),
        ("UBND xã Ba Tơ", None),
    ],
)
def test_groups(name, group):
    found = group_of(name)
    assert (found.name if found else None) == group


@pytest.mark.parametrize(
    ("issuer", "subject", "expected"),
    [
        ("Thủ tướng Chính phủ", "", GivenBy.PRIME_MINISTER),
        ("Văn phòng Chính phủ", "Kết luận của Thủ tướng Chính phủ tại phiên họp", GivenBy.PRIME_MINISTER),
        ("Văn phòng UBND tỉnh", "Kết luận của Phó Chủ tịch UBND tỉnh", GivenBy.VICE_CHAIR),
        ("UBND tỉnh Quảng Ngãi", "Về việc giải ngân", GivenBy.COMMITTEE),
        ("Tỉnh ủy Quảng Ngãi", "", GivenBy.PARTY),
        ("Bộ Nội vụ", "", GivenBy.MINISTRY),
        ("Sở Tài chính", "", GivenBy.AGENCY),
    ],
)
def test_who_asks(issuer, subject, expected):
    assert given_by_of(issuer, subject) is expected


def test_words_are_found_over_cut_lines_page_feet_and_footnote_marks():
    text = "Mở đầu.\n1. Giao Sở Tài\nchính chủ trì1, phối\n\n      1\nhợp với Sở Nội vụ rà soát.\nHết."
    found = find_words(text, "Giao Sở Tài chính chủ trì, phối hợp với Sở Nội vụ rà soát")
    assert found is not None and text[found.start : found.end].startswith("Giao Sở Tài\nchính")
    assert text[found.start : found.end].endswith("rà soát")
    assert find_words(text, "Sở Y tế") is None
    starts = line_starts(text)
    assert line_at(starts, found.start) == 2
    assert find_words(text, "") is None


@given(
    st.lists(st.sampled_from(["Sở", "Nội", "vụ", "rà", "soát", "hồ", "sơ"]), min_size=1, max_size=8), st.integers(0, 5)
)
def test_what_stands_in_the_text_is_found(words, before):
    text = "x " * before + " ".join(words)
    found = find_words(text, " ".join(words))
    assert found == Span(2 * before, len(text)) or (found is not None and found.end <= len(text))


def test_the_readme_shows_the_tables_of_now():
    text = drawing.README.read_text(encoding="utf-8")
    assert drawing.drawn(text) == text, "run `make states`"
    assert "Xác nhận hoàn thành" in text
