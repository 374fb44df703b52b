"""Tests what a queue does next, as a pure decision."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.conversations.agenda import Open, Rules, Wait, Waiting, decide
from contracts.turn import TurnKind

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
RULES = Rules(timedelta(seconds=4), timedelta(seconds=20), timedelta(seconds=60))


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def photo(id_: int, second: float, ready: bool = True) -> Waiting:
    return Waiting(id_, TurnKind.DOCUMENTS, at(second), ready)


def words(id_: int, second: float) -> Waiting:
    return Waiting(id_, TurnKind.TEXT, at(second), True)


def test_an_empty_queue_waits_for_something_new() -> None:
    assert decide([], NOON, RULES) == Wait(None)


def test_a_single_text_is_a_turn_at_once() -> None:
    assert decide([words(1, 0)], NOON, RULES) == Open((1,))


def test_a_text_that_asks_is_a_turn_of_its_own() -> None:
    said, asks = words(1, 0), replace(words(2, 0), asks=True)
    assert decide([said, asks, words(3, 0)], NOON, RULES) == Open((1,))
    assert decide([asks, words(3, 0)], NOON, RULES) == Open((2,))


def test_texts_that_wait_are_one_turn_up_to_what_comes_between_them() -> None:
    assert decide([words(1, 0), words(2, 0)], NOON, RULES) == Open((1, 2))
    tap = Waiting(3, TurnKind.CHOICE, at(1), True)
    assert decide([words(1, 0), words(2, 0), tap, words(4, 2)], at(3), RULES) == Open((1, 2))
    assert decide([tap, words(4, 2)], at(3), RULES) == Open((3,))
    assert decide([words(1, 0), photo(2, 1), words(3, 2)], at(60), RULES) == Open((1,))


def test_who_writes_without_end_is_answered_all_the_same() -> None:
    assert decide([words(n, n / 10) for n in range(40)], at(5), RULES) == Open((0, 1, 2, 3, 4))


def test_photos_wait_until_no_more_come() -> None:
    assert decide([photo(1, 0), photo(2, 3)], at(5), RULES) == Wait(at(7))
    assert decide([photo(1, 0), photo(2, 3)], at(7), RULES) == Open((1, 2))


def test_photos_that_keep_coming_are_answered_after_twenty_seconds() -> None:
    album = [photo(n, n * 3) for n in range(8)]
    assert decide(album, at(19.9), RULES) == Wait(at(20))
    assert decide(album, at(21), RULES) == Open(tuple(range(8)))


def test_photos_behind_a_text_are_another_turn() -> None:
    assert decide([photo(1, 0), words(2, 1), photo(3, 2)], at(60), RULES) == Open((1,))


def test_a_photo_that_is_being_fetched_holds_its_album_up_for_a_minute() -> None:
    assert decide([photo(1, 0), photo(2, 0, ready=False)], at(10), RULES) == Wait(at(60))
    assert decide([photo(1, 0), photo(2, 0, ready=False)], at(60), RULES) == Open((1,))


def test_a_photo_that_can_not_be_fetched_lets_the_queue_go_on_and_comes_later() -> None:
    assert decide([photo(1, 0, ready=False), words(2, 5)], at(30), RULES) == Wait(at(60))
    assert decide([photo(1, 0, ready=False), words(2, 5)], at(60), RULES) == Open((2,))
    assert decide([photo(1, 0, ready=True)], at(4000), RULES) == Open((1,))


def test_a_notice_whose_attachments_are_missing_holds_nobody_up() -> None:
    assert decide([Waiting(1, TurnKind.NOTICE, NOON, False), words(2, 0)], NOON, RULES) == Open((2,))
