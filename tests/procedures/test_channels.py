"""The flattened table of channels, limits and fees."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.procedures.rules.channels import CHANNELS, NOTHING, channel_table, suspicious
from motcua.procedures.rules.limits import hours_of, in_words, stated_spans
from tests.procedures.crawled import CHANNELS_HEAD


def read(body: str):
    return channel_table(CHANNELS_HEAD + body)


@pytest.mark.parametrize(
    ("cell", "limit"),
    [
        ("5 Ngày làm việcMiễn phí", "5wd"),
        ("0.5 Ngày làm việcMiễn phí", "0.5wd"),
        ("10 NgàyMiễn phí", "10cd"),
        ("2 GiờMiễn phí", "2wh"),
        ("6 Tháng100 USD(100 USD/thẻ.)", "6mo"),
        ("2 TuầnMiễn phí", "14cd"),
        ("15 Ngày làm việcKhông có thông tin\tNộp tại quầy", "15wd"),
        ("Không có thông tinMiễn phíTrong 08 ngày làm việc kể từ ngày nhận đủ hồ sơ", "8wd"),
        (
            "Không có thông tinMiễn phí- Kiểm tra: 03 ngày làm việc;\n- Thẩm định: 70 ngày, kể từ ngày đủ hồ sơ;",
            "3wd+70cd",
        ),
        ("Không có thông tinMiễn phíthời hạn là 05 (năm) ngày làm việc", "5wd"),
        ("Không có thông tinMiễn phíTiếp nhận sau 15 giờ thì trả hôm sau", ""),
        ("Không có thông tinMiễn phítrước ngày 31/12/2026, Thông tư ngày 01 tháng 7 năm 2025", ""),
        ("1Miễn phí", ""),
    ],
)
def test_limits_become_our_notation(cell, limit):
    (entry,) = read(f"Trực tiếp{cell}").entries

    assert entry.limit == limit


def test_a_limit_without_a_unit_is_told_with_its_place():
    table = read("Trực tuyến1Miễn phí")

    (told,) = table.entries[0].unread
    assert (told.field, told.channel, told.text) == ("limit", "online", "1")
    assert told.at == f"cach_thuc_thuc_hien:{len(CHANNELS_HEAD) + len('Trực tuyến')}"


def test_a_channel_word_inside_a_description_is_no_new_entry():
    table = read(
        "Trực tuyến3 Ngày làm việcMiễn phíNộp Trực tiếp tại quầy hoặc Trực tuyến qua CổngTrực tiếp4 NgàyMiễn phí"
    )

    assert [(one.channel.value, one.limit) for one in table.entries] == [("online", "3wd"), ("counter", "4cd")]


def test_two_limits_for_two_cases_are_alternatives_and_not_stages():
    words = "Đối với trường hợp cấp mới là 08 ngày làm việc; trường hợp cấp lại là 05 ngày làm việc"
    body = f"Trực tuyếnKhông có thông tinMiễn phí{words}"
    (entry,) = read(body).entries

    assert [str(one.span) for one in entry.alternatives] == ["8wd", "5wd"]
    assert entry.stages == ()


def test_stages_named_in_brackets_are_kept_beside_the_whole():
    (entry,) = read("Trực tiếp30 NgàyMiễn phíTrong 30 ngày (bao gồm 20 ngày bổ nhiệm và 10 ngày cấp thẻ)").entries

    assert entry.limit == "30cd"
    assert [str(one.span) for one in entry.stages] == ["20cd", "10cd"]


def test_an_extension_is_no_limit():
    assert stated_spans("có thể kéo dài thêm nhưng không quá 45 ngày") == []


def test_a_column_that_contradicts_its_description_is_told_and_kept():
    (entry,) = read("Trực tiếp7 NgàyKhông có thông tin07 ngày làm việc, kể từ ngày nhận đủ hồ sơ").entries

    assert entry.limit == "7cd"
    assert entry.doubts == ("Cột thời gian ghi 7 ngày, phần mô tả ghi 7 ngày làm việc.",)


@pytest.mark.parametrize(
    ("cell", "fees"),
    [
        ("5 Ngày500,000 Việt Nam Đồng(/trang)", [("amount", 500000, "trang")]),
        ("5 Ngày8,000 VNĐ", [("amount", 8000, "")]),
        ("5 NgàyMiễn phí", [("free", 0, "")]),
        ("5 NgàyMiễn phí(Không quy định)", [("free", 0, "")]),
        ("5 NgàyMiễn phí(Theo quy định của Hội đồng nhân dân cấp tỉnh)", [("by_rule", None, "")]),
        ("5 NgàyKhông có thông tin", [("unknown", None, "")]),
        ("5 NgàyKhông có thông tinmức phí: 500.000đ", [("unknown", None, ""), ("amount", 500000, "")]),
        ("5 NgàyMiễn phí(mức thu là 20.000 VNĐ/tờ khai)", [("by_rule", None, ""), ("amount", 20000, "tờ khai")]),
        ("5 Ngày4,500,000 VNĐ(Lệ phí: 4.500.000 Đồng (bốn triệu năm trăm nghìn đồng))", [("amount", 4500000, "")]),
        ("5 Ngày100,000 VNĐ(Lần đầu)50,000 VNĐ(Cấp lại)Nộp tại quầy", [("amount", 100000, ""), ("amount", 50000, "")]),
        ("1100,000 VNĐ", [("amount", 100000, "")]),
        ("120,000 VNĐ(mức thu là 20.000 VNĐ/tờ khai)", [("amount", 20000, "tờ khai")]),
    ],
)
def test_fees_become_structure(cell, fees):
    (entry,) = read(f"Trực tiếp{cell}").entries

    assert [(one.kind.value, one.amount_vnd, one.unit) for one in entry.fees] == fees


def test_dollars_and_percent_are_kept_as_such():
    (entry,) = read("Trực tiếp6 Tháng100 USD(Bằng 50% mức thu lệ phí)").entries

    assert [(str(one.amount), one.currency, one.amount_vnd) for one in entry.fees] == [
        ("100", "USD", None),
        ("50", "%", None),
    ]


def test_a_reduced_fee_has_its_period():
    note = "50.000 đồng/lần; 25.000 đồng/lần (áp dụng từ ngày 01 tháng 7 năm 2025 đến hết ngày 31 tháng 12 năm 2026)"
    (entry,) = read(f"Trực tiếp3 Ngày50,000 VNĐ({note})").entries

    own, reduced = entry.fees
    assert (own.amount_vnd, own.since, own.until) == (50000, None, None)
    assert (reduced.amount_vnd, reduced.since, reduced.until) == (25000, date(2025, 7, 1), date(2026, 12, 31))


def test_an_ambiguous_number_is_cut_as_its_neighbours_are():
    table = read("Trực tuyến1100 VNĐ(100.000 đồng)Trực tiếp125 VNĐ")

    assert [(one.limit_text, one.fees[0].amount_vnd) for one in table.entries] == [("1", 100), ("1", 25)]


def test_an_ambiguous_number_alone_is_told_and_not_guessed():
    (entry,) = read("Trực tiếp125 VNĐ").entries

    assert entry.fees == ()
    assert {one.field for one in entry.unread} == {"limit", "fee"}


def test_a_fee_in_thousands_is_doubted():
    (entry,) = read("Trực tiếp5 Ngày45 VNĐ").entries

    assert "45 VNĐ" in suspicious(entry.fees[0])


def test_a_field_that_is_no_table_is_told():
    assert [one.text for one in channel_table("Liên hệ cơ quan").unread] == ["Liên hệ cơ quan"]
    assert channel_table(NOTHING).unread == ()


PIECES = st.sampled_from(
    [*CHANNELS, NOTHING, "Miễn phí", " ", "5 Ngày", "1", "12", "20,000 VNĐ", "%", "(", ")", "USD", "8.5", "kéo dài ",
     "\n", "trường hợp", "03 ngày làm việc", "từ ngày 31/02/2025", "9" * 40, "đến hết ngày 01/01/2025", "25 VNĐ",
     "Tháng", "ngày"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES, max_size=25).map("".join)))
def test_no_text_breaks_the_reader_and_no_letter_is_lost(text):
    for whole in (text, CHANNELS_HEAD + text):
        table = channel_table(whole)

        assert table.preamble + "".join(one.source for one in table.entries) == whole
        for entry in table.entries:
            assert entry.source.startswith(tuple(CHANNELS))
            assert hours_of(entry.limit) >= 0
            assert in_words(entry.limit) or not entry.limit
