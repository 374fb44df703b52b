"""Through every way that things go wrong, no log of the five processes holds a word, a name or a number of a citizen."""

import json
import sqlite3
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.e2e.citizen import Citizen
from tests.e2e.stack import Stack

NAME, STREET, NIK = "BUDIRAHASIA SANTOSO", "Jalan Kenangarahasia 3", "3316990101900001"
WORDS = f"nama saya {NAME}, {STREET}, NIK {NIK}"
SECRETS = ("BUDIRAHASIA", "Budirahasia", "Kenangarahasia", NIK, "nama saya")


@pytest.fixture
def citizen(stack: Stack) -> Iterator[Citizen]:
    """Somebody new, whose draft is spoilt, and all five processes running before and after."""
    yield Citizen(stack.url("simulator"), NAME)
    missing = [room for room in stack.commands if room not in stack.running]
    stack.start(*missing) if missing else None
    stack.wait_ready()


def spoil_the_newest_conversation(stack: Stack) -> None:
    """What an older or a newer program may have left: a name where a moment belongs, an address where a list does."""
    with sqlite3.connect(stack.settings["INTAKE_DATABASE_URL"].removeprefix("sqlite:///"), timeout=30) as database:
        contact, content = database.execute("SELECT contact, content FROM conversations ORDER BY last_in_at DESC LIMIT 1").fetchone()
        spoilt = {key: [STREET] if isinstance(value, str) else NAME for key, value in json.loads(content).items()}
        database.execute("UPDATE conversations SET content = ? WHERE contact = ?", (json.dumps(spoilt), contact))
    database.close()


def wait_for(stack: Stack, room: str, event: str) -> None:
    deadline = time.monotonic() + 60
    while f'"{event}"' not in stack.log(room):
        assert time.monotonic() < deadline, f"{room} did not log {event}"
        time.sleep(0.3)


def test_nothing_personal_is_in_any_log_whatever_went_wrong(stack: Stack, citizen: Citizen) -> None:
    turn = {"sender": "c1", "message": WORDS, "metadata": {"turn": "e2e-logs", "kind": "text", "text": WORDS}}
    citizen.ask("halo")

    with pytest.raises(httpx.ReadTimeout):  # the caller hangs up
        httpx.post(
            f"{stack.url('dialogue')}/webhooks/rest/webhook", json=turn, headers=stack.to_dialogue, timeout=httpx.Timeout(9, read=0.005)
        )

    bundle = {"number": NAME, "answers": {"nama": NAME}, "contact": {"name": NAME, "phone": NIK}, "anak": STREET}
    office = f"{stack.url('backoffice')}/api/bundles/00000000-0000-0000-0000-000000000000"
    assert httpx.put(office, json=bundle, headers=stack.calling("actions", "backoffice")).status_code == 422
    notice = {"contact": NAME, "kind": STREET, "data": {"text": WORDS}}
    assert httpx.post(f"{stack.url('bot')}/internal/notices", json=notice, headers=stack.calling("backoffice", "bot")).status_code in {
        404,
        422,
    }

    spoil_the_newest_conversation(stack)
    citizen.send(WORDS)
    wait_for(stack, "actions", "turn.failed")

    stack.kill("dialogue")  # in the middle of a turn that is tried again and again
    citizen.send(WORDS)
    wait_for(stack, "bot", "dialogue_down")

    for room in stack.commands:
        log = stack.log(room)
        assert [secret for secret in SECRETS if secret in log] == [], f"the log of {room}"
    assert "ValidationError" in stack.log("actions")
