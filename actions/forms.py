"""Sends the SPTJM forms as PDF, filled in with what is known, for the applicant to print, sign and photograph."""

from collections.abc import Iterable

from actions.context import TurnContext
from intake.drafts.model import Draft
from intake.forms import sptjm_guide, sptjm_kelahiran, sptjm_pasutri
from intake.forms.paperwork import birth_statement, couple_statement
from standard.kinds import Item

PDF = "application/pdf"
PNG = "image/png"
SHEETS = (Item.SPTJM_KELAHIRAN, Item.SPTJM_PASUTRI)


async def attach(ctx: TurnContext, items: Iterable[Item]) -> None:
    """The forms for these items go with the answer, of twins one birth statement each, and a picture of how to sign and photograph."""
    draft = ctx.draft
    if draft is None:
        return
    for item in items:
        for number, sheet in enumerate(_sheets(ctx, draft, item), start=1):
            blob = await ctx.intake.keep(ctx.turn.id, sheet)
            tail = f" {number}" if number > 1 else ""
            ctx.attach(blob, PDF, f"Formulir {item.value.replace('_', ' ').upper()}{tail}.pdf", ctx.text(f"berkas_{item}"))
    ctx.attach(await ctx.intake.keep(ctx.turn.id, sptjm_guide()), PNG)


def _sheets(ctx: TurnContext, draft: Draft, item: Item) -> list[bytes]:
    if item is Item.SPTJM_PASUTRI:
        return [sptjm_pasutri(couple_statement(draft))]
    if item is Item.SPTJM_KELAHIRAN:
        return [sptjm_kelahiran(birth_statement(draft, child)) for child in range(max(1, len(draft.children)))]
    return []
