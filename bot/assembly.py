"""Puts the bot together: opens its database, stores and clients, and sets its workers to work. Every dependency is wired here, once."""

from datetime import timedelta
from functools import partial

import httpx
import structlog

from bot.capture.links import Capturing
from bot.capture.listener import Receiving
from bot.conversations.agenda import Rules
from bot.deliveries import repository as deliveries
from bot.dialogue.catalogue import CHECKING, OUT_OF_ORDER, STILL_FETCHING, SentenceMissing, read_sentence
from bot.dialogue.client import DialogueClient
from bot.graph.client import GraphClient
from bot.inbox.service import Inbox
from bot.media.fetcher import Fetcher
from bot.model import Schedule
from bot.notices.backoffice import BackofficeClient
from bot.notices.reporter import Reporter
from bot.ops.metrics import Metrics
from bot.ops.readiness import Readiness
from bot.outbox.limits import of_number
from bot.outbox.meta_files import MetaFiles
from bot.outbox.sender import Sender
from bot.outbox.taking import Taker
from bot.retention.housekeeping import EVERY, STRAYS_EVERY, Housekeeping, Kept
from bot.settings import Settings
from bot.turns.presence import Presence
from bot.turns.runner import Sentences, TurnObserver, TurnRunner
from runtime.calling import http_client
from standard import clock as standard_clock
from standard.clock import Clock
from storage import erasures
from storage.database import Database
from storage.group_commit import GroupCommit
from storage.jobs import Jobs, Worker
from storage.kept_blobs import KeptBlobs
from storage.keyring import Keyring
from storage.opening import open_blobs

log = structlog.get_logger()

ASK_AGAIN_EVERY = timedelta(minutes=1)

GRACE = 10.0
"""Seconds that begun work gets when the process is told to stop."""


class Bot:
    """All parts of one process. `transport` and `clock` are for tests: where HTTP goes, and what time it is."""

    def __init__(self, settings: Settings, clock: Clock = standard_clock.now, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.settings = settings
        self.clock = clock
        self.metrics = Metrics()
        self.database = Database.open(settings.database_url, Keyring(settings.blob_key.get_secret_value()))
        self.blobs = KeptBlobs(self.database, open_blobs(settings.blob_url, settings.blob_key.get_secret_value(), "intake"), clock)
        self.http = http_client(transport=transport)
        self.graph = graph = GraphClient(self.http, settings)
        self.dialogue = dialogue = DialogueClient(self.http, settings.dialogue_url, settings.actions_url, settings.bot_dialogue_token)
        backoffice = BackofficeClient(self.http, settings.backoffice_url, settings.bot_backoffice_token)
        sentences = Sentences(_sentence(settings, OUT_OF_ORDER), _sentence(settings, STILL_FETCHING))
        one, several = (_sentence(settings, key) for key in CHECKING)
        self.progress_sentences = (one, several) if one and several else None
        number = settings.phone_number_id

        self.received = GroupCommit(self.database, deliveries.store)
        self.jobs = jobs = Jobs("bot", self.database, Schedule, clock)
        self.readiness = Readiness(self.database, self.blobs.store, dialogue, number, sentences.out_of_order, jobs, clock)
        inbox = Inbox(self.database, clock, number, jobs.notify, self.metrics.update)
        fetched, woken = self.metrics.media.labels, partial(jobs.notify, "turns")
        cap = settings.media_max_bytes
        fetcher = Fetcher(self.database, self.blobs, graph, backoffice, clock, cap, woken, lambda o: fetched(o).inc())
        rules = Rules(*(timedelta(seconds=s) for s in (settings.album_window, settings.album_longest, settings.media_patience)))
        observer = TurnObserver(
            self.metrics.turn,
            woken,
            lambda of_notice: jobs.notify(*(("outbox", "notices") if of_notice else ("outbox",))),
            erased=lambda contact: erasures.note(settings.landa_mewa_var, contact, clock()),
        )
        capturing = Capturing(settings.capture_url)
        self.runner = runner = TurnRunner(
            self.database, self.blobs, dialogue, Presence(graph), clock, rules, sentences, observer, capturing
        )
        limit, unsure_wait = of_number(settings.messages_per_second), timedelta(seconds=settings.unsure_wait)
        sent = self.metrics.sends.labels
        self.taker = taker = Taker(self.database, clock, number, limit, unsure_wait, settings.send_workers)
        sender = Sender(self.database, self.blobs, graph, clock, number, taker, unsure_wait, lambda o: sent(o).inc())
        meta_files = MetaFiles(self.database, graph, clock, lambda o: self.metrics.meta_files.labels(o).inc())
        reporter = Reporter(self.database, backoffice, clock)
        days = (settings.raw_bodies_kept_days, settings.chats_kept_days, settings.sent_files_kept_days)
        keeping = Housekeeping(self.database, self.blobs, clock, Kept(*(timedelta(days=count) for count in days)))

        jobs.add_worker(Worker("inbox", inbox.claim, inbox.split))
        jobs.add("media", fetcher.jobs, fetcher.fetch, settings.media_workers)
        jobs.add("media_again", fetcher.again, fetcher.fetch, max(2, settings.media_workers // 2))
        jobs.add_worker(Worker("turns", runner.claim, runner.work, settings.turn_workers), runner.jobs)
        jobs.add_worker(Worker("outbox", taker.claim, sender.send, settings.send_workers))
        jobs.add("notices", reporter.jobs, reporter.tell, concurrency=2)
        jobs.add("meta_files", meta_files.jobs, meta_files.delete)
        jobs.every(EVERY, "erase", keeping.sweep)
        jobs.every(STRAYS_EVERY, "stray_blobs", self.blobs.erase_strays)
        jobs.every(ASK_AGAIN_EVERY, "parked_turns", runner.ask_again)

    def receiving(self) -> Receiving:
        """What the capture page needs of this bot."""
        settings, arrived = self.settings, partial(self.jobs.notify, "turns")
        sentence = partial(read_sentence, settings.responses_folder)
        return Receiving(self.database, self.blobs, self.clock, settings.media_max_bytes, sentence, arrived)

    def start(self) -> None:
        """Begins the background work in the running event loop."""
        self.jobs.start()

    async def stop(self) -> None:
        """Ends gracefully: no new work, begun work gets its time, then connections close."""
        await self.jobs.stop(GRACE)
        await self.taker.give_back()
        await self.http.aclose()
        await self.database.close()


def _sentence(settings: Settings, key: str) -> str | None:
    try:
        return read_sentence(settings.responses_folder, key)
    except SentenceMissing as error:
        log.error("sentence_missing", key=key, exc_info=error)
        return None
