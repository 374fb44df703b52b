"""Tests that the published webhook bodies of others, where they lie beside the project, end as handled, parked or ignored, and why."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bot_fakes import graph_error

from bot.deliveries.models import Fate, Update

FIXTURES = Path(__file__).parents[3] / "shared" / "fixtures" / "whatsapp"

HANDLED, IGNORED = "handled", "ignored"
NOT_OURS = "parked:unknown_message"  # a status of a message that this bot never sent: kept, in case its row comes later

EXPECTED = {
    "pywa_updates/account_update": HANDLED,  # for the operator: logged and kept
    "pywa_updates/call_connect:business_initiated": IGNORED,  # we never call
    "pywa_updates/call_connect:user_initiated": HANDLED,  # answered: we can't take calls
    "pywa_updates/call_permission_update": IGNORED,  # we never ask
    "pywa_updates/call_status": IGNORED,
    "pywa_updates/call_terminate": "ignored+handled",  # the call, and an account error beside it
    "pywa_updates/callback_button": HANDLED,
    "pywa_updates/callback_selection": HANDLED,
    "pywa_updates/deleted_message": HANDLED,
    "pywa_updates/edited_message": HANDLED,
    "pywa_updates/flow_completion": HANDLED,
    "pywa_updates/flow_completion:without_flow_token": "parked:no_form",  # none of ours: those come back with their token
    "pywa_updates/message": HANDLED,
    "pywa_updates/message:unreaction_empty": IGNORED,
    "pywa_updates/message:unreaction_no_emoji": IGNORED,
    "pywa_updates/message:interactive_message_with_err": "parked:unknown_type+handled",  # Meta itself could not say what was tapped
    "pywa_updates/message_status": NOT_OURS,
    "pywa_updates/outgoing_message": IGNORED,  # sent from the phone app beside us
    "pywa_updates/system:identity_change": HANDLED,  # noted with the contact: akta and KK wait for a sign of who it is
    "pywa_updates/system:phone_number_change": HANDLED,
    "pywa_updates/template_category_update": HANDLED,
    "pywa_updates/template_components_update": HANDLED,
    "pywa_updates/template_quality_update": HANDLED,
    "pywa_updates/template_status_update": HANDLED,
    "pywa_updates/user_marketing_preferences": IGNORED,  # we send no marketing
    "meta_openapi_v23/inbound": HANDLED,
    "meta_openapi_v23/inbound/group_settings_update": IGNORED,  # the service has no groups
    "meta_openapi_v23/inbound/group_create_message": IGNORED,
    "meta_openapi_v23/inbound/group_remove_participants": IGNORED,
    "meta_docs_transcribed": HANDLED,
    "meta_docs_transcribed/status_failed_131049": NOT_OURS,
    "meta_docs_transcribed/status_delivered_bsuid_no_phone": NOT_OURS,
    "meta_docs_transcribed/status_sent_with_conversation": NOT_OURS,
    "whatsapp_api_js_v25/incoming": HANDLED,
    "whatsapp_api_js_v25/sent": NOT_OURS,
    "whatsapp_api_js_v25/delivered": NOT_OURS,
    "whatsapp_api_js_v25/read": NOT_OURS,
}
"""By file, or by file and name within it; the longest name that fits counts."""


def bodies() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every webhook body with its name."""
    for path in sorted(FIXTURES.rglob("*.json")):
        name = str(path.relative_to(FIXTURES).with_suffix(""))
        content = json.loads(path.read_text(encoding="utf-8"))
        if "outbound" in path.parts or name.endswith("graph_error_130429"):
            continue  # requests to Graph and an answer of Graph: no webhooks
        if "pywa_updates" in path.parts:
            yield from ((f"{name}:{inner}", body) for inner, body in content.items())
        else:
            yield name, content


def expected(name: str) -> str:
    return EXPECTED[max((key for key in EXPECTED if name.startswith(key)), key=len)]


def addressed(body: dict[str, Any], number: str) -> dict[str, Any]:
    """The body as if it had been sent to our number."""
    return json.loads(json.dumps(body), object_hook=lambda o: {**o, "phone_number_id": number} if "phone_number_id" in o else o)


if FIXTURES.is_dir():

    @pytest.mark.parametrize(("name", "body"), [pytest.param(n, b, id=n) for n, b in bodies()])
    async def test_every_published_body_is_answered_200_and_has_its_fate(house, name: str, body: dict[str, Any]) -> None:
        house.graph.address_faults = [graph_error(100, details="Object does not exist")] * 20
        assert (await house.deliver(addressed(body, house.bot.settings.phone_number_id))).status_code == 200
        await house.settle()
        updates = await house.rows(Update)
        fates = "+".join(u.fate + (f":{u.reason}" if u.fate == Fate.PARKED else "") for u in updates)
        assert fates == expected(name)
        assert all(u.body is not None for u in updates if u.fate == Fate.PARKED)

    def test_every_row_of_the_table_is_needed() -> None:
        names = [name for name, _ in bodies()]
        used = {max((key for key in EXPECTED if name.startswith(key)), key=len) for name in names}
        assert used == set(EXPECTED) and len(names) > 90
