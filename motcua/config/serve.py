"""`motcua serve`: the web server and the job worker, with the embedded database under them unless DATABASE_URL is set.

In the demonstration it also loads the province and prints the sign-ins. Ctrl-C stops all that was started.
"""

import argparse
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from types import FrameType

from motcua.base import postgres
from motcua.base.errors import Refused
from motcua.config import console

THREADS_PER_WORKER = 4  # each holds one connection to the database
JOBS_AT_ONCE = 4
WORKER_GIVES_WAY = 5
START_SECONDS = 60.0
STOP_SECONDS = 15.0
QUICK_ENDS_ALLOWED = 5
QUICK_END_SECONDS = 10.0
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `serve` to the console."""
    serve = subparsers.add_parser("serve", help="Chạy máy chủ web và tiến trình việc nền; Ctrl-C dừng tất cả")
    serve.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help="cổng (mặc định 8000)")
    serve.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe (bản trình diễn chỉ 127.0.0.1)")
    serve.add_argument("--reset", action="store_true", help="bỏ dữ liệu trình diễn, nạp lại từ đầu")
    serve.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prepare, start, watch, stop."""
    embedded = "DATABASE_URL" not in os.environ
    if not _port_is_free(args.host, args.port):
        raise Refused(f"Cổng {args.port} đang được dùng. Chọn cổng khác: make demo PORT={args.port + 1}")
    if args.reset:
        _erase(embedded)
    os.environ["PORT"] = str(args.port)
    url = postgres.ensure()
    demonstration = _prepare(embedded=embedded)
    if demonstration and args.host not in ("127.0.0.1", "localhost"):
        raise Refused("Bản trình diễn dùng mật khẩu ai cũng biết, nên chỉ mở trên máy này (127.0.0.1).")
    if not demonstration and (faults := import_module("motcua.config.checks").faults()):
        raise Refused(["Chưa thể vận hành thật:", *faults])
    environment = {**os.environ, "DATABASE_URL": _application_url(url) if embedded else url}
    supervisor = Supervisor([_web(args.host, args.port, environment), _worker(environment)])
    return supervisor.run(announce=lambda: _announce(args.host, args.port, demonstration=demonstration))


def _prepare(*, embedded: bool) -> bool:
    """Tables, static files and, in the demonstration, its data; returns whether it is the demonstration.

    The tables of a production server are its operator's to migrate, by the role that owns them: `faults` says so.
    """
    import_module("django").setup()
    settings = import_module("django.conf").settings
    database = import_module("motcua.config.database")
    demonstration = bool(settings.MODE == "demo")
    _say("Chuẩn bị cơ sở dữ liệu …")
    if embedded or demonstration:
        database.migrate_if_needed()
    database.collect_static_files_if_needed()
    if demonstration and console.main(["demo", "load"]):
        raise Refused("Không nạp được dữ liệu trình diễn.")
    import_module("django.db").connections.close_all()
    return demonstration


def _erase(embedded: bool) -> None:
    """Throw the demonstration away; what follows loads it afresh."""
    if not embedded:
        raise Refused("DATABASE_URL trỏ tới máy chủ của bạn: hãy tự tạo lại cơ sở dữ liệu ở đó.")
    postgres.erase("demo")
    # The journal's notes beside the key speak of the data that is gone. Folders named by the operator are the operator's.
    for variable, folder in (("FILES_ROOT", "files"), ("KEYS_ROOT", "keys")):
        if variable not in os.environ:
            shutil.rmtree(postgres.homes.root_folder() / folder, ignore_errors=True)


def _application_url(url: str) -> str:
    """The web and its jobs own no table, so they cannot change the journal or its triggers."""
    home = postgres.homes.home("demo")
    return postgres.url_for(home, postgres.APP) if postgres.running(home) else url


@dataclass
class Program:
    """One of the processes we answer for."""

    name: str
    command: list[str]
    environment: dict[str, str]
    gives_way: int = 0
    """How much it stands back (nice) where the processors are full: nobody waits for it before a page."""
    process: "subprocess.Popen[bytes] | None" = None
    began: float = 0.0
    quick_ends: int = field(default=0)

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C reaches us alone, and we stop it in order."""
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=self._prepared,
        )

    def _prepared(self) -> None:
        if sys.platform == "linux":
            _die_with_parent()
        os.nice(self.gives_way)

    def ended(self) -> bool:
        """Whether it has stopped by itself."""
        return self.process is not None and self.process.poll() is not None

    def stop(self, how: int) -> None:
        """Ask it, or its whole group, to end."""
        if self.process is not None and self.process.poll() is None:
            if how == signal.SIGKILL:
                os.killpg(self.process.pid, how)
            else:
                self.process.send_signal(how)


class Supervisor:
    """Starts the programs, starts again what fell, and stops all when told to."""

    def __init__(self, programs: list[Program]) -> None:
        self.programs = programs
        self.stopping = False

    def run(self, *, announce: Callable[[], None]) -> int:
        """Until a signal comes: 0; or until a program cannot be kept running: 1."""
        for number in SIGNALS:
            signal.signal(number, self._told_to_stop)
        try:
            first, *others = self.programs
            first.start()
            announce()  # the first page does not wait for what works behind it
            for program in others:
                program.start()
            while not self.stopping:
                time.sleep(0.2)
                if not all(self._kept(program) for program in self.programs):
                    return 1
        finally:
            self._stop_all()
        return 0

    def _told_to_stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _kept(self, program: Program) -> bool:
        if self.stopping or not program.ended():
            return True
        quick = time.monotonic() - program.began < QUICK_END_SECONDS
        program.quick_ends = program.quick_ends + 1 if quick else 0
        if program.quick_ends >= QUICK_ENDS_ALLOWED:
            _say(f"{program.name} không chạy được; dừng tất cả.")
            return False
        time.sleep(0.5 * program.quick_ends)
        program.start()
        return True

    def _stop_all(self) -> None:
        _say("Đang dừng …")
        for program in self.programs:
            program.stop(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for program in self.programs:
            if program.process is not None:
                try:
                    program.process.wait(max(0.1, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    program.stop(signal.SIGKILL)


def web_workers() -> int:
    """Processes that answer: WEB_WORKERS, or one for each core, from two to eight. Each has four threads."""
    told = os.environ.get("WEB_WORKERS", "")
    return int(told) if told.isdigit() and int(told) else min(max(os.cpu_count() or 2, 2), 8)


def _web(host: str, port: int, environment: dict[str, str]) -> Program:
    command = [sys.executable, "-P", "-m", "granian", "motcua.config.wsgi:application", "--interface", "wsgi"]
    command += ["--host", host, "--port", str(port), "--workers", str(web_workers()), "--no-ws", "--no-log"]
    command += ["--blocking-threads", str(THREADS_PER_WORKER), "--blocking-threads-idle-timeout", "600"]
    command += ["--respawn-failed-workers", "--workers-kill-timeout", "10"]
    return Program("Máy chủ web", command, environment)


def _worker(environment: dict[str, str]) -> Program:
    command = [
        sys.executable,
        "-P",
        "-m",
        "django",
        "procrastinate",
        "--skip-checks",
        "worker",
        "--concurrency",
        str(JOBS_AT_ONCE),
    ]
    command += ["--shutdown-graceful-timeout", "5", "--delete-jobs", "successful"]
    return Program("Tiến trình việc nền", command, environment, gives_way=WORKER_GIVES_WAY)


def _announce(host: str, port: int, *, demonstration: bool) -> None:
    if not _answers(host, port):
        _say("Máy chủ web chưa trả lời; xem các dòng ở trên.")
        return
    if demonstration:
        console.main(["demo", "accounts"])
    _say(f"\n  Một Cửa: http://localhost:{port}\n  Ctrl-C để dừng.\n")


def _answers(host: str, port: int) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((host, port)) == 0:
                return True
        time.sleep(0.1)
    return False


def _port_is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _die_with_parent() -> None:
    """When we are killed outright, what we started is told to end (Linux: PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _say(text: str) -> None:
    print(text, flush=True)
