"""Changes what is stored by what a message says: one value at a time, said back, and undone by a "bukan" right after."""

from enum import StrEnum

from actions import asking, noted
from actions.catalogue import Option
from actions.context import TurnContext
from contracts.whatsapp import ROW_TITLE
from intake.drafts.birth_letters import letter_facts, set_aside
from intake.drafts.model import Draft, DraftState, Side
from intake.placing.arranging import arrange
from intake.questions.changed_keys import Changes, Key, store_change, stored_value
from intake.questions.changes import read_changes
from intake.questions.papers import CONDITIONS
from intake.questions.question import Phase
from intake.reading import Answer, read_name, read_yes_no
from language.phrases import words
from standard.birth_form import birth_fields
from standard.clock import today

SHORT_NO = 3
"""Words of a "no" that takes back what was just stored; more says something of its own."""
_CONDITIONS = ("pelapor", "ada_surat_kelahiran", "ada_surat_nikah", "hubungan_kk", "status_ktp_ayah", "status_ktp_ibu")


async def changed(ctx: TurnContext, *, anew: bool = False) -> bool:
    """Whether the message changed something that stands in the draft; with `anew`, what did not stand there yet counts, too."""
    draft = ctx.draft
    if draft is None or draft.state is not DraftState.OPEN or ctx.turn.kind != "text":
        return False
    changes = read_changes(ctx.turn.text, draft, today(ctx.turn.at))
    if not anew and not changes.corrects:
        return False
    if not anew:
        changes.values = {key: value for key, value in changes.values.items() if stored_value(draft, key) is not None}
        changes.ask = [key for key in changes.ask if stored_value(draft, key) is not None]
        changes.values = {key: value for key, value in changes.values.items() if key.field not in CONDITIONS.values()}
    return _apply(ctx, draft, changes)


def given(ctx: TurnContext) -> bool:
    """Whether the message, sent where only the part that is wrong was asked for, holds the right value already: it is taken."""
    draft = ctx.draft
    if draft is None or draft.state is not DraftState.OPEN or ctx.turn.kind != "text":
        return False
    changes = read_changes(ctx.turn.text, draft, today(ctx.turn.at))
    changes.ask = []
    return _apply(ctx, draft, changes)


class SummaryAnswer(StrEnum):
    """What a message at the summary comes to."""

    CHANGED = "changed"
    AGREES = "agrees"
    DISAGREES = "disagrees"
    ELSE = "else"


def at_summary(ctx: TurnContext, draft: Draft) -> SummaryAnswer:
    """Changes what the message names; else says whether it is a plain yes, a no, or neither."""
    changes = read_changes(ctx.turn.text, draft, today(ctx.turn.at))
    if _apply(ctx, draft, changes):
        return SummaryAnswer.CHANGED
    return SummaryAnswer.DISAGREES if changes.disagrees else SummaryAnswer.AGREES if changes.agrees else SummaryAnswer.ELSE


def of_letter(ctx: TurnContext, draft: Draft, child: int) -> bool:
    """Whether the message says otherwise than the birth letter that it was just shown; a yes beside it does not count yet."""
    shown = letter_facts(draft, child)
    changes = read_changes(ctx.turn.text, draft, today(ctx.turn.at))
    changes.values = {key: value for key, value in changes.values.items() if key.child == child and key.field in shown}
    changes.ask = [key for key in changes.ask if key.child == child and key.field in shown]
    return _apply(ctx, draft, changes)


def _apply(ctx: TurnContext, draft: Draft, changes: Changes) -> bool:
    if not changes.values and not changes.ask:
        return False
    for key, value in changes.values.items():
        store_change(draft, key, value)
    ctx.touch()
    arrange(draft)
    if changes.values:
        ctx.changes_told = True
        ctx.form = asking.FULL
    for key in changes.ask:
        take_back(ctx, draft, key)
    return True


def take_back(ctx: TurnContext, draft: Draft, key: Key) -> None:
    """Opens one value again, so that it is asked for; nothing else is touched."""
    if key.child is not None:
        set_aside(draft, key.child, key.field)
    if key.child is not None and key.field == "nama_anak":
        draft.children[key.child].nama, draft.children[key.child].confirmed = None, False
    elif key.child is not None:
        draft.children[key.child].fields.pop(key.field, None)
    elif key.field in ("nama_ibu", "nama_ayah"):
        ctx.ask_aside("nama_orang_tua", f"q_{key.field}_singkat", options=[], field=key.field, draft=draft.id)
        return
    elif key.field in _CONDITIONS or key.field == "jumlah_anak":
        setattr(draft.conditions, key.field, None)
        draft.papers_asked_apart = draft.papers_asked_apart or key.field in CONDITIONS.values()
    elif key.field == "alamat_kia":
        draft.alamat_kia = None
    else:
        ctx.say_once("lahir_orang_tua_cara")
        return
    ctx.say_once("silakan_perbaiki")
    ctx.form = asking.FULL


def ask_field(ctx: TurnContext, draft: Draft, what: str, child: int | None = None) -> None:
    """Which single value is to be changed; of several children, whose first. Before any child is known the open question comes next."""
    if what != "pelapor" and (child or 0) >= len(draft.children):
        ctx.form = asking.FULL
        return
    if what in ("data_kelahiran", "nama_anak") and child is None and len(draft.children) > 1:
        rows = [Option(str(at), (one.nama or f"{at + 1}")[:ROW_TITLE], None, (one.nama or "",)) for at, one in enumerate(draft.children)]
        ctx.ask_aside("perbaiki_anak", options=rows, what=what, draft=draft.id)
        return
    if what == "nama_anak":
        take_back(ctx, draft, Key("nama_anak", child or 0))
        return
    if what == "surat":
        fields = ["nama_anak", *letter_facts(draft, child or 0)]
    elif what == "pelapor":
        fields = [name for name in _CONDITIONS if getattr(draft.conditions, name) is not None]
    else:
        fields = [field.name for field in birth_fields() if field.name in draft.children[child or 0].fields]
    options = [Option(name, ctx.text(f"ubah_{name}")[:ROW_TITLE], None, ()) for name in fields]
    ctx.ask_aside("perbaiki_isian", options=options, child=None if what == "pelapor" else child or 0, draft=draft.id)


async def chosen_child(ctx: TurnContext, side: Side, choice: str) -> None:
    """Whose value it is."""
    if ctx.draft is not None and choice.isdecimal() and int(choice) < len(ctx.draft.children):
        ask_field(ctx, ctx.draft, side.data["what"], int(choice))


async def chosen_field(ctx: TurnContext, side: Side, choice: str) -> None:
    """Which value it is: that one is asked for anew. The child may be gone meanwhile: their number was put right."""
    draft, child = ctx.draft, side.data["child"]
    if draft is not None and draft.state is DraftState.OPEN:
        if child is not None and child >= len(draft.children):
            ctx.say("tombol_lama")
            return
        take_back(ctx, draft, Key(choice, child))
        arrange(draft)


def undone(ctx: TurnContext) -> bool:
    """Whether the message takes back exactly what the turn before stored."""
    undo, draft = ctx.conversation.undo, ctx.draft
    if undo is None or draft is None or draft.id != undo["draft"] or ctx.turn.kind != "text" or draft.state is not DraftState.OPEN:
        return False
    if len(words(ctx.turn.text)) > SHORT_NO or read_yes_no(ctx.turn.text) is not Answer.NO or not _takes_back(ctx.turn.text):
        return False
    if ctx.open is not None and ctx.open.question.phase is Phase.NAMES and read_name(ctx.turn.text) is not None:
        return False  # `keliru, Budi Santoso` says what is right, too
    noted.restore(draft, undo["before"])
    arrange(draft)
    ctx.say("dibatalkan_catatan")
    ctx.taken_back, ctx.noted_at = True, len(ctx.reply.paragraphs)
    ctx.form = asking.FULL
    ctx.touch()
    return True


def _takes_back(text: str) -> bool:
    return bool(set(words(text)) & {"bukan", "salah", "keliru", "dudu", "sanes", "lepat", "kliru", "kleru", "klentu", "bkn"})
