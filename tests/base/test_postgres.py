"""The embedded server: shared, stopped by the last one out, restarted after a crash, never shared between checkouts."""

import fcntl
import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from motcua.base import postgres
from motcua.base.postgres import Home, keeper
from motcua.base.postgres.home import open_lock

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("embedded_server")]

CLIENT = """
import sys
from pathlib import Path
from motcua.base import postgres
home = postgres.Home(Path(sys.argv[1]))
users = postgres.enter(home)
print(postgres.url_for(home, postgres.OWNER), flush=True)
sys.stdin.readline()
postgres.leave(home, users)
"""
Client = subprocess.Popen[str]


@pytest.fixture
def home(server_folder: Path) -> Home:
    return Home(server_folder / "one")


@pytest.fixture
def server_folder() -> Iterator[Path]:
    """A folder that the server's user can reach (pytest's own are closed to others)."""
    folder = postgres.homes.home("test").path.parent / f"trial-{os.getpid()}"
    folder.mkdir(mode=0o755, parents=True)
    yield folder
    subprocess.run(["rm", "-rf", str(folder)], check=True)


@pytest.fixture
def client() -> Iterator[Callable[[Home], tuple[Client, str]]]:
    """Start another process that uses the server until told to go."""
    started: list[Client] = []

    def start(home: Home) -> tuple[Client, str]:
        process = subprocess.Popen(
            [sys.executable, "-c", CLIENT, str(home.path)],
            cwd=postgres.homes.CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url.startswith("postgresql://")
        return process, url

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def leave(process: Client) -> None:
    process.communicate("\n", timeout=30)
    assert process.returncode == 0


def ask(url: str, question: str) -> object:
    with psycopg.connect(url, connect_timeout=5) as connection:
        row = connection.execute(question).fetchone()
    return row[0] if row else None


def server_pid(home: Home) -> int:
    return int((home.data / "postmaster.pid").read_text().splitlines()[0])


def alive(home: Home) -> bool:
    return (home.data / "postmaster.pid").exists()


def wait_for(what: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def test_the_last_one_out_stops_the_server(home, client) -> None:
    first, url = client(home)
    second, same = client(home)
    assert url == same
    leave(first)
    assert ask(url, "SELECT 1") == 1
    leave(second)
    assert not alive(home)
    with pytest.raises(psycopg.OperationalError):
        ask(url, "SELECT 1")


def test_killed_users_do_not_keep_the_server_and_do_not_take_it_away(home, client) -> None:
    first, url = client(home)
    second, _ = client(home)
    first.kill()
    first.wait()
    assert ask(url, "SELECT 1") == 1
    second.kill()
    second.wait()
    wait_for(lambda: not alive(home))


def test_a_killed_server_comes_back_on_its_port_with_what_was_committed(home, client) -> None:
    process, url = client(home)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
    os.kill(server_pid(home), signal.SIGKILL)
    wait_for(lambda: not postgres.running(home))
    wait_for(lambda: postgres.running(home))
    assert ask(url, "SELECT count(*) FROM kept") == 1000
    leave(process)


def test_a_killed_keeper_leaves_no_server_that_nobody_stops(home, client) -> None:
    first, _ = client(home)
    keeper_pid = postgres._state(home)["pid"]
    os.kill(keeper_pid, signal.SIGKILL)
    wait_for(lambda: not postgres.running(home))
    second, url = client(home)
    assert ask(url, "SELECT 1") == 1
    first.kill()
    first.wait()
    leave(second)
    assert not alive(home)


def test_what_a_killed_keeper_left_written_is_not_believed(home) -> None:
    """A new keeper holds the lock an instant before it writes: the old one's port would lead to a server that is going."""
    home.prepare()
    killed = subprocess.Popen(["sleep", "60"])
    with open_lock(home.keeper_lock) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        home.keeper_lock.write_text(json.dumps({"pid": killed.pid, "port": 1}))
        assert postgres.running(home)
        killed.kill()
        wait_for(lambda: not postgres.running(home))
    killed.wait()


def test_two_homes_share_neither_data_nor_port_nor_password(home, server_folder, client) -> None:
    one, url = client(home)
    other, another_url = client(Home(server_folder / "two"))
    assert ask(url, "SELECT system_identifier FROM pg_control_system()") != ask(
        another_url, "SELECT system_identifier FROM pg_control_system()"
    )
    assert ask(url, "SHOW port") != ask(another_url, "SHOW port")
    assert home.password("postgres") != Home(server_folder / "two").password("postgres")
    leave(one)
    leave(other)


def test_the_server_is_safe_and_closed(home, client) -> None:
    process, url = client(home)
    settings = {
        name: ask(url, f"SHOW {name}")
        for name in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums", "listen_addresses")
    }
    assert settings == {
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "data_checksums": "on",
        "listen_addresses": "127.0.0.1",
    }
    assert (home.data / "postmaster.pid").read_text().splitlines()[4] == "", "no unix socket"
    assert ask(url, "SELECT datcollate FROM pg_database WHERE datname = current_database()") == "C.UTF-8"
    assert "scram-sha-256" in (home.data / "pg_hba.conf").read_text()
    assert "trust" not in [line.split()[-1] for line in hba_lines(home)]
    assert stat.S_IMODE((home.path / "password").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.data.stat().st_mode) == 0o700
    with pytest.raises(psycopg.OperationalError):
        ask(url.replace(home.password(postgres.OWNER), "guess"), "SELECT 1")
    leave(process)


def hba_lines(home: Home) -> list[str]:
    lines = (home.data / "pg_hba.conf").read_text().splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def test_the_application_may_write_rows_but_owns_nothing(home, client) -> None:
    process, url = client(home)
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("CREATE TABLE notes (id bigint GENERATED ALWAYS AS IDENTITY, text text)")
    port = int(url.rsplit(":", 1)[1].split("/")[0])
    with psycopg.connect(home.url(port, postgres.APP), autocommit=True) as application:
        application.execute("INSERT INTO notes (text) VALUES ('chào')")
        for forbidden in ("DROP TABLE notes", "ALTER TABLE notes DISABLE TRIGGER ALL", "CREATE TABLE mine (id int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(forbidden)
    leave(process)


def test_a_port_taken_by_somebody_else_is_given_up(home, client) -> None:
    first, url = client(home)
    port = int((home.port_file).read_text())
    leave(first)
    with keeper.socket.create_server(("127.0.0.1", port)):
        second, other_url = client(home)
        assert other_url != url
        assert ask(other_url, "SELECT 1") == 1
        leave(second)


def test_database_url_is_used_as_it_is(monkeypatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@elsewhere/motcua")
    with postgres.server("never-started") as url:
        assert url == "postgresql://somebody@elsewhere/motcua"
    assert not postgres.homes.home("never-started").path.exists()


def test_data_in_use_is_not_erased(home, client, monkeypatch) -> None:
    monkeypatch.setattr(postgres.homes, "home", lambda name: home)
    process, _ = client(home)
    with pytest.raises(postgres.StartFailed):
        postgres.erase("one")
    leave(process)
    postgres.erase("one")
    assert not home.data.exists()
