"""One embedded server for all runs, one database per run and worker, copied from a migrated template."""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from django.utils.translation import trans_real
from hypothesis import HealthCheck, settings
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from motcua.base import postgres
from motcua.config.install import compile_messages
from tests.remembered import forget_what_is_kept

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE_PREFIX, DATABASE_PREFIX = "migrated_", "run_"
TEMPLATES_KEPT = 8

# A property holds on a busy machine too: how long an example takes says nothing of it.
settings.register_profile("house", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session")
def database_server() -> Iterator[str]:
    """The URL of the test server: DATABASE_URL, or the embedded one that may lose its data."""
    with postgres.server("test") as url, postgres.server("test", role="postgres") as chief:
        _let_worlds_be_put_back(chief, urlsplit(url).username or "")
        yield url


@pytest.fixture(scope="session")
def fresh_database(
    database_server: str, worker_id: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[], str]]:
    """Make (and make anew) this worker's own migrated database; returns its URL."""
    name = f"{DATABASE_PREFIX}{os.getpid()}_{worker_id}"
    with closing(psycopg.connect(database_server, autocommit=True)) as server:
        with django_db_blocker.unblock():
            template = _template(server, database_server)

        def make() -> str:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(*_names(name)))
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(*_names(name, template)))
            return _url(database_server, name)

        yield make
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(*_names(name)))


@pytest.fixture(scope="session")
def database_url(fresh_database: Callable[[], str]) -> str:
    """The URL of this worker's database, for tests that start programs."""
    return fresh_database()


@pytest.fixture(scope="session")
def django_db_setup(
    database_url: str,
    fresh_database: Callable[[], str],
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Django's own way (create, migrate, empty every table) is replaced by copies of the template.

    The journal refuses to be emptied, and rows that migrations made must not vanish from later tests.
    """
    with django_db_blocker.unblock():
        _point_django_at(database_url)

    def start_anew(_test: TransactionTestCase) -> None:
        connections["default"].close()
        fresh_database()
        forget_what_is_kept()

    TransactionTestCase._fixture_teardown = start_anew  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def english_catalogues() -> None:
    """The catalogues as they stand in the sources, whatever `make setup` compiled earlier."""
    compile_messages()
    trans_real._translations.clear()
    trans_real._default = None


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """The xdist worker, also where xdist is switched off."""
    worker = getattr(request.config, "workerinput", {"workerid": "master"})
    return str(worker["workerid"])


def _let_worlds_be_put_back(chief: str, role: str) -> None:
    """The role of the tests may write rows as they were; a server that refuses has them built anew (tests/remembered.py)."""
    grant = sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}").format(*_names(role))
    with _alone("template"), suppress(psycopg.errors.InsufficientPrivilege), psycopg.connect(chief) as server:
        server.execute(grant)


def _template(server: "psycopg.Connection[tuple[object, ...]]", url: str) -> str:
    """The database that all migrations of this state of the code have been applied to; made when missing."""
    name = f"{TEMPLATE_PREFIX}{_state_of_migrations()}"
    with _alone("template"):
        found = [str(row[0]) for row in server.execute("SELECT datname FROM pg_database ORDER BY oid")]
        _sweep(server, found)
        if name not in found:
            draft = f"{DATABASE_PREFIX}{os.getpid()}_draft"
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(*_names(draft)))
            server.execute(sql.SQL("CREATE DATABASE {}").format(*_names(draft)))
            _point_django_at(_url(url, draft))
            with connections["default"].cursor() as cursor:
                for extension in ("btree_gist", "pg_trgm"):
                    cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
            call_command("migrate", verbosity=0, run_syncdb=True)
            connections["default"].close()
            server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*_names(draft, name)))
    return name


def _sweep(server: "psycopg.Connection[tuple[object, ...]]", found: list[str]) -> None:
    """Drop databases of runs that are no more, and all but the newest templates."""
    dead = [name for name in found if name.startswith(DATABASE_PREFIX) and not postgres.lives(int(name.split("_")[1]))]
    dead += [name for name in found if name.startswith(TEMPLATE_PREFIX)][:-TEMPLATES_KEPT]
    for name in dead:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(*_names(name)))


def _state_of_migrations() -> str:
    state = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    for file in sorted((ROOT / "motcua").glob("*/m*/*.py")) + sorted((ROOT / "motcua").glob("*/models.py")):
        state.update(str(file).encode() + file.read_bytes())
    for file in sorted((ROOT / "motcua").glob("*/fixtures/**/*")):  # migrations may read them
        state.update(f"{file}{file.stat().st_size}{file.stat().st_mtime_ns}".encode())
    return state.hexdigest()[:16]


def _point_django_at(url: str) -> None:
    parts = urlsplit(url)
    connections["default"].close()
    connections["default"].settings_dict.update(
        NAME=parts.path.lstrip("/"),
        USER=parts.username or "",
        PASSWORD=parts.password or "",
        HOST=parts.hostname or "",
        PORT=str(parts.port or ""),
    )


def _url(server: str, name: str) -> str:
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def _names(*names: str) -> list[sql.Identifier]:
    return [sql.Identifier(name) for name in names]


@contextmanager
def _alone(what: str) -> Iterator[None]:
    """Keep other workers and runs of this checkout out."""
    folder = ROOT / ".motcua"
    folder.mkdir(exist_ok=True)
    with (folder / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
