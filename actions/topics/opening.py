"""Opens a conversation: says who answers and what for, begins an application, goes on with one, and lets go kindly who declines."""

from dataclasses import replace
from datetime import timedelta

from actions import asking
from actions.catalogue import Option
from actions.context import TurnContext
from actions.topics import early
from contracts.whatsapp import ROW_TITLE, ROWS
from intake.drafts.birth_letters import letter_name
from intake.drafts.learning import parent_called
from intake.drafts.model import Draft, DraftState
from intake.reading import names_another_child, read_registration_number
from intake.reading.helping import of_several_families
from language.phrases import words
from standard.clock import to_local

PAUSE = timedelta(hours=2)
"""Whoever greets again sooner is in the middle of it, and not welcomed back."""

DAYTIMES = ((11, "pagi"), (15, "siang"), (18, "sore"), (24, "malam"))


async def greet(ctx: TurnContext) -> None:
    """`salam`: a stranger is told who we are; who was here before, where things stand."""
    if ctx.conversation.asked and ctx.silence is not None and ctx.silence < PAUSE:
        ctx.say_once("baik_lanjut")
        ctx.form = asking.SHORT
    elif any(draft.agreed for draft in ctx.record.drafts):
        await resume(ctx)
    else:
        await begin(ctx)


async def start(ctx: TurnContext) -> None:
    """`mulai_permohonan`: begins one, or asks whether the unfinished one, or how far the one under way is, was meant."""
    draft = ctx.draft
    if draft is not None and draft.state is DraftState.OPEN and draft.agreed:
        ctx.ask_aside("mulai_lagi", draft=draft.id, values={"permohonan": draft_name(ctx, draft)})
        return
    case = next((known for known in ctx.record.drafts if known.state is DraftState.SUBMITTED), None)
    if case is not None and ctx.turn.kind == "text" and not names_another_child(ctx.turn.text):
        ctx.ask_aside("kasus_berjalan", draft=case.id, values={"permohonan": draft_name(ctx, case)})
        return
    await begin(ctx)


async def begin(ctx: TurnContext) -> None:
    """A new draft, with the introduction for whoever has not agreed to one yet; a village helper's next one goes on at once."""
    known = any(draft.agreed for draft in ctx.record.drafts)
    draft = ctx.draft
    if draft is None or draft.agreed:
        draft = Draft(contact=ctx.conversation.contact, created_at=ctx.turn.at, updated_at=ctx.turn.at, agreed=known)
        ctx.record.drafts.insert(0, draft)
        ctx.conversation.draft = draft.id
    ctx.conversation.side = None
    ctx.form = asking.FULL
    if known:
        ctx.say("permohonan_baru")
    else:
        _introduce(ctx)
    ctx.noted_at = len(ctx.reply.paragraphs)
    early.opening(ctx, draft)
    if ctx.turn.kind == "text" and of_several_families(ctx.turn.text):
        ctx.say("jawab_beberapa_keluarga")


def _introduce(ctx: TurnContext) -> None:
    """Who answers, and what is asked: once in full, later or behind something else in a line."""
    introduced, speaks = ctx.conversation.introduced_at is not None, bool(ctx.reply.paragraphs)
    ctx.conversation.introduced_at = ctx.conversation.introduced_at or ctx.turn.at
    if not introduced and not speaks:
        ctx.say_once("perkenalan", salam=daytime(ctx))
        return
    ctx.form = asking.BRIEF
    if not (introduced and speaks):
        ctx.say_once("perkenalan_lagi")


async def declined(ctx: TurnContext) -> None:
    """Who does not want to go on is shown the counter and the village service; nothing of them stays."""
    let_go(ctx, "tidak_bersedia")


def let_go(ctx: TurnContext, text: str) -> None:
    """The draft is erased, and why is said."""
    draft = ctx.draft
    ctx.say(text)
    if draft is not None:
        ctx.changes.deleted.append(draft)
        ctx.record.drafts.remove(draft)
    ctx.conversation.draft = None
    ctx.asks = False


async def resume(ctx: TurnContext) -> None:
    """`lanjutkan`, or a greeting after a pause: which draft, where it stands, and its open question."""
    unfinished = [draft for draft in ctx.record.drafts if draft.state is DraftState.OPEN and draft.agreed]
    cases = [draft for draft in ctx.record.drafts if draft.returned]
    choices = unfinished + cases
    number = read_registration_number(ctx.turn.text)
    named = [draft for draft in choices if draft.number == number] if number else _called(choices, ctx.turn.text)
    choices = named if len(named) == 1 else choices
    if len(choices) > 1:
        ctx.ask_aside("pilih_draf", options=distinct([option_of(ctx, draft) for draft in choices[:ROWS]]))
        return
    if choices:
        take_up(ctx, choices[0])
        ctx.say_once("selamat_kembali", salam=daytime(ctx), permohonan=draft_name(ctx, choices[0]))
        ctx.form = asking.FULL
        return
    if ctx.record.drafts and any(draft.number for draft in ctx.record.drafts):
        ctx.say("salam_kasus", salam=daytime(ctx))
        ctx.offer("menu", "salam_kasus")
        ctx.asks = False
        return
    await begin(ctx)


def _called(drafts: list[Draft], text: str) -> list[Draft]:
    """Those of whose child's name a word stands in the text."""
    return [draft for draft in drafts if set(words(draft.child_name() or "")) & set(words(text))]


def take_up(ctx: TurnContext, draft: Draft) -> None:
    """The draft that the conversation is about from now on."""
    ctx.conversation.draft = draft.id
    ctx.conversation.side = None
    ctx.conversation.asked = None


def draft_name(ctx: TurnContext, draft: Draft) -> str:
    """How an applicant knows this draft: the number, the child's name, the mother's, else the day it was begun."""
    name = draft.child_name() or letter_name(draft, 0)
    if name:
        return f"{name} ({draft.number})" if draft.number else name
    return draft.number or unnamed(ctx, draft)


def unnamed(ctx: TurnContext, draft: Draft) -> str:
    """A draft without a child's name, by its mother, else by when it was begun."""
    if mother := parent_called(draft, "ibu"):
        return ctx.text("tanpa_nama_ibu", nama=mother)
    return ctx.text("tanpa_nama", waktu=to_local(draft.created_at).strftime("%d/%m %H.%M"))


def option_of(ctx: TurnContext, draft: Draft) -> Option:
    """A draft as a row of a list."""
    title = draft.child_name() or draft.number or letter_name(draft, 0) or unnamed(ctx, draft)
    state = "draf_dikembalikan" if draft.returned else "draf_belum_selesai"
    words = (title, draft.number) if draft.number else (title,)
    return Option(draft.id, title[:ROW_TITLE], ctx.text(state), words)


def distinct(options: list[Option]) -> list[Option]:
    """Options whose titles differ: WhatsApp takes no two alike."""
    titles = [option.title for option in options]
    return [
        option if titles.index(option.title) == position else replace(option, title=f"{option.title[: ROW_TITLE - 4]} ({position + 1})")
        for position, option in enumerate(options)
    ]


def daytime(ctx: TurnContext) -> str:
    """The part of the day at the office, for a greeting."""
    hour = to_local(ctx.turn.at).hour
    return next(name for end, name in DAYTIMES if hour < end)
