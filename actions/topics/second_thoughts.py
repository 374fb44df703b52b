"""Takes what a person puts right: in the same breath (`dokter, eh bidan`), or in the message after (`eh wis ding`)."""

from dataclasses import replace
from typing import Any

from actions import noted
from actions.context import TurnContext
from intake.drafts.model import Draft
from intake.placing.arranging import arrange
from intake.questions.question import NOTHING, Open, Phase, Problem, Said
from intake.reading import slips

TOLD_AT_LENGTH = frozenset({"surat_ada", "data_kelahiran", "nama_ibu", "nama_ayah", "lahir_orang_tua"})
"""Questions whose answers hold several values: what is put right in them is found by their own readers."""

CHOSEN = frozenset(
    {
        *("jumlah_anak", "surat_ada", "ada_surat_kelahiran", "ada_surat_nikah", "hubungan_kk", "status_ktp_ayah", "status_ktp_ibu"),
        *("jenis_kelamin", "penolong", "tempat_dilahirkan"),
    }
)
"""Questions with few answers: one of them in the first clause is meant, whatever is remarked behind it."""


def read(said: Said, draft: Draft, asked: Open) -> Any:
    """What the open question's reader makes of the answer, or of what is put right in it, with the facts that stand before that."""
    value = asked.question.read(said, draft, asked.child)
    again = _put_right(said, draft, asked)
    if again is NOTHING and value is NOTHING and asked.question.id in CHOSEN and (first := slips.answer_first(said.text)):
        return asked.question.read(replace(said, text=first), draft, asked.child)
    if again is NOTHING:
        return value
    return {**value, **again} if isinstance(value, dict) and isinstance(again, dict) else again


def open_before(ctx: TurnContext, draft: Draft) -> Open | None:
    """The question of the turn before, opened again where the message takes its answer back and gives another."""
    undo = ctx.conversation.undo
    if undo is None or undo["draft"] != draft.id or ctx.turn.kind != "text" or not slips.begins_anew(ctx.turn.text):
        return None
    now = noted.kept(draft)
    noted.restore(draft, undo["before"])
    arrange(draft)
    asked = ctx.open
    if asked is not None:
        said = ctx.said(ctx.catalogue.options(f"q_{asked.question.id}"))
        if _put_right(said, draft, asked) is not NOTHING:
            ctx.changes_told = True
            return asked
    noted.restore(draft, now)
    arrange(draft)
    return None


def _put_right(said: Said, draft: Draft, asked: Open) -> Any:
    if asked.question.phase not in (Phase.CONDITIONS, Phase.FACTS) or asked.question.id in TOLD_AT_LENGTH:
        return NOTHING
    for part in slips.put_right(said.text):
        again = asked.question.read(replace(said, text=part), draft, asked.child)
        if again is not NOTHING and not isinstance(again, Problem):
            return again
    return NOTHING
