"""Tests the tokens that our processes show one another: who is let in, and how one is changed without a stop."""

import itertools

import pytest

from runtime.tokens import Tokens, TokenWrong

OLD, NEW = "old-token-of-a-pair", "new-token-of-a-pair"


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", OLD, f"Basic {OLD}", f"Bearer {OLD[:-1]}", f"Bearer {OLD}x", "Bearer \xff", "Bearer \udcff",
               f"Bearer {OLD} {NEW}"],
)  # fmt: skip
def test_whatever_is_not_a_valid_token_is_refused(header: str | None) -> None:
    assert not Tokens(OLD).accept(header)


def test_a_token_is_accepted_whatever_the_case_of_its_scheme() -> None:
    assert Tokens(OLD).accept(f"Bearer {OLD}") and Tokens(OLD).accept(f"bearer {OLD}")


def test_a_token_is_changed_in_three_steps_in_each_of_which_both_sides_understand_each_other() -> None:
    steps = [OLD, f"{OLD} {NEW}", f"{NEW},{OLD}", NEW]
    for before, after in itertools.pairwise(steps):
        one, other = Tokens(before), Tokens(after)  # started again one after another, in any order
        assert one.accept(other.authorization) and other.accept(one.authorization)
    assert not Tokens(NEW).accept(f"Bearer {OLD}")


@pytest.mark.parametrize("setting", ["", "  ", ",", "short", f"{OLD} short"])
def test_no_token_and_a_short_one_are_no_setting(setting: str) -> None:
    with pytest.raises(TokenWrong) as caught:
        Tokens(setting)
    assert OLD not in str(caught.value)
