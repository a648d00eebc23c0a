"""`motcua api …`: keys for programs."""

import argparse
import json

from django.utils import timezone

from motcua.api import actions, queries
from motcua.api.models import ApiToken
from motcua.base.actors import SYSTEM
from motcua.base.clock import day_of, local
from motcua.base.errors import Refused
from motcua.organisations import queries as organisations
from motcua.people.models import Person


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this app to the console."""
    parser = subparsers.add_parser("api", help="Khóa truy cập cho phần mềm khác")
    verbs = parser.add_subparsers(dest="verb", required=True)
    token = verbs.add_parser("token", help="Cấp một khóa; chuỗi bí mật chỉ in ra một lần")
    token.add_argument("--person", required=True, help="tên đăng nhập của người mà phần mềm làm thay")
    token.add_argument("--name", required=True, help="hệ thống nào dùng, để làm gì")
    token.add_argument("--agency", help="mã cơ quan, nếu người đó giữ vị trí ở nhiều cơ quan")
    token.add_argument("--days", type=int, default=365, help="số ngày có hiệu lực (mặc định 365, nhiều nhất 730)")
    token.set_defaults(run=run_token, needs_database=True)
    listing = verbs.add_parser("tokens", help="Liệt kê khóa của một người")
    listing.add_argument("--person", required=True, help="tên đăng nhập")
    listing.set_defaults(run=run_tokens, needs_database=True)
    revoke = verbs.add_parser("revoke", help="Thu hồi một khóa ngay lập tức")
    revoke.add_argument("token", type=int, help="số của khóa, xem ở `motcua api tokens`")
    revoke.set_defaults(run=run_revoke, needs_database=True)
    for verb in (token, listing, revoke):
        verb.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run_token(args: argparse.Namespace) -> int:
    """Make a key and print its secret, this once."""
    person, agency, now = _person(args.person), None, timezone.now()
    if args.agency:
        version = organisations.by_code(args.agency, day_of(now))
        if version is None:
            raise Refused(f"Hôm nay không có cơ quan nào mang mã {args.agency}.")
        agency = version.agency
    made = actions.issue_token(person, name=args.name, days=args.days, agency=agency, by=SYSTEM, at=now)
    last = made.token.expires_on
    if args.json:
        answer = {"id": made.token.pk, "person": person.username, "token": made.secret, "expires_on": last.isoformat()}
        print(json.dumps(answer, ensure_ascii=False))
    else:
        print(
            f"Khóa số {made.token.pk} của {person.full_name}, dùng đến hết ngày {last:%d/%m/%Y}:\n\n  {made.secret}\n"
        )
        print("Chép ngay vào nơi cất giữ bí mật: chuỗi này không xem lại được.")
    return 0


def run_tokens(args: argparse.Namespace) -> int:
    """Print the keys of a person, without their secrets."""
    rows = list(queries.tokens_of(_person(args.person))[:200])
    if args.json:
        print(json.dumps([_plain(one) for one in rows], ensure_ascii=False))
        return 0
    for one in rows:
        used = f"dùng lần cuối {local(one.last_used_at):%H:%M, %d/%m/%Y}" if one.last_used_at else "chưa dùng"
        state = "đã thu hồi" if one.revoked_at else f"đến hết {one.expires_on:%d/%m/%Y}"
        print(f"{one.pk:>6}  {one.name}: {state}, {used}")
    return 0


def run_revoke(args: argparse.Namespace) -> int:
    """Close the door for one key."""
    token = ApiToken.objects.filter(pk=args.token).first()
    if token is None:
        raise Refused(f"Không có khóa số {args.token}.")
    actions.revoke_token(token, by=SYSTEM, at=timezone.now())
    print(json.dumps(_plain(token), ensure_ascii=False) if args.json else f"Đã thu hồi khóa số {token.pk}.")
    return 0


def _person(username: str) -> Person:
    person = Person.objects.filter(username=username).first()
    if person is None:
        raise Refused(f"Không có tài khoản {username}.")
    return person


def _plain(token: ApiToken) -> dict[str, object]:
    return {
        "id": token.pk,
        "name": token.name,
        "expires_on": token.expires_on.isoformat(),
        "last_used_at": token.last_used_at.isoformat() if token.last_used_at else None,
        "revoked": token.revoked_at is not None,
    }
