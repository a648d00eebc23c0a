"""`motcua measures …`: scores of published counts without a database; figures, their recount and rebuild with one."""

import argparse
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

from motcua.base.errors import Refused
from motcua.measures.rules.counts766 import Scored, read_counts
from motcua.measures.rules.national import national_set

_SCORE_HELP = "Chấm điểm QĐ 766 từ tệp CSV số đếm, không cần cơ sở dữ liệu"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        print(f"Dòng lệnh chưa đúng ({message}). Xem: {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this app to the console."""
    parser = subparsers.add_parser("measures", help="Số liệu: chấm điểm QĐ 766, đối chiếu, đếm lại")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VIỆC", parser_class=_Parser)
    score = verbs.add_parser("score766", help=_SCORE_HELP, description=_SCORE_HELP + ".")
    score.add_argument("file", type=Path, metavar="TỆP.csv", help="tệp số đếm theo một biểu mẫu của Cổng DVCQG")
    score.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    score.set_defaults(run=run_score, needs_database=False)


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


def as_json(one: Scored) -> dict[str, object]:
    """One row of the answer; a table of totals carries the rank among its rows besides."""
    found: dict[str, object] = {
        "row": one.row,
        "unit_code": one.unit_code,
        "metric": one.metric,
        "score": None if one.score is None else f"{one.score:.2f}",
    }
    return found if one.rank is None else {**found, "rank": one.rank}


def _words(score: Decimal | None) -> str:
    return "chưa có" if score is None else f"{score:.2f}"


def _lines_of(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as why:
        raise Refused(f"Không mở được tệp {path}: {why.strerror}.") from None
    except UnicodeDecodeError:
        raise Refused(f"Tệp {path} không phải văn bản UTF-8.") from None
