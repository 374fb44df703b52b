"""Reads the simulator's settings from the environment (and a `.env` file)."""

import json
from pathlib import Path

from pydantic import Field, field_validator

from runtime.settings import RoomSettings, SettingPath


def _name(office: Path | None) -> str:
    return str(json.loads(office.read_text(encoding="utf-8"))["name"]) if office else "Landa Mewa"


class Settings(RoomSettings):
    """What Meta and the bot agree on, and where the simulator keeps its things.

    The four secrets and the number's id have no default: both sides read them from the same environment.
    """

    app_secret: str = Field(alias="WHATSAPP_APP_SECRET", min_length=1)
    access_token: str = Field(alias="WHATSAPP_ACCESS_TOKEN", min_length=1)
    verify_token: str = Field(alias="WHATSAPP_VERIFY_TOKEN", min_length=1)
    phone_number_id: str = Field(alias="WHATSAPP_PHONE_NUMBER_ID", min_length=1)
    graph_version: str = Field("v25.0", alias="WHATSAPP_GRAPH_VERSION")

    webhook_url: str = Field("http://127.0.0.1:8080/webhooks/whatsapp", alias="SIMULATOR_WEBHOOK_URL")
    port: int = Field(8070, alias="SIMULATOR_PORT", ge=0, le=65535)
    specimen: SettingPath = Field(default_factory=lambda known: known["landa_mewa_var"] / "specimen", alias="SIMULATOR_SPECIMEN")
    state: SettingPath | None = Field(default_factory=lambda known: known["landa_mewa_var"] / "simulator.db", alias="SIMULATOR_STATE")
    """SQLite file in which phones, chats and media outlive a restart; an empty value keeps them in memory."""

    office: SettingPath | None = Field(None, alias="SIMULATOR_OFFICE")
    """JSON file with the business's `name` and its approved `templates`; without it those that come along (`scripts/demo.py` makes it)."""
    business_account_id: str = Field("100000000000331", alias="SIMULATOR_BUSINESS_ACCOUNT_ID")
    business_number: str = Field("6285100003316", alias="SIMULATOR_BUSINESS_NUMBER")
    business_name: str = Field(default_factory=lambda known: _name(known.get("office")), alias="SIMULATOR_BUSINESS_NAME")
    country_code: str = Field("62", alias="SIMULATOR_COUNTRY_CODE")
    """Put before a `to` that has no plus, as Meta does with the business's own country."""

    @field_validator("state", mode="before")
    @classmethod
    def _no_file(cls, value: object) -> object:
        return value or None
