"""Brings a person into the chat, and keeps silent while one answers: what the citizen writes goes into their thread."""

from datetime import datetime, timedelta

from actions import asking
from actions.talk import Talk
from actions.topics import case_messages, complaints, telling
from contracts.case import MessageKind
from intake.drafts.model import DraftState, Side
from language.phrases import words
from standard.clock import today, write_day_and_date, write_time
from standard.complaints import OFFICER, complaint_deadlines
from standard.deadlines import office_calendar

PETUGAS = "petugas"
YES = "ya"

BACK = frozenset({"bantuan", "mulai_permohonan", "cek_status", "lanjutkan"})
"""Words (`menu`, `daftar`, …) by which the citizen takes the bot back."""

WORD_LASTS = timedelta(hours=24)
"""How long an officer's word about a case keeps the bot silent; a thread at the desk does until it is closed."""


async def wished(talk: Talk) -> None:
    """`minta_petugas`: at once for whoever typed or tapped it; else it is asked first, so that nobody is handed over by a slip of ours."""
    if talk.turn.kind == "choice" or PETUGAS in words(talk.turn.text):
        await call(talk, talk.turn.text)
    else:
        talk.ask_aside("petugas_yakin", text=talk.turn.text)


async def chosen(talk: Talk, side: Side, choice: str) -> None:
    """A person is wanted, with what was written; or not, and the bot goes on."""
    if choice == YES:
        await call(talk, side.data["text"])
    else:
        talk.say("baik_lanjut")
        talk.form = asking.SHORT


async def call(talk: Talk, text: str) -> None:
    """A thread at the desk that begins with that text, and when somebody will answer."""
    case = talk.draft.number if talk.draft else None
    number = await complaints.file(talk, "minta_petugas", text or talk.text("isi_minta_petugas"), case)
    hand_over(talk, number)
    talk.conversation.side = None
    if office_calendar().is_open(talk.turn.at):
        due = complaint_deadlines(OFFICER, talk.turn.at).first_reply
        talk.say("petugas_dihubungi", aduan=number, kapan=f"{write_day_and_date(today(due))} pukul {write_time(due)}")
    else:
        talk.say("petugas_di_luar_jam", aduan=number, kapan=_opening(talk))
    talk.asks = False


async def holds(talk: Talk, wish: str | None) -> bool:
    """Whether a person has the conversation: then this turn goes to them and the bot says nothing. `menu` takes it back.

    That files were passed on is told once a thread; photos that are waited for go where they belong, as ever.
    """
    number = talk.conversation.officer
    if number is None:
        return False
    if wish in BACK:
        hand_back(talk)
        talk.say("petugas_selesai")
        talk.form = asking.FULL
        return False
    if telling.is_not_for_the_officer(talk) or talk.conversation.story is not None:
        return False
    if any(draft.number == number for draft in talk.desk.drafts) and not _keeps(talk):
        return False
    if talk.turn.kind == "documents" and _awaits_photos(talk):
        return False
    attachments = await complaints.attachments_of(talk)
    if any(row.number == number for row in talk.desk.complaints):
        await forward(talk, number, attachments)
    else:
        case_messages.send(talk, number, MessageKind.ANSWER, _words(talk, attachments), attachments)
    hand_over(talk, number)
    if attachments and talk.conversation.told_forwarded != number:
        talk.say("petugas_lampiran")
        talk.conversation.told_forwarded = number
    if not office_calendar().is_open(talk.turn.at) and talk.conversation.told_closed_until != _next(talk):
        talk.say("petugas_tutup", kapan=_opening(talk))
    talk.asks = False
    return True


def _keeps(talk: Talk) -> bool:
    """Whether an officer's word about a case still holds."""
    since = talk.conversation.officer_at
    if since is None or talk.turn.at - since > WORD_LASTS:
        hand_back(talk)
        return False
    return True


def _awaits_photos(talk: Talk) -> bool:
    """Whether photos are waited for, by the application or by the office: they are checked and kept whoever answers in the chat."""
    draft = talk.draft
    return draft is not None and draft.agreed and draft.state is not DraftState.CLOSED and bool(draft.missing())


def hand_over(talk: Talk, number: str) -> None:
    """From now on a person has the conversation, in that thread or about that case."""
    talk.conversation.officer, talk.conversation.officer_at = number, talk.turn.at


def hand_back(talk: Talk) -> None:
    """The bot serves the citizen again."""
    talk.conversation.officer = talk.conversation.officer_at = None
    talk.conversation.officer_spoke = False


async def forward(talk: Talk, number: str, attachments: list[dict[str, str]]) -> None:
    """What was written goes into the thread of that number."""
    complaints.add_message(talk, number, _words(talk, attachments), attachments)


def _words(talk: Talk, attachments: list[dict[str, str]]) -> str:
    if talk.turn.text:
        return talk.turn.text
    return talk.text("isi_lampiran") if attachments else talk.text("isi_pesan_lain", jenis=talk.turn.other.get("type", ""))


def _next(talk: Talk) -> datetime:
    return office_calendar().next_opening(talk.turn.at)


def _opening(talk: Talk) -> str:
    """When somebody will be there, in words; the citizen is told once."""
    talk.conversation.told_closed_until = opening = _next(talk)
    return f"{write_day_and_date(today(opening))} pukul {write_time(opening)}"
