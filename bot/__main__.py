"""Starts the bot: `python -m bot`; with a word behind it, runs an errand."""

import asyncio
import socket
import sys

from bot.app import create_app
from bot.assembly import Bot
from bot.ops import errands
from bot.settings import ROOT, SettingsMissing, read_settings
from runtime import logs
from storage.blobs import BlobKeyWrong, BlobStoreUnknown
from storage.database import DatabaseUrlWrong
from storage.migrations import run_migrations

BACKLOG = 512


class PortTaken(Exception):
    """Somebody else listens there."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises PortTaken with the sentence for whoever started us."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        raise PortTaken(f"The bot can't listen on {host}:{port} ({error.strerror}). Stop what uses it, or set BOT_PORT.") from None
    listening.listen(BACKLOG)
    return listening


def main() -> None:
    """Reads settings, migrates, listens. Ends with status 1 and one sentence when one of them can't be done. An errand runs and ends."""
    arguments = errands.parser().parse_args()
    logs.set_up("bot")
    try:
        settings = read_settings()
        if arguments.errand is not None:
            sys.exit(asyncio.run(errands.run(arguments, settings)))
        asyncio.run(run_migrations(settings.database_url, ROOT / "bot" / "migrations"))
        bot = Bot(settings)
        listening = listen(settings.host, settings.port)
    except (SettingsMissing, BlobKeyWrong, BlobStoreUnknown, DatabaseUrlWrong, PortTaken) as error:
        sys.exit(str(error))
    create_app(bot).run(sock=listening, single_process=True, access_log=False, motd=False)


main()
