"""Offers the day that a date told roundly comes to, so that `seminggu yang lalu` needs one tap and no calendar."""

from typing import Any

from actions import asking
from actions.context import OF_A_BIRTH_DAY, TurnContext
from intake.drafts.model import Child, Draft, DraftState, Side
from intake.placing.arranging import arrange
from intake.questions.birth_answers import store_birth_facts
from intake.questions.question import Open, Phase
from intake.questions.volunteered import tells_of_birth
from intake.reading import is_question, read_rough_date, read_weton
from standard.clock import today, write_day_and_date

YES = "ya"


def offered(ctx: TurnContext, draft: Draft, asked: Open) -> bool:
    """Whether the day of birth was told roundly; then it is asked whether it was that day. A day of both weeks is heard at any time."""
    if ctx.turn.kind != "text" or is_question(ctx.turn.text):
        return False
    now = today(ctx.turn.at)
    if asked.question.id in OF_A_BIRTH_DAY:
        day = read_rough_date(ctx.turn.text, now) or read_weton(ctx.turn.text, now)
    else:
        alone = len(draft.children) <= 1 and draft.agreed and asked.question.phase is not Phase.SUMMARY and tells_of_birth(ctx.turn.text)
        day = read_weton(ctx.turn.text, now) if alone else None
    child = draft.children[asked.child] if draft.children else Child()
    if day is None or "tanggal_lahir" in child.fields:
        return False
    values = {"nama": child.nama or ctx.text("anak_ini"), "tanggal": write_day_and_date(day)}
    ctx.ask_aside("lahir_kira", values=values, draft=draft.id, child=asked.child, day=day.isoformat())
    return True


def beside(ctx: TurnContext) -> bool:
    """Whether a message told the day of birth by both Javanese weeks, whatever else it said: it is asked about below."""
    draft, asked = ctx.draft, ctx.open
    free = draft is not None and draft.state is DraftState.OPEN and ctx.conversation.side is None and ctx.conversation.asked is not None
    return free and draft is not None and asked is not None and asked.question.id not in OF_A_BIRTH_DAY and offered(ctx, draft, asked)


async def follow(ctx: TurnContext, value: Any) -> None:
    """After the facts of a birth: the day that was told roundly beside them is asked about, where none was told outright."""
    if ctx.draft is not None and ctx.open is not None:
        offered(ctx, ctx.draft, ctx.open)


async def chosen(ctx: TurnContext, side: Side, choice: str) -> None:
    """The day is kept; or it was another, and is asked for with an example."""
    draft = next((known for known in ctx.record.drafts if known.id == side.data.get("draft")), None)
    if draft is None or draft.state is not DraftState.OPEN:
        return
    if choice != YES:
        ctx.form = asking.EXAMPLE
        return
    if not draft.children:
        draft.children.append(Child())
    store_birth_facts(draft, side.data["child"], {"tanggal_lahir": side.data["day"]})
    ctx.touch()
    arrange(draft)
