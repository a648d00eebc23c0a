"""`motcua procedures …`: the catalogue from the command line."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils import timezone

from motcua.base.actors import SYSTEM
from motcua.procedures import actions


def register(subparsers: Any) -> None:
    """Add `procedures import PATH… [--json]`."""
    app = subparsers.add_parser("procedures", help="Thủ tục hành chính: nhập danh mục")
    commands = app.add_subparsers(required=True, metavar="VIỆC")
    command = commands.add_parser(
        "import",
        help="Nạp thủ tục từ tệp hoặc thư mục",
        description="Nạp thủ tục đã công bố (mỗi tệp JSON một thủ tục). Chạy lại không đổi gì. "
        "Thời hạn, lệ phí, giấy tờ không đọc được thành số nằm trong mục unread.",
    )
    command.add_argument("paths", nargs="+", type=Path, metavar="ĐƯỜNG_DẪN", help="tệp JSON hoặc thư mục")
    command.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    command.set_defaults(run=run_import, needs_database=True)


def run_import(args: argparse.Namespace) -> int:
    """Import and print what became of the files; exit 1 if any was refused."""
    report = actions.import_files(args.paths, by=SYSTEM, at=timezone.now())
    if args.json:
        json.dump(asdict(report), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(
            f"{report.files} tệp: nạp {report.imported}, không đổi {report.unchanged}, từ chối {len(report.refused)}. "
            f"{len(report.unread)} chỗ chưa đọc được thành số.\n"
        )
        for one in report.refused:
            sys.stdout.write(f"  từ chối {one['file']}: {one['why']}\n")
        for one in report.unread:
            sys.stdout.write(f"  {one['code']} {one['field']} {one['channel']} ({one['at']}): {one['text'][:120]}\n")
    for one in report.warnings:
        sys.stderr.write(f"  lưu ý {one['code']}: {one['why']}\n")
    return 1 if report.refused else 0
