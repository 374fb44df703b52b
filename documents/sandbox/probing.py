"""Finds out at a service's start which walls this machine puts around the workers, and says so."""

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import structlog

from documents.sandbox.names import NEEDED
from documents.sandbox.pool import ROOT, bare_environment

log = structlog.get_logger()
COMMAND = (sys.executable, "-m", "documents.sandbox.confinement")
WITHIN = 60.0


class NotConfined(RuntimeError):
    """This machine lacks a wall without which no stranger's file is opened."""


def probe(*, unconfined: bool = False, command: tuple[str, ...] = COMMAND) -> dict[str, Any]:
    """The layers of confinement that a process of this machine can be given: `{"layers": […], "missing": {layer: why not}}`. Logged, too.

    Raises NotConfined, with what to do, where a needed one is missing and `unconfined` is not given. Takes a third of a second.
    """
    said = subprocess.run(command, cwd=ROOT, env=bare_environment(), capture_output=True, check=False, timeout=WITHIN)  # noqa: S603
    try:
        found: Mapping[str, str | None] = json.loads(said.stdout)
    except ValueError:
        found = dict.fromkeys(NEEDED, "the process that tried ended before it answered")
    layers = [name for name, why in found.items() if why is None]
    missing = {name: why for name, why in found.items() if why is not None}
    log.info("documents.confinement", layers=layers, missing=list(missing))
    if (lacking := [f"{name} ({missing[name]})" for name in NEEDED if name in missing]) and not unconfined:
        raise NotConfined(
            f"Strangers' files can't be opened safely on this machine: {', '.join(lacking)}. Install libseccomp2, or run on a Linux kernel "
            "with seccomp; UNCONFINED_WORKERS=true starts all the same, with the other walls only."
        )
    return {"layers": layers, "missing": missing}
