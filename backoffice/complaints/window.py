"""Asks the bot how long a citizen can still be written to freely."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import structlog
from pydantic import ValidationError

from backoffice.services import Services
from contracts.chat import ContactShown

log = structlog.get_logger()

HOURS = timedelta(hours=24)


@dataclass(frozen=True)
class Window:
    """`until`: when it closes; None where it is closed, or where the bot may not say of whom (a report without a name)."""

    open: bool
    until: datetime | None


async def window_of(services: Services, http: httpx.AsyncClient, contact: str) -> Window | None:
    """None where the bot does not answer, or knows the person no more."""
    url = f"{services.settings.bot_url}/internal/contacts/{contact}"
    try:
        answer = await http.get(url, headers={"Authorization": services.settings.backoffice_bot_token.authorization}, timeout=5)
        answer.raise_for_status()
        shown = ContactShown.model_validate_json(answer.content)
    except (httpx.HTTPError, ValidationError) as error:
        log.info("window_unknown", problem=type(error).__name__)
        return None
    until = shown.last_inbound_at + HOURS if shown.window_open and shown.last_inbound_at else None
    return Window(shown.window_open, until)
