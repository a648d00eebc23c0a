"""`motcua organisations …`: load the province's agencies, look at the tree of a day, find an agency by an old name."""

import argparse
import json
from datetime import date

from django.utils import timezone

from motcua.base.actors import SYSTEM
from motcua.base.clock import day_of
from motcua.organisations import actions, queries
from motcua.organisations.rules import Found


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this app to the console."""
    parser = subparsers.add_parser("organisations", help="Cơ quan theo thời gian")
    verbs = parser.add_subparsers(dest="verb", required=True)
    load = verbs.add_parser("load", help="Nạp các cơ quan của tỉnh Quảng Ngãi; nạp lần nữa không đổi gì")
    load.set_defaults(run=run_load, needs_database=True)
    tree = verbs.add_parser("tree", help="In cây cơ quan vào một ngày")
    tree.add_argument("--on", type=date.fromisoformat, help="ngày, dạng 2025-06-30 (mặc định: hôm nay)")
    tree.add_argument("--root", help="mã cơ quan đứng đầu, ví dụ H48")
    tree.set_defaults(run=run_tree, needs_database=True)
    find = verbs.add_parser("find", help="Tìm cơ quan theo tên, cả tên cũ, có dấu hoặc không dấu")
    find.add_argument("text", help="tên, ví dụ: phuong quang trung, tp kon tum")
    find.set_defaults(run=run_find, needs_database=True)
    for verb in (load, tree, find):
        verb.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run_load(args: argparse.Namespace) -> int:
    """Load the fixture, and say what was made."""
    made = actions.load_fixture(by=SYSTEM, at=timezone.now())
    if args.json:
        print(json.dumps(made._asdict()))
    elif made.agencies:
        print(f"Đã nạp {made.agencies} cơ quan qua {made.decisions} quyết định.")
    else:
        print("Các cơ quan đã có từ trước, không đổi gì.")
    return 0


def run_tree(args: argparse.Namespace) -> int:
    """Print the tree of a day; 1 when no agency bears the code on that day."""
    day = args.on or day_of(timezone.now())
    top = queries.by_code(args.root, day) if args.root else None
    if args.root and top is None:
        print(json.dumps([]) if args.json else f"Không có cơ quan mang mã {args.root} vào ngày {day:%d/%m/%Y}.")
        return 1
    nodes = queries.tree_on(day, top.agency if top else None)
    if args.json:
        lines = [
            {"id": one.version.agency, "depth": one.depth, "name": one.version.name, "code": one.version.code}
            for one in nodes
        ]
        print(json.dumps(lines, ensure_ascii=False))
    else:
        for one in nodes:
            print(f"{'  ' * one.depth}{one.version.short_name}  [{one.version.code or '-'}]")
    return 0


def run_find(args: argparse.Namespace) -> int:
    """Print what was found; 1 when nothing was."""
    today = day_of(timezone.now())
    found = queries.find(args.text, today)
    names = queries.names_on({one for each in found for one in each.now}, today)
    if args.json:
        print(json.dumps([_line(one, names) for one in found], ensure_ascii=False))
    else:
        for one in found:
            print(one.sentence or f"{one.version.name}  [{one.version.code or '-'}]")
    return 0 if found else 1


def _line(one: Found, names: dict[int, str]) -> dict[str, object]:
    now = [{"id": agency, "name": names[agency]} for agency in one.now]
    return {"id": one.version.agency, "name": one.version.name, "now": now, "sentence": one.sentence}
