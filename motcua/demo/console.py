"""`motcua demo …`: load the living province once, print its sign-ins."""

import argparse
import json
import sys

from django.conf import settings
from django.utils import timezone

from motcua.base.errors import Refused
from motcua.demo.load import DOSSIERS, load
from motcua.demo.province import SIGN_INS
from motcua.dossiers.terms import Status
from motcua.people.models import Person


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the demonstration's commands to the console."""
    demo = subparsers.add_parser("demo", help="Tỉnh trình diễn: nạp, tài khoản")
    verbs = demo.add_subparsers(dest="verb", required=True)
    loader = verbs.add_parser("load", help="Nạp tỉnh trình diễn; đã có hồ sơ thì không đổi gì")
    loader.add_argument("--dossiers", type=int, default=DOSSIERS, help=f"số hồ sơ (mặc định {DOSSIERS})")
    loader.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    loader.set_defaults(run=run_load, needs_database=True)
    accounts = verbs.add_parser("accounts", help="In tên đăng nhập theo vai trò")
    accounts.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    accounts.set_defaults(run=run_accounts, needs_database=True)


def run_load(args: argparse.Namespace) -> int:
    """Load, and say what there is now."""
    if not settings.MOTCUA_DEMO:
        raise Refused("Chỉ nạp dữ liệu trình diễn khi MOTCUA_MODE=demo; máy chủ thật không có mật khẩu ai cũng biết.")
    loaded = load(now=timezone.now(), dossiers=args.dossiers, say=lambda text: print(text, file=sys.stderr, flush=True))
    if args.json:
        print(json.dumps(loaded.as_json(), ensure_ascii=False))
    elif loaded.already:
        print("Tỉnh trình diễn đã có sẵn.")
    else:
        print(f"Đã nạp {loaded.dossiers} hồ sơ trong {loaded.seconds:.0f} giây:")
        for status, count in loaded.statuses.items():
            print(f"  {count:>6}  {Status(status).label}")
    return 0


def run_accounts(args: argparse.Namespace) -> int:
    """The sign-ins that exist, with who they are."""
    there = set(Person.objects.filter(username__in=SIGN_INS).values_list("username", flat=True))
    rows = [{"username": name, "who": who} for name, who in SIGN_INS.items() if name in there]
    if args.json:
        print(json.dumps({"password": settings.DEMO_PASSWORD, "accounts": rows}, ensure_ascii=False))
        return 0
    print("\n  Đăng nhập (mật khẩu chung: " + settings.DEMO_PASSWORD + ")")
    for row in rows:
        print(f"    {row['username']:<20} {row['who']}")
    return 0
