"""`motcua check`: is this ready for real people's papers? Each line is yes, no, or not measured; never green by silence.

The promises are those of docs/operating.md. A production start (`motcua serve`) refuses while any line says no.
"""

import argparse
import json
import os
import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.core.checks import run_checks
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from motcua.base import apart
from motcua.base.keyring import ring
from motcua.base.models import Checkpoint

OLDEST_SERVER = 15
SHORTEST_SECRET = 50
OLDEST_CHECKPOINT = timedelta(minutes=5)
EXTENSIONS = ("btree_gist", "pg_trgm")
ANSWERS = {True: "có", False: "KHÔNG", None: "chưa đo được"}


class Line(NamedTuple):
    """One promise and whether it holds; `holds` is None where this machine cannot tell."""

    name: str
    holds: bool | None
    why: str = ""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `check` to the console."""
    check = subparsers.add_parser("check", help="Kiểm tra trước khi vận hành thật; thoát mã 1 nếu có điều chưa đạt")
    check.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    check.set_defaults(run=run, needs_database=True)


def run(args: argparse.Namespace) -> int:
    """Print every line; 1 when one of them says no."""
    lines = list(measure())
    ready = all(line.holds is not False for line in lines)
    if args.json:
        print(json.dumps({"ready": ready, "lines": [line._asdict() for line in lines]}, ensure_ascii=False))
    else:
        for line in lines:
            print(f"{ANSWERS[line.holds]:<14}{line.name}" + (f": {line.why}" if line.why else ""))
        print("Sẵn sàng vận hành thật." if ready else "Chưa sẵn sàng vận hành thật.")
    return 0 if ready else 1


def faults() -> list[str]:
    """What forbids a production start, as sentences."""
    return [f"{line.name}: {line.why}" if line.why else line.name for line in measure() if line.holds is False]


def measure() -> Iterator[Line]:
    """All lines, the settings first: they can be told without a database."""
    yield from _settings()
    yield from _folders()
    try:
        yield from _database()
    except DatabaseError as error:
        yield Line("Cơ sở dữ liệu trả lời", holds=False, why=str(error).splitlines()[0])


def _settings() -> Iterator[Line]:
    secret = settings.SECRET_KEY
    own = secret != settings.DEMO_SECRET and len(secret) >= SHORTEST_SECRET
    yield Line("Chạy ở chế độ vận hành thật", settings.MODE == "production", f"MOTCUA_MODE={settings.MODE}")
    yield Line("Khóa bí mật riêng", own, "" if own else f"đặt SECRET_KEY ngẫu nhiên, ít nhất {SHORTEST_SECRET} ký tự")
    yield Line("Tắt chế độ gỡ lỗi", not settings.DEBUG, "DEBUG=1" if settings.DEBUG else "")
    named = bool(settings.ALLOWED_HOSTS) and "*" not in settings.ALLOWED_HOSTS and "ALLOWED_HOSTS" in os.environ
    yield Line("Tên miền được nêu rõ", named, "" if named else "đặt ALLOWED_HOSTS, không dùng *")
    yield Line("Địa chỉ công khai là https", settings.SITE_URL.startswith("https://"), settings.SITE_URL)
    secure = settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE and settings.SECURE_HSTS_SECONDS > 0
    yield Line("Cookie và HSTS chỉ qua https", secure)
    mail = settings.EMAIL_HOST not in ("", "localhost")
    yield Line("Có máy chủ thư", mail, "" if mail else "đặt EMAIL_HOST")
    tags = [found for found in run_checks(include_deployment_checks=True) if found.level >= 40]  # errors and worse
    yield Line("Kiểm tra của Django", not tags, "; ".join(str(found.msg) for found in tags))


def _folders() -> Iterator[Line]:
    keys, files = Path(settings.KEYS_ROOT), Path(settings.FILES_ROOT)
    if not keys.is_dir():
        yield Line("Thư mục khóa chỉ chủ đọc được", holds=None, why="chưa có khóa nào; thư mục KEYS_ROOT sẽ được tạo")
    else:
        open_to = stat.S_IMODE(keys.stat().st_mode) & 0o077
        yield Line("Thư mục khóa chỉ chủ đọc được", not open_to, f"chmod 700 {keys}" if open_to else "")
    writable = os.access(files if files.is_dir() else files.parent, os.W_OK)
    yield Line("Ghi được vào kho tệp", writable, "" if writable else str(files))
    reads = apart.ask("motcua.base.pdf_pages:pages", _SMALLEST_PDF) == 1
    why = "" if reads else "không khởi động được python -m motcua.base.apart_program: mọi tệp PDF sẽ bị từ chối"
    yield Line("Tệp của người ngoài được đọc ở tiến trình riêng", reads, why)


_SMALLEST_PDF: Final = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\ntrailer\n<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF"
)


def _database() -> Iterator[Line]:
    version = int(_ask("SHOW server_version_num")) // 10000
    yield Line(f"PostgreSQL từ bản {OLDEST_SERVER}", version >= OLDEST_SERVER, f"bản {version}")
    yield Line("Bảng mã UTF8", _ask("SHOW server_encoding") == "UTF8")
    for name, safe in SAFE_SETTINGS.items():
        found = _ask(f"SHOW {name}")
        yield Line(f"Chịu được mất điện: {name}", safe(found), f"đang là {found}")
    missing = [name for name in EXTENSIONS if not _ask("SELECT count(*) FROM pg_extension WHERE extname = %s", name)]
    yield Line("Có các phần mở rộng", not missing, ", ".join(missing))
    yield _no_trust()
    yield from _roles()
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield Line("Bảng đã cập nhật", not behind, "motcua manage migrate" if behind else "")
    if not behind:
        yield _sealed()


SAFE_SETTINGS: dict[str, Callable[[Any], bool]] = {
    "fsync": lambda found: found == "on",
    "full_page_writes": lambda found: found == "on",
    "data_checksums": lambda found: found == "on",
    "synchronous_commit": lambda found: found in ("on", "remote_apply"),
}


def _no_trust() -> Line:
    """Nobody comes in without a password; only a superuser may read the rules, so mostly the operator must look."""
    name = "Không ai vào cơ sở dữ liệu mà không cần mật khẩu"
    if not _ask("SELECT has_function_privilege('pg_hba_file_rules()', 'execute')"):
        return Line(name, holds=None, why="xem pg_hba.conf: không được có trust")
    return Line(name, not _ask("SELECT count(*) FROM pg_hba_file_rules() WHERE auth_method = 'trust'"))


def _roles() -> Iterator[Line]:
    """The login of the web must not own what the journal's triggers protect."""
    powerful = _ask("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    owner = _ask("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'journal%' AND tableowner = current_user")
    name = "Khóa vai trò: chương trình không sở hữu sổ nhật ký"
    why = "dùng một vai trò không sở hữu bảng cho web (docs/operating.md); không bắt buộc, nhưng kém an toàn hơn"
    yield Line("Không dùng quyền quản trị của PostgreSQL", not powerful)
    yield Line(name, holds=None if owner else True, why=why if owner else "")


def _sealed() -> Line:
    """The journal is signed each minute while the worker runs."""
    name = "Sổ nhật ký được niêm phong"
    last = Checkpoint.objects.order_by("-number").first()
    if last is None:
        return Line(name, holds=None, why="chưa có lần niêm phong nào")
    now = timezone.now()
    oldest = _ask("SELECT min(at) FROM journal_entry WHERE at > %s", last.at)
    late = oldest is not None and now - oldest > OLDEST_CHECKPOINT
    key = ring().get(last.key_id)
    if key is None or not key.signed(last):
        why = f"khóa {last.key_id} đã ký lần cuối không còn ở KEYS_ROOT: khôi phục thư mục khóa từ bản lưu"
        return Line(name, holds=None, why=why)
    return Line(name, not late, f"lần cuối cách đây {int((now - last.at).total_seconds())} giây")


def _ask(question: str, *values: Any) -> Any:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(question, values or None)
        row = cursor.fetchone()
    return row[0] if row else None
