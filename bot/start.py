"""Starts the bot: `python -m bot`; with a word behind it, runs a command."""

import asyncio
import sys

import structlog

from bot.app import create_app
from bot.assembly import Bot
from bot.capture.listener import open_capture_listener
from bot.ops import commands
from bot.settings import Settings
from runtime.commandline import NotDone
from runtime.listening import PortTaken, listen
from runtime.patience import PatientProtocol
from runtime.process import begin
from runtime.settings import ROOT, SettingsWrong, read
from storage.blobs import BlobKeyWrong, BlobStoreUnknown
from storage.database import DatabaseUrlWrong
from storage.migrations import DatabaseNotCurrent, require_current, run_migrations
from storage.opening import prove_key

MIGRATIONS = ROOT / "bot" / "migrations"


def main() -> int:
    """Reads settings, migrates, listens. Returns 1 with one sentence when one of them can't be done. A command runs and ends."""
    arguments = commands.parser().parse_args()
    begin("bot")
    try:
        settings = read(Settings, "The bot")
        if arguments.command is not None:
            asyncio.run(require_current(settings.database_url, MIGRATIONS))
            return asyncio.run(commands.run(arguments, settings))
        asyncio.run(run_migrations(settings.database_url, MIGRATIONS))
        prove_key(settings.blob_url, settings.blob_key.get_secret_value(), "intake")
        bot = Bot(settings)
        listening = listen(settings.host, settings.port, "BOT_PORT")
        capture = listen(settings.capture_host, settings.capture_port, "CAPTURE_PORT") if settings.capture_port else None
    except (SettingsWrong, BlobKeyWrong, BlobStoreUnknown, DatabaseUrlWrong, DatabaseNotCurrent, PortTaken, NotDone) as error:
        print(error, file=sys.stderr)
        return 1
    app = create_app(bot)
    if capture is not None:
        open_capture_listener(app, bot.receiving(), capture)
    structlog.get_logger().info("bot_ready", host=bot.settings.host, port=bot.settings.port)
    app.run(sock=listening, protocol=PatientProtocol, single_process=True, access_log=False, motd=False)
    return 0
