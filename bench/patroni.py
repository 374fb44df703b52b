"""Runs a PostgreSQL of three members with Patroni in synchronous mode and one etcd, from Debian's packages, on loopback.

`deploy/postgresql/patroni.yml` holds here, too, but for passwords; ports, folders and the single etcd are the bench's.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import yaml

from bench.bot_process import free_port
from tests.postgres import POSTGRES_BIN

PROGRAMS = {"patroni": "/usr/bin/patroni", "etcd-server": "/usr/bin/etcd", "postgresql": str((POSTGRES_BIN or Path("/")) / "initdb")}
"""Debian's packages, and a program of each."""
PACKAGED = Path(__file__).resolve().parents[1] / "deploy" / "postgresql" / "patroni.yml"
MEMBERS = 3
READY_WITHIN = 180.0
LOOK = 0.1


class Impossible(Exception):
    """It can't be tried on this machine; says why."""


class Member:
    """One PostgreSQL with its Patroni."""

    def __init__(self, name: str, folder: Path, etcd: int) -> None:
        self.name, self.folder = name, folder / name
        self.port, self.rest = free_port(), free_port()
        self._etcd = etcd
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begins, or begins again; whoever was the leader before comes back as a replica."""
        self.folder.mkdir(exist_ok=True)
        given = yaml.safe_load(PACKAGED.read_text(encoding="utf-8"))
        given |= {"name": self.name, "restapi": _addresses(self.rest), "etcd3": {"host": f"127.0.0.1:{self._etcd}"}}
        given["bootstrap"]["pg_hba"] = given["postgresql"]["pg_hba"] = [
            "local all all trust", "host replication replicator 127.0.0.1/32 trust", "host all all 127.0.0.1/32 trust",
        ]  # fmt: skip
        given["postgresql"] |= {"data_dir": f"{self.folder}/data", "bin_dir": str(POSTGRES_BIN), "pgpass": f"{self.folder}/pgpass"}
        given["postgresql"] |= _addresses(self.port)
        given["postgresql"]["authentication"] = {"replication": {"username": "replicator"}, "superuser": {"username": "postgres"}}
        given["postgresql"]["parameters"]["unix_socket_directories"] = str(self.folder)
        (self.folder / "patroni.yml").write_text(yaml.safe_dump(given), encoding="utf-8")
        _hand_over(self.folder)
        self._process = _spawn([PROGRAMS["patroni"], str(self.folder / "patroni.yml")], self.folder / "log")

    def kill(self) -> None:
        """As a power cut would: Patroni, PostgreSQL and each of its processes, at once."""
        patroni, server = self._patroni, self.server
        everything = [patroni, server, *_children(server)]
        for sign in (signal.SIGSTOP, signal.SIGKILL):
            for process in everything:
                with suppress(ProcessLookupError):
                    os.kill(process, sign)
        assert self._process is not None, "it was started"
        self._process.wait()

    def end(self) -> None:
        """Gracefully: Patroni ends its PostgreSQL."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()

    def freeze(self, stopped: bool) -> None:
        """Holds back, or lets go on, what takes the leader's changes in."""
        for process in _children(self.server):
            if b"walreceiver" in Path(f"/proc/{process}/cmdline").read_bytes():
                os.kill(process, signal.SIGSTOP if stopped else signal.SIGCONT)

    def ask(self, path: str, **body: str) -> Any:
        """An answer of its Patroni; None where there is none."""
        try:
            url = f"http://127.0.0.1:{self.rest}/{path}"
            answer = httpx.post(url, json=body, timeout=60, trust_env=False) if body else httpx.get(url, timeout=5, trust_env=False)
            return answer.json() if "json" in answer.headers.get("content-type", "") else answer.text
        except httpx.HTTPError:
            return None

    @property
    def _patroni(self) -> int:
        assert self._process is not None, "it was started"
        return self._process.pid

    @property
    def server(self) -> int:
        """The process id of its PostgreSQL."""
        return int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])


class Cluster:
    """Three members; `urls` lead to whoever is the leader."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._etcd_port = folder, free_port()
        self.members = [Member(f"m{n}", folder, self._etcd_port) for n in range(MEMBERS)]
        self._etcd: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns once there is a leader with a synchronous replica, and a third member that follows."""
        peer, client = free_port(), self._etcd_port
        self._etcd = _spawn(
            [PROGRAMS["etcd-server"], "--data-dir", f"{self._folder}/etcd", "--listen-client-urls", f"http://127.0.0.1:{client}",
             "--advertise-client-urls", f"http://127.0.0.1:{client}", "--listen-peer-urls", f"http://127.0.0.1:{peer}",
             "--initial-advertise-peer-urls", f"http://127.0.0.1:{peer}", "--initial-cluster", f"default=http://127.0.0.1:{peer}",
             "--heartbeat-interval", "500", "--election-timeout", "5000"],
            self._folder / "etcd.log",
        )  # fmt: skip
        self.members[0].start()
        self.wait(lambda roles: "leader" in roles.values())
        for member in self.members[1:]:
            member.start()
        self.whole()

    def whole(self) -> None:
        """Waits until every member is there, one of them in step with the leader."""
        self.wait(lambda roles: sorted(roles.values()) == ["leader", "replica", "sync_standby"])

    def stop(self) -> None:
        """Ends everything."""
        for member in self.members:
            member.end()
        if self._etcd is not None:
            self._etcd.terminate()
            self._etcd.wait(30)

    def roles(self) -> dict[str, str]:
        """What each member that runs is, as the first of them tells that answers."""
        for member in self.members:
            if isinstance(told := member.ask("cluster"), dict):
                return {row["name"]: row["role"] for row in told["members"] if row["state"] in {"running", "streaming"}}
        return {}

    def wait(self, until: Any) -> float:
        """The seconds until the members are so."""
        began = time.monotonic()
        while not until(self.roles()):
            if time.monotonic() - began > READY_WITHIN:
                raise TimeoutError(f"the members are {self.roles()}; their logs lie in {self._folder}")
            time.sleep(LOOK)
        return time.monotonic() - began

    def member(self, role: str) -> Member:
        """The member that is so now."""
        name = next(name for name, found in self.roles().items() if found == role)
        return next(member for member in self.members if member.name == name)

    def create_database(self, name: str, synchronous_commit: str = "on") -> str:
        """A new database on the leader, and the URL under which it is found whoever that is."""
        leader = self.member("leader")
        psql = [str((POSTGRES_BIN or Path()) / "psql"), "-h", "127.0.0.1", "-p", str(leader.port), "-U", "postgres", "-qc"]
        subprocess.run([*psql, f"CREATE DATABASE {name}"], check=True, capture_output=True)
        subprocess.run([*psql, f"ALTER DATABASE {name} SET synchronous_commit = {synchronous_commit}"], check=True, capture_output=True)
        hosts = "&".join(f"host=127.0.0.1:{member.port}" for member in self.members)
        return f"postgresql://postgres@/{name}?{hosts}&target_session_attrs=read-write"


def _addresses(port: int) -> dict[str, str]:
    return dict.fromkeys(("listen", "connect_address"), f"127.0.0.1:{port}")


def _hand_over(folder: Path) -> None:
    """PostgreSQL does not run as root."""
    if os.geteuid() == 0:
        for path in (folder, folder / "patroni.yml"):
            shutil.chown(path, "postgres", "postgres")


def _spawn(command: list[str], log: Path) -> subprocess.Popen[bytes]:
    as_user: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(log.parent)}
    with log.open("ab") as out:
        return subprocess.Popen(command, cwd=log.parent, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out, **as_user)


def _children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


@contextmanager
def cluster() -> Iterator[Cluster]:
    """One that runs. Raises Impossible where a package is missing."""
    if missing := [package for package, program in PROGRAMS.items() if not Path(program).exists()]:
        raise Impossible(f"apt-get install --no-install-recommends {' '.join(missing)}")
    folder = Path(tempfile.mkdtemp(prefix="pat", dir="/var/tmp"))
    folder.chmod(0o755)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    made = Cluster(folder)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)
