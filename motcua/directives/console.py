"""`motcua directives read FILE`: the tasks a directive document gives, as a table or as JSON. Needs no database."""

import argparse
import json
import sys
from pathlib import Path

from motcua.directives.reader import Reading, read_file
from motcua.directives.reader.model import Unreadable

_HELP = "Đọc văn bản chỉ đạo (txt, md, docx, pdf có chữ) thành danh sách nhiệm vụ đề xuất"
_KINDS = {
    "thong_bao": "Thông báo",
    "cong_van": "Công văn",
    "bao_cao": "Báo cáo",
    "ke_hoach": "Kế hoạch",
    "chi_thi": "Chỉ thị",
    "quyet_dinh": "Quyết định",
    "nghi_quyet": "Nghị quyết",
}
_EACH = {
    "monthly": "hằng tháng",
    "quarterly": "hằng quý",
    "half-yearly": "6 tháng, năm",
    "yearly": "hằng năm",
}


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this app to the console."""
    parser = subparsers.add_parser("directives", help="Nhiệm vụ, chỉ đạo")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VIỆC")
    read = verbs.add_parser("read", help=_HELP, description=_HELP + ". Người dùng xem và xác nhận từng nhiệm vụ.")
    read.add_argument("file", type=Path, metavar="TỆP", help="tệp txt, md, docx hoặc pdf có lớp chữ")
    read.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    read.set_defaults(run=run_read, needs_database=False)


def run_read(args: argparse.Namespace) -> int:
    """Read one file; 1 when there is nothing to read in it, the reason said in a sentence."""
    try:
        reading = read_file(args.file)
    except Unreadable as reason:
        print(reason, file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps(reading.as_json(), ensure_ascii=False, indent=1))
    else:
        _show(reading)
    return 0


def _show(reading: Reading) -> None:
    header = reading.document
    kind = _KINDS.get(header.kind, "Văn bản")
    print(f"{kind} {header.number or '(không thấy số)'} ngày {_day(header.date) or '(không thấy ngày)'}")
    print(f"  {header.issuer or '(không thấy cơ quan ban hành)'}; người ký: {header.signer or '(không thấy)'}")
    if header.subject:
        print(f"  {header.subject}")
    for task in reading.tasks:
        print(f"\n{task.id}. {task.action} (dòng {task.line})")
        print(f"  Chủ trì: {'; '.join(task.lead)}")
        if task.coordinate:
            print(f"  Phối hợp: {'; '.join(task.coordinate)}")
        due = _day(task.deadline) or _EACH.get(task.recurrence) or task.deadline_text
        if due:
            print(f"  Hạn: {due}" + (f" (“{task.deadline_text}”)" if task.deadline_text not in (due, None) else ""))
    print(f"\n{len(reading.tasks)} nhiệm vụ đề xuất, chờ người xác nhận.")
    for remark in reading.warnings:
        print(f"Lưu ý: {remark.message}")


def _day(iso: str | None) -> str:
    return "/".join(reversed(iso.split("-"))) if iso else ""
