"""Tries the README's commands in a minimal Debian made from nothing: `python scripts/fresh_machine.py --suite bookworm|trixie`.

`make run` to the first answer to a citizen, then set-up for the tests, `make lint`, and the tests named. Prints what each took, and
leaves it as JSON under `var/bench/`. The committed state is tried.
"""

import argparse
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import train
from scripts.fresh_server import try_live
from scripts.minimal_debian import Machine, NotPossible, require_tools

ROOT = Path(__file__).resolve().parent.parent
NAMED = ("git", "make", "python3", "python3-venv")
"""What the README asks of a Debian."""
WHERE = "/root/landa-mewa"
PORTS = ("BOT_PORT", "DIALOGUE_PORT", "ACTIONS_PORT", "BACKOFFICE_PORT", "SIMULATOR_PORT", "PUBLIC_PORT")
MARKS = {
    "both environments set up": re.compile(r"\[setup\] done"),
    "model trained": re.compile(r"\[launch\] dialogue started"),
    "all processes ready": re.compile(r"Landa Mewa \S+ is ready"),
}
"""Lines of `make run` after which a step is done."""
NO_PYTHON = re.compile(r"CPython 3\.10 is neither here")
READY_WITHIN = 3 * 3600


class Failed(Exception):
    """Which command did not do what the README says."""


class Trial:
    """One machine, and how long each step took, in seconds."""

    def __init__(self, machine: Machine) -> None:
        self.machine, self.times = machine, dict[str, float]()
        self.ports = {name: str(_free_port()) for name in PORTS}

    def timed(self, what: str, script: str) -> None:
        """Runs a script that has to succeed. Raises Failed."""
        began = time.monotonic()
        if subprocess.run(self.machine.command(f"cd {WHERE} && {script}", **self.ports), stdin=subprocess.DEVNULL, check=False).returncode:
            raise Failed(f"{what}: it failed, what stands above says why")
        self.note(what, began)

    def note(self, what: str, began: float) -> None:
        """Keeps and prints how long it took until now."""
        self.times[what] = round(time.monotonic() - began, 1)
        print(f"=== {what}: {self.times[what]:.0f} s", flush=True)

    def run_until(self, done: Callable[[], None]) -> str | None:
        """`make run` until it is ready, then `done`, then the end. Returns the line in which it says that it lacks a Python, or None."""
        began = time.monotonic()
        process = subprocess.Popen(
            self.machine.command(f"cd {WHERE} && exec make run", **self.ports),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        )  # fmt: skip
        assert process.stdout is not None
        lacking = None
        try:
            for line in process.stdout:
                print("   ", line, end="", flush=True)
                lacking = line.strip() if NO_PYTHON.search(line) else lacking
                for what, pattern in MARKS.items():
                    if what not in self.times and pattern.search(line):
                        self.note(what, began)
                if "all processes ready" in self.times:
                    done()
                    self.note("the first message answered", began)
                    return None
            if lacking is None:
                raise Failed("make run ended before all processes were ready")
            return lacking
        finally:
            process.terminate()
            process.wait(60)

    def first_answer(self) -> None:
        """A citizen's first message is answered, and staff find their page. Raises Failed."""
        simulator, number = self.ports["SIMULATOR_PORT"], f"+628{time.time_ns() % 10**10:010d}"
        phone = json.loads(_asked(simulator, "/control/phones/", {"name": "WARGA SPESIMEN", "number": number}))["id"]
        _asked(simulator, f"/control/phones/{phone}/send", {"type": "text", "text": "halo"})
        deadline = time.monotonic() + 120
        while not (came := json.loads(_asked(simulator, f"/control/phones/{phone}/messages?direction=in"))["messages"]):
            if time.monotonic() > deadline:
                raise Failed("no answer to the first message within 120 s")
            time.sleep(0.5)
        print(f"    answered: {came[0]['text'][:100]!r}", flush=True)
        _asked(self.ports["BACKOFFICE_PORT"], "/masuk")


def python_of_rasa() -> Path | None:
    """Where the CPython lies that this checkout's Rasa runs on."""
    try:
        written = (ROOT / "dialogue" / ".venv" / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(r"(?m)^home = (.+)/bin$", written)
    return Path(found[1]) if found else None


def _bring_model(machine: Machine) -> None:
    """Raises Failed where the committed state has no model here."""
    model = train.model_path()
    if not model.exists():
        raise Failed(f"--model: {model.name} is not here, run make train")
    shutil.copyfile(model, machine.folder / WHERE.lstrip("/") / model.relative_to(ROOT))


def _asked(port: str, path: str, body: dict[str, str] | None = None) -> bytes:
    """What a process of the machine answers: to a POST where there is a body. Raises Failed for anything but a 2xx."""
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=60)
    try:
        method, data = ("GET", None) if body is None else ("POST", json.dumps(body))
        connection.request(method, path, data, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        if answer.status // 100 != 2:
            raise Failed(f"{method} {path} was answered with {answer.status}")
        return answer.read()
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def attempt(trial: Trial, python310: Path | None, checks: list[str], tests: str | None) -> None:
    """The README's two commands, one after the other. Raises Failed."""
    if lacking := trial.run_until(trial.first_answer):
        if python310 is None:
            raise Failed(f"{lacking} Or name one of this machine: --python310 FOLDER")
        trial.times.clear()
        trial.machine.give_python(python310)
        if trial.run_until(trial.first_answer):
            raise Failed(f"the CPython of {python310} was not found")
    if "server" in checks:
        try:
            try_live(trial.machine, WHERE, trial.ports, trial.first_answer, trial.note)
        except (subprocess.CalledProcessError, TimeoutError, AssertionError) as fault:
            raise Failed(f"the units of make install: {fault}") from fault
    if "lint" in checks:
        trial.timed("make lint, with what the tests need set up", "make lint")
    if "test" in checks:
        trial.timed("make test", "make test")
    if tests:
        trial.timed(f"tests of {tests}", f"make setup-test && .venv/bin/python -m pytest -q -n 2 --dist loadfile {tests}")


def main() -> int:
    """Returns 0, 1 with one sentence for what did not work, 2 where no machine can be made here."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--suite", choices=["bookworm", "trixie"], required=True, help="Debian 12 or 13")
    parser.add_argument(
        "--python310", type=Path, default=python_of_rasa(), help="a CPython 3.10 of this machine, for networks where uv can't download one"
    )
    parser.add_argument(
        "--model", action="store_true", help="bring this checkout's trained model along, where training is not what is tried"
    )
    parser.add_argument("--folder", type=Path, help="where the machine is made (10 GB); it is removed at the end")
    parser.add_argument("--check", action="append", default=[], choices=["lint", "test", "server"], help="besides `make run`")
    parser.add_argument("--tests", help="folders of tests instead of the whole: tests/standard")
    arguments = parser.parse_args()
    try:
        require_tools()
    except NotPossible as why:
        print(f"Not tried: {why}", file=sys.stderr)
        return 2
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=arguments.folder, prefix="fresh-machine-", ignore_cleanup_errors=True) as place:
        machine = Machine(Path(place) / "root", arguments.suite, list(NAMED))
        trial = Trial(machine)
        trial.note(f"a minimal {arguments.suite} made", began)
        made = dict(trial.times)
        try:
            machine.clone(ROOT, WHERE)
            if arguments.model:
                _bring_model(machine)
            attempt(trial, arguments.python310, arguments.check, arguments.tests)
        except Failed as why:
            print(f"\nIt does not work on {arguments.suite}: {why}", file=sys.stderr)
            return 1
        finally:
            machine.remove()
    report = ROOT / "var" / "bench" / f"fresh-{arguments.suite}.json"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(json.dumps({**made, **trial.times, "load": os.getloadavg()[0]}, indent=1))
    print(f"\n{arguments.suite}: " + ", ".join(f"{what} {seconds:.0f} s" for what, seconds in {**made, **trial.times}.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
