"""A service knows at its start how its workers are confined, and does not start where they can't be."""

import json
import sys

import pytest
from structlog.testing import capture_logs

from documents.sandbox.probing import NotConfined, probe


def saying(found: dict[str, str | None]) -> tuple[str, ...]:
    return (sys.executable, "-c", f"print({json.dumps(json.dumps(found))})")


def test_the_layers_of_this_machine_are_found_and_logged() -> None:
    with capture_logs() as logged:
        found = probe()
    assert {"limits", "seccomp", "undumpable"} <= set(found["layers"])
    assert logged[0] == {
        "event": "documents.confinement",
        "layers": found["layers"],
        "missing": list(found["missing"]),
        "log_level": "info",
    }


def test_without_the_list_of_calls_no_service_starts_unless_the_office_accepts_it() -> None:
    command = saying({"seccomp": "Unable to find libseccomp", "limits": None})
    with pytest.raises(NotConfined, match=r"seccomp \(Unable to find libseccomp\).*UNCONFINED_WORKERS"):
        probe(command=command)
    assert probe(command=command, unconfined=True) == {"layers": ["limits"], "missing": {"seccomp": "Unable to find libseccomp"}}


def test_a_missing_further_wall_is_named_and_stops_nobody() -> None:
    assert probe(command=saying({"landlock": "not supported", "seccomp": None, "limits": None}))["missing"] == {"landlock": "not supported"}


def test_a_probe_that_dies_counts_as_not_confined() -> None:
    with pytest.raises(NotConfined):
        probe(command=(sys.executable, "-c", "raise SystemExit(3)"))
