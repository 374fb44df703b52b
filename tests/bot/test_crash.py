"""The short form of `bench.crash`: a real bot is killed while people write to it, and nothing is lost, said twice or out of order."""

from pathlib import Path

import pytest

from bench.crash import run


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_a_bot_that_is_killed_again_and_again_loses_nothing_and_says_nothing_twice(tmp_path: Path, database_url: str) -> None:
    figures = await run(people=8, each=5, kills=3, folder=tmp_path, database=database_url)
    assert (figures.lost, figures.photos_lost, figures.out_of_order, figures.answered_twice) == (0, 0, 0, 0)
    assert figures.doubled <= figures.kills, "one that Graph took just before a kill, whose status came too late"
