"""Loads and saves what the intake keeps, in the shapes of `intake.drafts.model`; every query is here or in `intake.handover.dispatches`."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, exists, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from intake.drafts.blob_owners import TURN, of_conversation, of_document, of_turn
from intake.drafts.model import Conversation, Document, Draft, DraftState
from intake.drafts.tables import ComplaintRow, ConversationRow, DocumentRow, DraftRow, TurnRow
from standard.clock import now
from storage.kept_blobs import let_go, let_go_since, need, need_only


class ChangedMeanwhile(Exception):
    """Another turn or a worker wrote to what this turn had loaded; nothing of this turn was written, and it is to be done again."""


@dataclass(frozen=True)
class Loaded:
    """A row as it was loaded: its version, its content, and of a draft its documents as the database holds them."""

    version: int
    content: dict[str, Any]
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass
class ContactRecord:
    """All that is known of one contact: the conversation, its drafts and cases (newest first), and its complaints."""

    conversation: Conversation
    drafts: list[Draft] = field(default_factory=list)
    complaints: list[ComplaintRow] = field(default_factory=list)
    loaded: dict[str, Loaded] = field(default_factory=dict)
    """What the database holds, by the draft's or the contact's id: only what was changed is written, over that version alone."""

    @property
    def draft(self) -> Draft | None:
        """The draft or case that the conversation is about."""
        return next((draft for draft in self.drafts if draft.id == self.conversation.draft), None)


class Repository:
    """The queries, on one session; who opens the transaction commits it."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.freed: set[str] = set()
        """Blobs that somebody let go in this transaction: after it, those that nobody needs any more are to be erased."""

    async def answered(self, turn: str) -> list[dict[str, Any]] | None:
        """The answer that a turn got, or None where it was not answered yet."""
        row = await self.session.get(TurnRow, turn)
        return None if row is None else list(row.answer)

    async def remember_answer(self, turn: str, contact: str, answer: list[dict[str, Any]], at: datetime) -> None:
        """Keeps the answer of a turn. A second one for the same turn breaks the transaction (IntegrityError)."""
        self.session.add(TurnRow(turn=turn, contact=contact, answer=answer, at=at))
        await self.session.flush()
        files = [message[part]["blob"] for message in answer for part in ("document", "image") if part in message]
        self.freed |= await need_only(self.session, of_turn(turn), files, at)

    async def load(self, contact: str) -> ContactRecord:
        """Everything of a contact; of one never seen, an empty conversation."""
        row = await self.session.get(ConversationRow, contact)
        conversation = Conversation(contact=contact) if row is None else Conversation.model_validate(row.content)
        drafts = (
            await self.session.scalars(select(DraftRow).where(DraftRow.contact == contact).order_by(DraftRow.updated_at.desc()))
        ).all()
        complaints = (
            await self.session.scalars(select(ComplaintRow).where(ComplaintRow.contact == contact).order_by(ComplaintRow.created_at.desc()))
        ).all()
        record = ContactRecord(conversation, complaints=list(complaints))
        if row is not None:
            record.loaded[contact] = Loaded(row.version, _kept(conversation))
        for draft_row in drafts:
            draft = await self._draft(draft_row)
            record.drafts.append(draft)
            documents = {document.submission: _placed(document) for document in draft.documents}
            record.loaded[draft.id] = Loaded(draft_row.version, draft.model_dump(mode="json"), documents)
        return record

    async def save(self, record: ContactRecord) -> None:
        """Writes what was changed of the conversation and the drafts; a draft no longer on the desk stays as it was.

        Raises ChangedMeanwhile where a row is not any more the one that was loaded: a turn never writes over what it has not seen.
        """
        conversation = record.conversation
        row = ConversationRow(
            contact=conversation.contact,
            content={**conversation.model_dump(mode="json"), "telling": conversation.story is not None},
            last_in_at=conversation.last_in_at,
            reminded_at=conversation.reminded_at,
        )
        with _overtaking():
            loaded = record.loaded.get(row.contact)
            await self._write(row, row.contact, loaded)
            await self._keep_attached(row, [] if loaded is None else _attached(loaded.content))
            for draft in record.drafts:
                await self._save_draft(draft, record.loaded.get(draft.id))

    async def delete_draft(self, draft: str) -> None:
        """Removes a draft with its documents' rows."""
        await self._let_go(select(DocumentRow.submission).where(DocumentRow.draft == draft), of_document)
        await self.session.execute(delete(DocumentRow).where(DocumentRow.draft == draft))
        await self.session.execute(delete(DraftRow).where(DraftRow.id == draft))

    async def forget_papers(self, draft: Draft) -> None:
        """Lets go the papers that were held back for that case: its own time is over."""
        row = await self.session.get(ConversationRow, draft.contact, with_for_update=True)
        if row is not None and any(papers["number"] == draft.number for papers in row.content.get("held", [])):
            before = _attached(row.content)
            row.content = {**row.content, "held": [papers for papers in row.content["held"] if papers["number"] != draft.number]}
            await self._keep_attached(row, before)

    async def draft(self, draft: str) -> Draft | None:
        """One draft by its id."""
        row = await self.session.get(DraftRow, draft)
        return None if row is None else await self._draft(row)

    async def number_taken(self, number: str) -> bool:
        """Whether an application or complaint has that number already."""
        found = await self.session.scalar(select(DraftRow.id).where(DraftRow.number == number))
        return found is not None or await self.session.get(ComplaintRow, number) is not None

    async def add_complaint(
        self, number: str, contact: str, category: str, at: datetime, *, restricted: bool = False, anonymous: bool = False
    ) -> None:
        """Notes a complaint's number, whether it is kept secret, and whether it was told without a name."""
        row = ComplaintRow(number=number, contact=contact, category=category, created_at=at, closed=False)
        row.restricted, row.anonymous = restricted, anonymous
        self.session.add(row)
        await self.session.flush()

    async def restrict_complaint(self, number: str) -> None:
        """Notes that it is kept secret from now on."""
        await self.session.execute(update(ComplaintRow).where(ComplaintRow.number == number).values(restricted=True))

    async def forget_anonymous(self, number: str) -> None:
        """One that was told without a name and is closed for good: that this contact told it is known no more."""
        await self.session.execute(delete(ComplaintRow).where(ComplaintRow.number == number, ComplaintRow.anonymous))

    async def close_complaint(self, number: str, at: datetime) -> None:
        """Notes that the desk is done with it, and when it said so."""
        await self.session.execute(update(ComplaintRow).where(ComplaintRow.number == number).values(closed=True, closed_at=at))

    async def reopen_complaint(self, number: str) -> None:
        """Notes that the desk takes it up again."""
        await self.session.execute(update(ComplaintRow).where(ComplaintRow.number == number).values(closed=False, closed_at=None))

    async def forget_pages(self, draft: str | None = None, submission: str | None = None) -> None:
        """Takes the pages off a handed-over draft's documents, or one document's: the office has them by now."""
        chosen = DocumentRow.draft == draft if draft is not None else DocumentRow.submission == submission
        await self._let_go(select(DocumentRow.submission).where(chosen), of_document)
        await self.session.execute(update(DocumentRow).where(chosen).values(pages=[], complete=True))

    async def note_deadline(self, draft: str, deadline: str | None) -> None:
        """Keeps by when the office promises to be done with a handed-over draft."""
        row = await self.session.get(DraftRow, draft, with_for_update=True)
        if row is not None and deadline is not None:
            row.content = {**row.content, "deadline": deadline}

    async def forget_conversation(self, contact: str) -> None:
        """Deletes a conversation that no draft, case or complaint stands behind any more: it quotes what was said."""
        draft = await self.session.scalar(select(DraftRow.id).where(DraftRow.contact == contact).limit(1))
        complaint = await self.session.scalar(select(ComplaintRow.number).where(ComplaintRow.contact == contact).limit(1))
        if draft is None and complaint is None:
            await self.session.execute(delete(ConversationRow).where(ConversationRow.contact == contact))
            self.freed |= await let_go(self.session, [of_conversation(contact)])

    async def forget_silent(self, before: datetime, complaints_before: datetime) -> None:
        """Deletes talks behind which nothing stands and in which nobody spoke since `before`, and what is known of complaints long over.

        Who has only asked something has no draft that could take the talk along.
        """
        talk = ConversationRow
        spoke = exists().where(talk.contact == ComplaintRow.contact, talk.last_in_at >= complaints_before)
        closed_at = func.coalesce(ComplaintRow.closed_at, ComplaintRow.created_at)
        over = (ComplaintRow.closed.is_(True), closed_at < complaints_before, ~spoke)
        await self.session.execute(delete(ComplaintRow).where(*over).execution_options(synchronize_session=False))
        behind = exists().where(DraftRow.contact == talk.contact) | exists().where(ComplaintRow.contact == talk.contact)
        silent = delete(talk).where(talk.last_in_at < before, ~behind).returning(talk.contact)
        gone = list(await self.session.scalars(silent.execution_options(synchronize_session=False)))
        self.freed |= await let_go(self.session, map(of_conversation, gone))

    async def silent_drafts(self, state: DraftState, before: datetime) -> list[Draft]:
        """Drafts of that state in which nothing happened since `before`, and about which no word passed: the person's, or a reminder.

        They are locked until the transaction ends: one that a turn is just changing is left out, and nobody revives one meanwhile.
        """
        talk, about_it = ConversationRow, ConversationRow.content["draft"].as_string() == DraftRow.id
        spoken = exists().where(talk.contact == DraftRow.contact, about_it, or_(talk.last_in_at >= before, talk.reminded_at >= before))
        silent = select(DraftRow).where(DraftRow.state == state, DraftRow.updated_at < before, ~spoken).limit(100)
        rows = await self.session.scalars(silent.with_for_update(skip_locked=True))
        return [await self._draft(row) for row in rows.all()]

    async def waiting_conversations(self, quiet_since: datetime, seen_since: datetime) -> list[Conversation]:
        """Conversations that fell silent between the two moments and were not reminded since."""
        rows = await self.session.scalars(
            select(ConversationRow)
            .where(ConversationRow.last_in_at < quiet_since, ConversationRow.last_in_at > seen_since)
            .where(ConversationRow.reminded_at.is_(None) | (ConversationRow.reminded_at < ConversationRow.last_in_at))
            .order_by(ConversationRow.last_in_at)
            .limit(100)
        )
        return [Conversation.model_validate(row.content) for row in rows.all()]

    async def quiet_stories(self, quiet_since: datetime) -> list[Conversation]:
        """Conversations in which a complaint was being told and nothing more came since that moment."""
        row = ConversationRow
        stated = row.content["story"]["last_at"].as_string().is_not(None)  # where an older program wrote the row in plain
        telling = or_(row.content["telling"].as_boolean(), stated)
        chosen = select(row).where(row.last_in_at <= quiet_since, telling)
        rows = await self.session.scalars(chosen.order_by(row.last_in_at).limit(100))
        return [Conversation.model_validate(found.content) for found in rows.all()]

    async def note_reminder(self, contact: str, at: datetime) -> None:
        """Notes that a contact was reminded."""
        row = await self.session.get(ConversationRow, contact, with_for_update=True)
        if row is not None:
            row.reminded_at = at
            row.content = {**row.content, "reminded_at": at.isoformat()}

    async def forget_answers(self, before: datetime) -> None:
        """Deletes the kept answers of turns older than `before`: they hold names, and none comes again."""
        await self.session.execute(delete(TurnRow).where(TurnRow.at < before))
        self.freed |= await let_go_since(self.session, TURN, before)

    async def forget_answers_of(self, contact: str, but: str) -> None:
        """Deletes the kept answers of a contact but that of one turn."""
        await self._let_go(select(TurnRow.turn).where(TurnRow.contact == contact, TurnRow.turn != but), of_turn)
        await self.session.execute(delete(TurnRow).where(TurnRow.contact == contact, TurnRow.turn != but))

    async def adopt(self, contact: str, former: Sequence[str]) -> None:
        """Puts drafts, complaints and answers of former ids under the contact, and of the conversation what its own lacks."""
        drafts = (await self.session.scalars(select(DraftRow).where(DraftRow.contact.in_(former)))).all()
        for row in drafts:
            row.contact, row.content = contact, {**row.content, "contact": contact}
        for table in (ComplaintRow, TurnRow):
            await self.session.execute(update(table).where(table.contact.in_(former)).values(contact=contact))
        talks = (await self.session.scalars(select(ConversationRow).where(ConversationRow.contact.in_(former)))).all()
        known = await self.session.get(ConversationRow, contact)
        for talk in sorted(talks, key=lambda talk: str(talk.last_in_at), reverse=True):
            if known is None:
                known = ConversationRow(contact=contact, content={**talk.content, "contact": contact})
                known.last_in_at, known.reminded_at = talk.last_in_at, talk.reminded_at
                self.session.add(known)
                await self._keep_attached(known, [])
            else:
                before = _attached(known.content)
                known.content = _kept(_joined(Conversation.model_validate(known.content), Conversation.model_validate(talk.content)))
                await self._keep_attached(known, before)
            await self.session.delete(talk)
            self.freed |= await let_go(self.session, [of_conversation(talk.contact)])
        await self.session.flush()

    async def _keep_attached(self, row: ConversationRow, before: list[str]) -> None:
        """Notes which files the conversation holds; of somebody who never wrote here, too: a notice may be the first that comes."""
        blobs = _attached(row.content)
        if blobs != before:
            self.freed |= await need_only(self.session, of_conversation(row.contact), blobs, row.last_in_at or now())

    async def _let_go(self, chosen: Select[str], owner: Callable[[str], str]) -> None:
        self.freed |= await let_go(self.session, map(owner, await self.session.scalars(chosen)))

    async def _draft(self, row: DraftRow) -> Draft:
        rows = (await self.session.scalars(select(DocumentRow).where(DocumentRow.draft == row.id).order_by(DocumentRow.position))).all()
        draft = Draft.model_validate(row.content)
        draft.documents = [
            Document.model_validate(
                {
                    **found.placed,
                    "submission": found.submission,
                    "check_result": found.check_result,
                    "pages": found.pages,
                    "complete": found.complete,
                }
            )
            for found in rows
        ]
        return draft

    async def _write(self, row: ConversationRow | DraftRow, key: str, loaded: Loaded | None, touched: bool = False) -> bool:
        """Writes a row, new or over the version that was loaded; returns whether anything had to be written."""
        if loaded is not None and row.content == loaded.content and not touched:
            return False
        standing: ConversationRow | DraftRow | None = await self.session.get(type(row), key)
        if (standing and standing.version) != (loaded and loaded.version):
            raise ChangedMeanwhile(row.__tablename__)
        if standing is None:
            self.session.add(row)
        else:
            row.version = standing.version
            flag_modified(await self.session.merge(row), "content")  # the version counts changed documents, too
        await self.session.flush()
        return True

    async def _save_draft(self, draft: Draft, loaded: Loaded | None) -> None:
        stored = {} if loaded is None else loaded.documents
        placed = {document.submission: _placed(document) for document in draft.documents}
        moved = list(placed.items()) != list(stored.items())
        row = DraftRow(
            id=draft.id,
            contact=draft.contact,
            state=draft.state,
            number=draft.number,
            content=draft.model_dump(mode="json"),
            updated_at=draft.updated_at,
        )
        if not await self._write(row, row.id, loaded, touched=moved):
            return
        for position, document in enumerate(draft.documents):
            if document.submission in stored:
                # the second pass may have read more since we loaded it: only what the conversation decides is written
                changed = update(DocumentRow).where(DocumentRow.submission == document.submission)
                await self.session.execute(changed.values(placed=placed[document.submission], position=position))
            else:
                self.session.add(
                    DocumentRow(
                        submission=document.submission,
                        draft=draft.id,
                        position=position,
                        placed=placed[document.submission],
                        check_result=document.check_result,
                        pages=[page.model_dump() for page in document.pages],
                        complete=document.complete,
                    )
                )
                await need(self.session, of_document(document.submission), [page.blob for page in document.pages], document.received_at)
        gone = stored.keys() - placed.keys()
        if gone:
            await self.session.execute(delete(DocumentRow).where(DocumentRow.submission.in_(gone)))
            self.freed |= await let_go(self.session, map(of_document, gone))
        await self.session.flush()


def _kept(conversation: Conversation) -> dict[str, Any]:
    """A conversation as it is stored; `telling` stays readable where the rest is sealed, and says that a complaint is being told."""
    return {**conversation.model_dump(mode="json"), "telling": conversation.story is not None}


def _joined(own: Conversation, former: Conversation) -> Conversation:
    """A conversation with what waited in a former one of the same person: that they once proved who they are does not come along."""
    if own.draft is None:
        own.draft, own.officer = former.draft, former.officer
    known = {papers.number for papers in own.held if papers.files}
    waiting = [papers for papers in former.held if papers.number not in known]
    taken = {papers.number for papers in waiting if papers.files}
    own.held = [papers for papers in own.held if papers.number not in taken] + waiting
    own.changed_at = max((moment for moment in (own.changed_at, former.changed_at) if moment is not None), default=None)
    own.story = own.story or former.story
    return own


def _attached(conversation: dict[str, Any]) -> list[str]:
    """The blobs of a complaint while it is told, and of papers that wait until the applicant has proved who they are."""
    story = conversation.get("story") or {}
    held = [file for papers in conversation.get("held", []) for file in papers["files"]]
    return [file["blob"] for file in [*story.get("attachments", []), *held] if file.get("blob")]


def _placed(document: Document) -> dict[str, Any]:
    """What the conversation decides of a document; the rest of its row is the check's."""
    return document.model_dump(mode="json", exclude={"submission", "check_result", "pages", "complete"})


@contextmanager
def _overtaking() -> Iterator[None]:
    """What the database says where two wrote at once: a version that is gone, or a row that is there already."""
    try:
        yield
    except (StaleDataError, IntegrityError) as error:
        raise ChangedMeanwhile from error
