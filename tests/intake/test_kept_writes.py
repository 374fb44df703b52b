"""What arrived at the office is kept until a back-up of the office holds it: some days at least, two weeks at most."""

from datetime import UTC, datetime, timedelta

import pytest

from intake.handover.dispatches import HANDED_OVER_LEAST, HANDED_OVER_MOST, handed_over_kept_from

NOW = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("backed_up", "kept"),
    [
        (None, HANDED_OVER_MOST),
        (timedelta(hours=1), HANDED_OVER_LEAST),
        (timedelta(days=5), timedelta(days=5)),
        (timedelta(days=90), HANDED_OVER_MOST),
    ],
)
def test_how_long_it_is_kept(backed_up: timedelta | None, kept: timedelta) -> None:
    assert handed_over_kept_from(NOW, backed_up and NOW - backed_up) == NOW - kept
