"""Holds one turn while it is answered: what came, what is known of the person, what is said, and what is to be written."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any

from actions.catalogue import Catalogue, Option
from actions.noted import Before
from actions.reply import File, Reply
from actions.turn import Turn
from intake.drafts.model import Conversation, Draft, Side
from intake.drafts.repository import ContactRecord
from intake.questions.question import NOTHING, Open, Said
from intake.questions.table import open_question
from intake.reading import read_rough_date
from intake.service import Changes, Intake
from standard.clock import today

STAMP = "."
"""Parts a scope from the stamp of what its question showed: a button whose text shows something else by now changes nothing."""
STAMP_LENGTH = 8
SCOPE = "="
"""Parts the question from the choice in the id of a button: a tap on an old button never answers a newer question."""

OF_A_BIRTH_DAY = frozenset({"tanggal_lahir", "data_kelahiran"})
"""Questions that a day of birth answers, also one told roughly (`seminggu yang lalu`)."""


def stamp_of(shown: Any) -> str:
    """A short stamp of what a question showed (JSON); the same again has the same."""
    return sha256(json.dumps(shown, sort_keys=True, default=str).encode()).hexdigest()[:STAMP_LENGTH]


@dataclass
class TurnContext:
    """The turn's context. Handlers change `record` and `changes` and say what they have to say; the pipeline writes it all."""

    turn: Turn
    record: ContactRecord
    catalogue: Catalogue
    intake: Intake
    by_page: frozenset[str] = frozenset()
    """The documents for which the capture page is offered after a failed photo."""
    flow: str = ""
    """The id of the form within WhatsApp that is offered for the questions; empty: none is."""
    wants_form: bool = False
    """Whether the person asked for that form in this turn."""
    reply: Reply = field(default_factory=Reply)
    changes: Changes = field(default_factory=Changes)
    asks: bool = True
    """Whether the open question is asked again below what was said."""
    missed: bool = False
    """Whether the message was not understood."""
    let_go: bool = False
    """Whether a question beside the bundle was given up in this turn: it does not come back at once."""
    silence: timedelta | None = None
    """How long the person had not written; None for a stranger."""
    instead: str | None = None
    """The intent of an earlier message that is answered in this turn after all."""
    instead_files: list[dict[str, Any]] = field(default_factory=list)
    """The pages that came with it."""
    again: list[Turn] = field(default_factory=list)
    """What was taken for a complaint and is none: heard in this turn after all, in order."""
    before: dict[str, Before] = field(default_factory=dict)
    """The open drafts as they stood when the turn began, by id."""
    undo: dict[str, Any] | None = None
    """What this turn stored, as it stood before: a "bukan" right after brings it back."""
    taken_back: bool = False
    """Whether the turn was such a "bukan"."""
    by_form: bool = False
    """Whether the turn's words came in a form within WhatsApp: what it stored is said as of typed ones."""
    changes_told: bool = False
    """Whether values that stood there were put right: each is said with its name, and that nothing else changed."""
    noted_at: int = 0
    """After how many paragraphs it is said what this turn changed."""
    form: str | None = None
    """The form in which the open question is to be asked, where a handler knows better."""

    @property
    def conversation(self) -> Conversation:
        """Where the talk with this contact stands."""
        return self.record.conversation

    @property
    def draft(self) -> Draft | None:
        """The draft or case in hand."""
        return self.record.draft

    @property
    def open(self) -> Open | None:
        """The draft's open question."""
        return None if self.draft is None else open_question(self.draft)

    def say(self, key: str, **values: Any) -> None:
        """A paragraph, in a variation that was not said just now; where each was, a word that it still holds."""
        last = self.conversation.last
        self.reply.paragraphs.append(self.catalogue.fresh(key, last, **values) or self.catalogue.text("seperti_tadi", last))

    def say_once(self, key: str, **values: Any) -> None:
        """A paragraph that is left out where it stood in our last message."""
        text = self.catalogue.fresh(key, self.conversation.last, **values)
        if text is not None:
            self.reply.paragraphs.append(text)

    def text(self, key: str, **values: Any) -> str:
        """A text to be put into another."""
        return self.catalogue.text(key, **values)

    def offer(self, scope: str, key: str, only: tuple[str, ...] | None = None) -> None:
        """The answers that a text offers, under a scope; `only` these of them."""
        self.offer_these(scope, [option for option in self.catalogue.options(key) if only is None or option.id in only])

    def offer_these(self, scope: str, options: list[Option]) -> None:
        """Answers made up for this turn (documents, drafts)."""
        self.reply.options = [Option(f"{scope}{SCOPE}{option.id}", option.title, option.description) for option in options]
        self.reply.list_button = self.catalogue.text("tombol_daftar")

    def ask_aside(self, side: str, key: str | None = None, options: list[Option] | None = None, **data: Any) -> None:
        """A question beside the bundle: its text, its choices, and what its answer will be about. It is open from now on."""
        key = key or f"sisi_{side}"
        values = data.pop("values", {})
        stamp = stamp_of([side, data, values])
        self.conversation.side = Side(id=side, data={**data, "stamp": stamp})
        self.say(key, **values)
        offered = list(self.catalogue.options(key)) if options is None else options
        self.conversation.side.data["options"] = [[option.id, option.title, *option.words] for option in offered]
        self.offer_these(self.side_scope(), offered)
        self.asks = False

    def side_scope(self) -> str:
        """The scope of the side question's buttons."""
        side = self.conversation.side
        assert side is not None
        named = f"{side.id}@{str(side.data.get('draft') or self.conversation.draft or '')[:4]}"
        return f"{named}{STAMP}{stamp}" if (stamp := side.data.get("stamp")) else named

    def scope(self, asked: Open) -> str:
        """The scope of the open question's buttons: the question, the child, the draft."""
        return f"{asked.name}@{self.draft.id[:4] if self.draft else ''}"

    def said(
        self, choices: tuple[Option, ...] | list[Option] = (), choice: str | None = None, location: dict[str, Any] | None = None
    ) -> Said:
        """What came, as the readers of answers take it; `location`: one that was sent earlier."""
        if location is None and self.turn.other.get("type") == "location":
            location = self.turn.other
        return Said(self.turn.text, today(self.turn.at), [option.as_choice() for option in choices], choice, location)

    def reads_open(self) -> bool:
        """Whether what was written answers the open question."""
        asked = self.open
        if asked is None or self.draft is None:
            return False
        roundly = asked.question.id in OF_A_BIRTH_DAY and read_rough_date(self.turn.text, today(self.turn.at)) is not None
        return roundly or asked.question.read(self.said(), self.draft, asked.child) is not NOTHING

    def attach(self, blob: str, mime: str, filename: str | None = None, caption: str = "") -> None:
        """A file that goes with the answer."""
        self.reply.files.append(File(blob, mime, filename, caption))

    def touch(self) -> None:
        """Notes that something happened in the draft."""
        if self.draft is not None:
            self.draft.updated_at = self.turn.at
