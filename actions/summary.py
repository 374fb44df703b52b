"""Writes what was gathered as the applicant checks it before handing over: every answer, every document, numbers masked."""

from datetime import date
from typing import TYPE_CHECKING

from actions.catalogue import Catalogue
from intake.drafts.birth_letters import letter_facts, letters_by_child
from intake.drafts.learning import by_item_fields, parent_called
from intake.drafts.model import Child, Document, Draft
from intake.handover.bundle import receiver_of
from intake.questions.parent_births import FIELDS, births_known
from standard.birth_form import UNKNOWN, birth_fields
from standard.clock import write_day_and_date
from standard.home import home_of
from standard.kinds import Item
from standard.numbers import mask
from standard.requirements import Reporter

if TYPE_CHECKING:
    from actions.context import TurnContext

LETTER = Item.SURAT_KELAHIRAN.value
AS_IN_KK = "kk"
"""What is kept of the address where the KIA goes to that of the KK."""
WITNESSES = (Item.KTP_SAKSI_1, Item.KTP_SAKSI_2)


def write(ctx: "TurnContext", draft: Draft) -> str:
    """The summary, a line for each thing."""
    lines = [_line(ctx, "anak", _child(ctx, child)) for child in draft.children]
    lines.append(_line(ctx, "orang_tua", " & ".join(name for name in (_parent(ctx, draft, "ayah"), _parent(ctx, draft, "ibu")) if name)))
    lines.append(_line(ctx, "pelapor", _reporter(ctx, draft)))
    if any(draft.document(item) for item in WITNESSES):
        lines.append(_line(ctx, "saksi", ", ".join(_person(draft, item) or "?" for item in WITNESSES)))
    lines.append(_line(ctx, "kk", _kk(draft)))
    lines.append(_line(ctx, "berkas", ", ".join(_paper(ctx, document) for document in draft.documents if document.item)))
    lines.append(_line(ctx, "alamat", _for(ctx, draft, _place(ctx, draft))))
    lines.append(ctx.text("alamat_kk_baris", alamat=home) if (home := _home(draft)) else "")
    lines.append(_line(ctx, "email", draft.email or ""))
    return "\n".join(line for line in lines if line)


def address_text(ctx: "TurnContext", draft: Draft) -> str:
    """Where the KIA goes, and to whom, in one line."""
    home = _home(draft)
    return _for(ctx, draft, ctx.text("alamat_di_kk", alamat=home) if home else _place(ctx, draft))


def _place(ctx: "TurnContext", draft: Draft) -> str:
    """As it was told: the address of the KK goes by that name, which is read later than the rest and stands in a line of its own."""
    place = (draft.alamat_kia or {}).get("alamat")
    return ctx.text("alamat_sesuai_kk") if place == AS_IN_KK else place or ctx.text("alamat_lokasi")


def _home(draft: Draft) -> str | None:
    """The KK's address where the KIA goes there and it is read."""
    return home_of(by_item_fields(draft).get(Item.KK, {})) if (draft.alamat_kia or {}).get("alamat") == AS_IN_KK else None


def _for(ctx: "TurnContext", draft: Draft, written: str) -> str:
    receiver = receiver_of(draft, ctx.conversation)
    return f"{written} (a.n. {receiver})" if receiver else written


def fact_text(texts: Catalogue, name: str, value: object) -> str:
    """One fact as it is read."""
    if value == UNKNOWN:
        return texts.text("tidak_diketahui")
    if texts.has(f"nilai_{name}_{value}"):
        return texts.text(f"nilai_{name}_{value}")
    if name == "tanggal_lahir":
        return write_day_and_date(date.fromisoformat(str(value)))
    written = f"{value:g}" if isinstance(value, float) else str(value)
    return texts.text(f"nilai_{name}", nilai=written.replace(":", ".") if name == "pukul" else written)


def letter_text(ctx: "TurnContext", draft: Draft, child: int) -> str:
    """What the child's own birth letter gave of the birth, and its parents by name; empty where it gave no fact."""
    mine = draft.children[child]
    facts = [fact_text(ctx.catalogue, name, mine.fields[name]) for name in letter_facts(draft, child) if mine.sources.get(name) == LETTER]
    parents = [name for parent in ("ayah", "ibu") if (name := letters_by_child(draft)[child].get(f"nama_{parent}"))] if facts else []
    return "\n".join([", ".join(facts), *([_line(ctx, "orang_tua", " & ".join(parents))] if parents else [])])


def _child(ctx: "TurnContext", child: Child) -> str:
    facts = [fact_text(ctx.catalogue, field.name, child.fields[field.name]) for field in birth_fields() if field.name in child.fields]
    return f"*{child.nama}*\n{', '.join(facts)}"


def _paper(ctx: "TurnContext", document: Document) -> str:
    name, sheets = ctx.text(f"pilih_{document.item}"), ctx.text("catatan_lembar", jumlah=len(document.pages))
    return f"{name} ({sheets})" if len(document.pages) > 1 else name


def _line(ctx: "TurnContext", label: str, value: str) -> str:
    return f"{ctx.text(f'ringkas_{label}')}: {value}" if value else ""


def _parent(ctx: "TurnContext", draft: Draft, who: str) -> str | None:
    """The name, with what was told of their birth; what their own card says needs no second look."""
    name = parent_called(draft, who)
    if name is None or (who == "ayah" and draft.known.mother_alone):
        return None
    known = births_known(draft, who)
    texts, told = ctx.catalogue, draft.parent_births
    stated = [fact_text(texts, field, known[field]) for field in FIELDS if known.get(field) == told.get(f"{who}_{field}", "")]
    return f"{name} ({', '.join(stated)})" if stated else name


def _person(draft: Draft, item: Item) -> str | None:
    document = draft.document(item)
    if document is None:
        return None
    name, nik = document.fields.get("nama"), document.fields.get("nik")
    number = f"NIK {masked(nik)}" if nik else None
    return " ".join(part for part in (name, f"({number})" if name and number else number) if part) or None


def _reporter(ctx: "TurnContext", draft: Draft) -> str:
    who = draft.conditions.pelapor
    relation = draft.hubungan_pelapor if who is Reporter.LAIN else (who.value if who else "")
    known = ctx.text(f"hubungan_{relation}") if ctx.catalogue.has(f"hubungan_{relation}") else relation or ""
    return ", ".join(part for part in (known, _person(draft, Item.KTP_PELAPOR)) if part)


def _kk(draft: Draft) -> str:
    document = draft.document(Item.KK)
    number = document.fields.get("no_kk") if document else None
    return masked(number) if number else ""


def masked(number: str) -> str:
    """A masked number as a chat can show it: WhatsApp takes stars for bold letters."""
    return mask(number).replace("*", "•")
