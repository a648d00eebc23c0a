"""Amounts read aloud, numbers as printed, forms by date."""

from datetime import date

import pytest

from motcua.base.errors import Refused
from motcua.documents import rules
from motcua.documents.terms import Finding, Kind


@pytest.mark.parametrize(("number", "words"), [
    (0, "không"), (1, "một"), (4, "bốn"), (5, "năm"), (10, "mười"), (11, "mười một"), (14, "mười bốn"), (15, "mười lăm"),
    (20, "hai mươi"), (21, "hai mươi mốt"), (24, "hai mươi tư"), (25, "hai mươi lăm"), (50, "năm mươi"), (55, "năm mươi lăm"),
    (100, "một trăm"), (101, "một trăm linh một"), (104, "một trăm linh bốn"), (105, "một trăm linh năm"),
    (110, "một trăm mười"), (111, "một trăm mười một"), (115, "một trăm mười lăm"), (121, "một trăm hai mươi mốt"),
    (999, "chín trăm chín mươi chín"), (1_000, "một nghìn"), (1_001, "một nghìn không trăm linh một"),
    (1_015, "một nghìn không trăm mười lăm"), (8_000, "tám nghìn"), (50_000, "năm mươi nghìn"),
    (75_500, "bảy mươi lăm nghìn năm trăm"), (100_000, "một trăm nghìn"), (105_000, "một trăm linh năm nghìn"),
    (1_000_000, "một triệu"), (1_000_001, "một triệu không nghìn không trăm linh một"),
    (1_250_000, "một triệu hai trăm năm mươi nghìn"), (2_005_000, "hai triệu không trăm linh năm nghìn"),
    (700_000_231, "bảy trăm triệu không nghìn hai trăm ba mươi mốt"),
    (1_000_000_000, "một tỷ"), (3_000_000_005, "ba tỷ không triệu không nghìn không trăm linh năm"),
    (5_000_200_000, "năm tỷ không triệu hai trăm nghìn"), (1_500_000_000_000, "một nghìn năm trăm tỷ"),
    (2_000_000_000_000_000_000, "hai tỷ tỷ"),
])  # fmt: skip
def test_a_number_is_read_as_a_cashier_reads_it(number: int, words: str) -> None:
    assert rules.number_in_words(number) == words


def test_an_amount_begins_with_a_capital_and_names_the_currency() -> None:
    assert rules.amount_in_words(50_000) == "Năm mươi nghìn đồng"
    assert rules.amount_in_words(0) == "Không đồng"
    with pytest.raises(ValueError, match="negative"):
        rules.amount_in_words(-1)


def test_a_number_below_ten_has_a_zero_before_it() -> None:
    assert rules.written_number(5, "{n}/PBS-TTPVHCC") == "05/PBS-TTPVHCC"
    assert rules.written_number(1214, "{n}/PXL") == "1214/PXL"


@pytest.mark.parametrize(("kind", "on", "number", "title"), [
    (Kind.ACKNOWLEDGEMENT, date(2025, 9, 14), "Mẫu số 01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    (Kind.APOLOGY, date(2025, 9, 14), "Mẫu số 04", "Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
    (Kind.APOLOGY, date(2025, 9, 15), "Mẫu số 04", "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"),
    (Kind.CONTROL_SHEET, date(2025, 9, 14), "Mẫu số 05", "Phiếu kiểm soát quá trình giải quyết hồ sơ"),
    (Kind.CONTROL_SHEET, date(2025, 9, 15), "Mẫu số 06", "Phiếu kiểm soát quá trình giải quyết hồ sơ"),
    (Kind.REGISTER, date(2020, 1, 1), "Mẫu số 06", "Sổ theo dõi hồ sơ"),
    (Kind.REGISTER, date(2026, 1, 1), "Mẫu số 07", "Sổ theo dõi hồ sơ"),
    (Kind.STOP_NOTICE, date(2020, 1, 1), "", "Thông báo dừng giải quyết hồ sơ"),
    (Kind.STOP_NOTICE, date(2026, 1, 1), "Mẫu số 05", "Thông báo dừng giải quyết hồ sơ"),
])  # fmt: skip
def test_the_form_in_force_is_chosen_by_the_day(kind: Kind, on: date, number: str, title: str) -> None:
    found = rules.form(kind, on)
    assert (found.form, found.title) == (number, title)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_form_on_every_day_since_2018(kind: Kind) -> None:
    for on in (date(2018, 11, 23), date(2025, 9, 14), date(2025, 9, 15), date(2026, 11, 21)):
        assert "{n}" in rules.form(kind, on).numbering


def test_a_day_before_the_circulars_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="Chưa có mẫu"):
        rules.form(Kind.REFUSAL, date(2000, 1, 1))


@pytest.mark.parametrize(("type_name", "agency", "number"), [
    ("QUYẾT ĐỊNH", "Ủy ban nhân dân xã Ba Tơ", "07/QĐ-UBND"), ("Thông báo", "Sở Xây dựng", "07/TB-SXD"),
    ("Giấy phép xây dựng", "Ủy ban nhân dân xã Ba Tơ", "07/GP-UBND"), ("GIẤY CHỨNG NHẬN", "Sở Nông nghiệp và Môi trường", "07/GCN-SNNMT"),
    ("Tờ trình", "Sở Y tế", "07/TT-SYT"),
])  # fmt: skip
def test_a_result_is_numbered_by_type_and_agency(type_name: str, agency: str, number: str) -> None:
    marks = {"type": rules.type_mark(type_name), "issuer": rules.issuer_mark(agency)}
    assert rules.written_number(7, "{n}/{type}-{issuer}", **marks) == number


@pytest.mark.parametrize("finding", list(Finding))
def test_every_finding_has_an_answer_and_only_a_valid_one_is_green(finding: Finding) -> None:
    told = rules.told(finding)
    assert told.answer
    assert told.meaning
    assert (told.tone == "la") is (finding is Finding.VALID)
    assert rules.told(finding, withdrawn="Cấp nhầm").tone == "son"
    assert rules.told(finding, trial=True).tone != "la", "a trial signature is never green"


def test_a_paper_of_ours_signed_by_hand_is_known() -> None:
    assert rules.told(Finding.UNSIGNED, ours=True, signed=False).tone == "la"
    assert rules.told(Finding.UNSIGNED, ours=False).tone == "nghe"
    assert rules.told(Finding.CHANGED, ours=True, signed=False).tone == "son"
