"""What every part of the back office is given: settings, database, blobs, opener of files, clock, wake-up calls; wired once in `app`."""

from dataclasses import dataclass, field

from backoffice.settings import Settings
from backoffice.web.live import Live
from documents import Opener
from standard.clock import Clock, now
from storage.blobs import BlobStore
from storage.database import Database
from storage.opening import open_blobs


@dataclass
class Services:
    """One process's resources."""

    settings: Settings
    database: Database
    blobs: BlobStore
    clock: Clock = now
    live: Live = field(default_factory=Live)
    opener: Opener = field(default_factory=Opener)
    """Opens every file that staff or citizens sent; its workers start at the first one."""

    @classmethod
    def open(cls, settings: Settings) -> "Services":
        """Opens database and blob store. Raises what they raise for a wrong URL or key."""
        blobs = open_blobs(settings.blob_url, settings.blob_key.get_secret_value(), "backoffice")
        return cls(settings, Database.open(settings.backoffice_database_url), blobs)
