"""Offers the form within WhatsApp (a Flow) for a registration's questions, filled in with what is known; typed answers stay as good."""

from uuid import uuid4

from actions.context import TurnContext
from contracts.answer import Form
from intake.drafts.model import Draft, DraftState, OfferedForm
from intake.questions.form_values import form_values
from intake.questions.question import Open
from language.lists import word_set
from language.phrases import words
from standard.birth_flow import SCREEN, all_fields, opened_with
from standard.f201 import FieldType

FORM = "form"
"""The type of a message that brings a filled-in form back."""

KIND = "lahir"
"""What stands before the colon of its token."""

KEPT = 3
"""So many of the forms that were offered last are known by their tokens."""

WHICH_WAY = "q_setuju_formulir"
"""The choices of the consent where a form is offered: the form, the chat, a KK from elsewhere."""

FIRST, MISSING = "pelapor", "data_kelahiran"
"""The questions with which it is offered: the first of all, and the facts that the papers did not give."""

_FORM = word_set("words", "form_named")
_WISH = word_set("words", "form_wished")
_COURTESY = word_set("words", "form_courtesy")
"""Words of the wish for the form: `minta formulirnya dong`."""


def asks_which_way(ctx: TurnContext, asked: Open) -> bool:
    """Whether the consent is asked with the choice between form and chat."""
    return bool(ctx.flow) and asked.question.id == "setuju"


def fits(ctx: TurnContext, draft: Draft, asked: Open, *, fresh: bool) -> bool:
    """Whether the form goes with this question: on wish, with the first, and once more with the facts where none came back yet."""
    if not ctx.flow or draft.state is not DraftState.OPEN or not draft.agreed:
        return False
    if ctx.wants_form:
        return True
    if draft.forms_declined or not fresh or ctx.missed:
        return False
    return (asked.question.id == FIRST and not draft.forms) or (
        asked.question.id == MISSING and asked.child == 0 and not any(form.received for form in draft.forms.values())
    )


def say(ctx: TurnContext, asked: Open, form: str) -> str:
    """That there is a form, and in which form the question follows: its answers are named, for no buttons stand below."""
    before = len(ctx.reply.paragraphs)
    ctx.say_once("formulir_tawaran" if asked.question.id == FIRST else "formulir_tawaran_sisa")
    ctx.reply.without_form |= dict.fromkeys(ctx.reply.paragraphs[before:], "")
    return "_singkat" if asked.question.id == FIRST else form


def attach(ctx: TurnContext, draft: Draft) -> None:
    """The button that opens the form, in the place of the question's own, which stand there again where Meta does not take the form."""
    known = _choosable(ctx, form_values(draft))
    token = uuid4().hex
    draft.forms = {**dict(list(draft.forms.items())[-(KEPT - 1) :]), token: OfferedForm(given=known)}
    ctx.reply.options, ctx.reply.form_options = [], ctx.reply.options
    ctx.reply.form = Form(
        flow=ctx.flow, screen=SCREEN, button=ctx.text("tombol_formulir"), token=f"{KIND}:{token}", data=opened_with(known)
    )


def _choosable(ctx: TurnContext, known: dict[str, str]) -> dict[str, str]:
    """What the form can show: of a choice only what it offers (`cerai mati` of a card is no answer of its own)."""
    fields = {field.name: field for field in all_fields()}
    return {
        name: value
        for name, value in known.items()
        if fields[name].type is not FieldType.CHOICE or value in [option.id for option in ctx.catalogue.options(f"q_{fields[name].of}")]
    }


async def wished(ctx: TurnContext) -> bool:
    """Whether the form was asked for (`isi formulir`), where one is published and something is open."""
    draft = ctx.draft
    if ctx.turn.kind != "text" or not ctx.flow or draft is None or draft.state is not DraftState.OPEN or not draft.agreed:
        return False
    typed = words(ctx.turn.text)
    if not (set(typed) & _FORM and set(typed) & _WISH and set(typed) <= _FORM | _WISH | _COURTESY):
        return False
    ctx.wants_form, ctx.conversation.side = True, None
    return True
