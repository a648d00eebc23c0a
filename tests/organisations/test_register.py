"""The real tree of Quảng Ngãi on either side of 1/7/2025, and what became of whom."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.base.text import unaccented
from motcua.organisations import rules
from motcua.organisations.actions import fixture
from motcua.organisations.rules import Register
from motcua.organisations.terms import Kind, Level
from tests.organisations.conftest import Planned
from tests.organisations.made import TODAY

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
FACTS = fixture.read()


def levels(register: Register, day: date) -> Counter[Level]:
    return Counter(node.version.level for node in register.tree(day))


def kinds(register: Register, day: date) -> Counter[Kind]:
    return Counter(node.version.kind for node in register.tree(day))


def test_before_the_merger_two_provinces_stand_with_districts_and_272_communes(quang_ngai: Planned) -> None:
    before = levels(quang_ngai.register, BEFORE)

    assert (before[Level.PROVINCE], before[Level.DISTRICT], before[Level.COMMUNE]) == (2, 23, 272)
    assert [len(quang_ngai.register.subtree(quang_ngai[f"province/{one}"], BEFORE)) for one in ("51", "62")] == [
        200,
        128,
    ]


def test_after_the_merger_one_province_stands_with_96_communes_and_no_district(quang_ngai: Planned) -> None:
    after, kind = levels(quang_ngai.register, AFTER), kinds(quang_ngai.register, AFTER)

    assert (after[Level.PROVINCE], after[Level.DISTRICT], after[Level.COMMUNE]) == (1, 0, 96)
    assert (kind[Kind.COMMUNE], kind[Kind.WARD], kind[Kind.SPECIAL_ZONE], kind[Kind.RECEPTION_POINT]) == (86, 9, 1, 2)
    assert kind[Kind.DIVISION] == 96 * 2


def test_every_line_of_the_tree_stands_under_the_line_above_it(quang_ngai: Planned) -> None:
    for day in (BEFORE, AFTER):
        path: list[int] = []
        for node in quang_ngai.register.tree(day):
            del path[node.depth :]
            assert node.version.parent == (path[-1] if path else None)
            path.append(node.version.agency)


def test_all_272_old_communes_lead_to_the_96_and_only_there(quang_ngai: Planned) -> None:
    register = quang_ngai.register
    today = {node.version.agency for node in register.tree(AFTER) if node.version.level is Level.COMMUNE}
    old = [node.version.agency for node in register.tree(BEFORE) if node.version.level is Level.COMMUNE]
    reached = {one: register.as_now(one, TODAY) for one in old}

    assert Counter(len(heirs) for heirs in reached.values()) == {1: 271, 2: 1}
    assert {heir for heirs in reached.values() for heir in heirs} == today - {quang_ngai["commune/21548"]}
    assert register.as_now(quang_ngai["district/536"], TODAY) == (quang_ngai["commune/21548"],)
    assert sum(one == heirs[0] for one, heirs in reached.items()) == 5


@pytest.mark.parametrize(
    ("place_code", "predecessors"),
    [
        ("21028", {"Lê Hồng Phong", "Trần Phú", "Quảng Phú", "Nghĩa Lộ"}),
        ("21211", {"Tịnh Kỳ", "Tịnh Thiện", "Tịnh Châu", "Tịnh Khê", "Tịnh Long"}),
        ("21136", {"Trà Tân", "Trà Bùi"}),
        ("21157", {"Hương Trà", "Trà Tây", "Trà Bùi"}),
    ],
)
def test_a_commune_knows_of_whom_it_was_made(quang_ngai: Planned, place_code: str, predecessors: set[str]) -> None:
    register = quang_ngai.register
    found = register.predecessors(quang_ngai[f"commune/{place_code}"], TODAY)
    communes = [one for agency in found if (one := register.history(agency)[0]).level is Level.COMMUNE]

    assert {one.place.split(" ", 1)[1] for one in communes} == predecessors


def test_a_commune_that_was_kept_is_the_same_agency_under_another_parent(quang_ngai: Planned) -> None:
    first, second = quang_ngai.register.history(quang_ngai["commune before/21538"])

    assert (first.name, first.parent) == (second.name, quang_ngai["district/535"])
    assert (second.parent, second.code, second.since) == (quang_ngai["province/51"], "H48.118", AFTER)


def test_the_province_goes_on_and_keeps_the_files_of_the_one_that_joined(quang_ngai: Planned) -> None:
    register, province = quang_ngai.register, quang_ngai["province/51"]

    assert register.as_now(quang_ngai["province/62"], TODAY) == (province,)
    assert set(register.roots.values()) == {province}
    assert register.by_code("000.00.00.H48", BEFORE) == register.history(province)[0]
    assert register.by_code("H48", AFTER) == register.history(province)[1]
    assert register.by_code("H48", BEFORE) is None


def test_departments_of_two_reforms_lead_to_those_of_today(quang_ngai: Planned) -> None:
    register = quang_ngai.register
    today = [one for one in register.children(quang_ngai["province/51"], TODAY) if one.level is Level.DEPARTMENT]
    environment = quang_ngai["62/Sở Tài nguyên và Môi trường"]

    assert len(today) == 15
    assert [register.history(one)[-1].name for one in register.as_now(environment, date(2025, 4, 1))] == [
        "Sở Nông nghiệp và Môi trường"
    ]
    assert register.as_now(environment, TODAY) == (register.by_code("H48.008", TODAY).agency,)


def test_codes_are_well_formed_and_what_nobody_published_is_marked(quang_ngai: Planned) -> None:
    for version in quang_ngai.register.versions.values():
        assert rules.CODE.fullmatch(version.code)
        assert version.code_is_ours == (version.level is not Level.PROVINCE)


def test_children_stand_in_the_order_of_a_vietnamese_list(quang_ngai: Planned) -> None:
    places = [one.place for one in quang_ngai.register.children(quang_ngai["province/51"], TODAY) if one.place]

    assert places[:4] == ["xã An Phú", "xã Ba Dinh", "xã Ba Động", "xã Ba Gia"]
    assert places[-2:] == ["phường Trương Quang Trọng", "đặc khu Lý Sơn"]


AGENCIES = 838


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(agency=st.integers(1, AGENCIES), days=st.integers(0, 700))
def test_as_now_names_only_those_that_stand_and_names_them_for_good(
    quang_ngai: Planned, agency: int, days: int
) -> None:
    register, day = quang_ngai.register, date(2025, 1, 1) + timedelta(days=days)
    heirs = register.as_now(agency, day)

    assert all(register.on(one, day) for one in heirs)
    assert len(set(heirs)) == len(heirs)
    assert all(register.as_now(one, day) == (one,) for one in heirs)
    assert (heirs == (agency,)) == (register.on(agency, day) is not None)
    if register.history(agency)[0].since <= day:
        assert heirs
    for one in register.successors(agency, day):
        outer = agency if register.history(agency)[0].level is not Level.UNIT else None
        assert outer is None or outer in register.predecessors(one, day)


def test_the_property_above_speaks_of_every_agency(quang_ngai: Planned) -> None:
    assert sorted(quang_ngai.register.agencies()) == list(range(1, AGENCIES + 1))


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        ("ba tơ", "UBND xã Ba Tơ", ""),
        ("ba tô", "UBND xã Ba Tô", ""),
        ("Ba Tơ", "UBND xã Ba Tơ", ""),
        ("x. Ba To", "UBND xã Ba Tô", ""),
        ("H48.115", "UBND xã Ba Tơ", ""),
        ("quang trung", "UBND phường Quang Trung", "Phường Quang Trung, thành phố Kon Tum, nay là phường Kon Tum."),
        ("Phường Quang Trung, TP Kon Tum", "UBND phường Quang Trung", "nay là phường Kon Tum."),
        ("12 Phan Đình Phùng, P. Quang Trung, TP. Kon Tum, tỉnh Kon Tum", "UBND phường Quang Trung", "nay là"),
        ("trà bùi", "UBND xã Trà Bùi", "Xã Trà Bùi, huyện Trà Bồng, nay thuộc xã Cà Đam và xã Tây Trà Bồng."),
        ("dak long, dak ha", "UBND xã Đăk Long", "Xã Đăk Long, huyện Đăk Hà, nay là xã Đăk Pxi."),
        ("Đăk Long, Đắk Glei", "UBND xã Đăk Long", ""),
        ("huyen ly son", "UBND huyện Lý Sơn", "Huyện Lý Sơn, tỉnh Quảng Ngãi, nay là đặc khu Lý Sơn."),
        ("ia hdrai", "UBND huyện Ia H'Drai", "nay là địa bàn của xã Ia Đal và xã Ia Tơi."),
        ("tinh kon tum", "UBND tỉnh Kon Tum", "Tỉnh Kon Tum nay là tỉnh Quảng Ngãi."),
        ("so tai nguyen", "Sở Tài nguyên và Môi trường", "tỉnh Quảng Ngãi, nay là Sở Nông nghiệp và Môi trường."),
        ("Ban dân tộc", "Ban Dân tộc", "nay là Sở Dân tộc và Tôn giáo."),
        ("Ba To\u031b", "UBND xã Ba Tơ", ""),
    ],
)
def test_find(quang_ngai: Planned, text: str, name: str, sentence: str) -> None:
    first = rules.find(quang_ngai.register, text, TODAY)[0]

    assert first.version.short_name == name
    assert first.sentence.endswith(sentence) if sentence.endswith(".") else sentence in first.sentence
    assert bool(first.sentence) == bool(sentence)
    assert first.now


@pytest.mark.parametrize("text", ["", " , ,", "khong co noi nay", "'; DROP TABLE x; --", "a" * 5000, "%", "\x00"])
def test_find_answers_nothing_to_nonsense(quang_ngai: Planned, text: str) -> None:
    assert rules.find(quang_ngai.register, text, TODAY) == []


@pytest.mark.slow
def test_every_old_commune_is_found_by_its_name_with_and_without_marks(quang_ngai: Planned) -> None:
    register = quang_ngai.register
    for one in FACTS["communes_before"]:
        agency = quang_ngai[f"commune before/{one['place_code']}"]
        place = register.history(agency)[0].place
        for text in (place, unaccented(place)):
            found = {each.version.agency: each for each in rules.find(register, text, TODAY, limit=50)}
            assert agency in found, text
            assert found[agency].now == register.as_now(agency, TODAY)
            assert re.search(r"nay (là|thuộc) ", found[agency].sentence) or found[agency].now == (agency,)
