"""Tests the real Rasa as it is served: what it writes into its log."""

import contextlib
import json
import time
from typing import Any

import httpx
import pytest

from tests.e2e.stack import Stack

pytestmark = pytest.mark.dialogue

WORDS = "nama anak saya BUDI SANTOSO SPESIMEN, NIK 3316990101900001"


def turn(text: str = WORDS) -> dict[str, Any]:
    return {"sender": "c1", "message": text, "metadata": {"turn": "t1", "kind": "text", "text": text}}


def test_no_word_of_a_citizen_is_in_rasas_log_when_the_actions_are_down_or_the_caller_hangs_up(rasa: Stack) -> None:
    at = f"{rasa.url('dialogue')}/webhooks/rest/webhook"
    assert httpx.post(at, json=turn(), timeout=60).json() == []
    deadline = time.monotonic() + 60
    while "rest.message.received.timeout" not in rasa.log("dialogue"):
        assert time.monotonic() < deadline, "no caller hung up in time"
        with contextlib.suppress(httpx.ReadTimeout):
            httpx.post(at, json=turn(), timeout=httpx.Timeout(10, read=0.01))
        time.sleep(0.5)
    httpx.post(at, content=json.dumps(turn()).encode()[:-9], timeout=60)
    log = rasa.log("dialogue")
    assert "ClientConnectorError" in log
    assert [word for word in ("BUDI", "3316", "nama anak") if word in log] == []
    assert all(json.loads(line)["process"] == "dialogue" for line in log.splitlines())
