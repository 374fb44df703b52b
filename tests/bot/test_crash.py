"""The short form of `bench.crash`: real bots are killed and lose their database while people write, and nothing is lost, said twice or
out of order; one bot over SQLite and a folder, two over PostgreSQL and S3.
"""

from pathlib import Path

import pytest

from bench.crash import one_machine, run, two_machines


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("machines", [1, pytest.param(2, marks=pytest.mark.postgres)])
async def test_bots_that_are_killed_and_lose_their_database_lose_nothing_and_say_nothing_twice(tmp_path: Path, machines: int) -> None:
    with two_machines() if machines == 2 else one_machine(tmp_path) as place:
        figures = await run(people=10, each=5, kills=3, folder=tmp_path, place=place, stops=1)
    assert (figures.lost, figures.photos_lost, figures.out_of_order, figures.answered_twice) == (0, 0, 0, 0)
    assert figures.doubled <= figures.kills + figures.stops, "one that Graph took just before a fault, whose status came too late"
