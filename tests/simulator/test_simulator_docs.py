"""The page on the simulator names every setting, call, fault, knob and test id that the code has."""

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from simulator import faults, model
from simulator.routes import control, page, phones
from simulator.routes.phones import SENDERS
from simulator.settings import Settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/simulator.md").read_text(encoding="utf-8")
STATIC = ROOT / "simulator/static"


def calls():
    for module in (control, phones, page):
        prefix = module.blueprint.url_prefix or ""
        for route in module.blueprint._future_routes:
            path = prefix + route.uri
            if path.startswith("/control/") and "preview" not in path:
                shown = re.sub(r"<(\w+)(:\w+)?>", r"<\1>", path)
                yield f"{next(iter(route.methods))} {shown.replace('phones/<name>', 'phones/<phone>')}"


def marked_ids():
    for file in (*STATIC.glob("*.html"), *STATIC.glob("js/*.js")):
        yield from re.findall(r'data-testid"?[=:] ?"([a-z-]+)"', file.read_text(encoding="utf-8"))


NAMES = {
    "setting": [field.alias for field in Settings.model_fields.values()],
    "call": sorted(set(calls())),
    "send": sorted(SENDERS),
    "fault": [*get_args(faults.Kind), *get_args(faults.Place)],
    "knob": [field.name for field in fields(model.Behaviour)],
    "test id": sorted(
        {name for name in marked_ids() if not name.endswith("-sheet") and name not in ("bubble-more", "place", "sticker-choice", "preview")}
    ),
}


@pytest.mark.parametrize("kind", NAMES)
def test_everything_is_on_the_page(kind):
    assert [name for name in NAMES[kind] if f"`{name}`" not in PAGE] == []
