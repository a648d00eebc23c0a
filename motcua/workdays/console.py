"""`motcua workdays …`: what a due date is and why; Django is started only for a calendar of the database."""

import argparse
import json
import sys
from datetime import UTC, datetime
from importlib import import_module

from motcua.base.clock import local
from motcua.base.commands import Parser
from motcua.base.errors import Refused
from motcua.workdays import rules
from motcua.workdays.rules import Due, Extension, Limit, OfficeCalendar, Pause
from motcua.workdays.rules.counting import to_minute
from motcua.workdays.terms import AfterPause

_DUE_HELP = "Tính ngày hẹn trả và giải thích từng dòng"


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this app to the console."""
    workdays = subparsers.add_parser("workdays", help="Thời gian làm việc: tính ngày hẹn trả")
    verbs = workdays.add_subparsers(dest="verb", required=True, metavar="VIỆC", parser_class=Parser)
    due = verbs.add_parser("due", help=_DUE_HELP, description=_DUE_HELP + ".")
    due.add_argument("--received", metavar="LÚC", help="lúc nhận hồ sơ, giờ Việt Nam: 2026-02-13T16:30")
    due.add_argument(
        "--limit", metavar="HẠN", help="5wd ngày làm việc, 8wh giờ, 10cd ngày, 2mo tháng; nhiều chặng: '1wd 4wh'"
    )
    due.add_argument("--pause", metavar="TỪ/ĐẾN", action="append", default=[], help="lúc đồng hồ dừng; đang dừng: TỪ/")
    due.add_argument("--extended", metavar="HẸN/LÚC", help="ngày hẹn mới của phiếu xin lỗi, và lúc ký phiếu")
    due.add_argument("--agency", metavar="MÃ", help="mã cơ quan, để tính theo lịch riêng của cơ quan ấy")
    due.add_argument("--rules", metavar="BỘ", default="", help="bộ quy tắc: " + ", ".join(rules.RULE_SETS))
    due.add_argument(
        "--after-pause", metavar="CÁCH", help="sau khi bổ sung: continue (chạy tiếp) hoặc restart (tính lại)"
    )
    due.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    due.set_defaults(run=run_due, needs_database=lambda args: bool(args.agency))
    seed = verbs.add_parser("seed", help="Ghi các ngày lễ, Tết, làm bù của cả nước vào lịch của tỉnh")
    seed.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    seed.set_defaults(run=run_seed, needs_database=True)


def run_due(args: argparse.Namespace) -> int:
    """Print the due moment with its lines; 2 and one sentence for each thing that cannot be read."""
    try:
        answer, calendar = _answer(args)
    except Refused as refusal:
        print(*refusal.objections, sep="\n", file=sys.stderr)
        return 2
    if args.json:
        print(json.dumps(as_json(answer), ensure_ascii=False))
    else:
        _print_lines(answer)
    if years := calendar.unknown_years(answer.received.date(), (answer.due or answer.original).date()):
        numbers = ", ".join(str(year) for year in years)
        print(f"Chú ý: chưa có lịch nghỉ lễ năm {numbers}, ngày hẹn chỉ là ước tính.", file=sys.stderr)
    return 0


def as_json(answer: Due) -> dict[str, object]:
    """The answer as the command and the API give it."""
    steps = [
        {
            "from": step.start.isoformat(),
            "to": step.end.isoformat() if step.end else None,
            "counted_hours": float(step.counted_hours),
            "why": step.why,
        }
        for step in answer.steps
    ]
    return {"due": answer.due.isoformat() if answer.due else None, "steps": steps}


def run_seed(args: argparse.Namespace) -> int:
    """Write the holidays of years that have none yet, and say how many days."""
    actors, actions = import_module("motcua.base.actors"), import_module("motcua.workdays.actions")
    days = actions.seed_holidays(by=actors.SYSTEM, at=datetime.now(UTC))
    print(
        json.dumps({"days": days}) if args.json else f"Đã ghi {days} ngày." if days else "Lịch đã có đủ, không đổi gì."
    )
    return 0


def _answer(args: argparse.Namespace) -> tuple[Due, OfficeCalendar]:
    missing = [f"--{name}" for name in ("received", "limit") if not getattr(args, name)]
    if missing:
        raise Refused(
            f"Thiếu {' và '.join(missing)}. Ví dụ: motcua workdays due --received 2026-02-13T16:30 --limit 5wd"
        )
    received = _moment(args.received, "--received")
    limit, rule_set = Limit.parse(args.limit), rules.rule_set(args.rules)
    after = _after_pause(args.after_pause)
    pauses = [_pause(text) for text in args.pause]
    extensions = [_extension(args.extended)] if args.extended else []
    calendar = _calendar_of(args.agency, received) if args.agency else rules.DEFAULT
    answer = rules.due(
        received, limit, calendar, pauses=pauses, extensions=extensions, rules=rule_set, after_pause=after
    )
    return answer, calendar


def _calendar_of(code: str, received: datetime) -> OfficeCalendar:
    organisations, workdays = (import_module(f"motcua.{app}.queries") for app in ("organisations", "workdays"))
    day = local(received).date()
    version = organisations.by_code(code, day) or organisations.by_code(code)
    if version is None:
        raise Refused(f"Không có cơ quan nào mang mã “{code[:40]}”.")
    found: OfficeCalendar = workdays.calendar_of(version.agency, day)
    return found


def _moment(text: str, option: str) -> datetime:
    try:
        if len(text) <= len("2026-02-13"):
            raise ValueError(text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(f"Không đọc được {option} “{text[:40]}”. Viết ngày và giờ như 2026-02-13T16:30.") from None
    to_minute(moment)
    return moment


def _pause(text: str) -> Pause:
    start, slash, end = text.partition("/")
    if not slash:
        raise Refused(f"Không đọc được --pause “{text[:60]}”. Viết TỪ/ĐẾN, hoặc TỪ/ khi đồng hồ còn dừng.")
    return Pause(_moment(start, "--pause"), _moment(end, "--pause") if end else None)


def _extension(text: str) -> Extension:
    new, _slash, signed = text.partition("/")
    return Extension(_moment(new, "--extended"), _moment(signed or new, "--extended"))


def _after_pause(text: str | None) -> AfterPause | None:
    if text is None:
        return None
    if text not in [one.value for one in AfterPause]:
        raise Refused(
            f"Không có cách “{text[:40]}” sau khi bổ sung; chọn continue (chạy tiếp) hoặc restart (tính lại)."
        )
    return AfterPause(text)


def _print_lines(answer: Due) -> None:
    print(f"Hẹn trả: {rules.moment_in_words(answer.due)}" if answer.due else "Hẹn trả: chưa định, đồng hồ đang dừng")
    print(rules.sentence(answer), end="\n\n")
    rows = [("Từ", "Đến", "Giờ tính", "Vì sao")]
    rows += [(step.from_words, step.to_words, step.hours_words, step.why) for step in answer.steps]
    for start, end, hours, why in rows:
        print(f"{start:<12}  {end:<12}  {hours:>8}  {why}")
