"""PostgreSQL without an installation: the programs of a Python wheel, started and stopped by us.

    with postgres.server() as url: ...

Several processes may use one server; the last one out stops it, however the others ended. Where DATABASE_URL is set,
that server is used and nothing is started.
"""

import atexit
import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from motcua.base.postgres import home as homes
from motcua.base.postgres.home import APP, CHECKOUT, OWNER, Home

__all__ = ["APP", "OWNER", "Home", "StartFailed", "ensure", "erase", "lives", "running", "server", "url_for"]

WAIT_SECONDS = 120.0
ERASE_SECONDS = 2.0


class StartFailed(RuntimeError):
    """The embedded server did not start; the text says where to look."""


@contextmanager
def server(name: str = "demo", *, role: str = OWNER) -> Iterator[str]:
    """The DATABASE_URL of a running server, kept running for as long as the block lasts."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    home = homes.home(name)
    users = enter(home)
    try:
        yield url_for(home, role)
    finally:
        leave(home, users)


def ensure(name: str = "demo", *, role: str = OWNER) -> str:
    """The same until this process ends, with DATABASE_URL set for it and its children.

    The embedded server is for demonstration and development: settings read so from MOTCUA_MODE unless it is set.
    """
    if not os.environ.get("DATABASE_URL"):
        home = homes.home(name)
        users = enter(home)
        atexit.register(leave, home, users)
        os.environ["DATABASE_URL"] = url_for(home, role)
        os.environ.setdefault("MOTCUA_MODE", "demo")
    return os.environ["DATABASE_URL"]


def url_for(home: Home, role: str) -> str:
    """The DATABASE_URL of another role of a server that this process keeps running."""
    port = _state(home).get("port")
    if port is None:
        raise StartFailed(_complaint(home))
    return home.url(port, role)


def running(home: Home) -> bool:
    """Whether the server answers now."""
    if not home.keeper_lock.exists() or not _has_keeper(home):
        return False
    said = _state(home)  # until a new keeper has written its own, it may be what a killed one left
    return said.get("port") is not None and lives(int(said.get("pid") or 0))


def erase(name: str) -> None:
    """Remove a server and all its data; refused while anybody uses it."""
    home = homes.home(name)
    home.prepare()
    with homes.open_lock(home.users_lock) as users:
        deadline = time.monotonic() + ERASE_SECONDS  # a keeper on its way out holds the lock for a moment
        while not homes.try_lock(users, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                raise StartFailed("The database is in use: stop `make demo` and other commands first.")
            time.sleep(0.05)
        _stop_keeper(home)
        shutil.rmtree(home.data, ignore_errors=True)


def enter(home: Home) -> IO[str]:
    """Become a user of the server: hold the lock, and see that it runs."""
    try:
        home.prepare()
        users = homes.open_lock(home.users_lock)
    except PermissionError as error:
        raise StartFailed(
            f"{error.filename} belongs to another user: use your own checkout, or DATABASE_URL."
        ) from error
    fcntl.flock(users, fcntl.LOCK_SH)  # waits while a server is being stopped
    try:
        _wait_until_ready(home)
    except BaseException:
        leave(home, users)
        raise
    return users


def leave(home: Home, users: IO[str]) -> None:
    """Stop using the server; who finds nobody else stops it and waits for its end."""
    if users.closed:
        return
    with users:
        if homes.try_lock(users, fcntl.LOCK_EX):
            _stop_keeper(home)
        elif not homes.try_lock(users, fcntl.LOCK_SH):
            fcntl.flock(users, fcntl.LOCK_SH)  # the keeper was quicker and is stopping it: wait for that


def _wait_until_ready(home: Home) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    keeper: subprocess.Popen[bytes] | None = None
    while not running(home):
        if keeper is None and not _has_keeper(home):
            keeper = _start_keeper(home)
        elif keeper is not None and keeper.poll() and not _has_keeper(home):
            raise StartFailed(_complaint(home))
        if time.monotonic() > deadline:
            raise StartFailed(_complaint(home))
        time.sleep(0.02)


def _start_keeper(home: Home) -> "subprocess.Popen[bytes]":
    # A session of its own: Ctrl-C in a terminal reaches the users, and the server outlives them by a moment.
    with home.log.open("wb" if _long(home) else "ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "motcua.base.postgres.keeper", str(home.path), *home.options],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _stop_keeper(home: Home) -> None:
    """Tell the keeper to stop its server and wait for both; the caller holds the users' lock alone."""
    if not _has_keeper(home):
        return
    with homes.open_lock(home.keeper_lock) as lock:
        if pid := _state(home).get("pid"):
            try:
                os.kill(pid, 15)
            except ProcessLookupError:
                pass
        fcntl.flock(lock, fcntl.LOCK_EX)


def _has_keeper(home: Home) -> bool:
    with homes.open_lock(home.keeper_lock) as lock:
        return not homes.try_lock(lock, fcntl.LOCK_SH)


def lives(pid: int) -> bool:
    """Whether a process runs; one that was killed and that nobody has buried yet does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return True  # no such folder on this system


def _state(home: Home) -> dict[str, Any]:
    try:
        found = json.loads(home.keeper_lock.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _long(home: Home) -> bool:
    return home.log.exists() and home.log.stat().st_size > 10_000_000


def _complaint(home: Home) -> str:
    try:
        end = home.log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:]
    except OSError:
        end = []
    return "\n".join([f"The embedded PostgreSQL did not start. The end of {home.log}:", *end])
