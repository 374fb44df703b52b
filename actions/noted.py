"""Says what a turn changed in the draft, by comparing the draft before and after: so nothing is stored or erased in silence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from actions import summary
from actions.catalogue import Catalogue
from intake.drafts.model import Draft, DraftState
from intake.drafts.repository import ContactRecord
from intake.questions.changed_keys import FACTS, FAMILY, Key
from intake.questions.papers import CONDITIONS as PAPERS
from intake.questions.standing import PLACE_ONLY, changed, standing
from standard.birth_form import UNKNOWN
from standard.clock import write_date
from standard.requirements import Reporter

if TYPE_CHECKING:
    from actions.context import TurnContext

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
"""What of a draft a turn stores by words; `tests/actions/test_noted.py` holds every key of `standing` to it."""

SPELLED = frozenset({"nama_anak", "nama_ibu", "nama_ayah", "alamat_kia", "email"})
"""Free words, which the rest of the answer may show already: then they are not said twice."""

_LABELLED = frozenset({"tanggal_lahir", "tempat_kelahiran", "berat", "panjang"})
"""Facts whose value alone does not say what it is of, where a single one is changed."""


@dataclass(frozen=True)
class Before:
    """A draft as it stood when the turn began."""

    values: dict[Key, Any]
    kept: dict[str, Any]
    """The parts of it that a "bukan" right after brings back."""


def remember(record: ContactRecord) -> dict[str, Before]:
    """Every open draft, by its id."""
    return {draft.id: Before(standing(draft), kept(draft)) for draft in record.drafts if draft.state is DraftState.OPEN}


def kept(draft: Draft) -> dict[str, Any]:
    """What a "bukan" right after brings back."""
    return draft.model_dump(mode="json", include=set(UNDONE))


def restore(draft: Draft, before: dict[str, Any]) -> None:
    """Puts those parts back as they stood."""
    known = Draft.model_validate(draft.model_dump(mode="json") | before)
    for name in UNDONE:
        setattr(draft, name, getattr(known, name))


def tell(ctx: "TurnContext") -> None:
    """Puts one line before the rest of the answer: what the words of this turn changed. What was tapped was read by who tapped it."""
    draft = ctx.draft
    if draft is None or draft.state is not DraftState.OPEN or not (ctx.turn.kind == "text" or ctx.by_form):
        return
    before = ctx.before.get(draft.id)
    blank = Draft(contact=draft.contact, created_at=draft.created_at, updated_at=draft.updated_at)
    stood = before.kept if before is not None else kept(blank)
    if not ctx.taken_back and stood != kept(draft):
        ctx.undo = {"draft": draft.id, "before": stood}
    differs = changed(before.values if before else {}, standing(draft))
    said = " ".join(ctx.reply.paragraphs)
    if not ctx.changes_told:
        differs = {key: value for key, value in differs.items() if value is None or not (key.field in SPELLED and str(value) in said)}
    lines = told(ctx.catalogue, draft, differs, ctx.conversation.last, changes=ctx.changes_told)
    ctx.reply.paragraphs[ctx.noted_at : ctx.noted_at] = lines


def told(texts: Catalogue, draft: Draft, differs: dict[Key, Any], last: list[str], *, changes: bool = False) -> list[str]:
    """What stands anew in one line and what was erased in another; `changes`: values that stood there were put right."""
    anew = {key: value for key, value in differs.items() if value not in (None, UNKNOWN)}
    if Key("hubungan_pelapor") in anew:
        anew.pop(Key("pelapor"), None)  # `pelapor nenek` says both
    unknown = [worded(texts, draft, key, value, labelled=True) for key, value in differs.items() if value == UNKNOWN]
    gone = [label(texts, draft, key) for key, value in differs.items() if value is None and key.field != "hubungan_pelapor"]
    parts = [*_by_child(texts, draft, anew, labelled=changes), *unknown]
    lines = []
    if parts:
        lines.append(texts.text("dicatat_ubah" if changes else "dicatat", last, daftar=", ".join(parts)))
    if gone:
        lines.append(texts.text("dikosongkan", last, daftar=", ".join(gone)))
    return lines


def _by_child(texts: Catalogue, draft: Draft, anew: dict[Key, Any], *, labelled: bool) -> list[str]:
    """The values in their words; of several children each one's facts after its name."""
    parts = [worded(texts, draft, key, value, labelled=labelled) for key, value in anew.items() if key.child is None]
    for at in range(len(draft.children)):
        mine = {key: value for key, value in anew.items() if key.child == at}
        facts = any(key.field != "nama_anak" for key in mine)
        titled = facts and len(draft.children) > 1  # the name stands in front of its facts
        words = [
            worded(texts, draft, key, value, labelled=labelled) for key, value in mine.items() if not titled or key.field != "nama_anak"
        ]
        whose = f"{_child(texts, draft, at)}: " if facts and len(draft.children) > 1 else ""
        parts += [f"{whose}{', '.join(words)}"] if words else []
    return parts


def _child(texts: Catalogue, draft: Draft, at: int) -> str:
    name = draft.children[at].nama if at < len(draft.children) else None
    return f"*{name}*" if name else texts.text("nilai_kelahiran_ke", nilai=at + 1)


def label(texts: Catalogue, draft: Draft, key: Key) -> str:
    """What a key is called; of several children with the child."""
    field = "pelapor" if key.field == "hubungan_pelapor" else key.field
    whose = f" {_child(texts, draft, key.child)}" if key.child is not None and len(draft.children) > 1 else ""
    return texts.text(f"ubah_{field}") + whose


def worded(texts: Catalogue, draft: Draft, key: Key, value: Any, *, labelled: bool = False) -> str:
    """A value in the citizen's words. Raises TextMissing or KeyError for a key or a value that has none."""
    if value is None or value == UNKNOWN:
        return f"{label(texts, draft, key)} {texts.text('tidak_diketahui')}"
    if key.field in FACTS:
        words = summary.fact_text(texts, key.field, value)
        name = f"{texts.text(f'ubah_{key.field}')} " if key.field in _LABELLED else ""
        return f"{name}*{words}*" if labelled else words
    if key == Key("pelapor") and value == Reporter.LAIN and draft.hubungan_pelapor:
        value = draft.hubungan_pelapor
    return _WORDS[key.field](texts, key, value)


def stands_in(texts: Catalogue, draft: Draft, key: Key, value: Any, answer: str) -> bool:
    """Whether an answer says what became of a key, by its words; None: that it was erased."""
    if value is None:
        empty = texts.text("dikosongkan", daftar="").rstrip(" .:").split()[-1]
        return any(label(texts, draft, key) in line for line in answer.splitlines() if empty in line)
    return worded(texts, draft, key, value) in answer or (key.field in SPELLED and str(value) in answer)


def _labelled(texts: Catalogue, key: Key, value: Any) -> str:
    return f"{texts.text(f'ubah_{key.field}')} *{value}*"


def _date(texts: Catalogue, key: Key, value: Any) -> str:
    return _labelled(texts, key, write_date(date.fromisoformat(str(value))))


def _listed(texts: Catalogue, key: Key, value: Any) -> str:
    return texts.text(f"nilai_{key.field}_{value}")


def _paper(texts: Catalogue, key: Key, value: Any) -> str:
    there = "ada" if value else "belum_ada"
    return f"{texts.text(f'ubah_{key.field}')} {texts.text(there)}"


def _reporter(texts: Catalogue, key: Key, value: Any) -> str:
    return f"{texts.text('ubah_pelapor')} *{relation(texts, str(value))}*"


def relation(texts: Catalogue, value: str) -> str:
    """Who reports, in words: a parent, or what the person called themself."""
    return texts.text(f"hubungan_{value}") if texts.has(f"hubungan_{value}") else value


def _address(texts: Catalogue, key: Key, value: Any) -> str:
    special = {"kk": "alamat_sesuai_kk", PLACE_ONLY: "alamat_lokasi"}
    return _labelled(texts, key, texts.text(special[value]) if value in special else value)


def _count(texts: Catalogue, key: Key, value: Any) -> str:
    return texts.text("nilai_jumlah_anak", nilai=value)


def _ktp(texts: Catalogue, key: Key, value: Any) -> str:
    return texts.text(f"nilai_status_ktp_{value}", siapa=texts.text(f"hubungan_{key.field.removeprefix('status_ktp_')}"))


_WORDS: dict[str, Callable[[Catalogue, Key, Any], str]] = {
    **dict.fromkeys(("nama_anak", "nama_ibu", "nama_ayah", "email"), _labelled),
    **dict.fromkeys(("ibu_tempat_lahir", "ayah_tempat_lahir"), _labelled),
    **dict.fromkeys(("ibu_tanggal_lahir", "ayah_tanggal_lahir"), _date),
    **dict.fromkeys(PAPERS.values(), _paper),
    **dict.fromkeys(("pelapor", "hubungan_pelapor"), _reporter),
    **dict.fromkeys((name for name in FAMILY if name.startswith("status_ktp")), _ktp),
    "hubungan_kk": _listed,
    "jumlah_anak": _count,
    "alamat_kia": _address,
}
"""How each key that is no fact of a birth is said; `tests/actions/test_noted.py` goes through all of them."""
