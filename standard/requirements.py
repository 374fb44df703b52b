"""Says which documents one birth registration needs: the rows of `requirements.yml` held against what is known of the family."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cache
from typing import Any

from standard import facts
from standard.kinds import Item


class Reporter(StrEnum):
    """Who reports the birth (Seed A.5; another than a parent is accepted)."""

    AYAH = "ayah"
    IBU = "ibu"
    LAIN = "lain"


class FamilyCard(StrEnum):
    """How the KK shows the parents to one another, asked where there is no surat nikah (domain page, 1.1: the SHDK trap)."""

    KEPALA_ISTRI = "kepala_istri"
    ANAK_MENANTU = "anak_menantu"
    TIDAK = "tidak"


class KtpStatus(StrEnum):
    """Status Perkawinan as a parent's KTP shows it, and what else may be said of it; who died is never asked for theirs."""

    KAWIN = "kawin"
    BELUM_KAWIN = "belum_kawin"
    CERAI_HIDUP = "cerai_hidup"
    CERAI_MATI = "cerai_mati"
    BELUM_PUNYA = "belum_punya"
    MENINGGAL = "meninggal"
    TIDAK_TAHU = "tidak_tahu"


@dataclass(frozen=True)
class Conditions:
    """What the requirement rows ask of a family; None is "not known yet". The names are those of the bundle (docs/contracts.md)."""

    pelapor: Reporter | None = None
    jumlah_anak: int | None = None
    ada_surat_kelahiran: bool | None = None
    ada_surat_nikah: bool | None = None
    hubungan_kk: FamilyCard | None = None
    status_ktp_ayah: KtpStatus | None = None
    status_ktp_ibu: KtpStatus | None = None

    @property
    def mother_alone(self) -> bool:
        """No marriage proof and no KK that shows a couple: the child is recorded with the mother alone (Permendagri 108/2019 Ps 48)."""
        return self.ada_surat_nikah is False and self.hubungan_kk == FamilyCard.TIDAK


@dataclass(frozen=True)
class Settings:
    """What the office switches in requirements.yml; the file says what each means."""

    ktp_orang_tua: str
    ktp_saksi: str
    retakes: int
    late_days: int
    draft_days: int


@dataclass(frozen=True)
class Requirement:
    """One item and the rows under which it is asked."""

    item: Item
    when: tuple[Mapping[str, Any], ...]
    form: str | None = None


@dataclass(frozen=True)
class Standard:
    """The whole requirement file."""

    service: str
    form: str
    settings: Settings
    items: tuple[Requirement, ...] = field(default_factory=tuple)


class RequirementFault(ValueError):
    """requirements.yml names an item, a condition or a setting that does not exist: found at start, not before an applicant."""


@cache
def standard() -> Standard:
    """The requirements as the office wrote them. Raises RequirementFault."""
    return read(facts.load("requirements"))


def read(content: Any) -> Standard:
    """The content of a requirement file. Raises RequirementFault."""
    try:
        settings = Settings(**content["settings"])
        rows = tuple(Requirement(Item(row["item"]), tuple(row["when"]), row.get("form")) for row in content["items"])
    except (KeyError, TypeError, ValueError) as error:
        raise RequirementFault(str(error)) from error
    known = set(_values(Conditions(), settings))
    unknown = {name for row in rows for group in row.when for name in group} - known
    if unknown:
        raise RequirementFault(f"unknown conditions: {', '.join(sorted(unknown))}")
    return Standard(content["service"], content["form"], settings, rows)


def checklist(conditions: Conditions, rules: Standard | None = None) -> tuple[Item, ...]:
    """The items that this family has to send, in the file's order, as far as the conditions are known."""
    rules = rules or standard()
    values = _values(conditions, rules.settings)
    return tuple(row.item for row in rules.items if any(_holds(group, values) for group in row.when))


def possible_items(rules: Standard | None = None) -> tuple[Item, ...]:
    """The items that some family may have to send under the office's settings: what is told to everybody beforehand."""
    rules = rules or standard()
    settings = {name: value for name, value in _values(Conditions(), rules.settings).items() if name.startswith("setting_")}
    return tuple(row.item for row in rules.items if any(_allowed(group, settings) for group in row.when))


def still_possible(conditions: Conditions, rules: Standard | None = None) -> frozenset[Item]:
    """The items that this family has to send or, by what is not known of it yet, may have to."""
    rules = rules or standard()
    known = {name: value for name, value in _values(conditions, rules.settings).items() if value is not None}
    return frozenset(row.item for row in rules.items if any(_allowed(group, known) for group in row.when))


def form_of(item: Item) -> str | None:
    """The code of the office's own form for an item (`F-2.03`), None for a paper that the applicant has."""
    return next((row.form for row in standard().items if row.item == item), None)


def _values(conditions: Conditions, settings: Settings) -> dict[str, Any]:
    own = {part.name: getattr(conditions, part.name) for part in fields(conditions)}
    return {**own, **{f"setting_{part.name}": getattr(settings, part.name) for part in fields(settings)}}


def _allowed(group: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    """Whether the row may hold, whatever is not known."""
    return _holds({name: wanted for name, wanted in group.items() if name in known}, known)


def _holds(group: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    return all(values[name] in (wanted if isinstance(wanted, list) else [wanted]) for name, wanted in group.items())
