"""The shipped definitions: sound, honest about what is only remembered, the same as YAML and as an Excel annex."""

from fractions import Fraction

import pytest

from motcua.base.errors import Refused
from motcua.indices.rules.annex import from_annex, to_annex
from motcua.indices.rules.definition import Gathering
from motcua.indices.rules.shipped import codes, fingerprint, from_yaml, shipped, to_yaml
from motcua.indices.rules.validating import publication_objections

EXAMPLES = {"ddci-departments", "ddci-localities", "m-score", "par-2022", "par-camau-2013", "sipas-2640"}


def test_all_eight_indices_are_there():
    there = {shipped(code).index for code in codes()}
    assert there >= {"PAR INDEX", "SIPAS", "PAPI", "PCI", "DDCI", "ICT INDEX", "DTI", "M-Score", "QĐ 766"}


def test_a_remembered_or_unfinished_set_is_an_example_and_cannot_be_published():
    assert {code for code in codes() if shipped(code).is_example} == EXAMPLES
    for code in codes():
        assert bool(publication_objections(shipped(code))) == (code in EXAMPLES)
        assert all("ví dụ" in sentence for sentence in publication_objections(shipped(code)))


@pytest.mark.parametrize("code", codes())
def test_every_criterion_says_how_sure_it_is(code: str):
    definition = shipped(code)
    assert definition.code == code
    assert definition.certainty and all(each.certainty for each in definition.criteria)
    assert definition.source or definition.note


@pytest.mark.parametrize("code", codes())
def test_yaml_and_annex_are_the_same_both_ways(code: str):
    definition = shipped(code)
    assert from_yaml(to_yaml(definition)) == definition
    through = from_annex(to_annex(definition))
    assert through == definition
    assert fingerprint(through) == fingerprint(definition)


def test_known_sums():
    qd766 = shipped("qd766-province")
    maxima = {each.code: each.most for each, _w in qd766.children["QD766"]}
    assert list(maxima.values()) == [18, 20, 12, 10, 18, 22] and sum(m or 0 for m in maxima.values()) == 100
    for code in ("pci-2006", "pci-2009", "pci-2013"):
        assert sum(weight for _child, weight in shipped(code).children["pci"]) == 100
    assert sum(each.most or 0 for each in shipped("par-2022").leaves) == 100
    assert [len(shipped("sipas-2640").children[f"SIPAS{i}"]) for i in range(1, 6)] == [4, 5, 6, 3, 4]


def test_the_pillars_of_dti_share_their_base():
    dti = shipped("dti-922")
    base = {"NTS", "TCS", "HTS", "NLS", "ATTT"}
    for pillar, own, most in (("DTI-CQS", "CQS", 700), ("DTI-KTS", "KTS", 650), ("DTI-XHS", "XHS", 650)):
        children = dti.children[pillar]
        assert {child.code for child, _w in children} == base | {own}
        assert sum(child.most or 0 for child, _w in children) == most
    assert sum(child.most or 0 for child, _w in dti.children["DTI"]) == 1000


def test_weights_of_2006_need_not_sum_to_one():
    full = shipped("pci-2006-full")
    assert sum(weight for _child, weight in full.children["time.a2"]) == Fraction("0.64")
    assert isinstance(full.by_code["time.a2"].rule, Gathering)


def test_an_unknown_code_is_refused_with_the_known_ones():
    with pytest.raises(Refused, match="qd766-province"):
        shipped("qd767")


SMALL = """
code: thu
version: 1
index: THU
name: Bộ thử
years: {from: 2024}
units: [department]
certainty: T
root: A
criteria:
- {code: A, name: Tổng, gather: sum, max: 3, certainty: T}
- {code: A1, number: 1, name: Một, parent: A, rule: given, max: 1, unit: điểm}
- {code: A2, number: 2, name: Hai, parent: A, rule: {kind: ratio, full_at: 0.8}, max: 2, unit: hồ sơ}
"""


def refused(text: str) -> list[str]:
    with pytest.raises(Refused) as found:
        from_yaml(text.encode("utf-8"))
    return found.value.objections


def test_a_small_set_is_sound():
    assert from_yaml(SMALL.encode("utf-8")).leaves[1].columns == ("A2.n", "A2.d")


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ("max: 3", "max: 4", "Tiêu chí A", "các mục con cộng lại 3"),
        ("parent: A, rule: given", "parent: X, rule: given", "Tiêu chí A1", "không có trong bộ này"),
        ("parent: A, rule: given", "rule: given", "Tiêu chí A1", "không thuộc mục nào"),
        ("gather: sum, max: 3", "parent: A, gather: sum, max: 3", "Tiêu chí A", "tham chiếu vòng: A → A"),
        ("max: 1, unit: điểm", "max: 1", "Tiêu chí A1", "thiếu đơn vị tính"),
        ("units: [department]", "units: []", "Bộ chỉ số", "loại đơn vị"),
        ("years: {from: 2024}", "years: {from: 2024, to: 2020}", "Bộ chỉ số", "trước năm bắt đầu"),
        ("years: {from: 2024}", "years: {from: hai}", "Dòng 6", "là chữ, cần một số"),
        ("code: A2", "code: A1", "Tiêu chí A1", "dùng 2 lần"),
        ("max: 2", 'max: "2,5"', "Dòng 13", "dấu phẩy thập phân; hãy viết dấu chấm: 2.5"),
        ("full_at: 0.8", "full: 0.8", "Dòng 13", "không có mục “full”"),
        ("rule: given", "rule: giben", "Dòng 12", "phải là một trong"),
        ("rule: given", "rule: given, colour: red", "Dòng 12", "không có mục “colour”"),
        ("root: A\n", "root: Z\n", "Bộ chỉ số", "không có tiêu chí gốc"),
        ("certainty: T\nroot", "certainty: X\nroot", "Dòng 8", "phải là một trong: V, T, M"),
        ("version: 1\n", "", "Dòng 2", "thiếu “version”"),
        ("name: Một", "name: &x Một", "", ""),
    ],
)
def test_faults_of_a_definition_name_their_place(old: str, new: str, place: str, reason: str):
    assert old in SMALL
    text = SMALL.replace(old, new, 1)
    if not place:
        assert from_yaml(text.encode("utf-8")).name == "Bộ thử"
        return
    found = refused(text)
    assert any(place in each and reason in each for each in found), found


def test_all_faults_are_told_at_once():
    found = refused(
        SMALL.replace("max: 3", "max: 9").replace("units: [department]", "units: [x]").replace("max: 2", "max: b")
    )
    assert sorted(each.split(",")[0] for each in found) == ["Dòng 13", "Dòng 7"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- 1\n- 2\n",
        "a: [1, 2\n",
        "a: &x [1]\nb: *x\n",
        "a: 1\na: 2\n",
        "a: " + "[" * 200 + "]" * 200,
        "criteria: 5\ncode: x\n",
        "criteria:\n- 5\n- [a]\n- code: {a: b}\n",
        "? [a, b]\n: 1\n",
        "code: \x00\n",
    ],
)
def test_what_is_no_definition_is_refused_in_sentences(text: str):
    assert all(each.endswith(".") for each in refused(text))


def test_a_long_circle_is_found():
    chain = "".join(f"- {{code: C{i}, name: n, parent: C{(i + 1) % 3000}, gather: sum}}\n" for i in range(3000))
    found = refused(SMALL + chain)
    assert any("tham chiếu vòng" in each for each in found)
