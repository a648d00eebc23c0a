import pytest

from motcua.directives.reader.deadlines import deadline_in, deadline_of_field, impossible_dates, iso, last_day

DATED = [
    ("báo cáo chậm nhất ngày 30/9/2022", "2022-09-30", "chậm nhất ngày 30/9/2022"),
    ("gửi trước ngày 08 tháng 12 năm 2025.", "2025-12-08", "trước ngày 08 tháng 12 năm 2025"),
    ("hoàn thành trong tháng 2 năm 2028", "2028-02-29", "trong tháng 2 năm 2028"),
    ("hoàn thành trong quý I năm 2026", "2026-03-31", "trong quý I năm 2026"),
    ("thực hiện trong quý II, quý III năm 2026", "2026-09-30", "trong quý II, quý III năm 2026"),
    ("kiểm tra ít nhất 20 xã trong 6 tháng cuối năm 2026.", "2026-12-31", "trong 6 tháng cuối năm 2026"),
    ("phấn đấu năm 2018, cải thiện", "2018-12-31", "phấn đấu năm 2018"),
    ("kiểm tra từ ngày 01/10/2025 đến hết ngày 31/12/2025", "2025-12-31", "đến hết ngày 31/12/2025"),
    ("sơ kết vào tháng 10/2023", "2023-10-31", "vào tháng 10/2023"),
    ("Chậm nhất đến ngày 31/12/2018, các sở", "2018-12-31", "Chậm nhất đến ngày 31/12/2018"),
    ("trước 17 giờ 00 ngày 15/11/2025", "2025-11-15", "trước 17 giờ 00 ngày 15/11/2025"),
]


@pytest.mark.parametrize(("text", "date", "words"), DATED)
def test_a_due_date_is_the_last_day_of_what_is_said(text: str, date: str, words: str) -> None:
    found = deadline_in(text)
    assert (found.date, found.text) == (date, words)


@pytest.mark.parametrize(
    "text",
    [
        "giai đoạn 2021 - 2025, định hướng đến năm 2030",
        "kể từ tháng 9/2022.",
        "hỗ trợ doanh nghiệp nhỏ và vừa đến năm 2020",
        "tại Quyết định số 03/2017/QĐ-UBND ngày 11/01/2017",
        "khẩn trương, sớm hoàn thành",
    ],
)
def test_starts_periods_and_citations_are_no_deadline(text: str) -> None:
    assert deadline_in(text).date is None


@pytest.mark.parametrize(
    ("text", "recurrence"),
    [
        ("hàng năm đánh giá xếp hạng", "yearly"),
        ("kiểm tra, giám sát theo từng quý", "quarterly"),
        ("trước ngày 25 hằng tháng", "monthly"),
        ("định kỳ tổng hợp báo cáo UBND tỉnh trong báo cáo 6 tháng, năm", "half-yearly"),
        ("Định kỳ hằng năm (trước ngày 30 tháng 11) báo cáo", "yearly"),
        ("kế hoạch thanh tra hàng năm", "none"),
        ("không thanh tra quá 01 lần/năm đối với doanh nghiệp", "none"),
        ("đánh giá phân loại cán bộ, công chức hàng năm.", "none"),
        ("Hội nghị phân tích chỉ số PCI hàng năm, ngoài việc", "none"),
    ],
)
def test_a_period_word_counts_when_it_belongs_to_the_verb(text: str, recurrence: str) -> None:
    found = deadline_in(text)
    assert found.recurrence == recurrence
    assert found.date is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("trong thời hạn 03 ngày làm việc kể từ ngày nhận", "trong thời hạn 03 ngày làm việc kể từ ngày nhận"),
        ("thực hiện vào cuối năm và tổ chức", "vào cuối năm"),
        ("gửi trước ngày 20/10 để tổng hợp", "trước ngày 20/10"),
    ],
)
def test_a_term_without_a_date_keeps_its_wording(text: str, words: str) -> None:
    found = deadline_in(text)
    assert (found.date, found.text) == (None, words)


@pytest.mark.parametrize(
    ("text", "date", "recurrence"),
    [
        ("2024 - 2030", "2030-12-31", "none"),
        ("Tháng 6 và tháng 11/2026", "2026-11-30", "none"),
        ("Thường xuyên", None, "none"),
        ("Hằng quý", None, "quarterly"),
        ("Giai đoạn 2026-2030 và những năm tiếp theo", None, "none"),
        ("Từ 01/7/2025", None, "none"),
        ("Theo kế hoạch công tác hàng năm", None, "none"),
    ],
)
def test_a_time_field_is_always_copied(text: str, date: str | None, recurrence: str) -> None:
    found = deadline_of_field(text)
    assert (found.date, found.text, found.recurrence) == (date, text, recurrence)


def test_dates_that_do_not_exist_are_told() -> None:
    assert impossible_dates("trước ngày 31/02/2026, ngày 31 tháng 4 năm 2026, ngày 28/02/2026") == [
        "31/02/2026",
        "ngày 31 tháng 4 năm 2026",
    ]
    assert deadline_in("trước ngày 31/02/2026").date is None
    assert iso(29, 2, 2027) is None
    assert last_day(13, 2026) is None
