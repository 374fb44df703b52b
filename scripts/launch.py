"""Starts all processes, starts each again that ends, and stops them all on Ctrl-C: `run` with the simulator, `serve` without."""

import argparse
import asyncio
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pack.check import require_whole
from pack.faults import PackBroken
from runtime.process import OWNER_ONLY
from runtime.release import RELEASE
from runtime.settings import SettingsWrong, refuse_former_token
from scripts import environment as env
from scripts import train
from scripts.supervise import Program, Supervisor

READY_WITHIN = 180
"""Seconds that the processes get to answer; Rasa needs 15 to 40 of them to load its model."""


class LaunchFault(Exception):
    """Why nothing was started, with how to mend it."""


def say(text: str) -> None:
    """One line of the launcher's own, at once."""
    print(f"[launch] {text}", flush=True)


def processes(settings: dict[str, str], model: Path, simulated: bool) -> dict[str, list[str]]:
    """The command of each process by its room's name."""
    python = str(env.ROOT / ".venv" / "bin" / "python")
    commands = {
        "dialogue": [*train.RASA, "run", "--interface", "127.0.0.1", "--port", str(env.port("dialogue", settings)),
                     "--model", str(model), "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"],
        "actions": [python, "-m", "actions"],
        "backoffice": [python, "-m", "backoffice"],
        "bot": [python, "-m", "bot"],
    }  # fmt: skip
    return {**commands, "simulator": [python, "-m", "simulator"]} if simulated else commands


def process_environment(room: str, settings: dict[str, str]) -> dict[str, str]:
    """One process's environment; none gets a secret that is not its own, Rasa none but its two tokens."""
    base = train.dialogue_environment() if room == "dialogue" else {"PYTHONUNBUFFERED": "1"}
    return env.own(room, {**base, **settings})


def taken_ports(rooms: list[str], settings: dict[str, str]) -> list[str]:
    """A sentence for each port that somebody else listens on."""
    ports = [(room, env.PORTS[room], env.port(room, settings)) for room in rooms]
    if page := int(settings.get("CAPTURE_PORT") or 0):
        ports.append(("capture page", "CAPTURE_PORT", page))
    sentences = []
    for room, name, number in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", number))
            except OSError:
                sentences.append(f"Port {number} ({room}) is taken. See by whom: ss -ltnp 'sport = :{number}'. Or choose another: {name}=…")
    return sentences


def step(text: str, command: list[str], settings: dict[str, str], mend: str) -> None:
    """One preparing command, told before it runs. Raises LaunchFault when it fails."""
    say(text)
    try:
        subprocess.run(command, cwd=env.ROOT, env=settings, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        why = f"exit status {error.returncode}" if isinstance(error, subprocess.CalledProcessError) else error.strerror
        raise LaunchFault(f"{text}: {why}. {mend}") from error


def prepare(settings: dict[str, str], simulated: bool) -> Path:
    """Model, databases, and for the demo staff and documents to send. Returns the model's path."""
    python = str(env.ROOT / ".venv" / "bin" / "python")
    place = env.var(settings)
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o700)  # what an older program made in it was readable by everybody
    for room, name in (("bot", "INTAKE_DATABASE_URL"), ("intake", "INTAKE_DATABASE_URL"), ("backoffice", "BACKOFFICE_DATABASE_URL")):
        upgrade = [python, "-m", "storage", "upgrade", f"{room}/migrations", name]
        step(f"bringing the tables of {room} up to date", upgrade, settings, f"Is the database of {name} there and writable?")
    if simulated:
        step("demo staff accounts", [python, "-m", "backoffice", "user", "demo"], settings, "Remove var/backoffice.db to begin anew.")
        made = ["--specimen", settings["SIMULATOR_SPECIMEN"], "--office", settings["SIMULATOR_OFFICE"]]
        step("SPESIMEN documents to send", [python, "-m", "scripts.demo", *made], settings, "Remove var/specimen, try again.")
    if not simulated:
        return installed_model()
    try:
        return train.train()
    except subprocess.CalledProcessError as error:
        raise LaunchFault("The dialogue model could not be trained; what stands above says why.") from error


def installed_model() -> Path:
    """The model of this program, which set-up trained. Raises LaunchFault where it is not there: an office's start trains nothing."""
    if not (model := train.model_path()).exists():
        raise LaunchFault(f"The dialogue model {model.name} is not there. Run once, and after each update: make setup")
    return model


def announce(rooms: list[str], settings: dict[str, str]) -> None:
    """Waits until all answer, then prints addresses and accounts. Runs beside the supervisor."""
    health = {"dialogue": "/status", "actions": "/readyz", "backoffice": "/readyz", "bot": "/readyz", "simulator": "/"}
    waiting, began = list(rooms), time.monotonic()
    while waiting and time.monotonic() - began < READY_WITHIN:
        time.sleep(1)
        for room in list(waiting):
            try:
                if httpx.get(f"http://127.0.0.1:{env.port(room, settings)}{health[room]}", timeout=3).status_code == 200:
                    waiting.remove(room)
            except httpx.HTTPError:
                continue
    print(f"\n{'-' * 78}", flush=True)
    if waiting:
        print(f"Not ready after {READY_WITHIN} s: {', '.join(waiting)}. Their lines above say why.")
    else:
        print(f"Landa Mewa {RELEASE} is ready ({time.monotonic() - began:.0f} s after the start). Ctrl-C stops everything.")
    for room in rooms:
        print(f"  {room:<11} http://127.0.0.1:{env.port(room, settings)}")
    accounts = env.var(settings) / "demo-accounts.txt"
    if "simulator" in rooms:
        print(f"\n  The phone:  http://127.0.0.1:{env.port('simulator', settings)}/\n  The office: {settings['PUBLIC_URL']}/")
        print(f"  For photos that fail, offered in the chat: {settings.get('CAPTURE_URL') or 'no page'}\n")
        print(accounts.read_text() if accounts.exists() else "")
    print("-" * 78, flush=True)


def main() -> int:
    """Returns 0 after Ctrl-C or SIGTERM, 1 when it could not start."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mode", choices=["run", "serve"])
    simulated = parser.parse_args().mode == "run"
    os.umask(OWNER_ONLY)
    given = env.given()
    settings = env.with_addresses(env.with_demo_page(env.with_demo_secrets(given)) if simulated else given)
    if simulated:
        settings.setdefault("WHATSAPP_FLOW_PERMOHONAN", env.DEMO_FLOW)
    try:
        require_whole()
        refuse_former_token(given, env.TOKENS)
        if missing := env.absent(settings if simulated else given):
            raise LaunchFault(
                "These settings have no value: " + ", ".join(missing) + ". Put them into .env (docs/operations.md says what each is)."
            )
        commands = processes(settings, train.model_path(), simulated)
        if taken := taken_ports(list(commands), settings):
            raise LaunchFault("\n         ".join(taken))
        prepare(settings, simulated)
    except (LaunchFault, PackBroken, SettingsWrong) as fault:
        print(f"\n[launch] It can't start: {fault}\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    programs = [Program(room, command, process_environment(room, settings)) for room, command in commands.items()]
    threading.Thread(target=announce, args=(list(commands), settings), daemon=True).start()
    asyncio.run(supervise(programs))
    return 0


async def supervise(programs: list[Program]) -> None:
    """Keeps them running until Ctrl-C or SIGTERM."""
    await Supervisor(programs, env.ROOT, say).run()


if __name__ == "__main__":
    os.chdir(env.ROOT)
    sys.exit(main())
