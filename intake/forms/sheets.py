"""What the printed sheets need to know: the two SPTJM and the receipt, each field None where it isn't known yet."""

from dataclasses import dataclass
from datetime import date, datetime

from standard.deadlines import HonestHour
from standard.kinds import Item


@dataclass(frozen=True)
class Person:
    """One person on a form. Numbers in full, texts as the register writes them; what is None becomes a dotted line."""

    nama: str | None = None
    nik: str | None = None
    tempat_lahir: str | None = None
    tanggal_lahir: date | None = None
    pekerjaan: str | None = None
    alamat: str | None = None
    hubungan: str | None = None
    """Status hubungan dalam keluarga (SHDK) as the KK prints it; F-2.04 asks for it."""


@dataclass(frozen=True)
class Witness:
    """A saksi who signs: name and NIK."""

    nama: str | None = None
    nik: str | None = None


@dataclass(frozen=True)
class Child:
    """The child of an F-2.03; `jenis_kelamin` is "L" or "P"."""

    nama: str | None = None
    jenis_kelamin: str | None = None
    tempat_lahir: str | None = None
    tanggal_lahir: date | None = None
    alamat: str | None = None


@dataclass(frozen=True)
class BirthHelper:
    """The penolong kelahiran of an F-2.03."""

    nama: str | None = None
    pekerjaan: str | None = None
    alamat: str | None = None


@dataclass(frozen=True)
class SptjmKelahiran:
    """F-2.03, SPTJM kebenaran data kelahiran. `specimen` marks the sheet as a demonstration."""

    pembuat: Person = Person()
    anak: Child = Child()
    ibu: Person = Person()
    penolong: BirthHelper = BirthHelper()
    saksi: tuple[Witness, Witness] = (Witness(), Witness())
    tempat: str | None = None
    tanggal: date | None = None
    specimen: bool = False


@dataclass(frozen=True)
class SptjmPasutri:
    """F-2.04, SPTJM kebenaran sebagai pasangan suami istri. `specimen` marks the sheet as a demonstration."""

    pembuat: Person = Person()
    suami: Person = Person()
    istri: Person = Person()
    no_kk: str | None = None
    saksi: tuple[Witness, Witness] = (Witness(), Witness())
    tempat: str | None = None
    tanggal: date | None = None
    specimen: bool = False


@dataclass(frozen=True)
class Received:
    """One document that arrived, by its place in the bundle; `note` says what an officer still looks at, in the reader's words."""

    item: Item
    note: str | None = None


@dataclass(frozen=True)
class Receipt:
    """What the applicant keeps. Moments are aware UTC; NIK and telephone come in full and are printed masked."""

    number: str
    submitted_at: datetime
    deadline: datetime | None
    pelapor: str
    anak: tuple[str, ...]
    received: tuple[Received, ...]
    nik_pelapor: str | None = None
    phone: str | None = None
    specimen: bool = False
    honest: HonestHour | None = None
    """When the papers can be ready at the earliest, where that is after the deadline."""
