"""The keeper of an embedded server: starts it as its child, restarts it after a crash, stops it when nobody is left.

Run as `python -m motcua.base.postgres.keeper NAME HOME`, in a session of its own, by the first user of the server.
PostgreSQL is the keeper's direct child, so its end is noticed at once and never mistaken for life.
"""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import FrameType
from typing import IO, Any

from motcua.base.postgres import home as homes
from motcua.base.postgres.home import APP, DATABASE, OWNER, Home

QUICK_ENDS_ALLOWED = 5
QUICK_END_SECONDS = 5.0
START_SECONDS = 120.0
STOP_SECONDS = 60.0


class Keeper:
    """Holds one server and the locks that say so."""

    def __init__(self, home: Home, lock: IO[str]) -> None:
        self.home = home
        self.lock = lock
        self.bin = homes.binaries()
        self.process: subprocess.Popen[bytes] | None = None
        self.stopping = False

    def keep(self) -> int:
        """Run the server until nobody uses it."""
        signal.signal(signal.SIGTERM, self._stop)
        self._publish(None)
        self._make_data()
        threading.Thread(target=self._wait_until_alone, daemon=True).start()
        quick_ends = 0
        while not self.stopping and quick_ends < QUICK_ENDS_ALLOWED:
            began = time.monotonic()
            self._serve()
            quick_ends = quick_ends + 1 if time.monotonic() - began < QUICK_END_SECONDS else 0
            if not self.stopping:
                time.sleep(0.1 * (1 + quick_ends))  # children of a killed server need a moment to go
        return 0 if self.stopping else 1

    def _serve(self) -> None:
        self._remove_stale_pid_file()
        port = self._free_port()
        settings = [
            f"port={port}",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "jit=off",
            "log_line_prefix=%m [%p] ",
            *self.home.options,
        ]
        arguments = [str(self.bin / "postgres"), "-D", str(self.home.data)]
        for setting in settings:
            arguments += ["-c", setting]
        with self.home.log.open("ab") as log:
            self.process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **_as_server())
        if self.stopping:
            self._stop()
        elif self._ready(port):
            self.home.port_file.write_text(f"{port}\n", encoding="ascii")
            self._publish(port)
        self.process.wait()
        self._publish(None)

    def _ready(self, port: int) -> bool:
        """Wait until the server says itself, in its pid file, that it answers."""
        assert self.process is not None
        deadline = time.monotonic() + START_SECONDS
        while self.process.poll() is None and time.monotonic() < deadline:
            lines = self._pid_file_lines()
            if len(lines) >= 8 and lines[0] == str(self.process.pid) and lines[7].strip() == "ready":
                return True
            time.sleep(0.01)
        return False

    def _stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        self.stopping = True
        process = self.process
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGINT)  # "fast": ends the connections, writes everything down
            last_resort = threading.Timer(STOP_SECONDS, process.send_signal, [signal.SIGQUIT])
            last_resort.daemon = True
            last_resort.start()

    def _wait_until_alone(self) -> None:
        users = homes.open_lock(self.home.users_lock)
        fcntl.flock(users, fcntl.LOCK_EX)
        globals()["_held_until_exit"] = users  # the lock must outlive this thread
        os.kill(os.getpid(), signal.SIGTERM)

    def _publish(self, port: int | None) -> None:
        self.lock.seek(0)
        self.lock.truncate()
        json.dump({"pid": os.getpid(), "port": port}, self.lock)
        self.lock.flush()

    def _free_port(self) -> int:
        for wanted in (_number(self.home.port_file), 0):
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(("127.0.0.1", wanted))
                except OSError:
                    continue
                return int(probe.getsockname()[1])
        raise RuntimeError("No free port on 127.0.0.1.")

    def _pid_file_lines(self) -> list[str]:
        try:
            return (self.home.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except OSError:
            return []

    def _remove_stale_pid_file(self) -> None:
        """A server left by a killed keeper is stopped; the pid file of one that is no more is removed.

        A checkout copied while its server ran carries a pid file that names a stranger's server.
        """
        lines = self._pid_file_lines()
        if not lines:
            return
        pid = int(lines[0])
        if _folder_of(pid) == str(self.home.data):
            os.kill(pid, signal.SIGINT)
            deadline = time.monotonic() + STOP_SECONDS
            while _folder_of(pid) == str(self.home.data) and time.monotonic() < deadline:
                time.sleep(0.02)
        (self.home.data / "postmaster.pid").unlink(missing_ok=True)

    def _make_data(self) -> None:
        """Make the data folder, whole or not at all."""
        if self.home.data.exists():
            return
        with tempfile.TemporaryDirectory(dir=self.home.path, prefix="new-", ignore_cleanup_errors=True) as folder:
            draft, secret = Path(folder) / "data", Path(folder) / "secret"
            secret.touch(mode=0o600)
            secret.write_text(self.home.password("postgres"), encoding="ascii")
            draft.mkdir(mode=0o700)
            if account := homes.server_account():
                for each in (folder, draft, secret):
                    os.chown(each, account.pw_uid, account.pw_gid)
            self._run(
                *("initdb", "-D", draft, "-U", "postgres", "-A", "scram-sha-256", f"--pwfile={secret}"),
                *("-E", "UTF8", "--locale-provider=libc", "--locale=C.UTF-8", "--data-checksums", "--no-instructions"),
            )
            self._run("postgres", "--single", "-j", "-D", draft, "postgres", said=self._roles())
            self._run("postgres", "--single", "-j", "-D", draft, DATABASE, said=GRANTS)
            os.rename(draft, self.home.data)

    def _roles(self) -> str:
        return f"""\
CREATE ROLE {OWNER} LOGIN CREATEDB PASSWORD '{self.home.password(OWNER)}';

CREATE ROLE {APP} LOGIN PASSWORD '{self.home.password(APP)}';

CREATE DATABASE {DATABASE} OWNER {OWNER};

GRANT pg_checkpoint TO {OWNER};

"""

    def _run(self, program: str, *arguments: str | Path, said: str = "") -> None:
        done = subprocess.run(
            [str(self.bin / program), *map(str, arguments)], input=said, capture_output=True, text=True, **_as_server()
        )
        # In single-user mode PostgreSQL reports errors but still ends with 0.
        if done.returncode or " ERROR: " in done.stderr or " FATAL: " in done.stderr:
            raise RuntimeError(f"{program} failed:\n{done.stdout}\n{done.stderr}")


# The application may read and write rows; it owns nothing, so it cannot switch off a trigger or drop a table.
GRANTS = f"""\
GRANT CONNECT, TEMPORARY ON DATABASE {DATABASE} TO {APP};

GRANT USAGE ON SCHEMA public TO {APP};

ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP};

ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {APP};

"""


def _as_server() -> dict[str, Any]:
    """How PostgreSQL's programs are run: nothing of our environment, and never as root."""
    settings: dict[str, Any] = {"cwd": "/", "env": {"LC_ALL": "C.UTF-8", "PATH": os.defpath, "TZ": "UTC"}}
    if account := homes.server_account():
        settings |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return settings


def _folder_of(pid: int) -> str | None:
    """The folder a living process works in: PostgreSQL works in its data folder."""
    try:
        return os.readlink(f"/proc/{pid}/cwd")
    except OSError:
        return None


def _number(file: Path) -> int:
    try:
        return int(file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def main(path: str, *options: str) -> int:
    """Become the keeper of a home, unless it has one."""
    home = Home(Path(path), options)
    lock = homes.open_lock(home.keeper_lock)
    deadline = time.monotonic() + 1.0  # others look at the lock for an instant
    while not homes.try_lock(lock, fcntl.LOCK_EX):
        if time.monotonic() > deadline:
            return 0
        time.sleep(0.02)
    try:
        return Keeper(home, lock).keep()
    finally:
        # This lock goes before the users' lock does, so that a newcomer who gets that one finds the keeper gone.
        lock.close()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
