"""The Flows (forms within WhatsApp) that are published at this Meta: their JSON by id, as the office's file gives it."""

import json
from pathlib import Path
from typing import Any


def published(office: Path | None) -> dict[str, dict[str, Any]]:
    """Those of `SIMULATOR_OFFICE`; none without it."""
    found: dict[str, dict[str, Any]] = json.loads(office.read_text(encoding="utf-8")).get("flows", {}) if office else {}
    return found
