"""`motcua directives …`: read a document (no database), run the morning's timer, print the report of a day."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from django.utils import timezone

from motcua.base.clock import day_of
from motcua.directives import actions, queries
from motcua.directives.reader import Reading, read_file
from motcua.directives.reader.model import Unreadable
from motcua.directives.terms import GroupBy
from motcua.organisations import queries as organisations

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
    timer = verbs.add_parser("morning", help="Chạy việc buổi sáng ngay: mở kỳ, nhắc hạn, danh sách đầu tuần")
    timer.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    timer.set_defaults(run=run_morning, needs_database=True)
    report = verbs.add_parser("report", help="Giao, hoàn thành, chưa hoàn thành tính đến một ngày")
    report.add_argument("--as-of", type=date.fromisoformat, help="ngày, dạng 2026-06-30 (mặc định: hôm nay)")
    report.add_argument("--by", choices=GroupBy.values, default=GroupBy.LEAD.value, help="theo gì (mặc định: lead)")
    report.add_argument("--root", help="mã tỉnh, ví dụ H48 (mặc định: tỉnh duy nhất)")
    report.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    report.set_defaults(run=run_report, needs_database=True)


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


def run_morning(args: argparse.Namespace) -> int:
    """What the timer does each morning; a second run of the day does nothing."""
    done = actions.morning(at=timezone.now())
    if args.json:
        print(json.dumps(done._asdict()))
    else:
        print(f"Mở {done.opened} kỳ, nhắc {done.reminded} nhiệm vụ, gửi {done.weekly} danh sách đầu tuần.")
    return 0


def run_report(args: argparse.Namespace) -> int:
    """The report of one province; 1 when the code names none, or the day is to come."""
    today = day_of(timezone.now())
    root = _province(args.root, today)
    if root is None:
        print("Không rõ tỉnh nào: ghi --root, ví dụ --root H48.", file=sys.stderr)
        return 1
    if args.as_of and args.as_of > today:
        print("Ngày báo cáo chưa tới.", file=sys.stderr)
        return 1
    spec = queries.ReportSpec(root=root, as_of=args.as_of or today, today=today)
    lines = [*queries.report(spec, GroupBy(args.by)), queries.Line("", "Tổng", queries.totals(spec))]
    if args.json:
        rows = [{"key": one.key, "name": one.name, "given": one.sums.given, **asdict(one.sums)} for one in lines]
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    print(f"{'giao':>7} {'đúng hạn':>9} {'quá hạn':>8} {'chưa, trong hạn':>16} {'chưa, quá hạn':>14}")
    for one in lines:
        sums = one.sums
        print(
            f"{sums.given:>7} {sums.done_in_time:>9} {sums.done_late:>8} {sums.open_in_time:>16} {sums.open_late:>14}  {one.name}"
        )
    return 0


def _province(code: str | None, day: date) -> int | None:
    if code:
        found = organisations.by_code(code, day)
        return found.agency if found else None
    provinces = organisations.children_on(None, day)
    return provinces[0].agency if len(provinces) == 1 else None


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
