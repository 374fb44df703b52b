"""Reads the bot's settings from the environment and `.env` (contract `runtime.md`). No secret has a default."""

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class SettingsMissing(Exception):
    """Settings are missing or wrong; the message names each of them and no value."""


class Settings(BaseSettings):
    """Everything that an installation may set about the bot. Lengths of time are in seconds, sizes in bytes."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, populate_by_name=True)

    phone_number_id: str = Field(alias="WHATSAPP_PHONE_NUMBER_ID", min_length=1)
    access_token: SecretStr = Field(alias="WHATSAPP_ACCESS_TOKEN", min_length=1)
    app_secret: SecretStr = Field(alias="WHATSAPP_APP_SECRET", min_length=1)
    verify_token: SecretStr = Field(alias="WHATSAPP_VERIFY_TOKEN", min_length=1)
    graph_url: str = Field("https://graph.facebook.com", alias="WHATSAPP_GRAPH_URL")
    graph_version: str = Field("v25.0", alias="WHATSAPP_GRAPH_VERSION")
    messages_per_second: int = Field(80, alias="WHATSAPP_MESSAGES_PER_SECOND", ge=1)

    database_url: str = Field(f"sqlite:///{ROOT}/var/intake.db", alias="INTAKE_DATABASE_URL")
    blob_url: str = Field(f"file:{ROOT}/var/blobs", alias="BLOB_URL")
    blob_key: SecretStr = Field(alias="BLOB_KEY", min_length=1)
    service_token: SecretStr = Field(alias="SERVICE_TOKEN", min_length=1)
    dialogue_url: str = Field("http://127.0.0.1:5005", alias="DIALOGUE_URL")
    actions_url: str = Field("http://127.0.0.1:5055", alias="ACTIONS_URL")
    backoffice_url: str = Field("http://127.0.0.1:8090", alias="BACKOFFICE_URL")
    host: str = Field("127.0.0.1", alias="BOT_HOST")
    port: int = Field(8080, alias="BOT_PORT")
    domain_file: Path = Field(ROOT / "domain.yml", alias="DOMAIN_FILE")

    album_window: float = Field(4.0, alias="ALBUM_WINDOW_SECONDS", ge=0)
    """Photos belong together when no later one came for so long."""
    album_longest: float = Field(20.0, alias="ALBUM_LONGEST_SECONDS", ge=0)
    """An album is answered after so long at the latest."""
    media_patience: float = Field(60.0, alias="MEDIA_PATIENCE_SECONDS", ge=0)
    """A photo that can't be fetched lets the lane go on after so long; it becomes a turn of its own when it comes."""
    media_max_bytes: int = Field(25_000_000, alias="MEDIA_MAX_BYTES", ge=1)
    unsure_wait: float = Field(60.0, alias="UNSURE_WAIT_SECONDS", ge=0)
    """How long a send that nobody is sure about waits for a status before it is sent again."""
    lane_workers: int = Field(16, alias="LANE_WORKERS", ge=1)
    send_workers: int = Field(8, alias="SEND_WORKERS", ge=1)
    media_workers: int = Field(8, alias="MEDIA_WORKERS", ge=1)
    raw_bodies_kept_days: int = Field(14, alias="RAW_BODIES_KEPT_DAYS", ge=8)
    """Meta repeats a delivery for seven days; bodies that are split are kept a little longer."""
    chats_kept_days: int = Field(90, alias="CHATS_KEPT_DAYS", ge=30)
    """What was said is erased after so long; what the office needs for good stands in the case."""
    sent_files_kept_days: int = Field(7, alias="SENT_FILES_KEPT_DAYS", ge=1)
    """Our copy of a receipt, a form or an issued PDF is erased so long after it was sent."""


def read_settings() -> Settings:
    """The settings of this process. Raises SettingsMissing with each missing or wrong name, never with a value."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, e['loc']))} ({'missing' if e['type'] in _ABSENT else e['msg']})" for e in error.errors()]
        raise SettingsMissing("The bot can't start. In the environment or .env, set: " + ", ".join(wrong)) from None


_ABSENT = {"missing", "too_short", "string_too_short"}
