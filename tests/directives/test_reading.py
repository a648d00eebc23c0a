"""Whole texts: header facts, inheritance of leads, splitting, what is no task, bad input."""

import argparse
import json
from pathlib import Path

import docx
import pytest
import typst

from motcua.directives import console
from motcua.directives.reader import Reading, read_file, read_text
from motcua.directives.reader.model import Unreadable

TOP = """UBND TỈNH QUẢNG NGÃI     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
                             Độc lập - Tự do - Hạnh phúc
Số: 12/TB-UBND               Quảng Ngãi, ngày 05 tháng 3 năm 2026

THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh tại phiên họp tháng 3

"""
TAIL = """

Nơi nhận:
- Các sở, ban, ngành;
- Lưu: VT.

CHỦ TỊCH

Nguyễn Văn Thử
"""


def _read(body: str) -> Reading:
    return read_text(TOP + body + TAIL)


def _leads(body: str) -> list[tuple[str, ...]]:
    return [task.lead for task in _read(body).tasks]


def test_header_facts_and_the_place_of_each_task() -> None:
    reading = _read("1. Sở Y tế kiểm tra chất lượng nước theo Quyết định số 15/QĐ-UBND ngày 02/3/2026.")
    header = reading.document
    assert (header.kind, header.number, header.date) == ("thong_bao", "12/TB-UBND", "2026-03-05")
    assert (header.place, header.issuer, header.signer) == ("Quảng Ngãi", "UBND tỉnh Quảng Ngãi", "Nguyễn Văn Thử")
    assert header.subject == "Kết luận của Chủ tịch UBND tỉnh tại phiên họp tháng 3"
    assert [(one.number, one.date) for one in header.references] == [("15/QĐ-UBND", "2026-03-02")]
    assert reading.tasks[0].line == 8


def test_the_stamp_of_the_receiver_is_not_the_number() -> None:
    text = "ĐẾN Số: 6079\nNgày: 20/6/18\n\nSố: 185/TB-UBND\n\nQuảng Ngãi, ngày 19 tháng 6 năm 2018\n\nTHÔNG BÁO\n\nKết luận\n\n1. Sở Y tế rà soát."
    assert read_text(text).document.number == "185/TB-UBND"


def test_items_inherit_lead_and_partners_of_their_heading() -> None:
    tasks = _read("1. Giao Sở Y tế chủ trì, phối hợp với Công an tỉnh thực hiện:\n\na) Rà soát.\n\nb) Báo cáo.").tasks
    assert [(task.id, task.lead, task.coordinate) for task in tasks] == [
        ("1.a", ("Sở Y tế",), ("Công an tỉnh",)),
        ("1.b", ("Sở Y tế",), ("Công an tỉnh",)),
    ]
    assert "Công an tỉnh" in tasks[0].why.coordinate


def test_an_item_without_agency_takes_the_addressee_of_the_list_and_else_is_no_task() -> None:
    assert _leads(
        "UBND tỉnh yêu cầu các sở, ban, ngành thực hiện:\n\n1. Nâng cao nhận thức.\n\n2. Sở Y tế kiểm tra nước."
    ) == [
        ("các sở, ban, ngành",),
        ("Sở Y tế",),
    ]
    assert _leads("Chủ tịch UBND tỉnh kết luận như sau:\n\n1. Nâng cao nhận thức của cán bộ.") == []


def test_another_lead_splits_an_item_and_the_same_lead_does_not() -> None:
    assert _leads("1. Sở Y tế rà soát. Sở Nội vụ tổng hợp; Sở Y tế báo cáo.") == [
        ("Sở Y tế",),
        ("Sở Nội vụ",),
        ("Sở Y tế",),
    ]
    assert _leads("1. Sở Y tế rà soát danh mục. Sở Y tế báo cáo kết quả.") == [("Sở Y tế",)]


def test_an_impersonal_opening_belongs_to_the_first_named_task() -> None:
    tasks = _read("1. Đổi mới công tác kiểm tra. Sở Nội vụ xây dựng kế hoạch kiểm tra.").tasks
    assert [(task.lead, task.anchor[:7]) for task in tasks] == [(("Sở Nội vụ",), "Đổi mới")]


def test_different_dates_for_different_products_split() -> None:
    tasks = _read(
        "1. Sở Y tế xây dựng kế hoạch xong trong tháng 4/2026. Tổng hợp, báo cáo UBND tỉnh trước ngày 15/12/2026."
    ).tasks
    assert [(task.deadline, task.lead) for task in tasks] == [
        ("2026-04-30", ("Sở Y tế",)),
        ("2026-12-15", ("Sở Y tế",)),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "I. ĐÁNH GIÁ\n\n1. Sở Y tế chủ động trong công tác phòng dịch.\n\n2. Các sở tiếp tục có nhiều cố gắng.",
        "I. MỤC ĐÍCH, YÊU CẦU\n\n1. Các cơ quan, đơn vị xác định đây là nhiệm vụ trọng tâm.",
        "1. UBND tỉnh đã thống nhất chủ trương tại Quyết định số 1/QĐ-UBND.",
        "1. Không đồng ý đề xuất của Sở Tài chính về bổ sung kinh phí.",
        "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các sở, ngành phản ánh về Sở Nội vụ để tổng hợp./.",
        "Yêu cầu các sở, ban, ngành nghiêm túc triển khai thực hiện Thông báo này./.",
        "Yêu cầu các cơ quan, đơn vị, địa phương nghiêm túc triển khai, thực hiện./.",
        "Yêu cầu Thủ trưởng các đơn vị nghiêm túc thực hiện Chỉ thị này. Trong quá trình triển khai, nếu có vướng mắc, kịp thời báo cáo Bộ./.",
        "1. Chỉ thị này có hiệu lực kể từ ngày ký.\n\n2. Yêu cầu Giám đốc các sở nghiêm túc triển khai thực hiện; nếu có vướng mắc, phản ánh về Sở Y tế để tổng hợp./.",
    ],
)
def test_assessments_aims_consents_and_closings_are_no_tasks(body: str) -> None:
    reading = _read(body)
    assert reading.tasks == ()
    assert any("Không tìm thấy nhiệm vụ" in remark.message for remark in reading.warnings)


def test_an_unnumbered_order_below_the_words_of_a_leader_is_a_task() -> None:
    body = "Về việc này, Chủ tịch UBND tỉnh có ý kiến chỉ đạo như sau:\n\nSở Y tế kiểm tra, báo cáo kết quả.\n\nSở Nội vụ đã có báo cáo."
    assert _leads(body) == [("Sở Y tế",)]


def test_brackets_behind_the_content_name_lead_partner_and_time() -> None:
    (task,) = _read("1. Xây dựng 05 mô hình mẫu (Sở Y tế chủ trì; Sở Nội vụ phối hợp; xong trong Quý IV/2026).").tasks
    assert (task.lead, task.coordinate, task.deadline) == (("Sở Y tế",), ("Sở Nội vụ",), "2026-12-31")


def test_the_dashed_numbers_of_party_documents_are_numbers() -> None:
    body = "1- Sở Y tế kiểm tra.\n2- Sở Nội vụ rà soát.\n3- Tổ chức thực hiện:\n- Văn phòng UBND tỉnh theo dõi."
    assert [task.id for task in _read(body).tasks] == ["1", "2", "3.1"]


def test_receivers_and_signature_beside_each_other_end_the_text() -> None:
    text = (
        TOP
        + "1. Sở Y tế kiểm tra chất lượng nước./.\n\n"
        + "Nơi nhận:                              KT. CHÁNH VĂN PHÒNG\n"
        + "- Như trên;                            PHÓ CHÁNH VĂN PHÒNG\n"
        + "- Lưu: VT.\n"
        + "                                       Trương Bá Ngạn\n"
    )
    found = read_text(text)
    assert len(found.tasks) == 1
    assert found.document.signer == "Trương Bá Ngạn"


def test_a_department_ordered_inside_the_part_on_funding_is_a_task() -> None:
    assert _leads("I. KINH PHÍ\n\n1. Nguồn ngân sách nhà nước.\n\n2. Sở Tài chính tham mưu bố trí kinh phí.") == [
        ("Sở Tài chính",)
    ]


def test_fields_of_a_plan_hold_for_all_items_above_them() -> None:
    body = "1. Hạ tầng\n\n- Nâng cấp máy chủ.\n\n- Mở rộng đường truyền.\n\nCơ quan chủ trì: Sở Y tế.\n\nThời gian: Quý I/2026.\n\n2. Đào tạo\n\n- Tập huấn.\n\nCơ quan chủ trì: Sở Nội vụ."
    assert [(task.lead, task.deadline) for task in _read(body).tasks] == [
        (("Sở Y tế",), "2026-03-31"),
        (("Sở Y tế",), "2026-03-31"),
        (("Sở Nội vụ",), None),
    ]


def test_a_date_that_does_not_exist_is_remarked_with_its_line() -> None:
    reading = _read("1. Sở Y tế báo cáo trước ngày 31/02/2026.")
    assert reading.tasks[0].deadline is None
    assert [(remark.line, "31/02/2026" in remark.message) for remark in reading.warnings] == [(8, True)]


def test_of_two_documents_in_one_file_the_first_is_read_and_the_second_remarked() -> None:
    filler = (
        "1. Sở Y tế kiểm tra chất lượng nước sinh hoạt tại các trạm cấp nước tập trung. "
        + "Bảo đảm đúng quy định của pháp luật. " * 12
    )
    both = TOP + filler + TAIL + "\n\n" + TOP + "1. Sở Nội vụ rà soát biên chế." + TAIL
    reading = read_text(both)
    assert [task.lead for task in reading.tasks] == [("Sở Y tế",)]
    assert any("hai văn bản" in remark.message and remark.line for remark in reading.warnings)


def test_a_word_file_is_read_with_its_automatic_numbers_and_tables(tmp_path: Path) -> None:
    document = docx.Document()
    for line in TOP.strip().split("\n"):
        document.add_paragraph(line)
    document.add_paragraph("Giao Sở Y tế:")
    document.add_paragraph("Rà soát danh mục thuốc.", style="List Bullet")
    document.add_paragraph("Báo cáo trước ngày 30/6/2026.", style="List Bullet")
    table = document.add_table(rows=2, cols=3)
    for row, cells in zip(
        table.rows,
        (("Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"), ("Tập huấn", "Sở Nội vụ", "Tháng 5/2026")),
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    path = tmp_path / "thu.docx"
    document.save(str(path))
    assert [(task.lead, task.deadline) for task in read_file(path).tasks] == [
        (("Sở Y tế",), None),
        (("Sở Y tế",), "2026-06-30"),
        (("Sở Nội vụ",), "2026-05-31"),
    ]


def test_a_pdf_with_text_is_read_with_its_letterhead_cut_by_the_columns(tmp_path: Path) -> None:
    source = tmp_path / "thu.typ"
    source.write_text(
        """#set page(paper: "a4", margin: 2cm)
#grid(columns: (45%, 55%), align: center, [ỦY BAN NHÂN DÂN \\ TỈNH QUẢNG NGÃI \\ Số: 12/CT-UBND],
  text(size: 16pt)[CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM \\ Độc lập - Tự do - Hạnh phúc \\ Quảng Ngãi, ngày 09 tháng 3 năm 2026])
#align(center)[CHỈ THỊ \\ Về việc tăng cường quản lý khoáng sản]
Để chấn chỉnh các tồn tại, Chủ tịch UBND tỉnh yêu cầu:

1\\. Sở Y tế chủ trì, phối hợp với các cơ quan, đơn vị và địa phương có liên quan trên địa bàn tỉnh kiểm tra chất
lượng nước, báo cáo trước ngày 30/6/2026.

2\\. Sở Nội vụ rà soát đội ngũ công chức./.

#grid(columns: (50%, 50%), [Nơi nhận: \\ \\- Như trên; \\ \\- Lưu: VT.], [CHỦ TỊCH \\ \\ Đào Quang Vịnh])
""",
        encoding="utf-8",
    )
    path = tmp_path / "thu.pdf"
    typst.compile(str(source), output=str(path))
    found = read_file(path)
    assert (found.document.issuer, found.document.signer) == ("UBND tỉnh Quảng Ngãi", "Đào Quang Vịnh")
    assert (found.document.kind, found.document.number, found.document.date) == ("chi_thi", "12/CT-UBND", "2026-03-09")
    assert [(task.lead, task.deadline) for task in found.tasks] == [
        (("Sở Y tế",), "2026-06-30"),
        (("Sở Nội vụ",), None),
    ]


def _blank_pdf(path: Path) -> Path:
    import_writer = __import__("pypdf").PdfWriter()
    import_writer.add_blank_page(width=595, height=842)
    import_writer.write(str(path))
    return path


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("rong.txt", b"   \n", "không có chữ"),
        ("hong.pdf", b"%PDF-1.4 hong", "PDF"),
        ("hong.docx", b"khong phai word", "Word"),
        ("cu.doc", b"x", "Chưa đọc được loại tệp"),
        ("tcvn3.txt", b"C\xe9ng hoa x\xb8 h\xe9i \xff\xfe\x80 chu nghia", "Unicode"),
    ],
)
def test_a_file_without_readable_text_is_refused_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=said):
        read_file(path)


def test_a_scan_without_letters_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="không có lớp chữ"):
        read_file(_blank_pdf(tmp_path / "quet.pdf"))
    with pytest.raises(Unreadable, match="Không tìm thấy tệp"):
        read_file(tmp_path / "khong-co.txt")


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    console.register(parser.add_subparsers())
    args = parser.parse_args(["directives", *words])
    assert args.needs_database is False
    result: int = args.run(args)
    return result


def test_the_command_prints_the_form_of_the_labels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "van-ban.txt"
    path.write_text(TOP + "1. Sở Y tế báo cáo trước ngày 20 hằng tháng." + TAIL, encoding="utf-8")
    assert _run("read", str(path), "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    task = printed["tasks"][0]
    assert set(printed["document"]) == {"kind", "number", "date", "place", "issuer", "signer", "subject", "references"}
    assert {
        "id",
        "anchor",
        "action",
        "lead",
        "coordinate",
        "deadline",
        "deadline_text",
        "recurrence",
        "target",
        "why",
    } <= set(task)
    assert (task["recurrence"], task["deadline_text"]) == ("monthly", "trước ngày 20 hằng tháng")
    assert task["why"]["lead"].startswith("Sở Y tế")
    assert _run("read", str(path)) == 0
    assert "Chủ trì: Sở Y tế" in capsys.readouterr().out


def test_the_command_says_why_a_file_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("read", str(tmp_path / "khong-co.txt")) == 1
    assert "Không tìm thấy tệp" in capsys.readouterr().err
