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
    capture_items: str = Field("", pattern=r"^([a-z0-9_]+(,[a-z0-9_]+)*)?$")
    """The documents for which the capture page is offered after a failed photo (`kk,surat_kelahiran`); empty: for none."""

    birth_flow: str = Field("", alias="WHATSAPP_FLOW_PERMOHONAN", pattern=r"^\d{0,30}$")
    """The id of the Flow that was published at Meta from `python -m pack flow permohonan`; empty: the chat alone asks."""

    @property
    def by_page(self) -> frozenset[str]:
        """`capture_items` one by one. A name that is no document's is offered for nothing."""
        return frozenset(self.capture_items.split(",")) - {""}

    @property
    def readers(self) -> int:
        """How many processes read photos."""
        return self.document_workers or len(os.sched_getaffinity(0))
