"""What every part of the back office is given: settings, database, blobs, opener of files, clock, wake-up calls; wired once in `app`."""

from dataclasses import dataclass, field

from backoffice.live import Live
from backoffice.settings import Settings
from documents import Opener
from standard.clock import Clock, now
from storage.blobs import BlobStore
from storage.database import Database
from storage.kept_blobs import KeptBlobs
from storage.keyring import Keyring
from storage.opening import open_blobs

_END = "-----END CERTIFICATE-----"


@dataclass(frozen=True)
class Signers:
    """Whose signatures count: certificates as PEM, and whether one of another stops a paper (else it is shown)."""

    roots: tuple[str, ...] = ()
    must_be_known: bool = False


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

    signers: Signers = field(default_factory=Signers)
    """Whose electronic signatures count."""

    @property
    def kept(self) -> KeptBlobs:
        """The blobs with the notes of who needs them."""
        return KeptBlobs(self.database, self.blobs, self.clock)

    @classmethod
    def open(cls, settings: Settings) -> "Services":
        """Opens database and blob store, reads the signers' certificates. Raises what they raise for a wrong URL, key or path."""
        blobs = open_blobs(settings.blob_url, settings.blob_key.get_secret_value(), "backoffice")
        roots = settings.signer_roots.read_text() if settings.signer_roots else ""
        signers = Signers(tuple(f"{part}{_END}\n" for part in roots.split(_END) if "BEGIN" in part), settings.signer_must_be_known)
        opener = Opener(unconfined=settings.unconfined_workers)
        database = Database.open(settings.backoffice_database_url, Keyring(settings.blob_key.get_secret_value()))
        return cls(settings, database, blobs, opener=opener, signers=signers)
