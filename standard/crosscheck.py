"""Compares what the documents and the answers of one bundle say, and names what does not agree: warnings for an officer, never a refusal.

Domain page, 6 ("For us") and 0.8: a NIK may lawfully disagree with the printed date, so nothing here stops an applicant.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Any

from rapidfuzz import fuzz

from standard.clock import read_day
from standard.kinds import Item
from standard.numbers import read_nik
from standard.requirements import Conditions, FamilyCard, KtpStatus, Reporter
from standard.sameness import are_distinct, look_alike

SAME_NAME = 82
"""Similarity (0-100, token-sorted) from which two readings are taken for one name: a slip or a left-out second name, not another person."""

COUPLE = ({"KEPALA KELUARGA", "ISTRI"}, {"KEPALA KELUARGA", "SUAMI"})


class Code(StrEnum):
    """What does not agree. The back office has a sentence for each."""

    NIK_PELAPOR_TIDAK_DI_KK = "nik_pelapor_tidak_di_kk"
    NAMA_IBU_BERBEDA = "nama_ibu_berbeda"
    NAMA_AYAH_BERBEDA = "nama_ayah_berbeda"
    SUAMI_BERBEDA = "suami_berbeda"
    ISTRI_BERBEDA = "istri_berbeda"
    SAKSI_SAMA = "saksi_sama"
    SAKSI_ORANG_TUA = "saksi_orang_tua"
    TANGGAL_LAHIR_DI_DEPAN = "tanggal_lahir_di_depan"
    TANGGAL_LAHIR_BERBEDA = "tanggal_lahir_berbeda"
    JENIS_KELAMIN_BERBEDA = "jenis_kelamin_berbeda"
    NIK_TANGGAL_BERBEDA = "nik_tanggal_berbeda"
    STATUS_KTP_BERBEDA = "status_ktp_berbeda"
    STATUS_KK_AYAH_BERBEDA = "status_kk_ayah_berbeda"
    STATUS_KK_IBU_BERBEDA = "status_kk_ibu_berbeda"
    ORANG_TUA_TIDAK_DI_KK = "orang_tua_tidak_di_kk"
    KK_BUKAN_PASANGAN = "kk_bukan_pasangan"
    KK_PASANGAN = "kk_pasangan"
    GAMBAR_SAMA = "gambar_sama"


@dataclass(frozen=True)
class Disagreement:
    """One disagreement and the items it lies between."""

    code: Code
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Bundle:
    """What is compared: the conditions, the fields read from each item (contract `runtime.md`), and the children as answered."""

    conditions: Conditions
    fields: Mapping[Item, Mapping[str, Any]]
    children: tuple[Mapping[str, Any], ...] = ()
    letters: tuple[Mapping[str, Any], ...] = ()
    """Of twins, the birth letter of each child; empty where it is not known whose is whose."""
    fingerprints: Mapping[Item, str] = field(default_factory=dict)
    parents: Mapping[Reporter, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    """Each parent as papers and KK show them: `nik nama status_perkawinan`, each absent where unsure."""
    today: date | None = None


def same_name(one: str, other: str) -> bool:
    """Whether two names as read or typed are one person's, through slips and the order of words."""
    return fuzz.token_sort_ratio(one.upper(), other.upper()) >= SAME_NAME or fuzz.token_set_ratio(one.upper(), other.upper()) >= 96


def members(fields: Mapping[Item, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The rows of the KK as far as they were read: `nik nama shdk status_perkawinan`, each absent where unsure."""
    return list(fields.get(Item.KK, {}).get("anggota") or [])


def warnings(bundle: Bundle) -> tuple[Disagreement, ...]:
    """Everything that does not agree, in a fixed order, each once."""
    return tuple(dict.fromkeys(warning for rule in RULES for warning in rule(bundle)))


def _reporter_in_kk(bundle: Bundle) -> Iterator[Disagreement]:
    nik = bundle.fields.get(Item.KTP_PELAPOR, {}).get("nik")
    listed = {row["nik"] for row in members(bundle.fields) if row.get("nik")}
    parent = bundle.conditions.pelapor in (Reporter.AYAH, Reporter.IBU)
    if parent and nik and listed and len(listed) == len(members(bundle.fields)) and nik not in listed:
        yield Disagreement(Code.NIK_PELAPOR_TIDAK_DI_KK, (Item.KTP_PELAPOR, Item.KK))


NAMES_IN_KK = (
    (Item.SURAT_KELAHIRAN, "nama_ibu", Code.NAMA_IBU_BERBEDA),
    (Item.SURAT_KELAHIRAN, "nama_ayah", Code.NAMA_AYAH_BERBEDA),
    (Item.SURAT_NIKAH, "suami", Code.SUAMI_BERBEDA),
    (Item.SURAT_NIKAH, "istri", Code.ISTRI_BERBEDA),
)


def _names_in_kk(bundle: Bundle) -> Iterator[Disagreement]:
    names = [row["nama"] for row in members(bundle.fields) if row.get("nama")]
    if not names:
        return
    for item, name_of, code in NAMES_IN_KK:
        name = bundle.fields.get(item, {}).get(name_of)
        if name and not any(same_name(name, other) for other in names):
            yield Disagreement(code, (item, Item.KK))


ON_OTHER_PAPERS = (
    ("nama_ibu", Reporter.IBU, "istri", Item.KTP_IBU, Code.NAMA_IBU_BERBEDA),
    ("nama_ayah", Reporter.AYAH, "suami", Item.KTP_AYAH, Code.NAMA_AYAH_BERBEDA),
)


def names_on_papers(bundle: Bundle) -> Iterator[Disagreement]:
    """A parent on the birth letter who is another on the marriage book or on their own card."""
    letter = bundle.fields.get(Item.SURAT_KELAHIRAN, {})
    for name_of, parent, in_book, card, code in ON_OTHER_PAPERS:
        own = Item.KTP_PELAPOR if bundle.conditions.pelapor == parent else card
        for item, field_of in ((Item.SURAT_NIKAH, in_book), (own, "nama")):
            name, other = letter.get(name_of), bundle.fields.get(item, {}).get(field_of)
            if name and other and not same_name(str(name), str(other)):
                yield Disagreement(code, (Item.SURAT_KELAHIRAN, item))


def letter_of_another_family(bundle: Bundle) -> bool:
    """Whether the birth letter's mother is neither in the KK nor on another paper of this family."""
    names = (*_names_in_kk(bundle), *names_on_papers(bundle))
    return any(found.code is Code.NAMA_IBU_BERBEDA and Item.SURAT_KELAHIRAN in found.items for found in names)


def _witnesses(bundle: Bundle) -> Iterator[Disagreement]:
    niks = {item: fields["nik"] for item, fields in bundle.fields.items() if fields.get("nik")}
    one, two = niks.get(Item.KTP_SAKSI_1), niks.get(Item.KTP_SAKSI_2)
    if one and one == two:
        yield Disagreement(Code.SAKSI_SAMA, (Item.KTP_SAKSI_1, Item.KTP_SAKSI_2))
    for witness in (Item.KTP_SAKSI_1, Item.KTP_SAKSI_2):
        for parent in _parent_cards(bundle.conditions):
            if niks.get(witness) and niks.get(witness) == niks.get(parent):
                yield Disagreement(Code.SAKSI_ORANG_TUA, (witness, parent))
        card = bundle.fields.get(witness, {})
        if any(_is(card, person) for people in bundle.parents.values() for person in people):
            yield Disagreement(Code.SAKSI_ORANG_TUA, (witness, Item.KK))


def _is(card: Mapping[str, Any], person: Mapping[str, Any]) -> bool:
    """One NIK; where one of them was not read, the very same name."""
    if card.get("nik") and person.get("nik"):
        return bool(card["nik"] == person["nik"])
    return bool(card.get("nama") and person.get("nama") and str(card["nama"]).upper().split() == str(person["nama"]).upper().split())


def _parent_cards(conditions: Conditions) -> tuple[Item, ...]:
    reporter = (Item.KTP_PELAPOR,) if conditions.pelapor != Reporter.LAIN else ()
    return (*reporter, Item.KTP_AYAH, Item.KTP_IBU)


def _child_and_letter(bundle: Bundle) -> Iterator[Disagreement]:
    only = (bundle.fields.get(Item.SURAT_KELAHIRAN, {}),) if len(bundle.children) == 1 else ({},) * len(bundle.children)
    for child, letter in zip(bundle.children, bundle.letters or only, strict=True):
        born = child.get("tanggal_lahir")
        if (day := read_day(born)) and bundle.today and day > bundle.today:
            yield Disagreement(Code.TANGGAL_LAHIR_DI_DEPAN, (Item.SURAT_KELAHIRAN,))
        if born and letter.get("tanggal_lahir") and born != letter["tanggal_lahir"]:
            yield Disagreement(Code.TANGGAL_LAHIR_BERBEDA, (Item.SURAT_KELAHIRAN,))
        sexes = {sex_of(child.get("jenis_kelamin")), sex_of(letter.get("jenis_kelamin"))} - {None}
        if len(sexes) == 2:
            yield Disagreement(Code.JENIS_KELAMIN_BERBEDA, (Item.SURAT_KELAHIRAN,))


def _numbers(bundle: Bundle) -> Iterator[Disagreement]:
    for item, fields in bundle.fields.items():
        nik = read_nik(fields["nik"]) if fields.get("nik") else None
        born = read_day(fields.get("tanggal_lahir"))
        if nik is not None and born is not None and item is not Item.SURAT_KELAHIRAN and not nik.agrees_with(born):
            yield Disagreement(Code.NIK_TANGGAL_BERBEDA, (item,))


SAYS_STATUS = (KtpStatus.KAWIN, KtpStatus.BELUM_KAWIN, KtpStatus.CERAI_HIDUP, KtpStatus.CERAI_MATI)


def _ktp_status(bundle: Bundle) -> Iterator[Disagreement]:
    conditions = bundle.conditions
    cards = {
        Item.KTP_AYAH: conditions.status_ktp_ayah,
        Item.KTP_IBU: conditions.status_ktp_ibu,
        Item.KTP_PELAPOR: {Reporter.AYAH: conditions.status_ktp_ayah, Reporter.IBU: conditions.status_ktp_ibu}.get(
            conditions.pelapor or Reporter.LAIN
        ),
    }
    for item, said in cards.items():
        printed = status_of(bundle.fields.get(item, {}).get("status_perkawinan"))
        if printed is not None and said in SAYS_STATUS and (said == KtpStatus.KAWIN) != (printed == KtpStatus.KAWIN):
            yield Disagreement(Code.STATUS_KTP_BERBEDA, (item,))


def _status_in_kk(bundle: Bundle) -> Iterator[Disagreement]:
    """`BELUM KAWIN` in a parent's row of the KK, where the answer is that the card says KAWIN, and no card was seen."""
    said = {
        Reporter.AYAH: (bundle.conditions.status_ktp_ayah, Code.STATUS_KK_AYAH_BERBEDA, Item.KTP_AYAH),
        Reporter.IBU: (bundle.conditions.status_ktp_ibu, Code.STATUS_KK_IBU_BERBEDA, Item.KTP_IBU),
    }
    for parent, (status, code, card) in said.items():
        own = Item.KTP_PELAPOR if bundle.conditions.pelapor == parent else card
        printed = {status_of(person.get("status_perkawinan")) for person in bundle.parents.get(parent, ())}
        if status == KtpStatus.KAWIN and KtpStatus.BELUM_KAWIN in printed and not bundle.fields.get(own, {}).get("status_perkawinan"):
            yield Disagreement(code, (Item.KK,))


def _parents_in_kk(bundle: Bundle) -> Iterator[Disagreement]:
    """A parent's card whose person stands nowhere in a KK that was read whole."""
    rows = members(bundle.fields)
    whole = bool(rows) and all(row.get("nama") for row in rows)
    for item in (Item.KTP_AYAH, Item.KTP_IBU):
        card = bundle.fields.get(item, {})
        listed = (
            any(
                (card.get("nik") and card["nik"] == row.get("nik")) or (card.get("nama") and same_name(card["nama"], row["nama"]))
                for row in rows
            )
            if whole
            else True
        )
        if not listed and (card.get("nik") or card.get("nama")):
            yield Disagreement(Code.ORANG_TUA_TIDAK_DI_KK, (item, Item.KK))


def _couple(bundle: Bundle) -> Iterator[Disagreement]:
    """An answer about the couple in the KK that its rows belie; that head and wife are the parents, the wife's name tells."""
    rows = members(bundle.fields)
    relations = {str(row.get("shdk")) for row in rows}
    said, shown = bundle.conditions.hubungan_kk, any(pair <= relations for pair in COUPLE)
    if said == FamilyCard.KEPALA_ISTRI and rows and all(row.get("shdk") for row in rows) and not shown:
        yield Disagreement(Code.KK_BUKAN_PASANGAN, (Item.KK,))
    if said == FamilyCard.TIDAK and shown:
        mother = {name for item, key in _MOTHER if (name := bundle.fields.get(item, {}).get(key))}
        if bundle.conditions.pelapor == Reporter.IBU and (name := bundle.fields.get(Item.KTP_PELAPOR, {}).get("nama")):
            mother.add(name)
        wives = [row["nama"] for row in rows if row.get("nama") and row.get("shdk") == "ISTRI"]
        if any(same_name(str(name), wife) for name in mother for wife in wives):
            yield Disagreement(Code.KK_PASANGAN, (Item.KK,))


_MOTHER = ((Item.KTP_IBU, "nama"), (Item.SURAT_KELAHIRAN, "nama_ibu"), (Item.SURAT_NIKAH, "istri"))
"""Where the mother's name stands."""


def _pictures(bundle: Bundle) -> Iterator[Disagreement]:
    for (one, look), (other, other_look) in combinations(bundle.fingerprints.items(), 2):
        if look_alike(look, other_look) and not are_distinct(bundle.fields.get(one, {}), bundle.fields.get(other, {})):
            yield Disagreement(Code.GAMBAR_SAMA, (one, other))


RULES: tuple[Callable[[Bundle], Iterator[Disagreement]], ...] = (
    _reporter_in_kk, _names_in_kk, names_on_papers, _witnesses, _child_and_letter, _numbers, _ktp_status, _status_in_kk, _parents_in_kk,
    _couple, _pictures,
)  # fmt: skip


def status_of(printed: Any) -> KtpStatus | None:
    """Status Perkawinan as printed on a KTP (`CERAI HIDUP`), or None."""
    words = str(printed or "").upper().strip()
    return {
        "KAWIN": KtpStatus.KAWIN,
        "BELUM KAWIN": KtpStatus.BELUM_KAWIN,
        "CERAI HIDUP": KtpStatus.CERAI_HIDUP,
        "CERAI MATI": KtpStatus.CERAI_MATI,
    }.get(words)


def sex_of(printed: Any) -> str | None:
    """A sex as a document prints it (`LAKI-LAKI`, `PEREMPUAN`) or as the form ticks it, as `L` or `P`; None for anything else."""
    return {"L": "L", "LAKI-LAKI": "L", "LAKI LAKI": "L", "P": "P", "PEREMPUAN": "P"}.get(str(printed or "").upper().strip())
