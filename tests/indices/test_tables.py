"""Tables of figures: read wholly or refused wholly, each fault with its place and its reason."""

from fractions import Fraction

import pytest

from motcua.base.errors import Refused
from motcua.indices.rules.shipped import from_yaml, shipped
from motcua.indices.rules.tables import read_figures
from motcua.indices.rules.verifying import read_published
from tests.indices import reference as ref

ICT = "unit,ICT1,ICT2,ICT3\n"


def refused(text: str, code: str = "ict-index") -> list[str]:
    with pytest.raises(Refused) as found:
        read_figures(text.encode("utf-8"), shipped(code))
    return found.value.objections


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        (ICT + 'A,"0,5",0.5,0.5\n', "Dòng 2 (A), cột ICT1", "“0,5” dùng dấu phẩy thập phân; hãy viết dấu chấm: 0.5"),
        (ICT + "A,cao,0.5,0.5\n", "Dòng 2 (A), cột ICT1", "là chữ, cần một số"),
        (ICT + "A,50%,0.5,0.5\n", "Dòng 2 (A), cột ICT1", "dấu phần trăm"),
        (ICT + "A,nan,0.5,0.5\n", "Dòng 2 (A), cột ICT1", "là chữ"),
        (ICT + "A,inf,0.5,0.5\n", "Dòng 2 (A), cột ICT1", "là chữ"),
        (ICT + "A,٣,0.5,0.5\n", "Dòng 2 (A), cột ICT1", "là chữ"),
        (ICT + "A,1e999,0.5,0.5\n", "Dòng 2 (A), cột ICT1", "là chữ"),
        (ICT + "A,1.2,0.5,0.5\n", "Dòng 2 (A), cột ICT1", "lớn hơn điểm tối đa 1"),
        (ICT + "A,-0.1,0.5,0.5\n", "Dòng 2 (A), cột ICT1", "nhỏ hơn điểm tối thiểu 0"),
        (ICT + "A,1,1,1\n,0.5,0.5,0.5\n", "Dòng 3", "thiếu tên hoặc mã đơn vị"),
        (ICT + "A,1,1,1\n  a ,0.5,0.5,0.5\n", "Dòng 3", "đã có ở dòng 2"),
        (ICT + "A,1,1\n", "Dòng 2", "có 3 ô, cần 4"),
        (ICT + "Điểm cao nhất,1,1,1\n", "Dòng 2", "dòng tổng hợp"),
        ("unit,ICT1,ICT2\nA,1,1\n", "Dòng 1", "thiếu cột “ICT3” (Ứng dụng công nghệ thông tin)"),
        ("unit,ICT1,ICT1,ICT2,ICT3\nA,1,1,1,1\n", "Dòng 1", "có hai lần"),
        ("ten,ICT1,ICT2,ICT3\nA,1,1,1\n", "Dòng 1", "phải là “unit”"),
        ("unit;ICT1;ICT2;ICT3\nA;1;1;1\n", "Dòng 1", "dấu chấm phẩy"),
        (ICT, "", "không có đơn vị nào"),
        ("", "", "trống"),
        ("\n\n", "", "trống"),
        (ICT + 'A,"1,1,1\n', "", "Không đọc được tệp CSV"),
        (ICT + "A,\x00,1,1\n", "", "NUL"),
    ],
)
def test_faults_name_their_place(text: str, place: str, reason: str):
    found = refused(text)
    assert any(each.startswith(place) and reason in each for each in found), found


def test_every_fault_is_told_at_once_and_a_long_list_ends():
    found = refused(ICT + "A,x,y,z\nB,1,1,1\nB,1,1,1\n")
    assert len(found) == 4
    assert len(refused(ICT + "".join(f"U{i},x,x,x\n" for i in range(500)))) == 201


def test_what_is_not_utf8_names_its_line():
    with pytest.raises(Refused, match="Dòng 2"):
        read_figures((ICT + "Hà Nội,1,1,1\n").encode("cp1258", "replace").replace(b"?", b"\xff"), shipped("ict-index"))


def test_a_mark_at_the_start_crlf_and_blank_lines_are_no_fault():
    text = "\ufeff" + (ICT + "\nHà Nội,0.5,0.6,0.7\n\n").replace("\n", "\r\n")
    table = read_figures(text.encode("utf-8"), shipped("ict-index"))
    assert table.figures.units == ("Hà Nội",)
    assert table.figures.columns["ICT2"] == [Fraction("0.6")]


def test_columns_may_be_in_any_order_and_unknown_ones_are_told():
    table = read_figures(b"unit,year,ICT3,ict1,ICT2\nA,2020,0.3,0.1,0.2\n", shipped("ict-index"))
    assert table.figures.columns["ICT1"] == [Fraction("0.1")]
    assert any("year" in remark for remark in table.remarks)


@pytest.mark.parametrize("separator", [".", "_", "-", " ", "/"])
def test_indicators_of_2006_are_found_however_their_codes_are_written(separator: str):
    content = ref.pci_raw_2006().decode("utf-8")
    header, rest = content.split("\n", 1)
    table = read_figures(f"{header.replace('.', separator)}\n{rest}".encode(), shipped("pci-2006-full"))
    assert len(table.figures.units) == 64


def test_a_stored_zero_below_the_scale_is_refused_as_a_figure_and_missing_as_a_published_total():
    content = ref.papi_table("papi/papi_2011_2014.csv", "2014").decode("utf-8")
    lines = [line if not line.startswith("Bắc Giang") else "Bắc Giang" + ",0" * 22 for line in content.splitlines()]
    found = refused("\n".join(lines), "papi-2011")
    assert len(found) == 22 and "nếu không có số liệu, hãy để trống ô" in found[0]
    published = read_published(b"unit,score\nBac Giang,0\n", Fraction(6))
    assert published.scores == {"Bac Giang": None} and published.remarks


@pytest.mark.parametrize(
    ("cells", "reason"),
    [("5,", "mẫu số"), (",5", "tử số"), ("5,0", "mẫu số bằng 0 mà tử số lớn hơn 0"), ("-1,5", "nhỏ hơn 0")],
)
def test_pairs_must_make_sense(cells: str, reason: str):
    found = refused(f"unit,ON_TIME.n,ON_TIME.d\nA,{cells}\n", "qd766-province")
    assert len(found) == 1 and reason in found[0]


def test_half_a_pair_is_missing_a_column_but_a_whole_criterion_may_be_unmeasured():
    assert "ON_TIME.d" in refused("unit,ON_TIME.n\nA,1\n", "qd766-province")[0]
    table = read_figures(b"unit,ON_TIME.n,ON_TIME.d\nA,3,2\n", shipped("qd766-province"))
    assert any("PAID_ONLINE" in remark for remark in table.remarks)
    assert any("lớn hơn mẫu số" in remark for remark in table.remarks)
    assert "không có cột nào" in refused("unit,x\nA,1\n", "qd766-province")[0]


def test_answers_of_an_option_list_by_name_or_points():
    definition = shipped("par-camau-2013")
    header = "unit,1.1.1,1.1.2,1.1.3,1.1.4,1.2.1,1.2.2,1.3\n"
    table = read_figures((header + "A,Không  kịp thời,đạt,1,80,0,đạt,3\n").encode(), definition)
    assert table.figures.columns["1.1.1"] == ["không kịp thời"]
    assert table.figures.columns["1.1.3"] == ["đạt"] and table.figures.columns["1.2.1"] == ["không đạt"]
    found = refused(header + "A,muộn,đạt,đạt,80,đạt,đạt,3\n", "par-camau-2013")
    assert "“muộn” không phải một mức" in found[0] and "kịp thời; không kịp thời; không ban hành" in found[0]


def test_published_tables_are_checked_too():
    for text, reason in (("unit,diem\nA,1\n", "thiếu cột “score”"), ('unit,score\nA,"1,5"\n', "dấu phẩy")):
        with pytest.raises(Refused, match=reason):
            read_published(text.encode(), Fraction(0))


def test_options_named_alike_by_accents_are_told_apart():
    text = """
code: thu
version: 1
index: THU
name: Bộ thử
years: {from: 2024}
units: [department]
certainty: T
root: A
criteria:
- {code: A, name: Tổng, gather: sum}
- {code: A1, name: Một, parent: A, max: 1, unit: mức, rule: {kind: options, options: {có: 1, cỏ: 0}}}
"""
    table = read_figures("unit,A1\nX,cỏ\nY,Có\n".encode(), from_yaml(text.encode()))
    assert table.figures.columns["A1"] == ["cỏ", "có"]
