"""Figures while much is written: does the fold keep up, is a dossier in the next request, how quick is a rebuild, what does it hold."""

import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import connection

from bench import sketches, stage
from bench.scenes import Ground, Scene
from bench.scenes.figures import leaders
from bench.scenes.ground import get
from bench.scenes.writing import submit
from bench.wire import call
from motcua.measures import actions as measures

RATE, SECONDS = 500, 20.0
SETTLED_SECONDS = 60.0
TIMES = 3


@dataclass
class Folded:
    """What was measured of the fold at one size."""

    written_per_second: float = 0.0
    most_unfolded: int = 0
    """The longest tail while entries were written."""
    settled_seconds: float | None = None
    """From the last entry written until none was left to fold."""
    page_ms: float = 0.0
    """The slowest leaders' home while entries were written."""
    next_request: bool | None = None
    folded_entries: int = 0
    folded_per_second: float = 0.0
    rebuilt_entries: int = 0
    rebuilt_per_second: float = 0.0
    peak_mib: int = 0
    """Memory of their own that the database's processes held together at most, shared buffers left out."""
    counted_ms: dict[str, float] = field(default_factory=dict)
    """The plain SQL over raw rows that stands beside a scene."""


def counted(scenes: list[Scene]) -> dict[str, float]:
    """The middle of three runs of the plain SQL beside each scene, in milliseconds."""
    found = {}
    for one in scenes:
        if one.counted:
            runs = []
            for _n in range(TIMES):
                begun = time.perf_counter()
                with connection.cursor() as cursor:
                    cursor.execute(one.counted)
                    cursor.fetchall()
                runs.append((time.perf_counter() - begun) * 1000)
            found[one.name] = round(sorted(runs)[TIMES // 2], 1)
    return found


def keeps_up(ground: Ground, address: str, folded: Folded) -> None:
    """Entries at 500 a second beside the worker that folds every five seconds, and a leader who looks meanwhile."""
    page, written = leaders(ground)[0], list[int]()

    def writing() -> None:
        try:
            written.append(sketches.entries_a_second(ground.load.year, RATE, SECONDS))
        finally:
            connection.close()

    writer, begun = threading.Thread(target=writing), time.monotonic()
    writer.start()
    while writer.is_alive():
        folded.most_unfolded = max(folded.most_unfolded, stage.unfolded())
        looked = time.perf_counter()
        call(address, page)
        folded.page_ms = max(folded.page_ms, round((time.perf_counter() - looked) * 1000, 1))
        writer.join(0.5)
    ended = time.monotonic()
    folded.written_per_second = round(sum(written) / (ended - begun), 1)
    while time.monotonic() - ended < SETTLED_SECONDS:
        if not stage.unfolded():
            folded.settled_seconds = round(time.monotonic() - ended, 1)
            return
        time.sleep(0.2)


def in_the_next_request(ground: Ground, address: str) -> bool:
    """A dossier is handed in; the very next request for the province's figure counts it. Twenty times, each time."""
    page, sent = get("/api/v1/figures/submitted"), submit(ground)
    before = _shown(address, page)
    for number, one in enumerate(sent[:20], 1):
        call(address, one)
        if _shown(address, page) != before + number:
            return False
    return True


def _shown(address: str, page: str) -> int:
    _statements, text = call(address, page)
    return int(json.loads(text)["numerator"])


def loaded(folded: Folded, at: datetime) -> None:
    """What was just loaded is folded."""
    folded.folded_entries, folded.folded_per_second, folded.peak_mib = _watched(lambda: measures.fold_all(at=at))


def rebuilt(folded: Folded, at: datetime) -> None:
    """The whole journal folded anew beside the living figures."""
    folded.rebuilt_entries, folded.rebuilt_per_second, peak = _watched(lambda: measures.rebuild(at=at))
    folded.peak_mib = max(folded.peak_mib, peak)


def _watched(fold: Callable[[], int]) -> tuple[int, float, int]:
    """Entries, entries a second, and the most memory of their own that the database's processes held together."""
    peak, begun = _Peak(), time.monotonic()
    with peak:
        entries = fold()
    return entries, round(entries / (time.monotonic() - begun)), peak.mib


class _Peak:
    """Looks every 50 ms at the memory of the processes that work for this database on this machine: a fold has several."""

    def __init__(self) -> None:
        self.mib, self._ended = 0, threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        try:
            while not self._ended.wait(0.05):
                self.mib = max(self.mib, sum(map(_own_kib, _processes())) // 1024)
        finally:
            connection.close()


def _processes() -> list[int]:
    """Those of this database but the one that asks."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
                  AND backend_type IN ('client backend', 'parallel worker')"""
        )
        return [int(pid) for (pid,) in cursor.fetchall()]


def _own_kib(process: int) -> int:
    try:
        text = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"RssAnon:\s+(\d+)", text)
    return int(found.group(1)) if found else 0
