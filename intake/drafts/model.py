"""Shapes what the intake keeps: a draft bundle with its documents, and where the conversation with one contact stands."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from pydantic import AliasChoices, BaseModel, Field

from standard.kinds import Item, Kind
from standard.requirements import Conditions, FamilyCard, KtpStatus, Reporter, checklist


class DraftState(StrEnum):
    """`OPEN`: being filled in; `SUBMITTED`: handed over, its number given; `CLOSED`: ended by the office or delivered."""

    OPEN = "open"
    SUBMITTED = "submitted"
    CLOSED = "closed"


class PageRef(BaseModel):
    """One kept page: the blob of its re-encoded picture, its size in pixels, and the line of the chat that brought it."""

    blob: str
    mime: str = "image/jpeg"
    width: int
    height: int
    line: str | None = None


TO_CHECK = "perlu_cek_petugas:"
"""Flag of a place whose document an officer has to look at."""
TO_OFFICER = "officer"
"""The verdict of a check that leaves a document to an officer (docs/contracts.md)."""


class Document(BaseModel):
    """One document that was taken. `item` is None while its place is asked; `check` is the contract's JSON of the document check."""

    submission: str = Field(default_factory=lambda: str(uuid4()))
    item: Item | None
    kind: Kind
    check_result: dict[str, Any]
    pages: list[PageRef]
    fingerprint: str | None = None
    received_at: datetime
    retakes: int = 0
    flagged: bool = False
    hint: str | None = None
    """What the caption called it: an item, or `ktp`, `ktp_saksi` where it left open whose."""
    said: bool = False
    """Whether the applicant said themself where it belongs: then it stays there."""
    stated: Item | None = None
    """The place that the applicant knows of: where it moves after that, they are told."""
    letters: list[dict[str, Any]] = Field(default_factory=list)
    """Of twins' birth letters: what was read on the second and further ones, which are this one's further pages."""
    complete: bool = True
    double: bool = False
    """Held back, for it seems to be one that is here already; the applicant may say that it is another."""

    @property
    def to_check(self) -> bool:
        """Whether an officer has to look at it: it was taken as it is, or its second reading left it to them."""
        return self.flagged or self.check_result.get("verdict") == TO_OFFICER

    @property
    def fields(self) -> dict[str, Any]:
        """What was read on it, only what is sure."""
        fields: dict[str, Any] = self.check_result.get("fields", {})
        return fields


class Child(BaseModel):
    """One child: its name, whether the spelling was confirmed, and the fields of F-2.01 with where each came from."""

    nama: str | None = None
    confirmed: bool = False
    refused: str | None = None
    """The name on the birth letter that was offered and is not the child's."""
    fields: dict[str, Any] = Field(default_factory=dict)
    sources: dict[str, str] = Field(default_factory=dict)
    settled: dict[str, Any] = Field(default_factory=dict)
    """By field, what the birth letter says and the applicant, who was shown it, says otherwise."""


class ConditionAnswers(BaseModel):
    """The conditions as answered so far; see `standard.requirements.Conditions`."""

    pelapor: Reporter | None = None
    jumlah_anak: int | None = None
    ada_surat_kelahiran: bool | None = None
    ada_surat_nikah: bool | None = None
    hubungan_kk: FamilyCard | None = None
    status_ktp_ayah: KtpStatus | None = None
    status_ktp_ibu: KtpStatus | None = None


UNSURE = (KtpStatus.TIDAK_TAHU, KtpStatus.BELUM_PUNYA)


def merged(said: ConditionAnswers, read: ConditionAnswers) -> Conditions:
    """An answer holds against a document, and an officer sees that they differ; but a paper that lies there is there, and a card that was
    read tells more than "not known" or than the one button for every status but KAWIN."""
    values = {
        name: answer if (answer := getattr(said, name)) is not None else getattr(read, name) for name in ConditionAnswers.model_fields
    }
    for paper in ("ada_surat_kelahiran", "ada_surat_nikah"):
        values[paper] = True if getattr(read, paper) else values[paper]
    for status in ("status_ktp_ayah", "status_ktp_ibu"):
        answer, printed = getattr(said, status), getattr(read, status)
        if (
            printed is not None
            and answer not in (None, KtpStatus.MENINGGAL)
            and (answer in UNSURE or KtpStatus.KAWIN not in (answer, printed))
        ):
            values[status] = printed
    return Conditions(**values)


class Waiting(BaseModel):
    """A photo that waits for its place: the message that brought it, how often it was asked about, whether it was said that it waits."""

    message: str | None = None
    asked: int = 0
    told: bool = False


class OfferedForm(BaseModel):
    """A form within WhatsApp that was offered: what it was filled in with then, by its field names, and whether it came back."""

    given: dict[str, str] = Field(default_factory=dict)
    received: bool = False


class Draft(BaseModel):
    """The bundle of one birth while it grows, and what is remembered of it after it was handed over."""

    id: str = Field(default_factory=lambda: str(uuid4()))
    contact: str
    state: DraftState = DraftState.OPEN
    number: str | None = None
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None = None
    deadline: datetime | None = None
    agreed: bool = False
    conditions: ConditionAnswers = Field(default_factory=ConditionAnswers)
    """What the applicant answered."""
    learned: ConditionAnswers = Field(default_factory=ConditionAnswers)
    """What the documents say of the same, worked out anew whenever something is added (`intake.placing.settling`)."""
    papers_asked_apart: bool = False
    """Both papers at once could not be said; each is asked for itself."""
    hubungan_pelapor: str | None = None
    children: list[Child] = Field(default_factory=list)
    nama_ayah: str | None = None
    nama_ibu: str | None = None
    parent_births: dict[str, str] = Field(default_factory=dict)
    """Where and when a parent was born, as told: `ibu_tempat_lahir`, `ayah_tanggal_lahir`, …"""
    alamat_kia: dict[str, Any] | None = None
    email: str | None = None
    explained: dict[str, str] = Field(default_factory=dict)
    """Disagreements that the applicant was told of and goes on with (`intake.drafts.disagreeing`), and what they said of each."""
    asked_back: dict[str, str] = Field(default_factory=dict)
    """What was asked back once, by the field: the same answer again is taken, with a flag."""
    retakes: dict[str, int] = Field(default_factory=dict)
    waiting: dict[str, Waiting] = Field(default_factory=dict)
    """Photos whose place is not known, by submission."""
    flags: list[str] = Field(default_factory=list)
    moments_denied: tuple[str, ...] = ()
    """Moments that need care which were asked about and are none of this family's."""
    returned: dict[str, str] = Field(default_factory=dict)
    """Items that the office asked for again, with the sentence that says why."""
    forms_sent: bool = False
    forms: dict[str, OfferedForm] = Field(default_factory=dict)
    """The forms within WhatsApp that were offered for this bundle, by the token that each brings back."""
    forms_declined: bool = False
    """Whether the person chose the chat instead: no form is offered unless they ask for it."""
    siak_told: datetime | None = None
    """The begin of the outage of the central SIAK of which the applicant was told last."""
    documents: list[Document] = Field(default_factory=list, exclude=True)

    @property
    def known(self) -> Conditions:
        """The conditions as the requirement rows take them: the answers, and what the documents say where nothing was answered."""
        return merged(self.conditions, self.learned)

    def wanted(self) -> tuple[Item, ...]:
        """The items that this family has to send, as far as its conditions are known."""
        return checklist(self.known)

    def document(self, item: Item) -> Document | None:
        """The document in that place."""
        return next((document for document in self.documents if document.item == item), None)

    def missing(self) -> tuple[Item, ...]:
        """What still has to come: of a submitted bundle what the office asked for again."""
        if self.state is not DraftState.OPEN:
            return tuple(Item(item) for item in self.returned)
        return tuple(item for item in self.wanted() if self.document(item) is None)

    def unplaced(self) -> tuple[Document, ...]:
        """Documents whose place is not known yet."""
        return tuple(document for document in self.documents if document.item is None and not document.double)

    def flag(self, name: str) -> None:
        """Marks the bundle for the officer, once."""
        if name not in self.flags:
            self.flags.append(name)

    def child_name(self) -> str | None:
        """The name by which the applicant knows this draft among several."""
        names = [child.nama for child in self.children if child.nama]
        return " & ".join(names) or None


class Side(BaseModel):
    """A question beside the bundle (a confirmation, whose card this is), with what its answer will be about."""

    id: str
    data: dict[str, Any] = Field(default_factory=dict)


class StoryPart(BaseModel):
    """One message as it was understood, kept while it may be part of a complaint's story."""

    turn: str
    text: str
    at: datetime
    intent: str = ""
    confidence: float = 0.0
    complains: float = -1.0
    """Margin of its being a complaint (dialogue/understanding/complaints.py)."""
    kinds: dict[str, float] = Field(default_factory=dict)
    """Margins of what it complains about."""
    grave: float = -1.0
    """Margin of its accusing somebody or telling of misused data."""


class Story(BaseModel):
    """A complaint while it is told, in several messages and photos; nothing of it is filed yet."""

    parts: list[StoryPart] = Field(default_factory=list)
    attachments: list[dict[str, Any]] = Field(default_factory=list)
    sure: bool = True
    """Whether it is known to be a complaint; else the citizen was asked."""
    confirmed: bool = False
    """Whether the citizen has said that they complain: by certain words, by the menu, or asked about it."""
    noted: bool = False
    """Whether they were told that what they add is noted."""
    hidden: bool = False
    """Whether the citizen asked that their name stay with us."""
    anonymous: bool = False
    """Whether the desk shall see neither name nor number."""
    category: str | None = None
    """What the citizen said that it is about."""
    addition_to: str | None = None
    """The number of the complaint that this was said to belong to."""
    earlier: int = 0
    """How many of the first parts were said and answered before it began."""
    officer: str | None = None
    """The thread or case in which a person had the conversation when it began: they were not shown it."""
    turns: list[str] = Field(default_factory=list)
    """Every turn of it: what staff must not read beside a case while nobody knows what it will become."""
    last_at: datetime


class HeldPapers(BaseModel):
    """Papers, or where there are no files the PIN alone, that wait until the applicant has proved who they are.

    `name` is how the chat calls the application, `tries` counts wrong answers.
    """

    number: str
    name: str
    signed: bool
    files: list[dict[str, Any]]
    tries: int = 0


class Conversation(BaseModel):
    """Where the talk with one contact stands, between two messages that may be weeks apart."""

    contact: str
    phone: str | None = None
    name: str | None = None
    draft: str | None = None
    asked: str | None = None
    """The open question as it was last asked: `<question>` or `<question>:<child>`."""
    shown: str | None = None
    """Scope and stamp of the values with which the open question was last shown."""
    shown_lines: list[str] = Field(default_factory=list)
    """A stamp of each line of these values."""
    question_shown: bool = Field(False, validation_alias=AliasChoices("question_shown", "facing"))  # as drafts of before have it
    """Whether our latest message asked the open question."""
    side: Side | None = None
    misses: int = 0
    undo: dict[str, Any] | None = None
    """What the last turn stored by words, as it stood before (`{"draft", "before"}`)."""
    last: list[str] = Field(default_factory=list)
    """The paragraphs of our last message: none of them may come again in the next."""
    officer: str | None = None
    """The number of the thread, or of the case, in which a person answers; the bot is silent meanwhile."""
    officer_at: datetime | None = None
    """When a word last passed between the citizen and that person."""
    officer_spoke: bool = False
    """Whether that person has answered yet."""
    told_forwarded: str | None = None
    """The thread of which the citizen was told that files are passed on."""
    told_closed_until: datetime | None = None
    """The opening of the office that the citizen was told to wait for."""
    last_in_at: datetime | None = None
    changed_at: datetime | None = None
    """When the number, or the phone behind it, was last another, or may have been: after a long silence."""
    confirmed_at: datetime | None = None
    """When the applicant last proved who they are."""
    introduced_at: datetime | None = None
    """When it was last said in full who answers here and what is asked: it is said so once."""
    offered_at: datetime | None = None
    """When to register was last offered in words."""
    held: list[HeldPapers] = Field(default_factory=list)
    reminded_at: datetime | None = None
    story: Story | None = None
    heard: list[StoryPart] = Field(default_factory=list)
    """What was written in the last minutes and answered no question of ours: it may be where a complaint's story begins."""
