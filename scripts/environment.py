"""Puts together the environment that the five processes run in: what the machine says, `.env`, and for `make run` secrets of its own."""

import base64
import os
import secrets
import sys
from pathlib import Path

from dotenv import dotenv_values

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from actions.settings import Settings as Actions
from backoffice.settings import Settings as BackOffice
from backup.settings import Settings as Backup
from bot.settings import Settings as Bot
from runtime.settings import KEY, KEY_ID, RoomSettings
from simulator.settings import Settings as Simulator

ROOT = Path(__file__).resolve().parent.parent
ROOMS: dict[str, type[RoomSettings]] = {"actions": Actions, "backoffice": BackOffice, "bot": Bot, "backup": Backup, "simulator": Simulator}
"""What each process reads; Rasa reads none of them."""

TOKENS = (
    "BOT_DIALOGUE_TOKEN",
    "DIALOGUE_ACTIONS_TOKEN",
    "BOT_BACKOFFICE_TOKEN",
    "BACKOFFICE_BOT_TOKEN",
    "ACTIONS_BOT_TOKEN",
    "ACTIONS_BACKOFFICE_TOKEN",
)
"""Who calls whom: one token for each."""

REQUIRED = (
    "WHATSAPP_PHONE_NUMBER_ID",
    "WHATSAPP_ACCESS_TOKEN",
    "WHATSAPP_APP_SECRET",
    "WHATSAPP_VERIFY_TOKEN",
    "BLOB_KEY",
    *TOKENS,
    "SESSION_SECRET",
    "PUBLIC_URL",
)
"""What `make serve` refuses to start without."""

PORTS = {
    "bot": "BOT_PORT",
    "dialogue": "DIALOGUE_PORT",
    "actions": "ACTIONS_PORT",
    "backoffice": "BACKOFFICE_PORT",
    "simulator": "SIMULATOR_PORT",
}
DEFAULT_PORTS = {"bot": 8080, "dialogue": 5005, "actions": 5055, "backoffice": 8090, "simulator": 8070}

DEMO_CAPTURE_PORT = 8093
DEMO_CAPTURE_ITEMS = "kk,surat_kelahiran"


DEMO_FLOW = "100000000000991"
"""The id under which the simulator has the form of a registration published."""


def var(environment: dict[str, str]) -> Path:
    """Where one installation keeps what it makes: databases, blobs, secrets of the demo, SPESIMEN documents."""
    return ROOT / environment.get("LANDA_MEWA_VAR", "var")


def port(room: str, environment: dict[str, str]) -> int:
    """The port of one process."""
    return int(environment.get(PORTS[room], DEFAULT_PORTS[room]))


def given() -> dict[str, str]:
    """The process environment over the `.env` file."""
    return {**{k: v for k, v in dotenv_values(ROOT / ".env").items() if v is not None}, **os.environ}


def absent(environment: dict[str, str]) -> list[str]:
    """The required names that have no value: behind HTTPS the number of proxies is one of them."""
    behind_https = environment.get("PUBLIC_URL", "").startswith("https://")
    return [name for name in (*REQUIRED, *(("TRUSTED_PROXIES",) if behind_https else ())) if not environment.get(name)]


def own(room: str, environment: dict[str, str]) -> dict[str, str]:
    """What one process is given: of all that are settings of ours only its own, so that none can give away another's secrets."""
    names = {each: {str(field.alias) for field in settings.model_fields.values()} for each, settings in ROOMS.items()}
    names["dialogue"] = {"BOT_DIALOGUE_TOKEN", "DIALOGUE_ACTIONS_TOKEN", "ACTIONS_URL", "LANDA_MEWA_VAR"}
    for each in names.values():
        if "BLOB_URL" in each:
            each |= {KEY_ID, KEY}
    others = set().union(*names.values()) - names[room]
    return {name: value for name, value in environment.items() if name not in others}


def with_addresses(environment: dict[str, str]) -> dict[str, str]:
    """Adds where each process finds the others and its database, unless somebody said it."""
    place = var(environment)
    here = {room: f"http://127.0.0.1:{port(room, environment)}" for room in PORTS}
    defaults = {
        "BOT_URL": here["bot"],
        "DIALOGUE_URL": here["dialogue"],
        "ACTIONS_URL": here["actions"],
        "BACKOFFICE_URL": here["backoffice"],
        "INTAKE_DATABASE_URL": f"sqlite:///{place / 'intake.db'}",
        "BACKOFFICE_DATABASE_URL": f"sqlite:///{place / 'backoffice.db'}",
        "BLOB_URL": f"file:{place / 'blobs'}",
        "PUBLIC_URL": here["backoffice"],
        "LANDA_MEWA_VAR": str(place),
        **{name: str(DEFAULT_PORTS[room]) for room, name in PORTS.items()},
    }
    return {**defaults, **environment}


def new_secrets() -> dict[str, str]:
    """The secrets that are ours to make, not Meta's."""
    return {
        "BLOB_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        **{name: secrets.token_urlsafe(32) for name in TOKENS},
        "SESSION_SECRET": secrets.token_urlsafe(32),
    }


def with_demo_page(environment: dict[str, str]) -> dict[str, str]:
    """Adds for `make run` where the capture page is and for which papers it is offered, unless somebody said it; its port may be 0."""
    port = environment.get("CAPTURE_PORT", str(DEMO_CAPTURE_PORT))
    page = {"CAPTURE_URL": f"http://127.0.0.1:{port}/foto", "CAPTURE_ITEMS": DEMO_CAPTURE_ITEMS} if port != "0" else {}
    return {"CAPTURE_PORT": port, **page, **environment}


def with_demo_secrets(environment: dict[str, str]) -> dict[str, str]:
    """Adds what `make run` needs against the simulator: secrets made once under `var/`, readable by their owner only."""
    place = var(environment)
    file = place / "secrets.env"
    place.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    made = {
        "WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
        "WHATSAPP_ACCESS_TOKEN": secrets.token_urlsafe(32),
        "WHATSAPP_APP_SECRET": secrets.token_hex(16),
        "WHATSAPP_VERIFY_TOKEN": secrets.token_urlsafe(16),
        **new_secrets(),
    }
    known = dotenv_values(file)
    with file.open("a") as lines:  # what an older program made stays, what a newer one needs is added
        lines.writelines(f"{name}={value}\n" for name, value in made.items() if name not in known)
    demo = {k: v for k, v in dotenv_values(file).items() if v is not None and k in made}
    simulator = f"http://127.0.0.1:{port('simulator', environment)}"
    webhook = f"http://127.0.0.1:{port('bot', environment)}/webhooks/whatsapp"
    # The simulator is the only Graph API of `make run`: a real token in the environment must never be tried out by a demo.
    return {
        **environment,
        **demo,
        "WHATSAPP_GRAPH_URL": simulator,
        "SIMULATOR_WEBHOOK_URL": webhook,
        "SIMULATOR_SPECIMEN": str(place / "specimen"),
        "SIMULATOR_OFFICE": str(place / "demo-office.json"),
    }
