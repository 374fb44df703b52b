"""Names what the action server reads from its environment (contract `runtime.md`)."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The environment over `.env`. No secret has a default: a missing one is named at start."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    intake_database_url: str = "sqlite:///var/intake.db"
    blob_url: str = "file:var/blobs"
    blob_key: SecretStr
    service_token: SecretStr
    backoffice_url: str = "http://127.0.0.1:8090"
    bot_url: str = "http://127.0.0.1:8080"
    actions_host: str = "127.0.0.1"
    actions_port: int = 5055
    document_workers: int = 1
