"""Every reason against a decision, as the official reads it."""

from datetime import date
from itertools import count

import pytest

from motcua.base.errors import Refused
from motcua.organisations import rules
from motcua.organisations.rules import New, Numbers, Register, Step
from motcua.organisations.terms import Kind
from tests.organisations.made import CHANGE, START, TODAY

BY = {"on": CHANGE, "decision": "Nghị quyết số 01"}
PROVINCE, DISTRICT, BA_TO, BA_TRANG, OFFICE, OTHER, BOARD = range(1, 8)


def new(kind: Kind, place: str, parent: int | None, code: str = "") -> New:
    name, short_name = rules.office_of(kind, place)
    return New(name=name, short_name=short_name, kind=kind, parent=parent, code=code, place=short_name[5:])


@pytest.fixture
def register() -> Register:
    """A province with a district of two communes, one with a division; a second province; a department."""
    found = Register()
    numbers = Numbers(*(count(1).__next__ for _ in range(3)))
    for one in (
        new(Kind.PROVINCE, "Một", None, "H48"),
        new(Kind.DISTRICT, "Núi", PROVINCE),
        new(Kind.COMMUNE, "Ba Tơ", DISTRICT, "H48.115"),
        new(Kind.COMMUNE, "Ba Trang", DISTRICT),
        New(name="Phòng Kinh tế", short_name="Phòng Kinh tế", kind=Kind.DIVISION, parent=BA_TO),
        new(Kind.PROVINCE, "Hai", None),
        New(name="Sở Tài chính", short_name="Sở Tài chính", kind=Kind.DEPARTMENT, parent=PROVINCE),
    ):
        step = rules.opening(one, on=START, decision="Quyết định số 1")
        rules.check(step, found, today=TODAY)
        rules.apply(step, found, numbers)
    return found


RIVER = new(Kind.COMMUNE, "Sông", PROVINCE)


@pytest.mark.parametrize(
    ("step", "objection"),
    [
        (rules.merging((BA_TO, BA_TRANG), into=RIVER, **BY), None),
        (rules.merging((BA_TRANG,), into=BA_TO, **BY), None),
        (rules.abolishing(BA_TO, successors=(BA_TRANG,), **BY), None),
        (rules.transferring(BA_TO, to=PROVINCE, **BY), None),
        (rules.renaming(BOARD, name="Sở Tài chính mới", **BY), None),
        (rules.splitting(BA_TO, into=(BA_TO, RIVER), **BY), None),
        (rules.merging((BA_TO, BA_TRANG), into=RIVER, on=CHANGE, decision=" "), "Ghi số và ngày của văn bản"),
        (rules.renaming(BOARD, name="Sở", on=date(225, 7, 1), decision="x"), "Ngày 01/07/225 không hợp lý"),
        (rules.renaming(BOARD, name="Sở", on=date(2052, 7, 1), decision="x"), "Ngày 01/07/2052 không hợp lý"),
        (rules.renaming(BOARD, name="Sở", on=date(2019, 7, 1), decision="x"), "đã có thay đổi từ ngày 01/01/2020"),
        (rules.renaming(BOARD, name=" ", **BY), "Ghi tên đầy đủ"),
        (rules.renaming(BOARD, name="A" * 1000, **BY), "Thông tin dài quá 200 chữ"),
        (rules.renaming(BOARD, name="Sở Tài chính", **BY), "Chưa có thông tin nào thay đổi"),
        (rules.renaming(BOARD, code="48.H", **BY), "Mã 48.H không đúng dạng"),
        (rules.renaming(BOARD, code="H48.115", **BY), "Mã H48.115 đang thuộc UBND xã Ba Tơ"),
        (rules.merging((BA_TO,), into=RIVER, **BY), "cần ít nhất hai cơ quan; một cơ quan thì đổi tên"),
        (rules.merging((BA_TO, BA_TO), into=RIVER, **BY), "Một cơ quan được chọn hai lần"),
        (rules.merging((BA_TO, BA_TRANG), into=BA_TO, **BY), "không thể đồng thời bị sáp nhập"),
        (rules.splitting(BA_TO, into=(RIVER,), **BY), "Chia, tách cần ít nhất hai"),
        (rules.abolishing(BA_TO, successors=(BA_TO,), **BY), "không thể kế thừa chính mình"),
        (rules.abolishing(DISTRICT, **BY), "Còn 2 cơ quan trực thuộc UBND huyện Núi"),
        (rules.abolishing(BA_TO, on=START, decision="x"), "chưa thể kết thúc cùng ngày"),
        (rules.merging((OTHER,), into=BA_TO, **BY), "Tỉnh chỉ có thể sáp nhập vào tỉnh"),
        (rules.opening(new(Kind.DISTRICT, "Mới", PROVINCE), **BY), "Từ 01/07/2025 không còn cấp huyện"),
        (rules.opening(new(Kind.COMMUNE, "Mới", None), **BY), "Chọn cơ quan cấp trên"),
        (rules.opening(new(Kind.COMMUNE, "Mới", BOARD), **BY), "Cơ quan cấp xã không thể trực thuộc cơ quan sở"),
        (rules.opening(new(Kind.COMMUNE, "Mới", PROVINCE, "H48"), **BY), "Mã H48 đang thuộc UBND tỉnh Một"),
        (rules.transferring(BA_TO, to=DISTRICT, **BY), "đã trực thuộc cơ quan này"),
        (rules.transferring(DISTRICT, to=BA_TO, **BY), "không thể trực thuộc chính mình"),
        (rules.transferring(OFFICE, to=OFFICE, **BY), "không thể trực thuộc chính mình"),
    ],
)
def test_objections(register: Register, step: Step, objection: str | None) -> None:
    found = rules.objections(step, register, today=TODAY)

    assert found == [] if objection is None else any(objection in one for one in found), found


def carry_out(step: Step, register: Register) -> None:
    rules.check(step, register, today=TODAY)
    rules.apply(step, register, Numbers(*(count(100).__next__ for _ in range(3))))


def test_an_agency_cannot_end_twice_nor_be_followed_after_its_end(register: Register) -> None:
    carry_out(rules.abolishing(BA_TO, **BY), register)
    later = {"on": date(2026, 1, 1), "decision": "x"}

    with pytest.raises(Refused, match="đã kết thúc hoạt động từ ngày 01/07/2025"):
        carry_out(rules.abolishing(BA_TO, **later), register)
    with pytest.raises(Refused, match="nên không thể kế thừa"):
        carry_out(rules.abolishing(BA_TRANG, successors=(BA_TO,), **later), register)
    with pytest.raises(Refused, match="không hoạt động vào ngày 01/01/2026"):
        carry_out(rules.opening(New(name="P", short_name="P", kind=Kind.DIVISION, parent=BA_TO), **later), register)


def test_an_end_already_decided_for_later_stops_all_other_changes(register: Register) -> None:
    carry_out(rules.abolishing(BA_TO, on=date(2027, 1, 1), decision="x"), register)

    found = rules.objections(rules.renaming(BA_TO, name="Khác", **BY), register, today=TODAY)

    assert found == ["UBND xã Ba Tơ đã kết thúc hoạt động từ ngày 01/01/2027."]


def test_all_objections_are_told_at_once(register: Register) -> None:
    step = rules.merging((BA_TO, BA_TO), into=BA_TO, on=date(2090, 1, 1), decision="")

    assert len(rules.objections(step, register, today=TODAY)) == 4


def test_units_end_with_their_agency_and_are_read_under_what_it_became(register: Register) -> None:
    carry_out(rules.abolishing(BA_TO, successors=(BA_TRANG,), **BY), register)

    assert register.on(OFFICE, CHANGE) is None
    assert register.as_now(OFFICE, TODAY) == (BA_TRANG,)


def test_an_agency_without_heirs_is_read_under_nobody(register: Register) -> None:
    carry_out(rules.abolishing(BOARD, **BY), register)

    assert register.as_now(BOARD, TODAY) == ()
    assert register.as_now(BOARD, date(2025, 6, 30)) == (BOARD,)


def test_a_part_given_away_leaves_the_agency_standing(register: Register) -> None:
    carry_out(rules.splitting(BA_TO, into=(BA_TO, RIVER), **BY), register)

    assert register.as_now(BA_TO, TODAY) == (BA_TO,)
    assert register.predecessors(100, TODAY) == (BA_TO,)


def test_the_old_name_stays_true_for_its_time(register: Register) -> None:
    carry_out(rules.renaming(BOARD, name="Sở Kho bạc", short_name="Sở Kho bạc", **BY), register)

    assert register.nearest(BOARD, date(2025, 6, 30)).name == "Sở Tài chính"
    assert register.nearest(BOARD, CHANGE).name == "Sở Kho bạc"
    assert register.nearest(BOARD, date(1990, 1, 1)).name == "Sở Tài chính"
    assert rules.find(register, "so tai chinh", TODAY)[0].sentence == "Sở Tài chính, tỉnh Một, nay là Sở Kho bạc."


def test_two_decisions_of_one_day_leave_one_version(register: Register) -> None:
    carry_out(rules.transferring(BA_TO, to=PROVINCE, **BY), register)
    rules.apply(
        rules.renaming(BA_TO, code="H48.200", **BY), register, Numbers(*(count(200).__next__ for _ in range(3)))
    )

    assert [(one.since, one.parent, one.code) for one in register.history(BA_TO)] == [
        (START, DISTRICT, "H48.115"),
        (CHANGE, PROVINCE, "H48.200"),
    ]
