"""Names what the action server reads from its environment."""

import os

from pydantic import Field, SecretStr

from runtime.responses import RESPONSES
from runtime.settings import BlobUrl, DatabaseUrl, RoomSettings, ServiceTokens, SettingPath, under_var


class Settings(RoomSettings):
    """The environment over `.env`. No secret has a default: a missing one is named at start."""

    intake_database_url: DatabaseUrl = under_var("sqlite:///{var}/intake.db")
    blob_url: BlobUrl = under_var("file:{var}/blobs")
    blob_key: SecretStr = Field(min_length=1)
    dialogue_actions_token: ServiceTokens
    actions_bot_token: ServiceTokens
    actions_backoffice_token: ServiceTokens
    backoffice_url: str = "http://127.0.0.1:8090"
    bot_url: str = "http://127.0.0.1:8080"
    actions_host: str = "127.0.0.1"
    actions_port: int = 5055
    document_workers: int | None = Field(None, ge=1)
    """None: one for each core that the process may use."""
    responses_folder: SettingPath = RESPONSES

    @property
    def readers(self) -> int:
        """How many processes read photos."""
        return self.document_workers or len(os.sched_getaffinity(0))
