"""Fetches files into the blob store: at once, by fresh addresses, with the checksum compared, and again until they are gone for good."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.blob_owners import of_media
from bot.graph.client import GraphClient, GraphFault, MediaTooBig
from bot.lanes.repository import lock_lane_of, settle_item
from bot.media.checksum import fits
from bot.media.models import Media, Problem, Source
from bot.notices.backoffice import BackofficeClient, BackofficeFault
from standard.clock import Clock
from storage.database import Database
from storage.jobs import Queue, growing, pause
from storage.jobs.queue import release
from storage.kept_blobs import KeptBlobs

log = structlog.get_logger()

RETRY = growing(first=1, longest=3600)
NO_SUCH_OBJECT = 100
GONE_AFTER = 4
"""So many answers that the file does not exist, or bytes that are not those announced, and it is gone; a fault of the line never counts."""


@dataclass(frozen=True)
class Fetched:
    """A file's bytes and its type, where the place it came from tells it."""

    data: bytes
    mime: str | None


class NotThere(Exception):
    """The place answers that there is no such file, or gives other bytes than announced."""


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
        self.queue = Queue(database, Media, Media.next_try_at, clock)
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
        try:
            fetched = await (self._from_graph(file) if file.source == Source.WHATSAPP else self._from_backoffice(file))
        except MediaTooBig:
            await self._settle(file, None, Problem.TOO_BIG, None)
        except NotThere:
            await self._missed(file, gone=file.attempts >= GONE_AFTER)
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
                raise NotThere
            data = await self._graph.download(url, self._cap)
        except GraphFault as fault:
            if fault.code == NO_SUCH_OBJECT or (fault.status == 404 and fault.code is None):
                raise NotThere from None
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
            await self._settle(file, None, Problem.GONE, None)
            return
        async with self._database.write() as session:
            if (row := await self.queue.hold(session, file)) is not None:
                self.queue.retry(row, RETRY)

    async def _settle(self, file: Media, blob: str | None, problem: Problem | None, mime: str | None) -> None:
        if problem is not None:
            log.warning("media_given_up", media=file.id, problem=problem, attempts=file.attempts)
        async with self._database.write() as session:
            lane = await lock_lane_of(session, file.item_id)
            row = await self.queue.hold(session, file)
            if row is None:
                return
            row.blob, row.problem, row.mime, row.next_try_at = blob, problem, mime or row.mime, None
            release(row)
            await session.flush()
            await settle_item(session, file.item_id, lane, self._clock())
        self._counted(str(problem or "fetched"))
        self._woken()
