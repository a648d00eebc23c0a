"""wrk, closed loop: a scene in, figures out."""

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from uuid import uuid4

from bench.scenes.scene import Request, Turn
from motcua.base.errors import Refused

SCRIPT = Path(__file__).with_name("replay.lua")


@dataclass(frozen=True)
class Figure:
    """What one scene gave at one number of clients."""

    requests: int
    per_second: float
    p50_ms: float
    p95_ms: float
    max_ms: float
    refused: int
    broken: int
    cores_busy: float
    """Of all cores of the machine, from 0 to 1, while it ran; wrk and PostgreSQL are among it."""
    cores: int

    @property
    def sound(self) -> bool:
        """Whether every request was answered as it should be."""
        return not self.refused and not self.broken

    def __str__(self) -> str:
        wrong = "" if self.sound else f", {self.refused} refused, {self.broken} broken"
        return f"{self.per_second:g}/s, p50 {self.p50_ms:g} ms, p95 {self.p95_ms:g} ms{wrong}"


def found() -> bool:
    """Whether wrk is installed."""
    return which("wrk") is not None


def run(url: str, requests: Sequence[Request], *, clients: int, seconds: float) -> Figure:
    """Send the requests, round and round, from so many connections."""
    threads = min(2, clients)
    with tempfile.NamedTemporaryFile("w", suffix=".requests", encoding="utf-8", newline="") as file:
        file.write("\x1e".join(_record(one) for one in requests))
        file.flush()
        environment = {
            **os.environ,
            "BENCH_REQUESTS": file.name,
            "BENCH_THREADS": str(threads),
            "BENCH_NONCE": uuid4().hex[:12],
        }
        command = ["wrk", f"-t{threads}", f"-c{clients}", f"-d{seconds:g}s", "--timeout", "20s", "-s", str(SCRIPT), url]
        before = _busy()
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        after = _busy()
        if done.returncode:
            raise Refused(f"wrk: {done.stdout}{done.stderr}")
    line = next(one for one in done.stdout.splitlines() if one.startswith("BENCH "))
    made, microseconds, p50, p95, longest, refused, broken = map(float, line.split()[1:])
    busy = (after[0] - before[0]) / max(1, after[1] - before[1])
    return Figure(
        requests=int(made),
        per_second=round(made / (microseconds / 1e6), 1),
        p50_ms=round(p50 / 1000, 2),
        p95_ms=round(p95 / 1000, 2),
        max_ms=round(longest / 1000, 2),
        refused=int(refused),
        broken=int(broken),
        cores_busy=round(busy, 2),
        cores=os.cpu_count() or 1,
    )


def _record(one: Request) -> str:
    return f"turns\x1f{one.version}\x1f{one.first}\x1f{one.second}" if isinstance(one, Turn) else f"plain\x1f{one}"


def _busy() -> tuple[int, int]:
    """Busy and all ticks of the machine since it started."""
    ticks = [int(one) for one in Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:9]]
    return sum(ticks) - ticks[3] - ticks[4], sum(ticks)


def settle(seconds: float = 1.0) -> None:
    """Let what was begun come to its end between two scenes."""
    time.sleep(seconds)
