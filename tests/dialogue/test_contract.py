"""Holds the two endpoints that we use of the dialogue, seen from outside: whatever replaces Rasa has to pass this file, and nothing else.

The action server behind it is a stand-in that notes what it was asked and answers as a test says.
"""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
import yaml

from scripts import environment as env
from tests.e2e.stack import Stack

pytestmark = pytest.mark.dialogue

SAID = [{"text": "Selamat pagi"}, {"text": "Siapa namanya?", "buttons": [{"id": "a", "title": "A"}]}]


class StandIn(ThreadingHTTPServer):
    """The action server as the dialogue sees it."""

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Asked)
        self.asked: list[dict[str, Any]] = []
        self.headers: list[str | None] = []
        self.says: list[dict[str, Any]] = SAID
        self.status = 200


class Asked(BaseHTTPRequestHandler):
    """One call of the webhook."""

    server: StandIn

    def do_POST(self) -> None:
        self.server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.server.headers.append(self.headers["Authorization"])
        responses = [{"custom": message, "text": None, "buttons": [], "elements": []} for message in self.server.says]
        body = json.dumps({"events": [], "responses": responses}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def actions(rasa: Stack) -> Iterator[StandIn]:
    server = StandIn(env.port("actions", rasa.settings))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def post(rasa: Stack, text: str, **metadata: Any) -> list[dict[str, Any]]:
    body = {"sender": "c1", "message": text, "metadata": {"turn": "t1", "text": text, **metadata}}
    answer = httpx.post(f"{rasa.url('dialogue')}/webhooks/rest/webhook", json=body, headers=rasa.to_dialogue, timeout=60)
    assert answer.status_code == 200
    return list(answer.json())


def test_a_turn_is_handed_to_the_one_action_whole_and_answered_in_order(rasa: Stack, actions: StandIn) -> None:
    answers = post(rasa, "kulo ajeng ndamel akte lare", documents=[{"blob": "b1"}], at="2026-11-23T02:00:00Z")
    assert [row["custom"] for row in answers] == SAID
    assert {row["recipient_id"] for row in answers} == {"c1"}
    (asked,) = actions.asked
    assert (asked["next_action"], asked["sender_id"]) == ("action_answer", "c1")
    message = asked["tracker"]["latest_message"]
    assert message["text"] == "kulo ajeng ndamel akte lare"
    assert message["intent"]["name"] == "mulai_permohonan" and 0.3 <= message["intent"]["confidence"] <= 1
    assert message["intent_ranking"][0]["name"] == "mulai_permohonan"
    told = {"turn": "t1", "text": "kulo ajeng ndamel akte lare", "documents": [{"blob": "b1"}], "at": "2026-11-23T02:00:00Z"}
    assert message["metadata"].items() >= told.items()
    assert actions.headers == [rasa.to_actions["Authorization"]]


@pytest.mark.parametrize("intent", ["kirim_berkas", "kirim_lain", "pemberitahuan"])
def test_what_is_no_text_comes_under_the_intent_that_the_bot_names(rasa: Stack, actions: StandIn, intent: str) -> None:
    post(rasa, f"/{intent}", kind="documents")
    assert actions.asked[0]["tracker"]["latest_message"]["intent"] == {"name": intent, "confidence": 1.0}


@pytest.mark.parametrize("text", ["zxqv wkrp", "😀", "?", "", "{}", "/nowhere", "x" * 4096])
def test_every_text_reaches_the_action_once(rasa: Stack, actions: StandIn, text: str) -> None:
    post(rasa, text)
    assert len(actions.asked) == 1


def test_nothing_is_remembered_from_one_turn_to_the_next(rasa: Stack, actions: StandIn) -> None:
    for text in ("sugeng enjing", "tolong hapus semua data saya"):
        post(rasa, text)
    last = json.dumps(actions.asked[1])
    assert "hapus semua data" in last and "enjing" not in last


def test_a_fault_of_the_action_is_no_answer_and_the_next_turn_is_answered(rasa: Stack, actions: StandIn) -> None:
    actions.status = 500
    assert post(rasa, "halo") == []
    actions.status = 200
    assert [row["custom"] for row in post(rasa, "halo")] == SAID


def test_a_sentence_is_parsed_without_asking_the_action(rasa: Stack, actions: StandIn) -> None:
    body = {"text": "biayanya berapa ya"}
    answer = httpx.post(f"{rasa.url('dialogue')}/model/parse", json=body, headers=rasa.to_dialogue, timeout=60).json()
    assert answer["text"] == body["text"]
    assert answer["intent"]["name"] == "tanya_biaya" and answer["intent_ranking"][0] == answer["intent"]
    assert {row["name"] for row in answer["intent_ranking"]} <= {*yaml.safe_load((env.ROOT / "domain.yml").read_text())["intents"]}
    assert actions.asked == []
