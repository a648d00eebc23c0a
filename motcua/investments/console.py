"""`motcua investments …`: take in a workbook, write the empty one, print the rates of a month."""

import argparse
import json
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from motcua.base.actors import SYSTEM
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.investments import actions, queries
from motcua.investments.actions import Report
from motcua.investments.rules import Period, period
from motcua.investments.terms import BASIS_SHORT, Basis, Capital
from motcua.organisations import queries as agencies
from motcua.ui.words import decimal_words, money

SHOWN = 30


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this app to the console."""
    parser = subparsers.add_parser("investments", help="Giải ngân vốn đầu tư công")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VIỆC")
    load = verbs.add_parser(
        "import", help="Nhập dự án, kế hoạch vốn, số giải ngân từ một tệp Excel; sai một ô thì không ghi gì"
    )
    load.add_argument("file", type=Path, metavar="TỆP.xlsx")
    load.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không ghi")
    load.set_defaults(run=run_import, needs_database=True)
    blank = verbs.add_parser("template", help="Ghi bảng mẫu, có sẵn các dự án đã nhập")
    blank.add_argument("file", type=Path, metavar="TỆP.xlsx")
    blank.set_defaults(run=run_template, needs_database=True)
    rates = verbs.add_parser("rates", help="In tỷ lệ giải ngân theo chủ đầu tư, trên cả hai mẫu số")
    rates.add_argument("--month", help="tháng, dạng 2026-10 (mặc định: tháng mới nhất có số)")
    rates.add_argument("--year", type=int, help="năm kế hoạch, khi tháng là tháng 1 năm sau")
    rates.set_defaults(run=run_rates, needs_database=True)
    steward = verbs.add_parser("steward", help="Giao cơ quan tổng hợp (thường là Sở Tài chính)")
    steward.add_argument("code", metavar="MÃ", help="mã cơ quan, ví dụ H48.009")
    steward.add_argument("--since", type=date.fromisoformat, help="từ ngày, dạng 2026-01-01 (mặc định: hôm nay)")
    steward.add_argument("--decision", required=True, help="văn bản giao nhiệm vụ")
    steward.set_defaults(run=run_steward, needs_database=True)
    for verb in (load, rates, steward):
        verb.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run_import(args: argparse.Namespace) -> int:
    """Take the workbook in; 1 when a cell must be put right (nothing is written then)."""
    try:
        content = args.file.read_bytes()
    except OSError as why:
        raise Refused(f"Không mở được tệp {args.file}: {why.strerror}.") from None
    report = actions.import_workbook(content, by=SYSTEM, at=timezone.now(), dry_run=args.dry_run)
    if args.json:
        print(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        _print(report)
    return 1 if report.errors else 0


def _print(report: Report) -> None:
    for one in report.errors:
        print(f"{one.sheet}!{one.cell}  {one.column}: {one.reason}")
    if report.errors:
        print(f"Còn {len(report.errors)} chỗ cần sửa; chưa ghi gì.")
        return
    for change in report.changes[:SHOWN]:
        print(f"{change.what}: {f'{change.before} → ' if change.before else ''}{change.after}")
    if len(report.changes) > SHOWN:
        print(f"… và {len(report.changes) - SHOWN} dòng nữa")
    done = "Đã ghi" if report.written else "Nếu ghi"
    print(
        f"{done}: {report.projects} dự án, {report.plans} dòng kế hoạch, {report.figures} số mới, "
        f"{report.corrections} số sửa; {report.unchanged} dòng không đổi, {report.skipped} dòng để trống."
    )


def run_template(args: argparse.Namespace) -> int:
    """Write the workbook to fill in."""
    args.file.write_bytes(actions.template(at=timezone.now()))
    print(f"Đã ghi {args.file}.")
    return 0


def run_rates(args: argparse.Namespace) -> int:
    """Print positions and rates of a month; 1 when nothing is known of it."""
    now = timezone.now()
    at = _period(args, day_of(now))
    if at is None:
        print(json.dumps(None) if args.json else "Chưa có số giải ngân nào.")
        return 1
    whole = queries.province(at)
    rows = sorted(queries.by("investor", at).items())
    names = agencies.names_on([key for key, _position in rows], day_of(now))
    if args.json:
        print(json.dumps(_as_json(at, whole, [(names[key], one) for key, one in rows], now), ensure_ascii=False))
        return 0
    print(f"Đến hết {at.words}: đã giải ngân {money(whole.position.disbursed)}")
    for basis in Basis:
        print(f"  {BASIS_SHORT[basis]}: {money(whole.assigned[basis, Capital.YEAR])}, đạt {_words(whole.rate(basis))}")
    for key, one in rows:
        print(f"{names[key]:<48}  {_words(one.rate_prime_minister):>9}  {_words(one.rate_council):>9}")
    return 0


def _as_json(at: Period, whole: queries.Province, rows: list[tuple[str, object]], now: datetime) -> dict[str, object]:
    """Every rate stands beside the name and the amount of its denominator."""
    return {
        "year": at.year,
        "month": f"{at.month:%Y-%m}",
        "asked_at": now.isoformat(),
        "disbursed_vnd": whole.position.disbursed,
        "denominators": {
            basis.value: {
                "name": str(basis.label),
                "plan_vnd": whole.assigned[basis, Capital.YEAR],
                "rate": _text(whole.rate(basis)),
            }
            for basis in Basis
        },
        "carried_over": {
            "plan_vnd": whole.assigned[Basis.COUNCIL, Capital.CARRIED],
            "disbursed_vnd": whole.position.carried_disbursed,
            "rate": _text(whole.rate(Basis.COUNCIL, Capital.CARRIED)),
        },
        "investors": [
            {
                "name": name,
                "disbursed_vnd": getattr(one, "disbursed", 0),
                **{f"plan_{basis.value}_vnd": getattr(one, basis.value) for basis in Basis},
                **{f"rate_{basis.value}": _text(getattr(one, f"rate_{basis.value}")) for basis in Basis},
            }
            for name, one in rows
        ],
    }


def _period(args: argparse.Namespace, today: date) -> Period | None:
    if not args.month:
        return queries.latest(today)
    try:
        month = date.fromisoformat(f"{args.month}-01")
    except ValueError:
        raise Refused(f"Không đọc được tháng “{args.month[:20]}”. Viết như 2026-10.") from None
    found = period(args.year or month.year, month)
    if found is None:
        raise Refused("Tháng ấy không thuộc năm kế hoạch.")
    return found


def run_steward(args: argparse.Namespace) -> int:
    """Name the agency that keeps the plans."""
    now = timezone.now()
    since = args.since or day_of(now)
    version = agencies.by_code(args.code, since)
    if version is None:
        raise Refused(f"Không có cơ quan mang mã {args.code[:30]} vào ngày {since:%d/%m/%Y}.")
    actions.name_steward(version.agency, since=since, decision=args.decision, by=SYSTEM, at=now)
    answer = {"agency": version.code, "since": since.isoformat()}
    print(json.dumps(answer) if args.json else f"Từ {since:%d/%m/%Y}, {version.name} là cơ quan tổng hợp.")
    return 0


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _words(value: object) -> str:
    return "chưa giao" if value is None else f"{decimal_words(value)}%"  # type: ignore[arg-type]
