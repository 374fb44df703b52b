"""Writes what was gathered as the applicant checks it before handing over: every answer, every document, numbers masked."""

from datetime import date
from typing import TYPE_CHECKING

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
    from actions.talk import Talk

LETTER = Item.SURAT_KELAHIRAN.value
WITNESSES = (Item.KTP_SAKSI_1, Item.KTP_SAKSI_2)


def write(talk: "Talk", draft: Draft) -> str:
    """The summary, a line for each thing."""
    lines = [_line(talk, "anak", _child(talk, child)) for child in draft.children]
    lines.append(_line(talk, "orang_tua", " & ".join(name for name in (_parent(talk, draft, "ayah"), _parent(talk, draft, "ibu")) if name)))
    lines.append(_line(talk, "pelapor", _reporter(talk, draft)))
    if any(draft.document(item) for item in WITNESSES):
        lines.append(_line(talk, "saksi", ", ".join(_person(draft, item) or "?" for item in WITNESSES)))
    lines.append(_line(talk, "kk", _kk(draft)))
    lines.append(_line(talk, "berkas", ", ".join(_paper(talk, document) for document in draft.documents if document.item)))
    lines.append(_line(talk, "alamat", address_text(talk, draft)))
    lines.append(_line(talk, "email", draft.email or ""))
    return "\n".join(line for line in lines if line)


def address_text(talk: "Talk", draft: Draft) -> str:
    """Where the KIA goes, and to whom."""
    place = (draft.alamat_kia or {}).get("alamat")
    home = home_of(by_item_fields(draft).get(Item.KK, {})) if place == "kk" else None
    at_home = talk.text("alamat_di_kk", alamat=home) if home else talk.text("alamat_sesuai_kk")
    written = at_home if place == "kk" else place or talk.text("alamat_lokasi")
    receiver = receiver_of(draft, talk.conversation)
    return f"{written} (a.n. {receiver})" if receiver else written


def fact_text(talk: "Talk", name: str, value: object) -> str:
    """One fact as it is read."""
    if value == UNKNOWN:
        return talk.text("tidak_diketahui")
    if talk.catalogue.has(f"nilai_{name}_{value}"):
        return talk.text(f"nilai_{name}_{value}")
    if name == "tanggal_lahir":
        return write_day_and_date(date.fromisoformat(str(value)))
    written = f"{value:g}" if isinstance(value, float) else str(value)
    return talk.text(f"nilai_{name}", nilai=written.replace(":", ".") if name == "pukul" else written)


def letter_text(talk: "Talk", draft: Draft, child: int) -> str:
    """What the child's own birth letter gave of the birth, and its parents by name; empty where it gave no fact."""
    mine = draft.children[child]
    facts = [fact_text(talk, name, mine.fields[name]) for name in letter_facts(draft, child) if mine.sources.get(name) == LETTER]
    parents = [name for parent in ("ayah", "ibu") if (name := letters_by_child(draft)[child].get(f"nama_{parent}"))] if facts else []
    return "\n".join([", ".join(facts), *([_line(talk, "orang_tua", " & ".join(parents))] if parents else [])])


def _child(talk: "Talk", child: Child) -> str:
    facts = [fact_text(talk, field.name, child.fields[field.name]) for field in birth_fields() if field.name in child.fields]
    return f"*{child.nama}*\n{', '.join(facts)}"


def _paper(talk: "Talk", document: Document) -> str:
    name, sheets = talk.text(f"pilih_{document.item}"), talk.text("catatan_lembar", jumlah=len(document.pages))
    return f"{name} ({sheets})" if len(document.pages) > 1 else name


def _line(talk: "Talk", label: str, value: str) -> str:
    return f"{talk.text(f'ringkas_{label}')}: {value}" if value else ""


def _parent(talk: "Talk", draft: Draft, who: str) -> str | None:
    """The name, with what was told of their birth; what their own card says needs no second look."""
    name = parent_called(draft, who)
    if name is None or (who == "ayah" and draft.known.mother_alone):
        return None
    known = births_known(draft, who)
    told = [fact_text(talk, field, known[field]) for field in FIELDS if known.get(field) == draft.parent_births.get(f"{who}_{field}", "")]
    return f"{name} ({', '.join(told)})" if told else name


def _person(draft: Draft, item: Item) -> str | None:
    document = draft.document(item)
    if document is None:
        return None
    name, nik = document.fields.get("nama"), document.fields.get("nik")
    number = f"NIK {masked(nik)}" if nik else None
    return " ".join(part for part in (name, f"({number})" if name and number else number) if part) or None


def _reporter(talk: "Talk", draft: Draft) -> str:
    who = draft.conditions.pelapor
    relation = draft.hubungan_pelapor if who is Reporter.LAIN else (who.value if who else "")
    known = talk.text(f"hubungan_{relation}") if talk.catalogue.has(f"hubungan_{relation}") else relation or ""
    return ", ".join(part for part in (known, _person(draft, Item.KTP_PELAPOR)) if part)


def _kk(draft: Draft) -> str:
    document = draft.document(Item.KK)
    number = document.fields.get("no_kk") if document else None
    return masked(number) if number else ""


def masked(number: str) -> str:
    """A masked number as a chat can show it: WhatsApp takes stars for bold letters."""
    return mask(number).replace("*", "•")
