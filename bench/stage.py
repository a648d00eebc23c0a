"""What the figures are taken on: a server that keeps every promise, a province, the web, the worker."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import connection
from django.utils import timezone

from bench.load import Load
from motcua.base import dispatch, files, postgres
from motcua.base.actors import SYSTEM
from motcua.base.clock import VIET_NAM, day_of
from motcua.base.errors import Refused
from motcua.base.postgres import home as homes
from motcua.config import database, serve
from motcua.demo.applications import Applications
from motcua.demo.hours import Hours
from motcua.demo.province import Casting
from motcua.demo.sheets import scans
from motcua.demo.year import Year
from motcua.dossiers.models import Dossier
from motcua.measures import actions as measures
from motcua.organisations import actions as agencies
from motcua.procedures import actions as procedures
from motcua.workdays import actions as workdays
from motcua.workdays import queries as calendars

NAME = "bench"
ROOT = Path(__file__).resolve().parents[1]
SAVED = settings.HOME / "bench.pickle"
CATCH_UP_SECONDS = 900.0
KEPT_PROMISES = ("fsync", "full_page_writes", "synchronous_commit")


def demand_promises() -> dict[str, str]:
    """The server flushes every commit to the disk, or there is no bench: figures of a server that may lose data mislead."""
    found = {}
    with connection.cursor() as cursor:
        for name in (*KEPT_PROMISES, "server_version", "shared_buffers"):
            cursor.execute(f"SHOW {name}")
            found[name] = str(cursor.fetchone()[0])
    broken = [name for name in KEPT_PROMISES if found[name] not in ("on", "remote_apply")]
    if broken:
        raise Refused([f"Máy chủ PostgreSQL đang tắt {name}; số đo như thế không đáng tin." for name in broken])
    return found


@contextmanager
def server(*, reuse: bool, keep: bool) -> Iterator[str]:
    """An embedded server with a data folder of its own, empty unless it is used again; or DATABASE_URL."""
    own = "DATABASE_URL" not in os.environ
    if own and not reuse:
        _throw_away()
    with postgres.server(NAME) as url:
        database.use(url)
        database.migrate_if_needed()
        database.collect_static_files_if_needed()
        if not reuse and Dossier.objects.exists():
            raise Refused("Cơ sở dữ liệu này đã có hồ sơ. Chạy đo trên một cơ sở dữ liệu trống.")
        try:
            yield postgres.url_for(homes.home(NAME), postgres.APP) if own else url
        finally:
            connection.close()
    if own and not keep:
        _throw_away()


def _throw_away() -> None:
    postgres.erase(NAME)
    shutil.rmtree(settings.FILES_ROOT, ignore_errors=True)
    SAVED.unlink(missing_ok=True)


@contextmanager
def alone(path: Path | None) -> Iterator[None]:
    """While this lasts, nobody else who asks for the same lock works on this machine."""
    if path is None:
        yield
        return
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def province(now: datetime) -> Load:
    """The demonstration's agencies, calendar, procedures and people, without a dossier."""
    random, begin, today = Random(42), now.astimezone(VIET_NAM) - timedelta(days=400), day_of(now)
    agencies.load_fixture(by=SYSTEM, at=begin)
    workdays.seed_holidays(by=SYSTEM, at=begin)
    procedures.load_fixture(by=SYSTEM, at=begin)
    cast = Casting(random, today=today, at=begin).everybody()
    sheets = [files.keep(pdf, name=name, media_type="application/pdf", at=begin).pk for name, pdf in scans()]
    office_hours = Hours(calendars.calendar_of(None, today), today - timedelta(days=410), today + timedelta(days=200))
    applications = Applications(random, cast, scans=sheets, today=today)
    return Load(
        random, cast, applications, Year(random, cast, applications, office_hours, now=now.astimezone(VIET_NAM))
    )


@contextmanager
def programs(url: str, *, jobs: bool = True) -> Iterator[str]:
    """Two web workers of granian and the job worker, as `motcua serve` starts them; the address of the web."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "MOTCUA_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "PYTHONPATH": str(ROOT),
        "LOG_LEVEL": "ERROR",
    }
    started = [serve._web("127.0.0.1", port, environment)]
    if jobs:
        started.append(serve._worker(environment))
    for one in started:
        one.start()
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        for one in reversed(started):
            one.stop(15)
        for one in started:
            if one.process is not None:
                try:
                    one.process.wait(20)
                except subprocess.TimeoutExpired:
                    one.stop(9)


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise Refused("Máy chủ web không trả lời trong 60 giây.")


def seconds_until_worker_is_done(most: float = 60) -> float | None:
    """How long the worker needs until nothing waits: reactions, jobs due, messages; None if longer than the most."""
    begun = time.monotonic()
    while time.monotonic() - begun < most:
        if not waiting():
            return round(time.monotonic() - begun, 1)
        time.sleep(0.2)
    return None


def waiting() -> int:
    """What still waits for the worker now: jobs, messages, reactions, entries to be folded."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')
                         AND (scheduled_at IS NULL OR scheduled_at <= now()) AND task_name NOT LIKE '%%answer_events')
                    + (SELECT count(*) FROM notifications_message WHERE state = 'waiting' AND next_attempt_at <= now())"""
        )
        return int(cursor.fetchone()[0]) + dispatch.backlog() + unfolded()


def fold() -> None:
    """Figures are counted from what was loaded before anything is measured: a province does so every few seconds."""
    measures.fold_all(at=now())


def unfolded() -> int:
    """Entries that no fold has read yet, counted up to 100,000."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM (SELECT 1 FROM journal_entry e WHERE (e.xact, e.id) >
                 (SELECT xact::text::xid8, entry FROM measures_folding WHERE live) LIMIT 100000) tail"""
        )
        return int(cursor.fetchone()[0])


@contextmanager
def caught_up() -> Iterator[None]:
    """The worker has seen and folded all that was loaded: a year of history is no part of a measurement."""
    if seconds_until_worker_is_done(most=CATCH_UP_SECONDS) is None:
        raise Refused(f"Tiến trình việc nền chưa đọc hết dữ liệu vừa nạp sau {CATCH_UP_SECONDS:g} giây.")
    yield


def analyse() -> None:
    """Statistics and a checkpoint after a load, so that neither falls into a measurement."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT pg_has_role('pg_checkpoint', 'USAGE')")
        if cursor.fetchone()[0]:
            cursor.execute("CHECKPOINT")


def load_average() -> float:
    """How busy the machine was in the last minute, before anything is measured."""
    return round(os.getloadavg()[0], 2)


def commit() -> str:
    """What was measured."""
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--abbrev=12"], cwd=ROOT, capture_output=True, text=True
    )
    return told.stdout.strip() or "unknown"


def machine() -> dict[str, object]:
    """Where it was measured."""
    model = next(
        (one.split(":", 1)[1].strip() for one in _lines("/proc/cpuinfo") if one.startswith("model name")), "unknown"
    )
    memory = next((int(one.split()[1]) // 2**20 for one in _lines("/proc/meminfo") if one.startswith("MemTotal")), 0)
    return {
        "cores": os.cpu_count(),
        "processor": model,
        "memory_gib": memory,
        "python": sys.version.split()[0],
    }


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def now() -> datetime:
    """The moment of the load."""
    return timezone.now()
