"""Sends the SPTJM forms as PDF, filled in with what is known, for the applicant to print, sign and photograph."""

from collections.abc import Iterable

from actions.talk import Talk
from intake.drafts.model import Draft
from intake.forms import sptjm_guide, sptjm_kelahiran, sptjm_pasutri
from intake.forms.paperwork import birth_statement, couple_statement
from standard.kinds import Item

PDF = "application/pdf"
PNG = "image/png"
SHEETS = (Item.SPTJM_KELAHIRAN, Item.SPTJM_PASUTRI)


async def attach(talk: Talk, items: Iterable[Item]) -> None:
    """The forms for these items go with the answer, of twins one birth statement each, and a picture of how to sign and photograph."""
    draft = talk.draft
    if draft is None:
        return
    for item in items:
        for number, sheet in enumerate(_sheets(talk, draft, item), start=1):
            blob = await talk.intake.keep(talk.turn.id, sheet)
            tail = f" {number}" if number > 1 else ""
            talk.attach(blob, PDF, f"Formulir {item.value.replace('_', ' ').upper()}{tail}.pdf", talk.text(f"berkas_{item}"))
    talk.attach(await talk.intake.keep(talk.turn.id, sptjm_guide()), PNG)


def _sheets(talk: Talk, draft: Draft, item: Item) -> list[bytes]:
    if item is Item.SPTJM_PASUTRI:
        return [sptjm_pasutri(couple_statement(draft))]
    if item is Item.SPTJM_KELAHIRAN:
        return [sptjm_kelahiran(birth_statement(draft, child)) for child in range(max(1, len(draft.children)))]
    return []
