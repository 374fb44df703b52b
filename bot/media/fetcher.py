"""Fetches files into the blob store: at once, by fresh addresses, with the checksum compared, and again until they are gone for good."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from bot.blob_owners import of_media
from bot.conversations.media import Media, Source
from bot.conversations.models import Item
from bot.conversations.repository import lock_queue_of, settle_item
from bot.graph.client import GraphClient, GraphFault, MediaTooBig
from bot.media.checksum import fits
from bot.media.repository import delete_at_meta
from bot.notices.backoffice import BackofficeClient, BackofficeFault
from contracts.turn import FileProblem
from standard.clock import Clock
from storage.database import Database
from storage.jobs import Queue, growing, pause
from storage.jobs.queue import release
from storage.kept_blobs import KeptBlobs

log = structlog.get_logger()

RETRY = growing(first=1, longest=3600)
NO_SUCH_OBJECT = 100

FIRST_TRY = timedelta(seconds=20)
LONGEST_TRY = timedelta(seconds=150)
"""The first try of a file may take so long in all, each further one as much more: what drips holds nobody up, and gets its time later."""

AT_ONCE = 3
"""So many files of one person are fetched at once for the first time; the rest of theirs comes after everybody's first ones."""

ours, theirs, before = aliased(Item), aliased(Item), aliased(Media)
_AHEAD = (
    select(func.count())
    .select_from(before)
    .join(theirs, theirs.id == before.item_id)
    .join(ours, ours.contact_id == theirs.contact_id)
    .where(ours.id == Media.item_id, before.id < Media.id, before.next_try_at.is_not(None))
    .where(or_(before.attempts == 0, and_(before.attempts == 1, before.claimed_by.is_not(None))))
    .correlate(Media)
    .scalar_subquery()
)
FIRST = and_(Media.attempts == 0, _AHEAD < AT_ONCE)
AGAIN = Media.attempts > 0


@dataclass(frozen=True)
class Fetched:
    """A file's bytes and its type, where the place it came from tells it."""

    data: bytes
    mime: str | None


class NotThere(Exception):
    """The place answers that there is no such file, or gives other bytes than announced: after `tries` of them it is gone for good.

    A fault of the line never counts. With the pauses between them, 7 tries take a minute, 12 more than an hour.
    """

    tries = 7


class NeverThere(NotThere):
    """The address is none that we ask."""

    tries = 1


class AddressExpired(NotThere):
    """The id is known, but the address that it gave is not: Meta's servers know of a new file one after another, and its id for days."""

    tries = 12


class NotNow(Exception):
    """The place can't be asked now; `why` is a code or the class of an error, nothing of anybody."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Fetcher:
    """Any number may work side by side; a file is in the hands of one."""

    def __init__(
        self,
        database: Database,
        blobs: KeptBlobs,
        graph: GraphClient,
        backoffice: BackofficeClient,
        clock: Clock,
        cap: int,
        lanes_woken: Callable[[], None],
        counted: Callable[[str], None],
    ) -> None:
        self.jobs = Queue(database, Media, Media.next_try_at, clock, FIRST)
        self.again = Queue(database, Media, Media.next_try_at, clock, AGAIN)
        self._database = database
        self._blobs = blobs
        self._graph = graph
        self._backoffice = backoffice
        self._clock = clock
        self._cap = cap
        self._woken = lanes_woken
        self._counted = counted

    async def fetch(self, file: Media) -> None:
        """Brings one file in, or puts it off, or gives it up."""
        within = min(FIRST_TRY * file.attempts, LONGEST_TRY)
        try:
            async with asyncio.timeout(within.total_seconds()):
                fetched = await (self._from_graph(file) if file.source == Source.WHATSAPP else self._from_backoffice(file))
        except MediaTooBig:
            await self._settle(file, None, FileProblem.TOO_BIG, None)
        except TimeoutError:
            log.warning("media_put_off", media=file.id, attempts=file.attempts, why="too_slow")
            await self._missed(file, gone=False)
        except NotThere as answer:
            await self._missed(file, gone=file.attempts >= answer.tries)
        except NotNow as cause:
            log.warning("media_put_off", media=file.id, attempts=file.attempts, why=cause.why)
            await self._missed(file, gone=False)
        else:
            await self._settle(file, await self._blobs.put(fetched.data, of_media(file.id)), None, fetched.mime)

    async def _from_graph(self, file: Media) -> Fetched:
        mime, checksum = file.mime, file.sha256
        try:
            url = file.url or ""
            if file.media_id is not None:  # a fresh address: the one in the webhook may have expired while we were down
                address = await self._graph.media_address(file.media_id)
                if address.size is not None and address.size > self._cap:
                    raise MediaTooBig
                url, mime, checksum = address.url, mime or address.mime, checksum or address.sha256
            if not self._graph.may_fetch(url):
                raise NeverThere
            data = await self._graph.download(url, self._cap)
        except GraphFault as fault:
            if fault.code == NO_SUCH_OBJECT:
                raise NotThere from None
            if fault.status == 404 and fault.code is None:
                raise AddressExpired from None
            raise NotNow(f"code {fault.code}, HTTP {fault.status}") from None
        return Fetched(self._checked(file, data, checksum), mime)

    async def _from_backoffice(self, file: Media) -> Fetched:
        try:
            data = await self._backoffice.fetch(file.url or "", self._cap)
        except BackofficeFault as fault:
            raise (NotThere if fault.status == 404 else NotNow(fault.why)) from None
        return Fetched(self._checked(file, data, file.sha256), file.mime)

    def _checked(self, file: Media, data: bytes, checksum: str | None) -> bytes:
        if not data or not fits(data, checksum):
            log.warning("media_checksum_wrong", media=file.id, bytes=len(data), attempts=file.attempts)
            raise NotThere
        return data

    async def _missed(self, file: Media, gone: bool) -> None:
        if gone or self._clock() + pause(RETRY, file.attempts) >= file.deadline:
            await self._settle(file, None, FileProblem.GONE, None)
            return
        async with self._database.write() as session:
            if (row := await self.jobs.hold(session, file)) is not None:
                self.jobs.retry(row, RETRY)

    async def _settle(self, file: Media, blob: str | None, problem: FileProblem | None, mime: str | None) -> None:
        if problem is not None:
            log.warning("media_given_up", media=file.id, problem=problem, attempts=file.attempts)
        async with self._database.write() as session:
            queue = await lock_queue_of(session, file.item_id)
            row = await self.jobs.hold(session, file)
            if row is None:
                return
            row.blob, row.problem, row.mime, row.next_try_at = blob, problem, mime or row.mime, None
            release(row)
            if blob is not None and row.source == Source.WHATSAPP and row.media_id is not None:
                await delete_at_meta(session, row.media_id, blob, self._clock())
            await session.flush()
            await settle_item(session, file.item_id, queue, self._clock())
        self._counted(str(problem or "fetched"))
        self._woken()
