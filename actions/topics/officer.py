"""Brings a person into the chat, and keeps silent while one answers: what the citizen writes goes into their thread."""

from datetime import datetime, timedelta

from actions import asking
from actions.context import TurnContext
from actions.offered_form import FORM
from actions.topics import case_messages, complaints, noticing
from contracts.case import MessageKind
from intake.drafts.model import DraftState, Side
from language.phrases import words
from standard.clock import today, write_day_and_date, write_time
from standard.complaints import OFFICER, complaint_deadlines
from standard.deadlines import office_calendar
from standard.registration import COMPLAINT, prefix

PETUGAS = "petugas"
YES = "ya"

BACK = frozenset({"bantuan", "mulai_permohonan", "cek_status", "lanjutkan"})
"""Words (`menu`, `daftar`, …) by which the citizen takes the bot back."""

WORD_LASTS = timedelta(hours=24)
"""How long an officer's word about a case keeps the bot silent; a thread at the desk does until it is closed."""


async def wished(ctx: TurnContext) -> None:
    """`minta_petugas`: at once for whoever typed or tapped it; else it is asked first, so that nobody is handed over by a slip of ours."""
    if ctx.turn.kind == "choice" or PETUGAS in words(ctx.turn.text):
        await call(ctx, ctx.turn.text)
    else:
        ctx.ask_aside("petugas_yakin", text=ctx.turn.text)


async def chosen(ctx: TurnContext, side: Side, choice: str) -> None:
    """A person is wanted, with what was written; or not, and the bot goes on."""
    if choice == YES:
        await call(ctx, side.data["text"])
    else:
        ctx.say("baik_lanjut")
        ctx.form = asking.SHORT


async def call(ctx: TurnContext, text: str) -> None:
    """A thread at the desk that begins with that text, and when somebody will answer."""
    case = ctx.draft.number if ctx.draft else None
    number = await complaints.file(ctx, "minta_petugas", text or ctx.text("isi_minta_petugas"), case)
    hand_over(ctx, number)
    ctx.conversation.side = None
    if office_calendar().is_open(ctx.turn.at):
        due = complaint_deadlines(OFFICER, ctx.turn.at).first_reply
        ctx.say("petugas_dihubungi", aduan=number, kapan=f"{write_day_and_date(today(due))} pukul {write_time(due)}")
    else:
        ctx.say("petugas_di_luar_jam", aduan=number, kapan=_opening(ctx))
    ctx.asks = False


async def holds(ctx: TurnContext, wish: str | None) -> bool:
    """Whether a person has the conversation: then this turn goes to them and the bot says nothing. `menu` takes it back.

    That files were passed on is told once a thread; photos that are waited for go where they belong, as ever.
    """
    number = ctx.conversation.officer
    if number is None:
        return False
    if wish in BACK:
        hand_back(ctx)
        ctx.say("petugas_selesai")
        ctx.form = asking.FULL
        return False
    if ctx.turn.other.get("type") == FORM:
        return False  # it answers the office's own question, and says nothing that a person could read
    if noticing.is_not_for_the_officer(ctx) or ctx.conversation.story is not None:
        return False
    if await noticing.kept_from_the_officer(ctx):
        return True
    if any(draft.number == number for draft in ctx.record.drafts) and not _keeps(ctx):
        return False
    if ctx.turn.kind == "documents" and _awaits_photos(ctx):
        return False
    attachments = [*ctx.instead_files, *await complaints.attachments_of(ctx)]
    if number.startswith(prefix(COMPLAINT)):  # one that was told without a name and closed is not in the record, and may be answered again
        await forward(ctx, number, attachments)
    else:
        kind = MessageKind.HOLD if case_messages.wants_to_wait(ctx.turn.text) else MessageKind.ANSWER
        case_messages.send(ctx, number, kind, _words(ctx, attachments), attachments)
        if kind is MessageKind.HOLD:  # it changes what happens to the case: that is confirmed, an answer to an officer is not
            ctx.say("koreksi_ditahan", nomor=number)
    hand_over(ctx, number)
    if attachments and ctx.conversation.told_forwarded != number:
        ctx.say("petugas_lampiran")
        ctx.conversation.told_forwarded = number
    if not office_calendar().is_open(ctx.turn.at) and ctx.conversation.told_closed_until != _next(ctx):
        ctx.say("petugas_tutup", kapan=_opening(ctx))
    ctx.asks = False
    return True


def _keeps(ctx: TurnContext) -> bool:
    """Whether an officer's word about a case still holds."""
    since = ctx.conversation.officer_at
    if since is None or ctx.turn.at - since > WORD_LASTS:
        hand_back(ctx)
        return False
    return True


def _awaits_photos(ctx: TurnContext) -> bool:
    """Whether photos are waited for, by the application or by the office: they are checked and kept whoever answers in the chat."""
    draft = ctx.draft
    return draft is not None and draft.agreed and draft.state is not DraftState.CLOSED and bool(draft.missing())


def hand_over(ctx: TurnContext, number: str) -> None:
    """From now on a person has the conversation, in that thread or about that case."""
    ctx.conversation.officer, ctx.conversation.officer_at = number, ctx.turn.at


def hand_back(ctx: TurnContext) -> None:
    """The bot serves the citizen again."""
    ctx.conversation.officer = ctx.conversation.officer_at = None
    ctx.conversation.officer_spoke = False


async def forward(ctx: TurnContext, number: str, attachments: list[dict[str, str]]) -> None:
    """What was written goes into the thread of that number."""
    complaints.add_message(ctx, number, _words(ctx, attachments), attachments)


def _words(ctx: TurnContext, attachments: list[dict[str, str]]) -> str:
    if ctx.turn.text:
        return ctx.turn.text
    return ctx.text("isi_lampiran") if attachments else ctx.text("isi_pesan_lain", jenis=ctx.turn.other.get("type", ""))


def _next(ctx: TurnContext) -> datetime:
    return office_calendar().next_opening(ctx.turn.at)


def _opening(ctx: TurnContext) -> str:
    """When somebody will be there, in words; the citizen is told once."""
    ctx.conversation.told_closed_until = opening = _next(ctx)
    return f"{write_day_and_date(today(opening))} pukul {write_time(opening)}"
