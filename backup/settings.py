"""Names what back-ups read from the environment."""

from pydantic import Field

from runtime.settings import BlobUrl, DatabaseUrl, RoomSettings, SettingPath, under_var


class Settings(RoomSettings):
    """Where the installation lies, and where its back-ups go. The key that opens them is no setting: it lies apart."""

    intake_database_url: DatabaseUrl = under_var("sqlite:///{var}/intake.db")
    backoffice_database_url: DatabaseUrl = under_var("sqlite:///{var}/backoffice.db")
    blob_url: BlobUrl = under_var("file:{var}/blobs")
    backup_folder: SettingPath = under_var("{var}/backups")
    backup_recipient: str | None = None
    """The public key (`age1…`) to which back-ups are encrypted; `make backup-key` makes it and its private half."""
    backup_kept_days: int = Field(30, ge=1)
    """Older back-ups are deleted: what was erased must be gone from them, too."""
