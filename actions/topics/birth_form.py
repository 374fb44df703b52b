"""Takes the form of the questions that came back: stored as typed answers are, said back; what is missing or doubtful the chat asks."""

from actions import asking, noted
from actions.context import TurnContext
from actions.topics import answering, documents, opening
from intake.drafts.model import Draft, DraftState
from intake.placing.arranging import arrange
from intake.questions.changed_keys import Key
from intake.questions.filled_form import Filled, Offered, take_form
from standard.birth_flow import Field
from standard.clock import today
from standard.f201 import FieldType

SHOWN = 40
"""Characters of a field that are shown where it was not understood."""


async def filled_in(ctx: TurnContext, token: str) -> None:
    """A form counts once, for the draft that it was offered for, and changes nothing that was said in the chat meanwhile."""
    draft = next((known for known in ctx.record.drafts if token in known.forms), None)
    ctx.form = asking.SHORT
    if draft is None:
        ctx.say("formulir_tidak_berlaku")
        return
    if draft is not ctx.draft and draft.state is DraftState.OPEN:
        opening.take_up(ctx, draft)
    form = draft.forms[token]
    if draft.state is not DraftState.OPEN:
        ctx.say("formulir_terlambat", nomor=draft.number)
        return
    if form.received:
        ctx.say("formulir_sudah")
        return
    form.received, ctx.form = True, None
    given = ctx.turn.other.get("fields")
    filled = take_form(draft, given if isinstance(given, dict) else {}, form.given, today(ctx.turn.at), _offered(ctx))
    ctx.by_form = True
    ctx.touch()
    arrange(draft)
    _tell(ctx, draft, filled)
    await documents.place_waiting(ctx, draft)


def _offered(ctx: TurnContext) -> Offered:
    return lambda question: [option.as_choice() for option in ctx.catalogue.options(f"q_{question}")]


def _tell(ctx: TurnContext, draft: Draft, filled: Filled) -> None:
    """What follows from the answers, what was not understood, and what the chat had newer; what was stored `noted` says."""
    if not (filled.stored or filled.unread or filled.outdated):
        ctx.say("formulir_kosong")
    for question, value, remark in answering.REMARKS:
        if question in filled.answers and filled.answers[question] == value:
            ctx.say_once(remark)
    problems = [problem for _, _, problem in filled.unread if problem is not None]
    for row, _, problem in filled.unread:
        if problem is not None and (doubtful := problem.values.get(row.of)) is not None:
            draft.asked_back[row.of] = doubtful
    if len(filled.unread) == 1 and problems:
        ctx.say_once(problems[0].text, **problems[0].values)
    elif filled.unread:
        ctx.say("formulir_belum_terbaca", daftar=_listed(ctx, draft, [(row, text) for row, text, _ in filled.unread]))
    if filled.outdated:
        ctx.say("formulir_beda", daftar=_listed(ctx, draft, filled.outdated))


def _listed(ctx: TurnContext, draft: Draft, rows: list[tuple[Field, str]]) -> str:
    """Each field with what stood in it; of several children with the child."""
    return ", ".join(f"{noted.label(ctx.catalogue, draft, Key(row.of, row.child))} *{_readable(ctx, row, text)}*" for row, text in rows)


def _readable(ctx: TurnContext, row: Field, text: str) -> str:
    if row.type is FieldType.CHOICE:
        return next((option.title for option in ctx.catalogue.options(f"q_{row.of}") if option.id == text), text)
    return text.replace("*", "").replace("_", " ")[:SHOWN]
