"""The stories that `rasa test` runs leave no route untold; that they end as written is shown by `python -m bench.stories`."""

from bench.stories import covered, routes

FALLBACK = "nlu_fallback"
"""What is not understood is no sentence that could be written down for good."""


def test_every_route_has_a_story() -> None:
    assert covered() == routes() - {FALLBACK}
