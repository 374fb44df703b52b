"""Opens a conversation: says who answers and what for, begins an application, goes on with one, and lets go kindly who declines."""

from dataclasses import replace
from datetime import timedelta

from actions import asking
from actions.catalogue import Option
from actions.talk import Talk
from contracts.whatsapp import ROW_TITLE, ROWS
from intake.drafts.model import Draft, DraftState
from intake.reading import names_another_child, read_registration_number
from language.phrases import words
from standard.clock import to_local

PAUSE = timedelta(hours=2)
"""Whoever greets again sooner is in the middle of it, and not welcomed back."""

DAYTIMES = ((11, "pagi"), (15, "siang"), (18, "sore"), (24, "malam"))


async def greet(talk: Talk) -> None:
    """`salam`: a stranger is told who we are; who was here before, where things stand."""
    if talk.conversation.asked and talk.silence is not None and talk.silence < PAUSE:
        talk.say_once("baik_lanjut")
        talk.form = asking.SHORT
    elif any(draft.agreed for draft in talk.desk.drafts):
        await resume(talk)
    else:
        await begin(talk)


async def start(talk: Talk) -> None:
    """`mulai_permohonan`: begins one, or asks whether the unfinished one, or how far the one under way is, was meant."""
    draft = talk.draft
    if draft is not None and draft.state is DraftState.OPEN and draft.agreed:
        talk.ask_aside("mulai_lagi", draft=draft.id, values={"permohonan": draft_name(talk, draft)})
        return
    case = next((known for known in talk.desk.drafts if known.state is DraftState.SUBMITTED), None)
    if case is not None and talk.turn.kind == "text" and not names_another_child(talk.turn.text):
        talk.ask_aside("kasus_berjalan", draft=case.id, values={"permohonan": draft_name(talk, case)})
        return
    await begin(talk)


async def begin(talk: Talk) -> None:
    """A new draft, with the introduction for whoever has not agreed to one yet; a village helper's next one goes on at once."""
    known = any(draft.agreed for draft in talk.desk.drafts)
    draft = talk.draft
    if draft is None or draft.agreed:
        draft = Draft(contact=talk.conversation.contact, created_at=talk.turn.at, updated_at=talk.turn.at, agreed=known)
        talk.desk.drafts.insert(0, draft)
        talk.conversation.draft = draft.id
    talk.conversation.side = None
    if known:
        talk.say("permohonan_baru")
    else:
        talk.say_once("perkenalan", salam=daytime(talk))
    talk.form = asking.FULL


async def declined(talk: Talk) -> None:
    """Who does not want to go on is shown the counter and the village service; nothing of them stays."""
    let_go(talk, "tidak_bersedia")


def let_go(talk: Talk, text: str) -> None:
    """The draft is erased, and why is said."""
    draft = talk.draft
    talk.say(text)
    if draft is not None:
        talk.changes.deleted.append(draft)
        talk.desk.drafts.remove(draft)
    talk.conversation.draft = None
    talk.asks = False


async def resume(talk: Talk) -> None:
    """`lanjutkan`, or a greeting after a pause: which draft, where it stands, and its open question."""
    unfinished = [draft for draft in talk.desk.drafts if draft.state is DraftState.OPEN and draft.agreed]
    cases = [draft for draft in talk.desk.drafts if draft.returned]
    choices = unfinished + cases
    number = read_registration_number(talk.turn.text)
    named = [draft for draft in choices if draft.number == number] if number else _called(choices, talk.turn.text)
    choices = named if len(named) == 1 else choices
    if len(choices) > 1:
        talk.ask_aside("pilih_draf", options=distinct([option_of(talk, draft) for draft in choices[:ROWS]]))
        return
    if choices:
        take_up(talk, choices[0])
        talk.say_once("selamat_kembali", salam=daytime(talk), permohonan=draft_name(talk, choices[0]))
        talk.form = asking.FULL
        return
    if talk.desk.drafts and any(draft.number for draft in talk.desk.drafts):
        talk.say("salam_kasus", salam=daytime(talk))
        talk.offer("menu", "salam_kasus")
        talk.asks = False
        return
    await begin(talk)


def _called(drafts: list[Draft], text: str) -> list[Draft]:
    """Those of whose child's name a word stands in the text."""
    return [draft for draft in drafts if set(words(draft.child_name() or "")) & set(words(text))]


def take_up(talk: Talk, draft: Draft) -> None:
    """The draft that the conversation is about from now on."""
    talk.conversation.draft = draft.id
    talk.conversation.side = None
    talk.conversation.asked = None


def draft_name(talk: Talk, draft: Draft) -> str:
    """How an applicant knows this draft: the number, the child's name, else the day it was begun."""
    name = draft.child_name()
    if name:
        return f"{name} ({draft.number})" if draft.number else name
    return draft.number or unnamed(talk, draft)


def unnamed(talk: Talk, draft: Draft) -> str:
    """A draft without a child's name, by when it was begun."""
    return talk.text("tanpa_nama", waktu=to_local(draft.created_at).strftime("%d/%m %H.%M"))


def option_of(talk: Talk, draft: Draft) -> Option:
    """A draft as a row of a list."""
    title = draft.child_name() or draft.number or unnamed(talk, draft)
    state = "draf_dikembalikan" if draft.returned else "draf_belum_selesai"
    words = (title, draft.number) if draft.number else (title,)
    return Option(draft.id, title[:ROW_TITLE], talk.text(state), words)


def distinct(options: list[Option]) -> list[Option]:
    """Options whose titles differ: WhatsApp takes no two alike."""
    titles = [option.title for option in options]
    return [
        option if titles.index(option.title) == position else replace(option, title=f"{option.title[: ROW_TITLE - 4]} ({position + 1})")
        for position, option in enumerate(options)
    ]


def daytime(talk: Talk) -> str:
    """The part of the day at the office, for a greeting."""
    hour = to_local(talk.turn.at).hour
    return next(name for end, name in DAYTIMES if hour < end)
