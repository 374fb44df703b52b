"""Tests that each shape of update that Meta sends has a payload of ours, and that each ends as the table of the inbox says."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.deliveries.models import Fate, Update
from bot.inbox.policy import MESSAGES, UPDATES, Rule, Treatment

PAYLOADS = Path(__file__).parents[1] / "fixtures" / "meta"
RULES = {**{("messages", name): rule for name, rule in MESSAGES.items()}, **{("updates", name): rule for name, rule in UPDATES.items()}}


def payload(folder: str, name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((PAYLOADS / folder / f"{name.replace(':', '.')}.json").read_text(encoding="utf-8"))
    return content


def fate_of(name: str, rule: Rule) -> str:
    if name == "status":
        return "parked:unknown_message"  # of a message that was never sent: kept, in case its row comes later
    return {Treatment.IGNORE: "ignored", Treatment.PARK: f"parked:{rule.why}"}.get(rule.treatment, "handled")


def test_every_shape_has_a_payload_and_every_payload_a_shape() -> None:
    assert {(path.parent.name, path.stem) for path in PAYLOADS.rglob("*.json")} == {
        (folder, name.replace(":", ".")) for folder, name in RULES
    }


@pytest.mark.parametrize(("folder", "name"), sorted(RULES))
async def test_every_shape_is_answered_200_and_ends_as_the_table_says(house, folder: str, name: str) -> None:
    body = json.loads(json.dumps(payload(folder, name)).replace("000000000000000", house.bot.settings.phone_number_id))
    assert (await house.deliver(body)).status_code == 200
    await house.settle()
    fates = "+".join(u.fate + (f":{u.reason}" if u.fate == Fate.PARKED else "") for u in await house.rows(Update))
    assert fates == fate_of(name, RULES[folder, name])
