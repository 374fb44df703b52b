"""The shipped units tried live in a Debian made from nothing: its own systemd runs them, each is killed alone, a back-up is made.

Part of `scripts/fresh_machine.py --check server`. Meta's side is the simulator, started beside the units.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from scripts.minimal_debian import Machine

UNITS = ("bot", "dialogue", "actions", "backoffice")
OF_SYSTEMD = ("systemd", "systemd-sysv", "dbus", "systemd-timesyncd")
SETTINGS = Path("etc/landa-mewa")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class Server:
    """A machine whose systemd runs. `run` gives what a command printed."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._boot = subprocess.Popen(
            machine.boot_command(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )

    def __enter__(self) -> "Server":
        try:
            self._wait()
        except TimeoutError:
            self.__exit__()
            raise
        return self

    def _wait(self) -> None:
        deadline = time.monotonic() + 120
        while self.run("systemctl is-system-running", check=False).strip() not in {"running", "degraded"}:
            if time.monotonic() > deadline:
                raise TimeoutError("systemd did not start within 120 s")
            time.sleep(1)

    def __exit__(self, *_: object) -> None:
        self._boot.terminate()
        try:
            self._boot.wait(90)
        except subprocess.TimeoutExpired:
            self._boot.kill()

    def run(self, script: str, check: bool = True) -> str:
        """A shell script in the running machine. Raises CalledProcessError after printing what it said."""
        leader = self._leader()
        if leader is None:
            return ""
        named = [f"{name}={value}" for name, value in {**self.machine.settings, "PATH": PATH}.items()]
        command = ["nsenter", "--target", leader, "--all", "env", "-i", *named, "/bin/sh", "-c", script]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if check and done.returncode:
            print(done.stdout[-4000:], file=sys.stderr, flush=True)
            raise subprocess.CalledProcessError(done.returncode, script)
        return done.stdout

    def _leader(self) -> str | None:
        """The machine's first process: the child of systemd-nspawn."""
        found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self._boot.pid)], capture_output=True, text=True, check=False)
        return found.stdout.split()[0] if found.stdout.split() else None

    def pid(self, unit: str) -> int:
        """The main process of a unit; 0 where it has none."""
        return int(self.run(f"systemctl show -P MainPID landa-mewa-{unit}").strip() or 0)


def try_live(machine: Machine, where: str, ports: dict[str, str], answered: Any, note: Any) -> None:
    """`make install`, the units, a citizen's answer through them, each killed alone, a back-up and its drill. Raises what fails."""
    machine.run(
        f"apt-get update -qq && apt-get install -y -qq --no-install-recommends {' '.join(OF_SYSTEMD)}", DEBIAN_FRONTEND="noninteractive"
    )
    with Server(machine) as server:
        began = time.monotonic()
        server.run(f"cd {where} && make install")
        key = server.run("landa-mewa backup key /root/office.key | sed s/^BACKUP_RECIPIENT=//").strip()
        _fill_in(machine.folder / SETTINGS, ports, key)
        server.run("systemctl enable --now landa-mewa.target landa-mewa-backup.timer")
        server.run(
            "systemd-run --unit=simulator --working-directory=/opt/landa-mewa -p EnvironmentFile=/etc/landa-mewa/bot.env"
            f" -E SIMULATOR_STATE= -E SIMULATOR_PORT={ports['SIMULATOR_PORT']}"
            f" -E SIMULATOR_WEBHOOK_URL=http://127.0.0.1:{ports['BOT_PORT']}/webhooks/whatsapp"
            " /opt/landa-mewa/.venv/bin/python -m simulator"
        )
        _wait_for_all(server, ports)
        answered()
        note("make install, the units up, a first message answered through them", began)
        for unit in UNITS:
            _kill_alone(server, unit)
            print(f"    landa-mewa-{unit} killed alone: the others went on, it came back", flush=True)
        _wait_for_all(server, ports)
        answered()
        _back_up(server)
        print("   ", server.run("landa-mewa backup drill --key /root/office.key").strip(), flush=True)
        _each_for_itself(server)
        began = time.monotonic()
        _restore(server)
        _wait_for_all(server, ports)
        server.run("landa-mewa reconcile")
        answered()
        note("restored as root, reconciled, a message answered", began)
        began = time.monotonic()
        _as_before(server)
        server.run(f"cd {where} && make install && systemctl start landa-mewa.target")
        _wait_for_all(server, ports)
        answered()
        note("brought up from the layout with one user, a message answered", began)
        for unit in (*UNITS, "backup"):
            print("   ", server.run(f"systemd-analyze security landa-mewa-{unit}.service --no-pager | tail -1").strip(), flush=True)
        print("   ", server.run("systemctl list-timers --no-pager landa-mewa-backup.timer | sed -n 2p").strip(), flush=True)
        print("   ", server.run("ps -e -o user:24,args | grep ^landa-mewa | cut -c1-110").strip(), flush=True)


def _back_up(server: Server) -> None:
    """Raises CalledProcessError after printing what the unit said."""
    try:
        server.run("systemctl start landa-mewa-backup.service")
    except subprocess.CalledProcessError:
        print(server.run("journalctl -u landa-mewa-backup --no-pager -n 30", check=False), file=sys.stderr, flush=True)
        raise


def _each_for_itself(server: Server) -> None:
    """No process's user reads what is another's, and what two of them share both can write. Raises AssertionError."""
    keep = "/var/lib/landa-mewa"
    shared = {f"{keep}/intake/intake.db": {"bot", "actions", "backup"}, f"{keep}/backoffice/backoffice.db": {"backoffice", "backup"}}
    own = {f"{keep}/backups/.": {"backup"}, **{f"/etc/landa-mewa/{room}.env": set[str]() for room in (*UNITS, "backup")}}
    for file, allowed in {**shared, **own}.items():
        for user in (*UNITS, "backup"):
            said = server.run(
                f"runuser -u landa-mewa-{user} -- sh -c 'test -r {file} && echo read; test -w {file} && echo write'", check=False
            )
            if set(said.split()) != ({"read", "write"} if user in allowed else set()):
                raise AssertionError(f"landa-mewa-{user} and {file}: {said.split()}")
    said = server.run("landa-mewa backoffice user create sri.rahayu 'Sri Rahayu' --role administrator && landa-mewa backoffice user list")
    if "sri.rahayu" not in said:
        raise AssertionError(f"the account is not there: {said}")
    foreign = server.run(f"find {keep} -user root -type f", check=False).split()
    if foreign:
        raise AssertionError(f"root left files that no process can write: {foreign}")
    print("    each reads and writes its own and what it shares, nothing else; a command of root leaves nothing of root's", flush=True)


def _restore(server: Server) -> None:
    """The newest back-up into an empty place, as the guide says."""
    _back_up(server)
    server.run("systemctl stop landa-mewa.target landa-mewa-backup.timer")
    server.run("mkdir /root/aside && cd /var/lib/landa-mewa && mv intake backoffice blobs /root/aside/")
    server.run("landa-mewa backup restore $(ls -t /var/lib/landa-mewa/backups/*.age | head -1) --key /root/office.key")
    server.run("cp -p /root/aside/intake/erasures.jsonl /var/lib/landa-mewa/intake/ 2>/dev/null; systemctl start landa-mewa.target")


def _as_before(server: Server) -> None:
    """The files as the version with one user for three processes had them."""
    server.run("systemctl stop landa-mewa.target landa-mewa-backup.timer")
    server.run(
        "cd /var/lib/landa-mewa && mv intake/*.db* backoffice/*.db* . && rm -r intake backoffice"
        " && chown -R games:games . && chmod -R u=rwX,go= . && chmod -R g-s ."
    )


def _fill_in(settings: Path, ports: dict[str, str], recipient: str) -> None:
    """What the office fills in, with the simulator for Meta."""
    mine = {
        "WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
        "WHATSAPP_ACCESS_TOKEN": "a-token-of-the-simulator",
        "WHATSAPP_APP_SECRET": "a-secret-of-the-simulator",
        "WHATSAPP_VERIFY_TOKEN": "a-word-of-ours-typed-once",
        "PUBLIC_URL": f"http://127.0.0.1:{ports['BACKOFFICE_PORT']}",
        "BACKUP_RECIPIENT": recipient,
        "PUBLIC_PORT": ports["PUBLIC_PORT"],
    }
    found = {f"{room.upper()}_URL": f"http://127.0.0.1:{ports[f'{room.upper()}_PORT']}" for room in UNITS}
    more = {**ports, **found, "WHATSAPP_GRAPH_URL": f"http://127.0.0.1:{ports['SIMULATOR_PORT']}"}
    for file in settings.glob("*.env"):
        lines = file.read_text().splitlines()
        lines = [f"{name}={mine[name]}" if (name := line.split("=")[0]) in mine else line for line in lines]
        file.write_text("\n".join([*lines, *(f"{name}={value}" for name, value in more.items() if name != "PUBLIC_PORT")]) + "\n")


def _wait_for_all(server: Server, ports: dict[str, str]) -> None:
    deadline = time.monotonic() + 900
    for unit in ("bot", "actions", "backoffice"):  # the bot asks Rasa, too
        ask = f"http://127.0.0.1:{ports[f'{unit.upper()}_PORT']}/readyz"
        look = f"import urllib.request; urllib.request.urlopen('{ask}', timeout=5)"
        while server.run(f'/opt/landa-mewa/.venv/bin/python -c "{look}" 2>&1 >/dev/null', check=False):
            if time.monotonic() > deadline:
                print(server.run(f"journalctl -u landa-mewa-{unit} --no-pager -n 30", check=False), file=sys.stderr)
                raise TimeoutError(f"landa-mewa-{unit} is not ready")
            time.sleep(2)


def _kill_alone(server: Server, unit: str) -> None:
    """Raises AssertionError where another unit's process changes, TimeoutError where this one does not come back."""
    before = {each: server.pid(each) for each in UNITS}
    server.run(f"systemctl kill --signal=KILL landa-mewa-{unit}.service")
    deadline = time.monotonic() + 30
    while (now := server.pid(unit)) in {0, before[unit]}:
        if time.monotonic() > deadline:
            raise TimeoutError(f"landa-mewa-{unit} did not come back: {json.dumps(before)}, {now}")
        time.sleep(0.5)
    others = {each: pid for each, pid in before.items() if each != unit}
    if {each: server.pid(each) for each in others} != others:
        raise AssertionError(f"landa-mewa-{unit} took others with it")
