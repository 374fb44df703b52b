"""Brings a person into the chat, and keeps silent while one answers: what the citizen writes goes into their thread."""

from actions import asking
from actions.talk import Talk
from actions.topics import complaints
from intake.bundle import moment
from intake.dispatches import Dispatch
from standard.clock import to_jakarta
from standard.deadlines import office_calendar

BACK = frozenset({"bantuan", "mulai_permohonan", "cek_status", "lanjutkan"})
"""Words (`menu`, `daftar`, …) by which the citizen takes the bot back."""


async def call(talk: Talk) -> None:
    """`minta_petugas`: a thread at the desk, and when somebody will answer."""
    case = talk.draft.number if talk.draft else None
    number = await complaints.file(talk, "minta_petugas", talk.turn.text or talk.text("isi_minta_petugas"), case)
    talk.conversation.officer = number
    talk.conversation.side = None
    talk.say("petugas_dihubungi" if office_open(talk) else "petugas_di_luar_jam", aduan=number)
    talk.asks = False


async def holds(talk: Talk, wish: str | None) -> bool:
    """Whether a person has the conversation: then this turn goes to them and the bot says nothing. `menu` takes it back."""
    number = talk.conversation.officer
    if number is None:
        return False
    if wish in BACK:
        talk.conversation.officer = None
        talk.say("petugas_selesai")
        talk.form = asking.FULL
        return False
    await forward(talk, number, await complaints.attachments_of(talk))
    talk.asks = False
    return True


def hand_back(talk: Talk) -> None:
    """The desk is done."""
    talk.conversation.officer = None


def office_open(talk: Talk) -> bool:
    """Whether somebody is at the office now."""
    at = to_jakarta(talk.turn.at)
    calendar = office_calendar()
    if not calendar.is_working_day(at.date()):
        return False
    opens, closes = calendar.hours[at.weekday()]
    return opens <= at.time() < closes


async def forward(talk: Talk, number: str, attachments: list[dict[str, str]]) -> None:
    """What was written goes into the thread of that number."""
    turn = talk.turn
    text = turn.text or (talk.text("isi_lampiran") if attachments else talk.text("isi_pesan_lain", jenis=turn.other.get("type", "")))
    talk.changes.dispatches.append(
        Dispatch(
            f"message:{turn.id}",
            number,
            f"/api/complaints/{number}/messages/{turn.id}",
            {"text": text, "at": moment(turn.at), "attachments": attachments},
            tuple(attachments),
        )
    )
