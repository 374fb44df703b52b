"""Brings a person into the chat, and keeps silent while one answers: what the citizen writes goes into their thread."""

from datetime import datetime, timedelta

from actions import asking
from actions.talk import Talk
from actions.topics import complaints, telling
from intake.drafts.model import DraftState
from standard.clock import today, write_day_and_date, write_time
from standard.deadlines import office_calendar

BACK = frozenset({"bantuan", "mulai_permohonan", "cek_status", "lanjutkan"})
"""Words (`menu`, `daftar`, …) by which the citizen takes the bot back."""

WORD_LASTS = timedelta(hours=24)
"""How long an officer's word about a case keeps the bot silent; a thread at the desk does until it is closed."""


async def call(talk: Talk) -> None:
    """`minta_petugas`: a thread at the desk, and when somebody will answer."""
    case = talk.draft.number if talk.draft else None
    number = await complaints.file(talk, "minta_petugas", talk.turn.text or talk.text("isi_minta_petugas"), case)
    hand_over(talk, number)
    talk.conversation.side = None
    if office_calendar().is_open(talk.turn.at):
        talk.say("petugas_dihubungi", aduan=number)
    else:
        talk.say("petugas_di_luar_jam", aduan=number, kapan=_opening(talk))
    talk.asks = False


async def holds(talk: Talk, wish: str | None) -> bool:
    """Whether a person has the conversation: then this turn goes to them and the bot says nothing. `menu` takes it back."""
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
    attachments = await complaints.attachments_of(talk)
    if any(row.number == number for row in talk.desk.complaints):
        await forward(talk, number, attachments)
    else:
        number = await complaints.file(talk, "minta_petugas", _words(talk, attachments), number)
        if attachments:
            await forward(talk, number, attachments)
    hand_over(talk, number)
    if not office_calendar().is_open(talk.turn.at) and talk.conversation.told_closed_until != _next(talk):
        talk.say("petugas_tutup", kapan=_opening(talk))
    talk.asks = False
    return True


def _keeps(talk: Talk) -> bool:
    """Whether an officer's word about a case still holds; photos that the office asked for go into the case all the same."""
    since = talk.conversation.officer_at
    if since is None or talk.turn.at - since > WORD_LASTS:
        hand_back(talk)
        return False
    asked_for = talk.draft is not None and talk.draft.state is not DraftState.OPEN and bool(talk.draft.returned)
    return not (talk.turn.kind == "documents" and asked_for)


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
