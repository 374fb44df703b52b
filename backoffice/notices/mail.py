"""Sends e-mail over the SMTP server that SMTP_URL names: akta and KK to applicants, late cases to superiors, answers of the desk."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib

from backoffice.keys import keyed
from backoffice.notices.models import Notice
from backoffice.settings import Settings
from backoffice.web.texts import label, text
from standard import stages
from standard.clock import write_moment
from storage.blobs import BlobStore

MAILTO = "mailto:"
"""How a notice's contact begins when it goes by e-mail instead of into the chat."""

TIMEOUT = 30.0
HERE = ("127.0.0.1", "localhost", "::1")


class MailNotSet(Exception):
    """SMTP_URL is empty or can't be read: an administrator has to set it."""


class MailRefused(Exception):
    """The server will never take this message, as for an address that does not exist."""


class MailDown(Exception):
    """The server does not answer or says that it can't now."""


@dataclass(frozen=True)
class MailServer:
    """What SMTP_URL says: `smtp://user:password@host:587?from=layanan@example.org`, or `smtps://` for TLS from the first byte.

    With `smtp://` the connection is encrypted before anything is said (STARTTLS), and nothing is sent where the server can't; only a
    server on this machine, or one that `?tls=none` is written behind, may do without.
    """

    host: str
    port: int
    username: str | None
    password: str | None
    sender: str
    tls: bool
    may_be_clear: bool = False

    @property
    def domain(self) -> str:
        """Of the sender's address: it stays when the office takes another server."""
        return self.sender.rpartition("@")[2]

    @classmethod
    def read(cls, url: str | None) -> "MailServer":
        """Raises MailNotSet."""
        parts = urlsplit(url or "")
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise MailNotSet
        username = unquote(parts.username) if parts.username else None
        sender = parse_qs(parts.query).get("from", [username if username and "@" in username else f"landa-mewa@{parts.hostname}"])[0]
        tls = parts.scheme == "smtps"
        password = unquote(parts.password) if parts.password else None
        may_be_clear = parts.hostname in HERE or parse_qs(parts.query).get("tls") == ["none"]
        return cls(parts.hostname, parts.port or (465 if tls else 587), username, password, sender, tls, may_be_clear)

    @property
    def start_tls(self) -> bool | None:
        """As aiosmtplib takes it: True demands, None takes what the server offers."""
        return False if self.tls else None if self.may_be_clear else True


MAILS = "surel"
"""How the kinds of notices begin that go by e-mail."""
PAPERS = "surel"
"""The e-mail that brings akta and KK to an address that was confirmed."""
CODE = "surel_kode"
"""The e-mail with the code that confirms an address: the only one that goes to an applicant's address before."""
CODE_OF_COMPLAINT = "surel_kode_aduan"
"""The e-mail with the code that confirms the address of a complaint: the only one that goes there before."""
CODE_FIGURES = 6


async def send_mail(server: MailServer, notice: Notice, blobs: BlobStore, settings: Settings, attached: bool) -> None:
    """Sends one notice, with its attachments unless these are papers that only the PIN of the chat opens (`attached` false).

    Raises MailRefused, MailDown.
    """
    by_pin = notice.kind == PAPERS and not attached
    code = code_of(settings, notice.id) if notice.kind in (CODE, CODE_OF_COMPLAINT) else None
    subject, body = words_of(notice, settings.public_url, papers_page(settings, notice.number) if by_pin else None, code)
    message = EmailMessage()
    message["From"], message["To"] = server.sender, notice.contact.removeprefix(MAILTO)
    message["Subject"] = subject
    message["Date"] = format_datetime(notice.at)
    message["Message-ID"] = f"<{notice.id}@{server.domain}>"  # the same whenever it is sent: who gets it twice sees it once
    message.set_content(body)
    for file in () if by_pin else notice.attachments:
        data = await blobs.get(file["sha256"])
        maintype, _, subtype = file["mime"].partition("/")
        message.add_attachment(data, maintype=maintype, subtype=subtype, filename=file["filename"])
    try:
        await aiosmtplib.send(
            message,
            hostname=server.host,
            port=server.port,
            username=server.username,
            password=server.password,
            use_tls=server.tls,
            start_tls=server.start_tls,
            timeout=TIMEOUT,
        )
    except aiosmtplib.SMTPRecipientsRefused as error:
        raise (MailRefused if all(refused.code >= 500 for refused in error.recipients) else MailDown) from error
    except aiosmtplib.SMTPResponseException as error:
        raise (MailRefused if error.code >= 500 else MailDown) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        raise MailDown from error


def code_of(settings: Settings, notice_id: str) -> str:
    """The six figures that the mail with that id says. They are stored nowhere."""
    return f"{int(keyed(settings, 'mail-code', notice_id), 16) % 10**CODE_FIGURES:0{CODE_FIGURES}}"


def papers_page(settings: Settings, number: str) -> str:
    """Where akta and KK are fetched with the PIN; empty where the office serves no such page: they came into the chat as well."""
    return f"{settings.public_pages_url.rstrip('/')}/dokumen?nomor={number}" if settings.public_pages_url else ""


def words_of(notice: Notice, public_url: str, papers: str | None = None, code: str | None = None) -> tuple[str, str]:
    """Subject and body: of the products (`surel`) or the code (`surel_kode`) to an applicant, of late
    cases to a superior (`surel_perhatian`, nothing personal)."""
    key, data = f"mail.{notice.kind}", notice.data
    lines = [
        text(f"{key}.line", number=row["number"], stage=_stage(row["stage"]), alarms=_alarms(row["alarms"]))
        for row in data.get("lines", ())
    ]
    if lines and (others := data["late"] + data["near"] - len(lines)) > 0:
        lines.append(text(f"{key}.others", n=others))
    body = "body_unsigned" if data.get("signed") is False else "body"
    if papers is not None:
        body = "body_link" if papers else "body_chat"
    values = {"late": data.get("late"), "near": data.get("near"), "number": notice.number}
    address = papers or (f"{public_url}/pengaduan/{notice.number}" if "due" in data else f"{public_url}/perhatian")
    due = write_moment(datetime.fromisoformat(data["due"])) if "due" in data else None
    more = {
        "code": code,
        "lines": "\n".join(lines),
        "address": address,
        "due": due,
        "text": data.get("text"),
        "officer": data.get("officer"),
    }
    return text(f"{key}.subject", **values), text(f"{key}.{body}", **values, **more)


def _stage(stage: str) -> str:
    return stages.stages()[stage].label if stage in stages.stages() else stage


def _alarms(codes: list[str]) -> str:
    return ", ".join(label("attention_alarm", code) for code in codes)
