"""What happens when a process dies or stops in the middle: nothing is lost, and nothing is said twice."""

import time
from collections.abc import Iterator

import httpx
import pytest

from tests.e2e.citizen import Citizen
from tests.e2e.stack import Stack


@pytest.fixture
def citizen(stack: Stack) -> Iterator[Citizen]:
    """Somebody new, and all five processes running before and after."""
    yield Citizen(stack.url("simulator"), "Warga SPESIMEN")
    missing = [room for room in stack.commands if room not in stack.running]
    stack.start(*missing) if missing else None
    stack.wait_ready()


def last_webhook_answered_200(stack: Stack) -> bool:
    """Whether Meta's newest webhook has been answered 200."""
    posts = httpx.get(f"{stack.url('simulator')}/control/webhooks").json()["posts"]
    return bool(posts) and 200 in posts[-1]["attempts"]


def test_the_bot_killed_between_200_and_the_reply_answers_once_after_its_start(stack: Stack, citizen: Citizen) -> None:
    stack.stop("actions")  # holds the reply back, so that the kill falls between the two for certain
    citizen.send("berapa biayanya?")
    deadline = time.monotonic() + 20
    while not last_webhook_answered_200(stack):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    stack.kill("bot")
    stack.start("actions", "bot")
    stack.wait_ready("actions", "bot")
    answers = citizen.wait(1, within=60)
    assert "gratis" in answers[0].lower() or "rp" in answers[0].lower()
    time.sleep(6)
    assert len(citizen.incoming()) == 1, "the same reply came twice"


def test_messages_written_while_rasa_is_down_are_answered_in_order(stack: Stack, citizen: Citizen) -> None:
    stack.stop("dialogue")
    citizen.send("berapa biayanya?")
    time.sleep(1.5)
    citizen.send("berapa lama jadinya?")
    time.sleep(1.5)
    citizen.send("alamat kantornya di mana?")
    time.sleep(8)
    assert citizen.incoming() == []
    stack.start("dialogue")
    stack.wait_ready("dialogue")
    answers = citizen.wait(3, within=120)
    assert "gratis" in answers[0].lower()
    assert "24 jam" in answers[1]
    assert "Jl." in answers[2] or "Jalan" in answers[2]


def test_a_complaint_made_while_the_back_office_is_down_has_its_number_and_arrives_later(stack: Stack, citizen: Citizen) -> None:
    stack.stop("backoffice")
    citizen.ask("saya mau mengadu, sudah tiga hari pesan saya tidak dibalas petugas sama sekali")
    answer = citizen.ask("sudah")
    assert "ADU-" in answer, answer
    number = next(word.strip("*.,()") for word in answer.split() if "ADU-" in word)
    stack.start("backoffice")
    stack.wait_ready("backoffice")
    deadline = time.monotonic() + 60
    while (
        found := httpx.get(f"{stack.url('backoffice')}/api/complaints/{number}", headers=stack.calling("actions", "backoffice"))
    ).status_code != 200:
        assert time.monotonic() < deadline, f"the complaint has not arrived: {found.status_code}"
        time.sleep(0.5)
    assert found.json()["number"] == number
