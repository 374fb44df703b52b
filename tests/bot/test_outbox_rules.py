"""Tests the outbox's rules as pure functions: Meta's limits, how states merge, and the error table."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.graph.errors import POLICIES, RetryPolicy, policy_of
from bot.outbox.limits import PAIR, of_number
from bot.outbox.models import State
from bot.outbox.statuses import merge, of_notice

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_the_pair_limit_allows_a_burst_of_45_and_then_one_in_six_seconds() -> None:
    memory, now, sent = None, NOON, 0
    while not PAIR.wait(memory, now):
        memory, sent = PAIR.spend(memory, now), sent + 1
    assert sent == 45
    assert PAIR.wait(memory, now) == timedelta(seconds=6)
    assert not PAIR.wait(memory, now + timedelta(seconds=6))
    twenty = None
    for _ in range(20):
        twenty = PAIR.spend(twenty, now)
    assert twenty == now + timedelta(minutes=2)  # Meta: a burst of 20 is paid back in two minutes


def test_the_number_limit_allows_eighty_in_a_second() -> None:
    limit, memory, sent = of_number(80), None, 0
    for millisecond in range(2000):
        now = NOON + timedelta(milliseconds=millisecond)
        if not limit.wait(memory, now):
            memory, sent = limit.spend(memory, now), sent + 1
    assert 80 < sent <= 240


@pytest.mark.parametrize(
    ("current", "reported", "result"),
    [
        (State.READ, State.SENT, State.READ),
        (State.READ, State.DELIVERED, State.READ),
        (State.ACCEPTED, State.READ, State.READ),
        (State.DELIVERED, State.FAILED, State.DELIVERED),
        (State.SENT, State.FAILED, State.FAILED),
        (State.FAILED, State.SENT, State.FAILED),
        (State.FAILED, State.DELIVERED, State.DELIVERED),
        (State.UNSURE, State.SENT, State.SENT),
    ],
)
def test_a_state_moves_upward_only(current: State, reported: State, result: State) -> None:
    assert merge(current, reported) is result


def test_a_notice_is_as_far_as_its_slowest_message() -> None:
    assert of_notice([State.READ, State.SENT]) == "sent"
    assert of_notice([State.READ, State.ACCEPTED]) is None
    assert of_notice([State.DELIVERED, State.HELD]) == "waiting_window"
    assert of_notice([State.DELIVERED, State.FAILED]) == "failed"
    assert of_notice([]) is None


def test_every_code_of_the_contract_has_its_remedy() -> None:
    assert {c for c, r in POLICIES.items() if r is RetryPolicy.RETRY} == {1, 2, 4, 80007, 130429, 131000, 131016, 131057, 133004}
    assert policy_of(210) is RetryPolicy.ALARM
    assert (
        policy_of(None, 503) is RetryPolicy.RETRY
        and policy_of(None, 429) is RetryPolicy.RETRY
        and policy_of(None, 401) is RetryPolicy.ALARM
    )
    assert policy_of(100, 400, 33) is RetryPolicy.ALARM and policy_of(100, 400, 2534020) is RetryPolicy.REUPLOAD
    assert policy_of(999999, 400) is RetryPolicy.HOLD and policy_of(None) is RetryPolicy.HOLD
    assert policy_of(None, 403) is RetryPolicy.REFUSED
