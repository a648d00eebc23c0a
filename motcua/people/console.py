"""`motcua people …`: officials and posts from the command line."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils import timezone

from motcua.base.actors import SYSTEM
from motcua.base.errors import Refused
from motcua.people.actions import excel


def register(subparsers: Any) -> None:
    """Add `people import FILE.xlsx [--dry-run] [--invite] [--json]` and `people template FILE.xlsx`."""
    app = subparsers.add_parser("people", help="Cán bộ và vị trí công tác")
    commands = app.add_subparsers(dest="verb", required=True, metavar="VIỆC")
    load = commands.add_parser(
        "import",
        help="Nạp cán bộ và vị trí công tác từ bảng Excel",
        description="Nạp bảng theo mẫu của lệnh template. Sai một ô thì không ghi gì và nói ô nào. Chạy lại không đổi gì.",
    )
    load.add_argument("file", type=Path, metavar="TỆP.xlsx", help="bảng Excel")
    load.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi")
    load.add_argument("--invite", action="store_true", help="gửi thư mời đặt mật khẩu cho người mới có địa chỉ thư")
    load.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    load.set_defaults(run=run_import, needs_database=True)
    blank = commands.add_parser("template", help="Ghi bảng mẫu ra tệp")
    blank.add_argument("file", type=Path, metavar="TỆP.xlsx", help="tệp sẽ ghi")
    blank.set_defaults(run=run_template)


def run_import(args: argparse.Namespace) -> int:
    """Import and print what became of the rows; exit 1 if a cell must be mended, then nothing is written."""
    wishes = {"dry_run": args.dry_run, "send_invitations": args.invite}
    report = excel.import_officials(_bytes(args.file), by=SYSTEM, at=timezone.now(), **wishes)
    if args.json:
        print(json.dumps(asdict(report), ensure_ascii=False))
        return 1 if report.errors else 0
    done = "đã ghi" if report.written else "chưa ghi"
    print(
        f"{report.rows} dòng, {done}: {report.new_people} người mới, {report.new_posts} vị trí mới, "
        f"{report.unchanged} không đổi, {report.invited} thư mời."
    )
    for one in report.errors:
        print(f"  dòng {one.row}, cột {one.column}: {one.reason}", file=sys.stderr)
    return 1 if report.errors else 0


def run_template(args: argparse.Namespace) -> int:
    """Write the empty sheet."""
    args.file.write_bytes(excel.template())
    print(f"Đã ghi {args.file}.")
    return 0


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as lack:
        raise Refused(f"Không đọc được tệp {path}: {lack.strerror}.") from None
