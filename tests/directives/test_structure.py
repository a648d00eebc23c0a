"""Paragraphs, tables and the tree of numbers."""

import pytest

from motcua.directives.reader import read_text
from motcua.directives.reader.fields import fields_at_start, rows_of, who
from motcua.directives.reader.outline import marker, units
from motcua.directives.reader.text import Paragraph, Table, blocks, normalise


def _texts(text: str) -> list[str]:
    return [block.text for block in blocks(normalise(text)) if isinstance(block, Paragraph)]


def test_lines_cut_at_a_fixed_width_become_one_paragraph() -> None:
    text = (
        "1. Sở Nông nghiệp và Môi trường rà soát toàn bộ 112 hồ sơ quá hạn, phát triển kinh\n"
        "- xã hội, có văn bản xin lỗi người dân và giải quyết dứt điểm trước ngày 25 tháng\n"
        "10 năm 2025; nêu rõ trách nhiệm.\n"
        "2. Sở Y tế kiểm tra."
    )
    found = _texts(text)
    assert len(found) == 2
    assert "kinh - xã hội" in found[0]
    assert "tháng 10 năm 2025" in found[0]


def test_a_paragraph_cut_by_a_page_is_joined_over_footnote_and_page_number() -> None:
    text = "Môi trường đầu tư kinh doanh, năng lực cạnh\n\n12\n\n<sup>1</sup> Chỉ số PAR INDEX: 33/63.\n\ntranh của tỉnh còn hạn chế."
    assert _texts(text) == ["Môi trường đầu tư kinh doanh, năng lực cạnh tranh của tỉnh còn hạn chế."]


def test_text_is_put_into_one_form_of_letters() -> None:
    decomposed = "So\u031b\u0309 Y te\u0302\u0301"
    assert _texts(decomposed + " kiểm tra\u00a0nước.") == ["Sở Y tế kiểm tra nước."]


def test_markdown_marks_are_left_out_and_list_signs_kept() -> None:
    assert _texts("## **1. Sở Y tế**\n\n* Kiểm tra *ngay*.") == ["1. Sở Y tế", "- Kiểm tra ngay."]


def test_markers_of_the_usual_numberings() -> None:
    kinds = {
        text: (found[0] if (found := marker(text)) else None)
        for text in (
            "II. Nhiệm vụ",
            "1. Sở",
            "1.2.3. Đổi mới",
            "a) Giao",
            "đ) Giao",
            "- Rà soát",
            "+ Rà soát",
            "(1) Quy hoạch",
            "Điều 2. Giao",
            "2018 là năm",
        )
    }
    assert list(kinds.values()) == [
        "roman",
        "number0",
        "number2",
        "letter",
        "letter",
        "dash",
        "plus",
        "bracket",
        "article",
        None,
    ]


def test_paths_follow_the_numbers_and_count_dashes() -> None:
    lines = [
        "II. Nhiệm vụ",
        "6. Hiện đại hóa:",
        "a) Giao Sở X:",
        "- Một.",
        "- Hai.",
        "b) Giao Sở Y.",
        "7. Khác.",
        "III. Tổ chức",
        "1. Sở Z.",
    ]
    found = units([Paragraph(line, number) for number, line in enumerate(lines, 1)])
    assert [unit.path for unit in found] == [
        "II",
        "II.6",
        "II.6.a",
        "II.6.a.1",
        "II.6.a.2",
        "II.6.b",
        "II.7",
        "III",
        "III.1",
    ]


def test_an_unnumbered_paragraph_stands_in_the_item_before_it() -> None:
    found = units([Paragraph("1. Một.", 1), Paragraph("Thêm một đoạn.", 2)])
    assert [(unit.path, unit.marked) for unit in found] == [("1", True), ("1", False)]


def test_a_numbered_heading_above_a_long_line_stays_apart_from_it() -> None:
    found = _texts(
        "II- Nhiệm vụ, giải pháp chủ yếu\n"
        "Để khắc phục hạn chế nêu trên, Ban Thường vụ yêu cầu các cấp ủy, tổ chức đảng tập\n"
        "trung thực hiện tốt các nhiệm vụ sau đây trong thời gian còn lại của năm nay và cả\n"
        "năm sau.\n12. Bộ Tài chính và Ngân hàng\nNhà nước Việt Nam nghiên cứu chính sách tín dụng cho vùng bị thiệt hại do thiên tai."
    )
    assert found[0] == "II- Nhiệm vụ, giải pháp chủ yếu"
    assert found[2].startswith("12. Bộ Tài chính và Ngân hàng Nhà nước Việt Nam")


def test_the_text_behind_a_letterhead_in_cells_is_no_cell() -> None:
    text = "|\nUBND TỈNH\n|\nCỘNG HÒA\n|\n|\nSố: 1/UBND\n|\nngày 1\n|\nV/v kiểm tra\n\nKính gửi: Sở Y tế\n\n1. Sở Y tế kiểm tra nước.\n\n|\nNơi nhận:\n|\nCHỦ TỊCH\n|"
    assert "1. Sở Y tế kiểm tra nước." in _texts(text)


def test_empty_cells_are_counted_by_the_columns_of_the_first_row() -> None:
    text = "|\nTT\n|\nNhiệm vụ\n|\nCơ quan chủ trì\n|\nThời hạn\n|\n|\nI\n|\nCải cách\n|\n|\n|\n|\n1\n|\nRà soát\n|\nSở Y tế\n|\nQuý III/2026\n|"
    (table,) = blocks(normalise(text))
    assert isinstance(table, Table)
    assert table.rows[1:] == (("I", "Cải cách", "", ""), ("1", "Rà soát", "Sở Y tế", "Quý III/2026"))


def test_a_cell_may_say_beside_each_name_who_leads() -> None:
    assert who("Sở Y tế (chủ trì); Văn phòng UBND tỉnh, Sở Nội vụ (phối hợp)") == (
        ("Sở Y tế",),
        ("Văn phòng UBND tỉnh", "Sở Nội vụ"),
    )


def test_a_markdown_table_gives_rows_and_a_merged_cell_keeps_the_agency_above() -> None:
    text = (
        "| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn |\n|---|---|---|---|---|\n| I | Nhóm một | | | |\n"
        "| 1 | Rà soát thủ tục | Sở Tư pháp | Sở Y tế, Sở Nội vụ | 30/6/2026 |\n| 2 | Báo cáo kết quả | | | Hằng quý |"
    )
    table = blocks(text)[0]
    assert isinstance(table, Table)
    rows = rows_of(table)
    assert [(row.text, row.fields.lead, row.fields.partner, row.fields.time, row.line) for row in rows] == [
        ("Rà soát thủ tục", ("Sở Tư pháp",), ("Sở Y tế", "Sở Nội vụ"), "30/6/2026", 4),
        ("Báo cáo kết quả", ("Sở Tư pháp",), ("Sở Y tế", "Sở Nội vụ"), "Hằng quý", 5),
    ]


def test_a_table_with_one_cell_per_line_gives_rows() -> None:
    text = "|\nNhiệm vụ\n|\nĐơn vị chủ trì\n|\n|\nNâng cấp\nphần mềm\n|\nSở Y tế\n|\n\nHết."
    table = blocks(text)[0]
    assert isinstance(table, Table)
    assert [(row.text, row.fields.lead) for row in rows_of(table)] == [("Nâng cấp phần mềm", ("Sở Y tế",))]


def test_a_table_of_figures_gives_no_rows() -> None:
    table = blocks("| Năm | Số hồ sơ |\n|---|---|\n| 2025 | 12 |")[0]
    assert isinstance(table, Table)
    assert rows_of(table) == []


def test_fields_on_one_line_are_told_apart() -> None:
    found = fields_at_start("Đơn vị chủ trì: Sở Y tế; đơn vị phối hợp: Công an tỉnh; thời gian thực hiện: Quý I/2026.")
    assert found is not None
    assert (found.lead, found.partner, found.time) == (("Sở Y tế",), ("Công an tỉnh",), "Quý I/2026")


TABLE = (
    "KẾ HOẠCH\nTổ chức hội chợ\n\nPHỤ LỤC\n\n| TT | Nhiệm vụ | Cơ quan chủ trì | Phối hợp | Thời hạn |\n|---|---|---|---|---|\n"
    "| 1 | Chuẩn bị hội chợ | {} | UBND phường Cẩm Thành | 20/3/2026 |\n"
)


@pytest.mark.parametrize(
    ("cell", "leads"),
    [
        ("Sở Y tế: khám sàng lọc; Công an tỉnh: giữ trật tự", [["Sở Y tế"], ["Công an tỉnh"]]),
        ("Sở Y tế (khám sàng lọc); Công an tỉnh (an ninh)", [["Sở Y tế"], ["Công an tỉnh"]]),
        ("Sở Y tế khám sàng lọc; Sở Nội vụ, Sở Tài chính lập dự toán", [["Sở Y tế"], ["Sở Nội vụ", "Sở Tài chính"]]),
        ("Sở Y tế; Công an tỉnh", [["Sở Y tế", "Công an tỉnh"]]),
        ("Sở Y tế (chủ trì); Công an tỉnh (phối hợp)", [["Sở Y tế"]]),
        ("Sở Y tế (Chi cục Dân số); Công an tỉnh (Phòng Tham mưu)", [["Sở Y tế", "Công an tỉnh"]]),
        ("UBND các xã, phường; Sở Y tế hướng dẫn", [["UBND các xã, phường"]]),
        ("Sở Y tế chủ trì; Công an tỉnh phối hợp bảo đảm an ninh", [["Sở Y tế"]]),
    ],
)
def test_a_cell_that_gives_each_body_a_part_gives_each_a_task(cell, leads):
    tasks = read_text(TABLE.format(cell)).tasks
    assert [list(one.lead) for one in tasks] == leads
    assert {one.deadline for one in tasks} == {"2026-03-20"}
    assert all("UBND phường Cẩm Thành" in one.coordinate for one in tasks)
    if len(tasks) > 1:
        assert [one.id for one in tasks] == ["0.1.1", "0.1.2"]
        assert len({one.action for one in tasks}) == 2


def test_details_of_a_task_are_no_task_and_partners_of_others_are_not_ours():
    text = (
        "CHỈ THỊ\nVề chi trả\n\nII. NHIỆM VỤ\n\n1. Sở Y tế chỉ đạo Bệnh viện tỉnh:\n\na) Phối hợp với Công an tỉnh giữ trật tự.\n\n"
        "b) Khám lại cho các hộ dân.\n\nViệc khám lại hoàn thành trước ngày 20/3/2026.\n\n2. Được phép dùng quỹ dự phòng.\n"
    )
    tasks = read_text(text).tasks
    assert [(one.lead, one.coordinate, one.deadline) for one in tasks] == [
        (("Sở Y tế",), (), None),
        (("Sở Y tế",), (), "2026-03-20"),
    ]


WORD_TABLE = """ỦY BAN NHÂN DÂN TỈNH VĨNH LONG
Số: 77/KH-UBND
Vĩnh Long, ngày 16 tháng 01 năm 2026

KẾ HOẠCH
Cải thiện môi trường kinh doanh năm 2026

I. NHIỆM VỤ CỤ THỂ

| TT | Nội dung nhiệm vụ | Phân công thực hiện | Phân công thực hiện | Thời hạn | Kết quả |
| TT | Nội dung nhiệm vụ | Chủ trì | Phối hợp | Thời hạn | Kết quả |
| I | Đăng ký kinh doanh | Đăng ký kinh doanh | Đăng ký kinh doanh | Đăng ký kinh doanh | Đăng ký kinh doanh |
| 1 | Rút ngắn thời gian đăng ký doanh nghiệp | Sở Tài chính | Thuế tỉnh Vĩnh Long | Quý I/2026 | Quyết định |
| 2 | Công khai danh mục dự án mời gọi đầu tư | Sở Tài chính | UBND các xã, phường | 30/6/2026 | |
"""


def test_a_table_of_word_with_joined_cells_has_two_rows_of_titles_and_headings_that_are_no_tasks() -> None:
    one, two = read_text(WORD_TABLE).tasks
    assert (one.lead, one.coordinate, one.deadline) == (("Sở Tài chính",), ("Thuế tỉnh Vĩnh Long",), "2026-03-31")
    assert (two.lead, two.coordinate, two.deadline) == (("Sở Tài chính",), ("UBND các xã, phường",), "2026-06-30")


def test_a_consent_in_a_letter_is_no_task_for_those_it_is_sent_to() -> None:
    text = (
        "UBND TỈNH QUẢNG NGÃI\nSố: 3127/UBND-KTN\nQuảng Ngãi, ngày 14 tháng 10 năm 2025\n\nKính gửi:\n- Sở Xây dựng;\n"
        "- Sở Tài chính.\n\n1. Thống nhất chủ trương điều chỉnh hướng tuyến như đề xuất.\n2. Sở Xây dựng trình hồ sơ."
    )
    assert [one.lead for one in read_text(text).tasks] == [("Sở Xây dựng",)]
