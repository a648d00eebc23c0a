"""`motcua measures …`: scores of published counts without a database; figures, their recount and rebuild with one."""

import argparse
import json
import sys
from datetime import UTC, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from time import monotonic

from motcua.base.commands import Parser
from motcua.base.errors import Refused
from motcua.measures.rules.counts766 import Scored, read_counts
from motcua.measures.rules.documented import as_page
from motcua.measures.rules.national import national_set
from motcua.measures.rules.periods import Period
from motcua.measures.rules.results766 import ScoredSet, as_plain

_SCORE_HELP = "Chấm điểm QĐ 766 từ tệp CSV số đếm, không cần cơ sở dữ liệu"


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this app to the console."""
    parser = subparsers.add_parser("measures", help="Số liệu: chấm điểm QĐ 766, đối chiếu, đếm lại")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VIỆC", parser_class=Parser)
    score = verbs.add_parser("score766", help=_SCORE_HELP, description=_SCORE_HELP + ".")
    score.add_argument("file", type=Path, metavar="TỆP.csv", help="tệp số đếm theo một biểu mẫu của Cổng DVCQG")
    score.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    score.set_defaults(run=run_score, needs_database=False)
    docs = verbs.add_parser("docs", help="In trang “Số liệu: cách đếm” từ các định nghĩa")
    docs.add_argument("--check", type=Path, metavar="TỆP", help="chỉ so với tệp đã có; thoát mã 1 khi khác")
    docs.set_defaults(run=run_docs, needs_database=False)
    check = verbs.add_parser("check", help="Đếm lại từ sổ nhật ký và hồ sơ bằng SQL; thoát mã 1 khi có chỗ khác")
    check.set_defaults(run=run_check, needs_database=True)
    rebuild = verbs.add_parser("rebuild", help="Cộng lại toàn bộ số liệu từ sổ nhật ký; dừng giữa chừng thì chạy tiếp")
    rebuild.add_argument("--batch", type=int, default=200_000, metavar="SỐ", help="số mục nhật ký mỗi lần ghi")
    rebuild.set_defaults(run=run_rebuild, needs_database=True)
    whole = verbs.add_parser("set766", help="Điểm QĐ 766 của một cơ quan trong một kỳ, từ hồ sơ của hệ thống")
    whole.add_argument("--agency", required=True, metavar="MÃ", help="mã cơ quan, ví dụ H48")
    whole.add_argument("--period", required=True, metavar="KỲ", help="2026-10 (tháng), 2026-Q3 (quý) hoặc 2026 (năm)")
    whole.set_defaults(run=run_set, needs_database=True)
    counts = verbs.add_parser("import766", help="Nhập số đếm QĐ 766 mà hệ thống khác công bố cho một kỳ")
    counts.add_argument("file", type=Path, metavar="TỆP.csv", help="tệp theo một biểu mẫu của Cổng DVCQG")
    counts.add_argument("--period", required=True, metavar="KỲ", help="2026-10, 2026-Q3 hoặc 2026")
    counts.add_argument("--source", required=True, metavar="NGUỒN", help="ai công bố, lấy ngày nào")
    counts.set_defaults(run=run_import, needs_database=True)
    own = verbs.add_parser("import-set", help="Ghi bộ chỉ số do tỉnh ban hành, dạng JSON")
    own.add_argument("file", type=Path, metavar="TỆP.json")
    own.set_defaults(run=run_import_set, needs_database=True)
    prove = verbs.add_parser(
        "verify-published", help="Kiểm các kỳ đã công bố: mã băm, chữ ký, sổ nhật ký; thoát mã 1 khi sai"
    )
    prove.set_defaults(run=run_prove, needs_database=True)
    for verb in (check, rebuild, whole, counts, own, prove):
        verb.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run_score(args: argparse.Namespace) -> int:
    """Score every row in order; 2 and a sentence when the file cannot be read."""
    index = national_set("province")
    assert index is not None
    try:
        rows = read_counts(_lines_of(args.file), index)
    except Refused as refusal:
        print(*refusal.objections, sep="\n", file=sys.stderr)
        return 2
    if args.json:
        print(json.dumps([as_json(one) for one in rows], ensure_ascii=False, indent=1))
    else:
        for one in rows:
            rank = "" if one.rank is None else f"  hạng {one.rank}"
            print(f"{one.row:>4}  {one.unit_code:<10}  {one.metric:<36}  {_words(one.score):>8}{rank}")
    return 0


def run_docs(args: argparse.Namespace) -> int:
    """Print the page made from the definitions, or compare it with the one that was written."""
    import_module("django").setup()
    page = as_page()
    if args.check is None:
        print(page, end="")
        return 0
    if args.check.read_text(encoding="utf-8") == page:
        return 0
    print(f"Tệp {args.check} khác với các định nghĩa. Viết lại: motcua measures docs > {args.check}", file=sys.stderr)
    return 1


def run_check(args: argparse.Namespace) -> int:
    """Recount everything; 1 with every difference when something does not agree."""
    recount = import_module("motcua.measures.queries.recount")
    differences = recount.check()
    folded, entries = recount.entries_checked()
    if args.json:
        found = {"ok": not differences, "folded": folded, "entries": entries}
        print(json.dumps({**found, "differences": [one._asdict() for one in differences]}, ensure_ascii=False))
    elif differences:
        print(f"SAI: {len(differences)} chỗ khác nhau.", *differences, sep="\n")
    else:
        print(f"Đúng: {folded} mục đã cộng trên {entries} mục nhật ký, đếm lại khớp đến từng đơn vị.")
    return 1 if differences else 0


def run_rebuild(args: argparse.Namespace) -> int:
    """Fold everything anew; broken off, the next run goes on where this one was."""
    begun = monotonic()
    told = None if args.json else lambda done: print(f"  {done} mục …", file=sys.stderr)
    done = import_module("motcua.measures.actions").rebuild(at=datetime.now(UTC), batch=args.batch, told=told)
    seconds = monotonic() - begun
    if args.json:
        print(json.dumps({"entries": done, "seconds": round(seconds, 3)}))
    else:
        print(f"Đã cộng lại {done} mục nhật ký trong {seconds:.1f} giây.".replace(".", ",", 1))
    return 0


def run_set(args: argparse.Namespace) -> int:
    """Print the scored set of the agency and period."""
    set766 = import_module("motcua.measures.queries.set766")
    answer = set766.set_for(args.agency, Period.parse(args.period), at=datetime.now(UTC))
    written = set_as_json(answer.agency.code, answer.period, answer.scored)
    if args.json:
        print(json.dumps(written, ensure_ascii=False, indent=1))
        return 0
    total, most = f"{answer.scored.total:.2f}", f"{answer.scored.measurable_max:.0f}"
    print(f"{answer.agency.name}, kỳ {answer.period.text}: {total} trên {most} điểm đo được".replace(".", ","))
    for group in answer.scored.groups:
        print(f"{group.group.code}  {_words(group.score)} / {group.group.maximum}  {group.group.name}")
        for one in group.components:
            print(f"    {one.component.code:<36} {_words(one.score):>8} / {one.component.maximum}  {one.why}")
    return 0


def run_import(args: argparse.Namespace) -> int:
    """Take counts in, and say how many."""
    actors, actions = import_module("motcua.base.actors"), import_module("motcua.measures.actions")
    period = Period.parse(args.period)
    lines, at = _lines_of(args.file), datetime.now(UTC)
    taken = actions.import_counts(lines, period=period, source=args.source, by=actors.SYSTEM, at=at)
    print(json.dumps({"counts": taken}) if args.json else f"Đã nhập {taken} số đếm cho kỳ {period.text}.")
    return 0


def run_import_set(args: argparse.Namespace) -> int:
    """Keep a set of the province, and say from when it is in force."""
    actors, actions = import_module("motcua.base.actors"), import_module("motcua.measures.actions")
    try:
        definition = json.loads("\n".join(_lines_of(args.file)))
    except json.JSONDecodeError as wrong:
        raise Refused(f"Tệp {args.file} không phải JSON: dòng {wrong.lineno}.") from None
    kept = actions.decide_set(definition, by=actors.SYSTEM, at=datetime.now(UTC))
    print(json.dumps({"code": kept.code}) if args.json else f"Đã ghi bộ chỉ số {kept.code}, {kept.decision}.")
    return 0


def run_prove(args: argparse.Namespace) -> int:
    """Check every published period; 1 when one is not what was signed."""
    found = import_module("motcua.measures.queries.publications").prove_all()
    wrong = [one for one in found if not one.finding.holds]
    if args.json:
        listed = [
            {"period": one.publication.period, "revision": one.publication.revision, "finding": one.finding.value}
            for one in found
        ]
        print(json.dumps({"ok": not wrong, "publications": listed}, ensure_ascii=False))
    else:
        for one in found:
            print(f"{one.publication.period} lần {one.publication.revision}: {one.finding.label}")
        print(f"SAI: {len(wrong)} lần công bố." if wrong else f"Đúng: {len(found)} lần công bố.")
    return 1 if wrong else 0


def set_as_json(agency: str, period: Period, scored: ScoredSet) -> dict[str, object]:
    """The answer of `set766`: decimals as text, nothing where nothing is measured."""
    return as_plain(agency, period.text, scored)


def as_json(one: Scored) -> dict[str, object]:
    """One row of the answer; a table of totals carries the ranks among its rows besides, by the sum and by each group."""
    found: dict[str, object] = {
        "row": one.row,
        "unit_code": one.unit_code,
        "metric": one.metric,
        "score": None if one.score is None else f"{one.score:.2f}",
    }
    return found if one.rank is None else {**found, "rank": one.rank, "ranks": dict(one.ranks)}


def _words(score: Decimal | None) -> str:
    return "chưa có" if score is None else f"{score:.2f}".replace(".", ",")


def _lines_of(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as why:
        raise Refused(f"Không mở được tệp {path}: {why.strerror}.") from None
    except UnicodeDecodeError:
        raise Refused(f"Tệp {path} không phải văn bản UTF-8.") from None
