"""The back office's settings, read from the environment and `.env`."""

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr

from runtime.settings import BlobUrl, DatabaseUrl, RoomSettings, ServiceTokens, SettingsWrong, under_var


class Settings(RoomSettings):
    """One process's settings. No secret has a default."""

    blob_key: SecretStr = Field(min_length=1)
    backoffice_bot_token: ServiceTokens
    bot_backoffice_token: ServiceTokens
    actions_backoffice_token: ServiceTokens
    session_secret: SecretStr = Field(min_length=16)
    backoffice_database_url: DatabaseUrl = under_var("sqlite:///{var}/backoffice.db")
    blob_url: BlobUrl = under_var("file:{var}/blobs")
    bot_url: str = "http://127.0.0.1:8080"
    public_url: str = "http://127.0.0.1:8090"
    smtp_url: str | None = None
    backoffice_host: str = "127.0.0.1"
    backoffice_port: int = 8090
    public_host: str = "127.0.0.1"
    public_port: int = 0
    """Where the pages for everybody are served, tracking and verification: a listener without a staff route; 0 serves none."""
    public_pages_url: str = ""
    """Under which address everybody reaches those pages (`https://lacak.…`); e-mails lead there. Empty: no e-mail names it."""
    mail_attachments: bool = False
    """Whether akta and KK are attached to e-mails. Else an e-mail leads to a page that gives them out for the PIN of the chat alone."""
    trusted_proxies: int | None = Field(default=None, ge=0, le=9)
    """How many reverse proxies of ours stand before the process: from them, and from them only, X-Forwarded-For is believed.

    0 says that browsers reach the process directly; unset says that nobody has thought about it, which an https address does not allow.
    """
    signer_roots: Path | None = None
    """A file of PEM certificates (BSrE's roots): signatures under one of them are trusted."""
    signer_must_be_known: bool = False
    """Whether a signature of any other certificate stops a final until a second person allows it; else it is shown."""
    siak_approvals: bool = False
    """Whether an approval that SIAK holds already may be noted, with day and reference, instead of being pressed here again."""
    session_idle_minutes: int = 60
    session_hours: int = 12
    take_idle_minutes: int = 30
    """After so long without a look or an act a case taken is free again."""

    @property
    def secure_cookies(self) -> bool:
        """Browsers send a Secure cookie over HTTPS only, so it can't be set where the office is reached without it."""
        return self.public_url.startswith("https://")

    @property
    def requires_second_factor(self) -> bool:
        """Whether who signs or looks after accounts needs a second factor: everywhere but on the machine itself (`make run`, tests)."""
        return urlsplit(self.public_url).hostname not in ("127.0.0.1", "localhost", "::1")

    def require_proxy_count(self) -> None:
        """Raises SettingsWrong where the office is reached over HTTPS and nobody said through how many proxies.

        Behind one that is not counted all browsers have its address, and one stranger's failures slow everybody down.
        """
        if self.secure_cookies and self.trusted_proxies is None:
            raise SettingsWrong(
                "Missing: TRUSTED_PROXIES. PUBLIC_URL is https: say how many reverse proxies of yours stand before the back office "
                "(1 for one nginx or Caddy; 0 only where browsers reach this process directly)."
            )
