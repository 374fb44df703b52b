"""Opens files that nobody has checked, each in a confined worker: pages written anew for a browser, PDFs looked through."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from documents.files.types import Examined
from documents.model import Page
from documents.sandbox import wire
from documents.sandbox.pool import NoAnswerError, Pool

LIMIT = 15.0
"""Wall-clock seconds for one file: three times its CPU limit, for a machine that has other work."""
READ_LIMIT = 90.0
"""The same for reading a paper whole."""
DEPTH = 64
"""Files that may wait: a stack of twenty cards asks for its pages at once."""
LONGEST_SIDE = 2200
"""Pixels of a page's longer side, where nothing else is asked for."""
THUMBNAIL = 240
"""Of a picture in which nothing can be read."""

Answer = TypeVar("Answer")
Corners = tuple[int, int, int, int]


class Unopened(Exception):
    """The file can't be opened. `cause`: `pdf_active`, `pdf_locked`, `pages`, `bytes`, `type`, `broken`, … (`files.types`), or `too_heavy`
    where the worker was lost over it."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class Opener:
    """Warm workers, started at the first file; those that show a page do without the reading engine.

    Every call raises Unopened, and Busy where too many wait.
    """

    def __init__(
        self,
        workers: int = 2,
        *,
        command: tuple[str, ...] = (sys.executable, "-m", "documents.sandbox.opening_worker"),
        unconfined: bool = False,
    ) -> None:
        """`workers`: two, so that a file that takes its worker's whole time stops nobody else's. `command` serves tests. `unconfined`:
        see Pool."""
        self._pool, self._readers = Pool(workers, depth=DEPTH, command=command, unconfined=unconfined), Pool(1, unconfined=unconfined)
        self._begun: set[Pool] = set()
        self._turn = asyncio.Lock()

    async def close(self) -> None:
        """Ends every worker."""
        await asyncio.gather(self._pool.close(), self._readers.close())

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The live workers' process ids, for whoever watches their memory."""
        return self._pool.process_ids

    async def picture(self, data: bytes, stamp: str = "", longest: int = LONGEST_SIDE) -> Page:
        """A whole picture, `longest` pixels a side at most, the stamp across it."""
        return await self._ask({"round": "picture", "stamp": stamp, "longest": longest}, data, _page)

    async def paper(self, data: bytes, stamp: str, read: Sequence[Corners]) -> Page:
        """The paper that lies in a picture, straightened, where its four corners are sure, else the whole picture; the stamp across it.

        `read`: corners of what was read on it, in the picture's pixels; all of that lies on what is given.
        """
        return await self._ask({"round": "paper", "stamp": stamp, "read": [list(box) for box in read]}, data, _page)

    async def crop(self, data: bytes, corners: Corners) -> Page:
        """The part of a picture between these corners (left, top, right, bottom in its pixels), with a little around it."""
        return await self._ask({"round": "crop", "corners": corners}, data, _page)

    async def pdf_page(self, data: bytes, index: int, longest: int = LONGEST_SIDE) -> Page:
        """A page of a PDF, counted from 0."""
        return await self._ask({"round": "pdf_page", "index": index, "longest": longest}, data, _page)

    async def examine(self, data: bytes, roots: Sequence[str] = ()) -> Examined:
        """What is in a PDF that the office made; signatures under one of the `roots` (certificates as PEM) are trusted."""
        return await self._ask({"round": "examine", "roots": list(roots)}, data, lambda head, _blobs: Examined(**head))

    async def read_lines(self, data: bytes) -> tuple[tuple[str, ...], ...]:
        """Every line of a PDF's first pages as our own engine reads it off the rendered page. Some seconds a page.

        What a cell breaks over several lines is one of them, with line breaks.
        """

        def lines(head: dict[str, Any], _blobs: list[bytes]) -> tuple[tuple[str, ...], ...]:
            return tuple(tuple(str(line) for line in page) for page in head["pages"])

        return await self._ask({"round": "lines"}, data, lines, self._readers, READ_LIMIT)

    async def _ask(
        self,
        head: dict[str, Any],
        data: bytes,
        make: Callable[[dict[str, Any], list[bytes]], Answer],
        pool: Pool | None = None,
        limit: float = LIMIT,
    ) -> Answer:
        pool = pool or self._pool
        await self._start(pool)

        def read(body: bytes) -> Answer | Unopened:
            answer, blobs = wire.answer_in(body)
            if "unfit" in answer:
                return Unopened(str(answer["unfit"])[: wire.LONGEST_NAME])
            try:
                return make(answer, blobs)
            except (TypeError, ValueError, KeyError) as broken:
                raise wire.GarbledFrameError(str(broken)) from broken

        try:
            answer = await pool.ask(head, data, limit, read)
        except NoAnswerError as lost:
            raise Unopened("broken" if lost.cause == "failed" else "too_heavy") from lost
        if isinstance(answer, Unopened):
            raise answer
        return answer

    async def _start(self, pool: Pool) -> None:
        """Raises NotReadyError where no worker comes up."""
        async with self._turn:
            if pool not in self._begun:
                await pool.start()
                self._begun.add(pool)


def _page(head: dict[str, Any], blobs: list[bytes]) -> Page:
    (jpeg,) = blobs
    return Page(jpeg, int(head["width"]), int(head["height"]))
