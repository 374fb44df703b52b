"""Takes what was photographed into a draft: has each file checked, finds its place, and says of each what became of it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

import structlog
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_exponential

from documents import Busy, Check, Kind, Reason, Verdict
from intake.drafts.letter_doubts import is_in_doubt
from intake.drafts.model import Document, Draft, DraftState, PageRef
from intake.placing.arranging import arrange, card_of, cards_of, doubtful, family_of, put
from intake.placing.arrivals import Arrival, Outcome, Received, Upload
from intake.placing.checks import check_json, moment_of, other_paper, parts_of, reasons_of
from intake.placing.placement import WITNESSES, Card, Place, Role, place_all
from intake.placing.sameness import is_worse, same_card, same_pages, seems_same
from intake.questions.question import Phase
from intake.questions.table import open_question
from standard.kinds import KIND_OF, Item
from standard.requirements import standard
from standard.sensitive import FLAG
from storage.blobs import BlobError
from storage.kept_blobs import OwnedBlobs

log = structlog.get_logger()

LOST = "LOST"
"""The code of a file that arrived and that we do not find any more."""

AT_ONCE = 4
"""Files of one turn that are checked side by side: more would keep the next person's single photo waiting."""

MOST_PAGES = 4
"""Pages of one document: a worse photo beyond them is not kept."""

UNSEEN = "?"
"""Under which retakes are counted where nobody can say what the photo should have been."""

FILE_FAULTS = frozenset({Reason.FILE_TYPE, Reason.FILE_SIZE, Reason.FILE_DAMAGED})


class Checker(Protocol):
    """What looks at files: `documents.Pool`, or a fake."""

    async def check(self, data: bytes, expect: Kind | None = None, filename: str | None = None, *, share: str = "") -> Check: ...

    async def read_all(self, data: bytes, kind: Kind, *, share: str = "") -> Check: ...

    async def close(self) -> None: ...


async def receive(
    draft: Draft,
    uploads: Sequence[Upload],
    checker: Checker,
    blobs: OwnedBlobs,
    now: datetime,
    looked: Callable[[], None] = lambda: None,
) -> Received:
    """Checks and places the files of one turn. Changes the draft; the files that came in are the bot's until the turn is answered.

    `looked` is called when a file has been looked at.
    """
    gate = asyncio.Semaphore(AT_ONCE)

    async def look(upload: Upload) -> Check | str:
        async with gate:
            found = await _look(upload, checker, blobs, draft.contact)
            looked()
            return found

    checked = await asyncio.gather(*(look(upload) for upload in uploads))
    found = [part for upload, check in zip(uploads, checked, strict=True) for part in parts_of(upload, check)]
    received = Received()
    batch = _Batch(draft, now, received)
    places = iter(batch.places([(upload, check) for upload, check in found if isinstance(check, Check)]))
    for upload, check in found:
        if isinstance(check, str):
            received.arrivals.append(Arrival(Outcome.PROBLEM, reasons=(check,), message=upload.message))
        else:
            await batch.take(upload, check, next(places), blobs)
    batch.arrange()
    return received


@retry(retry=retry_if_exception_type(Busy), wait=wait_exponential(min=1, max=10), stop=stop_after_attempt(6), reraise=True)
async def _look(upload: Upload, checker: Checker, blobs: OwnedBlobs, contact: str) -> Check | str:
    """The check of one file, or the code of why there is none."""
    if upload.problem or upload.blob is None:
        return upload.problem or "GONE"
    try:
        data = await blobs.get(upload.blob)
    except BlobError as error:  # the bot had fetched it: the fault is ours, and the person is told so
        log.error("upload.blob_lost", cause=type(error).__name__)
        return LOST
    return await checker.check(data, None, upload.filename, share=contact)


def ready_to_ask(draft: Draft) -> bool:
    """Whether the conditions are known, so that it makes sense to ask whose a card is."""
    asked = open_question(draft)
    return asked is None or asked.question.phase >= Phase.PAPERS


class _Batch:
    """The files of one turn on their way into the draft."""

    def __init__(self, draft: Draft, now: datetime, received: Received) -> None:
        self.draft, self.now, self.received = draft, now, received
        self.fresh: set[str] = set()
        self.replaced: set[str] = set()

    def places(self, looked: Sequence[tuple[Upload, Check]]) -> list[Place]:
        """Where each file belongs, judged together with what is there. A file that shows nothing is judged by its caption alone."""
        cards = [Card(check.kind, check.fields, upload.hint) for upload, check in looked]
        there = [card_of(document) for document in cards_of(self.draft)]
        found = place_all([*there, *cards], family_of(self.draft))[len(there) :]
        return [
            place if card.kind not in (Kind.NONE, Kind.OTHER) else self._by_caption(card) for card, place in zip(cards, found, strict=True)
        ]

    def arrange(self) -> None:
        """Places all cards together, the new and the old, and says of each new one where it is."""
        arrange(self.draft)
        waiting = {document.submission: candidates for document, candidates in doubtful(self.draft)}
        found = {document.submission: document for document in self.draft.documents}
        self.received.arrivals = [
            self._settled(arrival, document, waiting.get(document.submission))
            if arrival.outcome in (Outcome.ASK, Outcome.LATER) and (document := found.get(arrival.submission or "")) is not None
            else arrival
            for arrival in self.received.arrivals
            if arrival.submission is None or arrival.submission in found
        ]

    def _settled(self, arrival: Arrival, document: Document, candidates: tuple[Item, ...] | None) -> Arrival:
        if document.item is not None:
            flagged = document.retakes and document.flagged
            again = document.submission in self.replaced
            outcome = Outcome.FLAGGED if flagged else Outcome.REPLACED if again else Outcome.TAKEN
        elif not ready_to_ask(self.draft):
            outcome = Outcome.LATER
        else:
            outcome = Outcome.ASK if candidates is not None else Outcome.KEPT
        return replace(arrival, outcome=outcome, item=document.item, candidates=candidates or ())

    def _by_caption(self, card: Card) -> Place:
        missing = self.draft.missing()
        if (item := named(card.hint)) is not None:
            return Place(item)
        return Place(missing[0] if len(missing) == 1 else None, missing)

    async def take(self, upload: Upload, check: Check, place: Place, blobs: OwnedBlobs) -> None:
        """One file: noticed as one we have, refused with reasons, or taken into its place."""
        twin = self._twin(upload, check)
        if twin is not None and twin.item is None and not twin.double and self._called_now(twin, upload):
            return self._say(Arrival(Outcome.LATER, check.kind, twin.item, submission=twin.submission, message=upload.message))
        if twin is not None:
            return self._say(
                Arrival(
                    Outcome.SAME, check.kind, twin.item, submission=await self._held(upload, check, twin, blobs), message=upload.message
                )
            )
        if (moment := moment_of(check)) is not None:
            self.draft.flag(f"{FLAG}{moment}")
            return self._say(Arrival(Outcome.MOMENT, check.kind, None, (moment,), message=upload.message))
        unseen = check.kind in (Kind.NONE, Kind.OTHER)
        slot = (place.item.value if place.item else None) or (UNSEEN if unseen else check.kind.value)
        refused = unseen or check.verdict is Verdict.RETAKE
        tries = self.draft.retakes.get(slot, 0) + 1
        nowhere = unseen and place.item is None and not ready_to_ask(self.draft)
        patience = nowhere or tries <= standard().settings.retakes
        if refused and (patience or not check.pages or FILE_FAULTS & set(check.reasons)):
            if not nowhere:  # before the questions nobody can say what it should have been: it is neither kept nor counted
                self.draft.retakes[slot] = tries
            wrong = check.kind is Kind.OTHER and check.verdict is not Verdict.RETAKE
            outcome = Outcome.WRONG if wrong else Outcome.RETAKE
            item = None if unseen and upload.hint is None else place.item
            ringed = check.marked.jpeg if check.marked else None
            arrival = Arrival(
                outcome, check.kind, item, reasons_of(check), message=upload.message, page=upload.page, tries=tries, marked=ringed
            )
            return self._say(replace(arrival, read_as=other_paper(check)))
        if place.item is not None and not self._asked(place.item):
            return self._say(Arrival(Outcome.NOT_ASKED, check.kind, place.item, message=upload.message, page=upload.page))
        document = await self._kept(upload, check, slot, refused, blobs)
        if check.kind is Kind.KTP and self.draft.state is DraftState.OPEN:
            self._add_card(document, upload)
        else:
            self._put(document, place, upload)
        return None

    def _add_card(self, document: Document, upload: Upload) -> None:
        """A card waits until all of the turn are here; a newer photo of the same person's card takes the older one's place."""
        older = self._older(document)
        if older is not None and is_worse(document, older):
            return self._beside(older, document, upload)
        if older is not None:
            self.draft.documents.remove(older)
            document.item, document.said, document.stated = older.item, older.said, older.stated
            document.hint = document.hint or older.hint
            if older.item is not None:
                self.replaced.add(document.submission)
        self.draft.documents.append(document)
        self.fresh.add(document.submission)
        self._say(Arrival(Outcome.LATER, document.kind, None, submission=document.submission, message=upload.message))

    def _older(self, document: Document) -> Document | None:
        """The card that this one replaces: the same person's, or the one in the very place that the caption names."""
        cards = [found for found in self.draft.documents if found.kind is Kind.KTP and not found.double]
        same = next((found for found in cards if same_card(found.fields, document.fields)), None)
        if same is not None or document.hint is None:
            return same
        by_hand = Card(document.kind, {}, document.hint)
        (*_, place) = place_all([by_hand], family_of(self.draft))
        witnesses_full = place.role is Role.SAKSI and len([found for found in cards if found.item in WITNESSES]) == len(WITNESSES)
        item = document.hint if place.role is Role.SAKSI and witnesses_full else place.item if place.role is not Role.SAKSI else None
        return next((found for found in cards if item is not None and found.item == item), None)

    def _put(self, document: Document, place: Place, upload: Upload) -> None:
        item = place.item
        if item is None:
            self.draft.documents.append(document)
            self.fresh.add(document.submission)
            outcome = Outcome.ASK if ready_to_ask(self.draft) else Outcome.LATER
            return self._say(Arrival(outcome, document.kind, None, submission=document.submission, message=upload.message))
        standing = self.draft.document(item)
        if standing is not None and self._continues(standing, item) and not (item is Item.SURAT_KELAHIRAN and is_in_doubt(self.draft)):
            if item is Item.SURAT_KELAHIRAN and document.kind is Kind.SURAT_KELAHIRAN:
                standing.letters.append(document.fields)
            self._add_pages(standing, document)
            return self._say(Arrival(Outcome.TAKEN, document.kind, item, submission=standing.submission, message=upload.message))
        if standing is not None and item not in self.draft.returned and is_worse(document, standing):
            return self._beside(standing, document, upload)
        if standing is not None:
            self.draft.documents.remove(standing)
        document.item = item
        self.draft.documents.append(document)
        self.fresh.add(document.submission)
        again = standing is not None and item.value not in self.draft.returned
        outcome = Outcome.FLAGGED if document.retakes and document.flagged else Outcome.REPLACED if again else Outcome.TAKEN
        return self._say(Arrival(outcome, document.kind, item, submission=document.submission, message=upload.message))

    def _beside(self, better: Document, document: Document, upload: Upload) -> None:
        """A photo that is worse than the one that stands: the officer sees it as a further page, no value is taken from it."""
        if len(better.pages) < MOST_PAGES:
            self._add_pages(better, document)
        self._say(Arrival(Outcome.WORSE, document.kind, better.item, submission=better.submission, message=upload.message))

    def _add_pages(self, standing: Document, document: Document) -> None:
        standing.pages.extend(document.pages)
        if standing.submission not in self.fresh:  # the row of a document never changes: with another page it is another
            standing.submission = document.submission
            self.fresh.add(standing.submission)

    def _continues(self, standing: Document, item: Item) -> bool:
        """A second photo of one paper in the same album is its next page; so is the second of two twins' birth letters."""
        if KIND_OF[item] is Kind.KTP:
            return False
        twins = item is Item.SURAT_KELAHIRAN and len(standing.pages) < len(self.draft.children)
        return standing.submission in self.fresh or twins

    async def _kept(self, upload: Upload, check: Check, slot: str, refused: bool, blobs: OwnedBlobs) -> Document:
        pages = [PageRef(blob=await blobs.put(page.jpeg), width=page.width, height=page.height, line=upload.line) for page in check.pages]
        return Document(
            item=None,
            kind=check.kind,
            check_result=check_json(check),
            pages=pages,
            fingerprint=check.fingerprint,
            received_at=self.now,
            retakes=self.draft.retakes.get(slot, 0),
            flagged=refused or check.verdict is Verdict.OFFICER,
            hint=upload.hint,
            complete=check.complete,
        )

    def _twin(self, upload: Upload, check: Check) -> Document | None:
        """The document that this file shows again. One that the office returned does not count: the officer says whether it will do now.

        Nor does one in another place than the caption names: whoever names a place says that it is another.
        """
        place = named(upload.hint)
        for document in self.draft.documents:
            elsewhere = place is not None and document.item not in (None, place)
            if (document.item or "") not in self.draft.returned and not elsewhere and seems_same(document, check, len(self.draft.children)):
                return document
        return None

    def _called_now(self, twin: Document, upload: Upload) -> bool:
        """Whether a waiting photo, sent again, has a caption now that says what it is; without one it may be asked about anew."""
        self.draft.waiting.pop(twin.submission, None)
        if upload.hint is None:
            return False
        twin.hint = upload.hint
        item = named(upload.hint)
        if item is not None and twin.kind in (Kind.NONE, Kind.OTHER) and self.draft.document(item) is None:
            put(self.draft, twin, item)
        return True

    async def _held(self, upload: Upload, check: Check, twin: Document, blobs: OwnedBlobs) -> str | None:
        """Keeps what only seems to be the same until the applicant has said so; the very same pages are not kept twice."""
        if same_pages(twin, check):
            return None
        document = await self._kept(upload, check, check.kind.value, check.verdict is Verdict.RETAKE, blobs)
        document.double = True
        self.draft.documents.append(document)
        return document.submission

    def _asked(self, item: Item) -> bool:
        """Whether the place may be filled: anything while the draft is open, of a case only what the office asked for again."""
        return self.draft.state is DraftState.OPEN or item in self.draft.missing()

    def _say(self, arrival: Arrival) -> None:
        self.received.arrivals.append(arrival)


def named(hint: str | None) -> Item | None:
    """The place that a caption names, where it names one."""
    return next((item for item in Item if item == hint), None)
