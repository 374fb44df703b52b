"""Reads the bot's settings from the environment and `.env`. No secret has a default."""

from pydantic import Field, SecretStr

from runtime.responses import RESPONSES
from runtime.settings import BlobUrl, DatabaseUrl, RoomSettings, ServiceTokens, SettingPath, under_var


class Settings(RoomSettings):
    """Everything that an installation may set about the bot. Lengths of time are in seconds, sizes in bytes."""

    phone_number_id: str = Field(alias="WHATSAPP_PHONE_NUMBER_ID", min_length=1)
    access_token: SecretStr = Field(alias="WHATSAPP_ACCESS_TOKEN", min_length=1)
    app_secret: SecretStr = Field(alias="WHATSAPP_APP_SECRET", min_length=1)
    verify_token: SecretStr = Field(alias="WHATSAPP_VERIFY_TOKEN", min_length=1)
    graph_url: str = Field("https://graph.facebook.com", alias="WHATSAPP_GRAPH_URL")
    graph_version: str = Field("v25.0", alias="WHATSAPP_GRAPH_VERSION")
    messages_per_second: int = Field(80, alias="WHATSAPP_MESSAGES_PER_SECOND", ge=1)

    database_url: DatabaseUrl = under_var("sqlite:///{var}/intake.db", alias="INTAKE_DATABASE_URL")
    blob_url: BlobUrl = under_var("file:{var}/blobs")
    blob_key: SecretStr = Field(min_length=1)
    bot_dialogue_token: ServiceTokens
    bot_backoffice_token: ServiceTokens
    backoffice_bot_token: ServiceTokens
    actions_bot_token: ServiceTokens
    dialogue_url: str = "http://127.0.0.1:5005"
    actions_url: str = "http://127.0.0.1:5055"
    backoffice_url: str = "http://127.0.0.1:8090"
    host: str = Field("127.0.0.1", alias="BOT_HOST")
    port: int = Field(8080, alias="BOT_PORT")
    responses_folder: SettingPath = RESPONSES

    capture_url: str = Field("", pattern=r"^(https://[a-z0-9.-]+(:\d+)?(/[\w/-]*)?|http://(127\.0\.0\.1|localhost)(:\d+)?(/[\w/-]*)?)?$")
    """Where people reach the capture page, on the office's own domain; empty: it is not offered."""
    capture_host: str = "127.0.0.1"
    capture_port: int = Field(0, ge=0, le=65535)
    """The listener that serves the page and nothing else; 0 serves none."""
    album_window: float = Field(4.0, alias="ALBUM_WINDOW_SECONDS", ge=0)
    """Photos belong together when no later one came for so long."""
    album_longest: float = Field(20.0, alias="ALBUM_LONGEST_SECONDS", ge=0)
    """An album is answered after so long at the latest."""
    media_patience: float = Field(60.0, alias="MEDIA_PATIENCE_SECONDS", ge=0)
    """A photo that can't be fetched lets the queue go on after so long; it becomes a turn of its own when it comes."""
    media_max_bytes: int = Field(25_000_000, ge=1)
    unsure_wait: float = Field(60.0, alias="UNSURE_WAIT_SECONDS", ge=0)
    """How long a send that nobody is sure about waits for a status before it is sent again."""
    turn_workers: int = Field(16, ge=1)
    send_workers: int = Field(8, ge=1)
    media_workers: int = Field(8, ge=1)
    raw_bodies_kept_days: int = Field(14, ge=8)
    """Meta repeats a delivery for seven days; bodies that are split are kept a little longer."""
    chats_kept_days: int = Field(90, ge=30)
    """What was said is erased after so long; what the office needs for good stands in the case."""
    sent_files_kept_days: int = Field(7, ge=1)
    """Our copy of a receipt, a form or an issued PDF is erased so long after it was sent."""
