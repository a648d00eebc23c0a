"""`motcua indices score|uncertainty|analyse|verify|check|convert`: from figures to ranks, without a database."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NamedTuple

from motcua.base.commands import Parser
from motcua.base.errors import Refused
from motcua.indices.rules import shipped
from motcua.indices.rules.choices import FILLS, MOST_MOVED, OUTLIERS, SCALES, WEIGHTINGS, Choices
from motcua.indices.rules.definition import IndexSet
from motcua.indices.rules.kinds import Points
from motcua.indices.rules.numbers import NotANumber, decimal_text, number
from motcua.indices.rules.records import Record, sha256
from motcua.indices.rules.scoring import Figures, Scores, score
from motcua.indices.rules.tables import read_figures, read_groups
from motcua.indices.rules.verifying import compare, rank_json, read_published

BAD_INPUT: Final = 2
_MOST_RUNS: Final = 1_000_000
_MOST_SAMPLES: Final = 20_000
_WIDTH: Final = 28


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this app to the console."""
    parser = subparsers.add_parser("indices", help="Bộ chỉ số: chấm điểm, xếp hạng, đối chiếu")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VIỆC", parser_class=Parser)
    one = _verb(verbs, "score", run_score, "Chấm điểm và xếp hạng các đơn vị")
    one.add_argument("--record", type=Path, metavar="TỆP", help="ghi bản ghi của lần tính (JSON)")
    one = _verb(verbs, "uncertainty", run_uncertainty, "Thứ hạng đổi thế nào khi trọng số dao động")
    one.add_argument("--runs", type=_runs, default=1000, metavar="N", help="số lần tính (mặc định 1000)")
    one.add_argument("--weights", type=_share, default=0.25, metavar="PHẦN", help="mỗi trọng số × U(1−PHẦN, 1+PHẦN)")
    one.add_argument("--seed", type=_seed, default=1, metavar="SỐ", help="số gieo; cùng số cho cùng kết quả")
    one.add_argument(
        "--vary", choices=("weights", "all"), default="weights", help="chỉ trọng số, hoặc cả cách chuẩn hóa và cách gộp"
    )
    one.add_argument("--record", type=Path, metavar="TỆP", help="ghi bản ghi của lần tính (JSON)")
    one = _verb(verbs, "analyse", run_analyse, "Tương quan, alpha Cronbach, trọng số thực, bỏ từng phần, Sobol")
    one.add_argument("--runs", type=_samples, default=500, metavar="N", help="số mẫu Sobol (mặc định 500)")
    one.add_argument("--weights", type=_share, default=0.25, metavar="PHẦN", help="mỗi trọng số × U(1−PHẦN, 1+PHẦN)")
    one.add_argument("--seed", type=_seed, default=1, metavar="SỐ", help="số gieo; cùng số cho cùng kết quả")
    one.add_argument("--record", type=Path, metavar="TỆP", help="ghi bản ghi của lần tính (JSON)")
    one = _verb(verbs, "verify", run_verify, "So điểm công bố với điểm tính lại")
    one.add_argument("--published", required=True, type=Path, metavar="TỆP.csv", help="cột unit, score, có thể có rank")
    one.add_argument("--tolerance", metavar="SỐ", help="chênh lệch được phép; mặc định theo bộ chỉ số")
    check = verbs.add_parser("check", help="Kiểm tra một định nghĩa bộ chỉ số")
    check.add_argument("set", metavar="MÃ|TỆP", help="mã bộ có sẵn, tệp .yaml hoặc phụ lục .xlsx")
    check.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    check.set_defaults(run=run_check, needs_database=False)
    convert = verbs.add_parser("convert", help="Đổi định nghĩa giữa YAML và phụ lục Excel")
    convert.add_argument("set", metavar="MÃ|TỆP", help="mã bộ có sẵn, tệp .yaml hoặc phụ lục .xlsx")
    convert.add_argument("to", type=Path, metavar="TỆP", help="tệp .yaml hoặc .xlsx sẽ ghi")
    convert.set_defaults(run=run_convert, needs_database=False)
    official = verbs.add_parser("import-results", help="Nhập kết quả công bố (CSV hoặc Excel)")
    official.add_argument("file", type=Path, metavar="TỆP", help="cột unit, score, có thể có rank và các thành phần")
    official.add_argument("--index", required=True, metavar="TÊN", help="tên chỉ số, ví dụ PCI")
    official.add_argument("--year", required=True, type=int, metavar="NĂM", help="năm của kết quả")
    official.add_argument("--source", required=True, metavar="NGUỒN", help="ai công bố, ở đâu")
    official.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    official.set_defaults(run=run_import_results, needs_database=True)


def _verb(verbs: Any, name: str, run: Any, text: str) -> argparse.ArgumentParser:
    one: argparse.ArgumentParser = verbs.add_parser(name, help=text, description=text + ".")
    one.add_argument("--set", required=True, metavar="MÃ|TỆP.yaml", help="có sẵn: " + ", ".join(shipped.codes()))
    one.add_argument(
        "--data", required=True, type=Path, metavar="TỆP.csv", help="cột đầu unit, rồi mỗi tiêu chí một cột"
    )
    one.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    one.set_defaults(run=run, needs_database=False)
    if run is not run_verify:  # what is held against published scores is counted as the publisher counts
        _choices(one)
    return one


def _choices(one: argparse.ArgumentParser) -> None:
    """What may be chosen beside the definition; without these options the definition alone decides."""
    group = one.add_argument_group("lựa chọn ngoài định nghĩa (không ghi thì theo đúng định nghĩa)")
    group.add_argument("--fill", choices=FILLS, default=FILLS[0], help="điền số liệu thiếu; mặc định không điền")
    group.add_argument("--groups", metavar="CỘT", help="cột nhóm trong tệp số liệu, cho group-mean và group-median")
    group.add_argument(
        "--outliers", choices=OUTLIERS, default=OUTLIERS[0], help="giá trị ngoại lai; mặc định để nguyên"
    )
    group.add_argument(
        "--most-moved",
        type=_runs,
        default=MOST_MOVED,
        metavar="N",
        help=f"thay nhiều nhất N điểm một cột ({MOST_MOVED})",
    )
    group.add_argument("--scale", choices=SCALES, default=SCALES[0], help="thang điểm của tiêu chí thành phần")
    group.add_argument("--weighting", choices=WEIGHTINGS, default=WEIGHTINGS[0], help="trọng số từ đâu")


def run_score(args: argparse.Namespace) -> int:
    """Every unit with its score, its rank and the score of every part."""
    try:
        run = _load(args)
        found = score(run.definition, run.figures)
        posts = {
            code: (_text(low) or "", _text(high) or "") for code, (low, high) in (run.posts or found.posts).items()
        }
        record = replace(run.record, posts=_of_the_year(run.record.definition, posts))
        _keep(record, args.record)
    except Refused as refusal:
        return _refuse(refusal)
    if args.json:
        print(json.dumps(as_json(found), ensure_ascii=False))
        print(*record.in_words(), sep="\n", file=sys.stderr)
    else:
        _show(found)
        print("", *record.in_words(), sep="\n")
    return 0


def as_json(found: Scores) -> list[dict[str, Any]]:
    """One row per unit, in the order of the figures."""
    root = found.definition.root
    below = [(code, points) for code, points in found.parts.items() if code != root]
    return [
        {
            "unit": unit,
            "score": _text(total),
            "rank": rank_json(rank),
            "parts": {code: _text(points[row]) for code, points in below},
        }
        for row, (unit, total, rank) in enumerate(zip(found.units, found.totals, found.ranks, strict=True))
    ]


def run_uncertainty(args: argparse.Namespace) -> int:
    """Every unit with its rank and how far the rank moves."""
    try:
        run = _load(args)
        uncertainty = import_module("motcua.indices.rules.uncertainty")  # NumPy is loaded only where it is needed
        rows = uncertainty.ranks_under_doubt(
            run.definition,
            run.figures,
            runs=args.runs,
            spread=args.weights,
            seed=args.seed,
            every_choice=args.vary == "all",
        )
        choices = uncertainty.choices_in_words(args.runs, args.weights, every_choice=args.vary == "all")
        record = replace(run.record, seed=args.seed, choices=choices)
        _keep(record, args.record)
    except Refused as refusal:
        return _refuse(refusal)
    if args.json:
        print(json.dumps([row.as_json() for row in rows], ensure_ascii=False))
        print(*record.in_words(), sep="\n", file=sys.stderr)
        return 0
    print(f"{'Đơn vị':<{_WIDTH}}  {'Hạng':>5}  {'5 %':>6}  {'Giữa':>6}  {'95 %':>6}")
    for row in sorted(rows, key=lambda row: (row.rank is None, row.rank or 0)):
        if row.rank is None:
            print(f"{row.unit:<{_WIDTH}}  {'–':>5}")
        else:
            print(
                f"{row.unit:<{_WIDTH}}  {row.rank:>5g}  {row.rank_p05:>6g}  {row.rank_median:>6g}  {row.rank_p95:>6g}"
            )
    print("", *record.in_words(), sep="\n")
    return 0


def run_analyse(args: argparse.Namespace) -> int:
    """What each part weighs, how the parts hang together, which choice moves ranks most, where each unit is strong."""
    try:
        run = _load(args)
        analysing = import_module("motcua.indices.rules.analysing")  # NumPy is loaded only where it is needed
        found = analysing.analyse(run.definition, run.figures, runs=args.runs, spread=args.weights, seed=args.seed)
        choices = analysing.choices_in_words(args.runs, args.weights)
        record = replace(run.record, seed=args.seed, choices=choices)
        _keep(record, args.record)
    except Refused as refusal:
        return _refuse(refusal)
    if args.json:
        print(json.dumps(found.as_json(), ensure_ascii=False))
        print(*record.in_words(), sep="\n", file=sys.stderr)
    else:
        print(*analysing.in_words(found), sep="\n")
        print("", *record.in_words(), sep="\n")
    return 0


def run_verify(args: argparse.Namespace) -> int:
    """The differences between published and recomputed, as a list; 1 when there are any."""
    try:
        run = _load(args)
        definition = run.definition
        found = score(definition, run.figures)
        published = read_published(_read(args.published), definition.top.least)
        tolerance = definition.tolerance if args.tolerance is None else _tolerance(args.tolerance)
        differences = compare(found, published, tolerance)
    except Refused as refusal:
        return _refuse(refusal)
    print(json.dumps([each.as_json() for each in differences], ensure_ascii=False))
    record = replace(run.record, remarks=run.record.remarks + published.remarks)
    print(*record.in_words(), sep="\n", file=sys.stderr)
    agreed = f"{len(found.units) - len([one for one in differences if one.unit in found.units])}/{len(found.units)}"
    print(f"Khớp {agreed} đơn vị, sai số cho phép {decimal_text(tolerance)}.", file=sys.stderr)
    return 1 if differences else 0


def run_check(args: argparse.Namespace) -> int:
    """Whether a definition is sound; every fault with its place."""
    try:
        definition = load_set(args.set)
    except Refused as refusal:
        return _refuse(refusal)
    if args.json:
        print(json.dumps(Record(definition, {}).as_json(), ensure_ascii=False))
    else:
        print(*Record(definition, {}).in_words(), sep="\n")
        print(f"{len(definition.criteria)} mục, {len(definition.leaves)} tiêu chí thành phần tính điểm.")
    return 0


def run_convert(args: argparse.Namespace) -> int:
    """Write a definition as YAML or as an Excel annex."""
    try:
        definition = load_set(args.set)
        if args.to.suffix not in (".yaml", ".xlsx"):
            raise Refused("Tên tệp phải kết thúc bằng .yaml hoặc .xlsx.")
        annex = import_module("motcua.indices.rules.annex") if args.to.suffix == ".xlsx" else None
        content = annex.to_annex(definition) if annex else shipped.to_yaml(definition)
        args.to.write_bytes(content)
    except Refused as refusal:
        return _refuse(refusal)
    except OSError as reason:
        return _refuse(Refused(f"Không ghi được tệp {args.to}: {reason.strerror}."))
    print(f"Đã ghi {args.to}.")
    return 0


def run_import_results(args: argparse.Namespace) -> int:
    """Official results into the database: all rows of the file, or every fault with its place and nothing."""
    try:
        actions = import_module("motcua.indices.actions")  # these need Django, which the other commands do not load
        system, at = import_module("motcua.base.actors").SYSTEM, import_module("django.utils.timezone").now()
        words = {"index": args.index, "year": args.year, "source": args.source, "name": args.file.name}
        count = actions.import_results(_read(args.file), **words, by=system, at=at)
    except Refused as refusal:
        return _refuse(refusal)
    if args.json:
        print(json.dumps({"units": count}))
    else:
        print(f"Đã nhập {count} đơn vị.")
    return 0


def load_set(name: str) -> IndexSet:
    """A shipped definition by its code, or one from a file."""
    path = Path(name)
    if path.suffix in (".yaml", ".yml"):
        return shipped.from_yaml(_read(path))
    if path.suffix == ".xlsx":
        found: IndexSet = import_module("motcua.indices.rules.annex").from_annex(_read(path))
        return found
    return shipped.shipped(name)


class _Run(NamedTuple):
    """What a command goes on from: definition and figures after the choices, and the record as far as it is known."""

    definition: IndexSet
    figures: Figures
    record: Record
    posts: Mapping[str, tuple[Points, Points]]


def _load(args: argparse.Namespace) -> _Run:
    definition, content = load_set(args.set), _read(args.data)
    table = read_figures(content, definition)
    names = (each.name for each in fields(Choices))
    choices = Choices(**{name: getattr(args, name) for name in names if hasattr(args, name)})
    column = getattr(args, "groups", None) or ""
    groups = read_groups(content, column) if column else []
    inputs = {args.data.name: sha256(content)}
    record = Record(definition, inputs, remarks=table.remarks, options=choices, groups=column)
    if not choices.any:
        return _Run(definition, table.figures, record, {})
    choosing = import_module("motcua.indices.rules.choosing")  # NumPy is loaded only where it is needed
    found = choosing.prepare(definition, table.figures, choices, groups)
    return _Run(found.definition, found.figures, replace(record, done=found.done), found.posts)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as reason:
        raise Refused(f"Không mở được tệp {path}: {reason.strerror}.") from None


def _refuse(refusal: Refused) -> int:
    print(*refusal.objections, sep="\n", file=sys.stderr)
    return BAD_INPUT


def _keep(record: Record, path: Path | None) -> None:
    if path is None:
        return
    try:
        path.write_text(json.dumps(record.as_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as reason:
        raise Refused(f"Không ghi được tệp {path}: {reason.strerror}.") from None


def _of_the_year(definition: IndexSet, posts: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Posts that came from the figures; fixed ones stand in the definition."""
    moving = {each.code for each in definition.leaves if getattr(each.rule, "goalposts", "fixed") != "fixed"}
    return {code: ends for code, ends in posts.items() if code in moving}


def _show(found: Scores) -> None:
    areas = [child.code for child, _weight in found.definition.children[found.definition.root]]
    shown = [code for code in areas if code in found.parts][:8]
    print(f"{'Hạng':>4}  {'Đơn vị':<{_WIDTH}}  {'Điểm':>10}  " + "  ".join(f"{code[:9]:>9}" for code in shown))
    rows: Sequence[int] = sorted(
        range(len(found.units)), key=lambda row: (found.ranks[row] is None, found.ranks[row] or 0)
    )
    for row in rows:
        rank, total = found.ranks[row], found.totals[row]
        parts = "  ".join(f"{_short(found.parts[code][row]):>9}" for code in shown)
        print(f"{rank_json(rank) if rank else '–':>4}  {found.units[row]:<{_WIDTH}}  {_short(total, 4):>10}  {parts}")


def _short(value: Fraction | None, digits: int = 3) -> str:
    return "–" if value is None else f"{float(value):.{digits}f}".rstrip("0").rstrip(".").replace(".", ",")


def _text(value: Fraction | None) -> str | None:
    return None if value is None else decimal_text(value)


def _tolerance(text: str) -> Fraction:
    try:
        value = number(text)
    except NotANumber as reason:
        raise Refused(f"--tolerance: {reason}.") from None
    if value < 0:
        raise Refused("--tolerance không được âm.")
    return value


def _runs(text: str, most: int = _MOST_RUNS) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"số lần tính phải từ 1 đến {most}")
    return int(text)


def _samples(text: str) -> int:
    return _runs(text, _MOST_SAMPLES)


def _seed(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise argparse.ArgumentTypeError("số gieo là một số nguyên không âm")
    return int(text)


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < 1:
        raise argparse.ArgumentTypeError("phần dao động phải từ 0 đến dưới 1, ví dụ 0.25")
    return value
