"""What operators ask every process: `/healthz` (it lives), `/readyz` (it can work), `/metrics` (its figures, for Prometheus)."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST
from sanic import Blueprint, HTTPResponse, Request, json, raw, text

from runtime.figures import of_process
from runtime.release import RELEASE

CHECK_WITHIN = 5.0
"""Seconds; what takes longer to answer is as good as away."""

PATHS = frozenset({"/healthz", "/readyz", "/metrics"})

Check = Callable[[], Awaitable[object]]
"""Raises where its part does not answer, or returns why as a text; anything else is well."""


@dataclass(frozen=True)
class Health:
    """The checks of one process by what they look at, run side by side; what needs a person though all works; its figures as text."""

    checks: Mapping[str, Check]
    alarms: Callable[[], Awaitable[Mapping[str, str]]]
    figures: Callable[[], Awaitable[bytes]]
    folder: Path
    """Where the process keeps its files: how full that disk is stands among its figures."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """What was found out at the start and stays so; told with the rest."""

    async def missing(self) -> dict[str, str]:
        """What does not answer, and why: a sentence of ours, or the class of an error; empty when the process is ready."""
        found = await asyncio.gather(*(_why(check) for check in self.checks.values()))
        return {name: why for name, why in zip(self.checks, found, strict=True) if why is not None}


def health_routes(health_of: Callable[[Request], Health]) -> Blueprint:
    """The three routes; `health_of` is asked at each request, when the process has opened what it checks."""
    routes = Blueprint("health")

    @routes.get("/healthz")
    async def alive(_request: Request) -> HTTPResponse:
        """200 as long as the process answers."""
        return text("ok")

    @routes.get("/readyz")
    async def ready(request: Request) -> HTTPResponse:
        """200, or 503 with what does not answer; `alarms` names what works but needs a person."""
        health = health_of(request)
        missing = await health.missing()
        alarms = {} if missing.keys() & {"database"} else dict(await health.alarms())
        told = {"ready": not missing, "missing": missing, "alarms": alarms, "release": RELEASE, **health.facts}
        return json(told, 503 if missing else 200)

    @routes.get("/metrics")
    async def metrics(request: Request) -> HTTPResponse:
        """What this process counted, and what lies in its database."""
        health = health_of(request)
        return raw(await health.figures() + of_process(health.folder), content_type=CONTENT_TYPE_LATEST)

    return routes


async def _why(check: Check) -> str | None:
    try:
        found = await asyncio.wait_for(check(), CHECK_WITHIN)
    except TimeoutError:
        return "no answer"
    except Exception as error:  # whatever a driver raises, its part does not answer
        return type(error).__name__
    return found if isinstance(found, str) else None
