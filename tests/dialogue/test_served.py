"""Tests the real Rasa as it is served: whom it answers, what it refuses, and what it writes into its log."""

import contextlib
import json
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from scripts import environment as env
from scripts import launch
from tests.e2e.stack import Stack

pytestmark = pytest.mark.dialogue

WORDS = "nama anak saya BUDI SANTOSO SPESIMEN, NIK 3316990101900001"


def turn(text: str = WORDS) -> dict[str, Any]:
    return {"sender": "c1", "message": text, "metadata": {"turn": "t1", "kind": "text", "text": text}}


def test_no_word_of_a_citizen_is_in_rasas_log_when_the_actions_are_down_or_the_caller_hangs_up(rasa: Stack) -> None:
    at = f"{rasa.url('dialogue')}/webhooks/rest/webhook"
    assert httpx.post(at, json=turn(), headers=rasa.to_dialogue, timeout=60).json() == []
    for wait in (0.002, 0.005, 0.01, 0.02, 0.04):
        with contextlib.suppress(httpx.ReadTimeout):
            httpx.post(at, json=turn(), headers=rasa.to_dialogue, timeout=httpx.Timeout(10, read=wait))
        time.sleep(0.3)
    assert httpx.post(at, content=json.dumps(turn()).encode()[:-9], headers=rasa.to_dialogue, timeout=60).status_code == 400
    log = rasa.log("dialogue")
    assert "ClientConnectorError" in log
    assert [word for word in ("BUDI", "3316", "nama anak") if word in log] == []
    assert all(json.loads(line)["process"] == "dialogue" for line in log.splitlines())


def test_a_turn_and_a_sentence_are_answered_to_the_bot_alone(rasa: Stack) -> None:
    at = rasa.url("dialogue")
    asked = {"/webhooks/rest/webhook": turn("halo"), "/model/parse": {"text": "halo"}}
    for path, body in asked.items():
        for header in (
            {},
            {"Authorization": ""},
            {"Authorization": "Bearer \xff"},
            rasa.calling("bot", "backoffice"),
            rasa.to_actions,
        ):
            raw = {name.encode(): value.encode("latin-1") for name, value in header.items()}
            assert httpx.post(at + path, json=body, headers=raw, timeout=60).status_code == 401
        assert httpx.post(at + path, json=body, headers=rasa.to_dialogue, timeout=60).status_code == 200
        for wrong in ([], {}, {"sender": 1}, "x"):
            assert httpx.post(at + path, json=wrong, headers=rasa.to_dialogue, timeout=60).status_code == 400
    parsed = httpx.post(f"{at}/model/parse", json={"text": "halo"}, headers=rasa.to_dialogue, timeout=60).json()
    assert parsed["intent"]["name"] == "salam"


@pytest.mark.parametrize(
    ("method", "path"),
    [("DELETE", "/model"), ("PUT", "/model"), ("POST", "/model/train"), ("POST", "/model/test/intents"), ("POST", "/model/predict"),
     ("GET", "/conversations/c1/tracker"), ("POST", "/conversations/c1/messages"), ("POST", "/conversations/c1/execute"),
     ("PUT", "/conversations/c1/tracker/events"), ("POST", "/conversations/c1/trigger_intent"), ("GET", "/conversations/c1/story"),
     ("GET", "/domain"), ("GET", "/version"), ("GET", "/webhooks/rest/"), ("GET", "/"), ("GET", "/model/parse"), ("PUT", "/status")],
)  # fmt: skip
@pytest.mark.parametrize("known", [False, True])
def test_nothing_else_of_rasa_is_served_with_or_without_the_token(rasa: Stack, method: str, path: str, known: bool) -> None:
    header = rasa.to_dialogue if known else {}
    answer = httpx.request(method, rasa.url("dialogue") + path, headers=header, timeout=60)
    assert answer.status_code in {404, 405}


def test_rasa_says_that_it_lives_and_holds_no_secret_of_others(rasa: Stack) -> None:
    assert httpx.get(f"{rasa.url('dialogue')}/status").json() == {"status": "ok"}
    told = Path(f"/proc/{rasa.running['dialogue'].pid}/environ").read_bytes().decode()
    held = [name for name in env.REQUIRED if f"\0{name}=" in f"\0{told}"]
    assert sorted(held) == ["BOT_DIALOGUE_TOKEN", "DIALOGUE_ACTIONS_TOKEN"]
    assert "DATABASE_URL" not in told


def test_rasa_without_a_token_does_not_start(rasa: Stack) -> None:
    surroundings = {**launch.process_environment("dialogue", rasa.settings), "BOT_DIALOGUE_TOKEN": ""}
    ended = subprocess.run(
        rasa.commands["dialogue"], cwd=env.ROOT, env=surroundings, capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.returncode == 1 and "BOT_DIALOGUE_TOKEN" in ended.stderr and "Traceback" not in ended.stderr
