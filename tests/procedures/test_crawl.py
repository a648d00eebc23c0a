"""Papers, results, legal bases, and whole files."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.procedures.rules.crawl import Unreadable, crawled, from_source, legal_bases, results
from motcua.procedures.rules.papers import paper_table
from tests.procedures.crawled import PAPERS_HEAD, source


@pytest.mark.parametrize(
    ("item", "name", "originals", "copies"),
    [
        ("Giấy khai sinh1 bản chính", "Giấy khai sinh", 1, 0),
        ("Hợp đồng;0 bản chính,2 bản sao", "Hợp đồng;", 0, 2),
        ("Theo Mẫu số 181 bản chính,1 bản sao", "Theo Mẫu số 18", 1, 1),
        ("theo mẫu BM.20.031 bản chính", "theo mẫu BM.20.03", 1, 0),
        ("Luật số 31/2024/QH151 bản chính", "Luật số 31/2024/QH15", 1, 0),
        ("Bản vẽ10 bản chính", "Bản vẽ", 10, 0),
        ("01 bản chính văn bản đề nghị1 bản chính", "01 bản chính văn bản đề nghị", 1, 0),
        ("Bản cam kết (02 bản chính) của chủ hộ1 bản chính", "Bản cam kết (02 bản chính) của chủ hộ", 1, 0),
    ],
)
def test_the_number_behind_a_paper_is_its_own(item, name, originals, copies):
    table = paper_table(f"--{PAPERS_HEAD}{item}")

    ((paper,),) = (one.papers for one in table.cases)
    assert (paper.name, paper.originals, paper.copies) == (name, originals, copies)
    assert table.unread == ()


def test_the_file_of_the_form_is_cut_from_the_name():
    table = paper_table(f"--{PAPERS_HEAD}Đơn đề nghị (Mẫu 01)Mau don 01.docx1 bản chính")

    paper = table.cases[0].papers[0]
    assert (paper.name, paper.form) == ("Đơn đề nghị (Mẫu 01)", "Mau don 01.docx")


def test_each_case_has_its_own_list():
    text = f"a) Cấp mới{PAPERS_HEAD}Đơn1 bản chínhb) Cấp lại{PAPERS_HEAD}Giấy cũ1 bản chínhĐơn1 bản chính"
    table = paper_table(text)

    assert [(one.name, len(one.papers)) for one in table.cases] == [("a) Cấp mới", 1), ("b) Cấp lại", 2)]


def test_a_paper_with_a_condition_is_not_demanded_of_everybody():
    table = paper_table(f"--{PAPERS_HEAD}Văn bản ủy quyền (nếu có)1 bản chínhThẻ căn cước0 bản chính")

    assert [(one.required, one.condition) for one in table.cases[0].papers] == [(False, "nếu có"), (False, "")]


def test_papers_as_free_text_are_kept_and_told():
    table = paper_table("Bước 1. Nộp hồ sơ theo mẫu.")

    assert table.cases[0].papers[0].name == "Bước 1. Nộp hồ sơ theo mẫu."
    assert [one.field for one in table.unread] == ["paper"]


def test_results_end_before_the_buttons_of_the_page():
    text = "Thẻ AMã: KQ.G01.000088Phiếu BMã: 000.00.00.G11-KQ3554Từ khóaKhông có thông tinMô tảKhôngChọn cơ quan"

    assert results(text) == (("Thẻ A", "KQ.G01.000088"), ("Phiếu B", "000.00.00.G11-KQ3554"))


def test_legal_bases_are_cut_behind_their_numbers():
    head = "Tên văn bản pháp lýMã văn bản"
    text = f"{head}Thông tư số 53/2025/TT-BCA53/2025/TT-BCALuật Cư trú 2068/2020/QH14Nghị định về đất151/2025/NĐ-CP"

    assert legal_bases(text) == (
        ("53/2025/TT-BCA", "Thông tư số 53/2025/TT-BCA"),
        ("68/2020/QH14", "Luật Cư trú 20"),
        ("151/2025/NĐ-CP", "Nghị định về đất"),
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{", "không phải JSON"),
        (b"[]", "không phải một thủ tục"),
        (b"\xff\xfe\x00", "không phải chữ UTF-8"),
        (json.dumps(source(ma_thu_tuc="")).encode(), "Thiếu mã"),
        (json.dumps(source(ma_thu_tuc="1001193")).encode(), "không đúng dạng"),
        (json.dumps(source(ten_thu_tuc="  ")).encode(), "Thiếu tên"),
        (json.dumps(source(linh_vuc=["a"])).encode(), "không phải chữ"),
        (json.dumps(source(linh_vuc="a\0b")).encode(), "NUL"),
        (json.dumps(source(linh_vuc="\ud800")).encode(), "Unicode"),
        (b"[" * 100_000, "không phải JSON"),
    ],
)
def test_a_file_that_cannot_be_imported_says_why(content, why):
    with pytest.raises(Unreadable, match=why):
        crawled(content)


def test_decomposed_letters_are_read_like_composed_ones():
    composed = from_source(source())
    decomposed = from_source({key: unicodedata.normalize("NFD", value) for key, value in source().items()})

    assert decomposed.channels.entries[0].limit == composed.channels.entries[0].limit == "5wd"
    assert decomposed.content_hash == composed.content_hash


def test_the_source_stays_as_it_was():
    given_source = source(ten_thu_tuc="Thủ tục \n lạ  ( 1.999001 )")
    one = from_source(given_source)

    assert one.source == given_source
    assert one.name == "Thủ tục lạ ( 1.999001 )"
    assert one.plain_name == "Lạ"


PIECES = st.sampled_from(
    [PAPERS_HEAD, "1 bản chính", "0 bản chính,1 bản sao", "2 bản sao", "--", "Đơn", ".docx", " ", "(", ")",
     "01 bản chính ", "Mẫu số 1", "9" * 30, "trường hợp", "nếu có", ";", "\n", ".", "NĐ-CP"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES, max_size=25).map("".join)))
def test_no_list_of_papers_breaks_the_reader_and_no_letter_is_lost(text):
    table = paper_table(text)

    assert "".join(table.pieces) == text


@given(st.dictionaries(st.sampled_from(list(source())), st.text(), max_size=8))
def test_any_text_in_any_field_is_imported_or_refused(changes):
    try:
        one = from_source(source(**changes))
    except Unreadable as reason:
        assert str(reason)
    else:
        assert one.search_text
