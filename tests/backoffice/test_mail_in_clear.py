"""E-mail, and the password of the mail server, never go in clear to another machine."""

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from backoffice.notices import mail
from backoffice.notices.models import Notice


@pytest.fixture
async def server_without_tls():
    """An SMTP server that offers no STARTTLS; what it was told."""
    told = []

    async def talk(reader, writer):
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            told.append(line.split()[0].upper())
            writer.write(b"221 bye\r\n" if told[-1] == b"QUIT" else b"250-here\r\n250 AUTH PLAIN LOGIN\r\n")
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1], told
    server.close()


def notice():
    return Notice(
        id="n-1", contact="mailto:siti@example.org", kind="tautan_masuk", number="", at=datetime.now(UTC), data={}, attachments=[]
    )


async def test_nothing_is_said_to_a_server_elsewhere_that_offers_no_tls(server_without_tls, monkeypatch):
    port, told = server_without_tls
    monkeypatch.setattr(mail, "HERE", ())
    monkeypatch.setattr(mail, "words_of", lambda *_: ("subject", "body"))
    server = mail.MailServer.read(f"smtp://user:secret@127.0.0.1:{port}")
    with pytest.raises(mail.MailDown):
        await mail.send_mail(server, notice(), None, SimpleNamespace(public_url=""), attached=True)
    assert told and not {b"AUTH", b"MAIL", b"DATA"} & set(told)


@pytest.mark.parametrize(
    ("url", "start_tls"),
    [
        ("smtp://mail.example", True),
        ("smtps://mail.example", False),
        ("smtp://localhost:25", None),
        ("smtp://relay.example?tls=none", None),
    ],
)
def test_only_this_machine_or_the_setting_lets_mail_go_in_clear(url, start_tls):
    assert mail.MailServer.read(url).start_tls is start_tls
