"""Changes what is stored by what a message says: one value at a time, said back, and undone by a "bukan" right after."""

from datetime import date
from enum import StrEnum
from typing import Any

from actions import asking, summary
from actions.catalogue import Option
from actions.context import TurnContext
from contracts.whatsapp import ROW_TITLE
from intake.drafts.birth_letters import letter_facts, set_aside
from intake.drafts.model import Draft, DraftState, Side
from intake.placing.arranging import arrange
from intake.questions.changed_keys import FAMILY, Changes, Key, store_change, stored_value
from intake.questions.changes import read_changes
from intake.questions.papers import CONDITIONS
from intake.questions.question import Phase
from intake.reading import Answer, read_name, read_yes_no
from language.phrases import words
from standard.birth_form import birth_fields
from standard.clock import today, write_date

SHORT_NO = 3
"""Words of a "no" that takes back what was just stored; more says something of its own."""
UNDONE = (
    "conditions",
    "children",
    "parent_births",
    "nama_ayah",
    "nama_ibu",
    "alamat_kia",
    "email",
    "hubungan_pelapor",
    "papers_asked_apart",
)
"""What of a draft a turn stores by words."""
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


class Verdict(StrEnum):
    """What a message at the summary comes to."""

    CHANGED = "changed"
    AGREES = "agrees"
    DISAGREES = "disagrees"
    ELSE = "else"


def at_summary(ctx: TurnContext, draft: Draft) -> Verdict:
    """Changes what the message names; else says whether it is a plain yes, a no, or neither."""
    changes = read_changes(ctx.turn.text, draft, today(ctx.turn.at))
    if _apply(ctx, draft, changes):
        return Verdict.CHANGED
    return Verdict.DISAGREES if changes.disagrees else Verdict.AGREES if changes.agrees else Verdict.ELSE


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
    before = remembered(draft)
    for key, value in changes.values.items():
        store_change(draft, key, value)
    ctx.touch()
    arrange(draft)
    if changes.values:
        ctx.say("dicatat_ubah", daftar=", ".join(_stated(ctx, draft, key, value) for key, value in changes.values.items()))
        ctx.form = asking.FULL
    for key in changes.ask:
        take_back(ctx, draft, key)
    ctx.undo = before
    return True


def _stated(ctx: TurnContext, draft: Draft, key: Key, value: Any) -> str:
    """A change as it is said back: the field and its value, of twins with the child's name."""
    name = key.field.removeprefix("ibu_").removeprefix("ayah_")
    label = ctx.text(f"ubah_{key.field}") if ctx.catalogue.has(f"ubah_{key.field}") else ctx.text(f"ubah_{name}")
    if key.field == "pelapor":
        written = str(value[1] or value[0].value)
    elif key.field in FAMILY:
        written = str(value.value).replace("_", " ")
    elif key.field in CONDITIONS.values():
        written = ctx.text("ada") if value else ctx.text("belum_ada")
    elif key.field.endswith("tanggal_lahir") and key.child is None:
        written = write_date(date.fromisoformat(str(value)))
    elif key.child is not None and key.field != "nama_anak":
        written = summary.fact_text(ctx, key.field, value)
    else:
        written = ctx.text("alamat_sesuai_kk") if value == "kk" else str(value)
    whose = f" {draft.children[key.child].nama}" if key.child is not None and len(draft.children) > 1 and key.field != "nama_anak" else ""
    return f"{label}{whose} *{written}*"


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
    """Which single value is to be changed; of several children, whose first."""
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
    """Which value it is: that one is asked for anew."""
    if ctx.draft is not None and ctx.draft.state is DraftState.OPEN:
        take_back(ctx, ctx.draft, Key(choice, side.data["child"]))
        arrange(ctx.draft)


def remembered(draft: Draft) -> dict[str, Any]:
    """What a "bukan" right after brings back."""
    return {"draft": draft.id, "before": draft.model_dump(mode="json", include=set(UNDONE))}


def new_facts(ctx: TurnContext, draft: Draft, before: dict[str, Any]) -> list[str]:
    """What was stored since, as it is said back: facts of a birth by their values, papers by their names."""
    known = Draft.model_validate(draft.model_dump(mode="json") | before["before"])
    stated = []
    for at, child in enumerate(draft.children):
        earlier = known.children[at].fields if at < len(known.children) else {}
        fresh = [summary.fact_text(ctx, name, value) for name, value in child.fields.items() if earlier.get(name) != value]
        whose = [f"*{child.nama}*"] if fresh and len(draft.children) > 1 and child.nama else []
        stated += [*whose, *fresh]
    for name in CONDITIONS.values():
        value = getattr(draft.conditions, name)
        if value is not None and value != getattr(known.conditions, name):
            stated.append(f"{ctx.text(f'ubah_{name}')} {ctx.text('ada' if value else 'belum_ada')}")
    return stated


def undone(ctx: TurnContext) -> bool:
    """Whether the message takes back exactly what the turn before stored."""
    undo, draft = ctx.conversation.undo, ctx.draft
    if undo is None or draft is None or draft.id != undo["draft"] or ctx.turn.kind != "text" or draft.state is not DraftState.OPEN:
        return False
    if len(words(ctx.turn.text)) > SHORT_NO or read_yes_no(ctx.turn.text) is not Answer.NO or not _takes_back(ctx.turn.text):
        return False
    if ctx.open is not None and ctx.open.question.phase is Phase.NAMES and read_name(ctx.turn.text) is not None:
        return False  # `keliru, Budi Santoso` says what is right, too
    known = Draft.model_validate(draft.model_dump(mode="json") | undo["before"])
    for name in UNDONE:
        setattr(draft, name, getattr(known, name))
    arrange(draft)
    ctx.say("dibatalkan_catatan")
    ctx.form = asking.FULL
    ctx.touch()
    return True


def _takes_back(text: str) -> bool:
    return bool(set(words(text)) & {"bukan", "salah", "keliru", "dudu", "sanes", "lepat", "kliru", "kleru", "klentu", "bkn"})
