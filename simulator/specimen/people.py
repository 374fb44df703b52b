"""Families that do not exist: names, numbers and households that agree with one another on every document."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from simulator.specimen import names
from simulator.specimen.region import here

TODAY = date(2026, 11, 20)
"""The day on which every specimen is written, fixed so that a seed always gives the same papers."""

SITUATIONS = ("menikah", "belum_tercatat", "ibu", "menumpang")


@dataclass(frozen=True)
class Address:
    alamat: str
    rt: str
    rw: str
    desa: str
    kecamatan: str
    kode_pos: str

    @property
    def one_line(self) -> str:
        return f"{self.alamat} RT {self.rt} RW {self.rw} {self.desa} {self.kecamatan}"


@dataclass(frozen=True)
class Person:
    nama: str
    nik: str
    laki: bool
    tempat_lahir: str
    tanggal_lahir: date
    agama: str
    status_ktp: str
    status_kk: str
    pekerjaan: str
    pendidikan: str
    gol_darah: str
    address: Address
    ayah: str
    ibu: str

    @property
    def jenis_kelamin(self) -> str:
        return "LAKI-LAKI" if self.laki else "PEREMPUAN"


@dataclass(frozen=True)
class Member:
    person: Person
    shdk: str


@dataclass(frozen=True)
class Family:
    seed: int
    situation: str
    ayah: Person | None
    ibu: Person
    bayi: Person
    saksi: tuple[Person, Person]
    no_kk: str
    anggota: tuple[Member, ...]
    tanggal_nikah: date | None
    nomor_nikah: str | None
    kk_tanggal: date
    anak_ke: int
    wali: str = ""

    @property
    def kepala(self) -> Person:
        return self.anggota[0].person


def nik(rng: random.Random, born: date, laki: bool) -> str:
    """Region, DDMMYY with 40 added to a woman's day, serial: birth-registration.md section 4."""
    day = born.day if laki else born.day + 40
    return f"{here().numbers}{day:02d}{born.month:02d}{born.year % 100:02d}{rng.choice((1, 1, 1, 2, 3, rng.randint(4, 9999))):04d}"


def nomor_kk(rng: random.Random, recorded: date) -> str:
    return f"{here().numbers}{recorded:%d%m%y}{rng.randint(1, 9999):04d}"


def address(rng: random.Random) -> Address:
    return Address(
        alamat=names.street(rng),
        rt=f"{rng.randint(1, 12):03d}",
        rw=f"{rng.randint(1, 9):03d}",
        desa=rng.choice(names.DESA),
        kecamatan=rng.choice(here().kecamatan),
        kode_pos=f"582{rng.randint(11, 99)}",
    )


def person(
    rng: random.Random, born: date, laki: bool, at: Address, agama: str, status: str = "KAWIN", status_kk: str = "KAWIN TERCATAT"
) -> Person:
    age = (TODAY - born).days // 365
    child = age < 17
    return Person(
        nama=names.child(rng, laki) if child else names.adult(rng, laki, age),
        nik=nik(rng, born, laki),
        laki=laki,
        tempat_lahir=rng.choices((here().name, *names.OTHER_BIRTHPLACES), names.BIRTHPLACE_WEIGHTS)[0],
        tanggal_lahir=born,
        agama=agama,
        status_ktp=status,
        status_kk="BELUM KAWIN" if child else status_kk,
        pekerjaan="BELUM/TIDAK BEKERJA" if child else rng.choice(names.PEKERJAAN_L if laki else names.PEKERJAAN_P),
        pendidikan=names.schooling(rng, age),
        gol_darah=rng.choice(("A", "B", "AB", "O", "-", "-", "O", "TIDAK TAHU")),
        address=at,
        ayah=names.adult(rng, True, age + 27),
        ibu=names.adult(rng, False, age + 25),
    )


def _born(rng: random.Random, low: int, high: int) -> date:
    return TODAY - timedelta(days=rng.randint(low * 365, high * 365))


def family(seed: int, situation: str | None = None) -> Family:
    """One household and its witnesses. `situation` is one of SITUATIONS; by default the seed chooses."""
    rng = random.Random(f"family-{seed}")
    situation = situation or rng.choices(SITUATIONS, (70, 12, 8, 10))[0]
    at = address(rng)
    agama = rng.choices(("ISLAM", "KRISTEN", "KATHOLIK", "BUDHA", "HINDU"), (88, 6, 4, 1, 1))[0]
    status, status_kk = {
        "menikah": (rng.choices(("KAWIN", "BELUM KAWIN"), (85, 15))[0], "KAWIN TERCATAT"),
        "belum_tercatat": ("BELUM KAWIN", "KAWIN BELUM TERCATAT"),
        "ibu": ("BELUM KAWIN", "BELUM KAWIN"),
        "menumpang": ("KAWIN", "KAWIN TERCATAT"),
    }[situation]
    ibu = person(rng, _born(rng, 19, 39), False, at, agama, status, status_kk)
    ayah = None if situation == "ibu" else person(rng, _born(rng, 21, 45), True, at, agama, status, status_kk)
    saksi = tuple(person(rng, _born(rng, 22, 62), rng.random() < 0.6, replace(at, rt=f"{rng.randint(1, 12):03d}"), agama) for _ in range(2))
    children = _children(rng, at, agama, ayah, ibu, 0 if situation in ("ibu", "belum_tercatat") else rng.choice((0, 0, 1, 1, 2, 3)))
    born = TODAY - timedelta(days=rng.randint(2, 55))
    bayi = replace(
        person(rng, born, rng.random() < 0.5, at, agama, "BELUM KAWIN", "BELUM KAWIN"),
        tempat_lahir=here().name,
        ayah=ayah.nama if ayah else "",
        ibu=ibu.nama,
    )
    wed = max(p.tanggal_lahir for p in (ibu, ayah or ibu)) + timedelta(days=365 * 19 + rng.randint(0, 800))
    wed = min(wed, TODAY - timedelta(days=400))
    return Family(
        seed=seed,
        situation=situation,
        ayah=ayah,
        ibu=ibu,
        bayi=bayi,
        saksi=(saksi[0], saksi[1]),
        no_kk=nomor_kk(rng, _born(rng, 1, 12)),
        anggota=_household(rng, situation, at, agama, ayah, ibu, children),
        tanggal_nikah=wed if situation in ("menikah", "menumpang") else None,
        nomor_nikah=names.nomor_nikah(rng, wed, agama) if situation in ("menikah", "menumpang") else None,
        kk_tanggal=TODAY - timedelta(days=rng.randint(200, 2600)),
        anak_ke=len(children) + 1,
        wali=names.adult(rng, True, 55),
    )


def _children(rng: random.Random, at: Address, agama: str, ayah: Person | None, ibu: Person, count: int) -> list[Person]:
    oldest = max(1, (TODAY - ibu.tanggal_lahir).days // 365 - 20)
    ages = sorted((rng.randint(1, oldest) for _ in range(count)), reverse=True)
    made = [
        person(rng, TODAY - timedelta(days=365 * a + rng.randint(10, 350)), rng.random() < 0.5, at, agama, "BELUM KAWIN", "BELUM KAWIN")
        for a in ages
    ]
    return [replace(child, ayah=ayah.nama if ayah else "", ibu=ibu.nama) for child in made]


def _household(
    rng: random.Random, situation: str, at: Address, agama: str, ayah: Person | None, ibu: Person, children: list[Person]
) -> tuple[Member, ...]:
    """Rows of the KK in order; SHDK is always relative to the kepala keluarga (section 1.1)."""
    if situation in ("ibu", "menumpang"):
        own = ibu if situation == "ibu" else rng.choice((ayah or ibu, ibu))
        age = (TODAY - own.tanggal_lahir).days // 365
        head = replace(person(rng, _born(rng, age + 24, age + 30), True, at, agama), nama=own.ayah)
        wife = replace(person(rng, _born(rng, age + 20, age + 24), False, at, agama), nama=own.ibu)
        rows = [Member(head, "KEPALA KELUARGA"), Member(wife, "ISTRI"), Member(own, "ANAK")]
        if situation == "menumpang":
            rows.append(Member(ibu if own is ayah else ayah or ibu, "MENANTU"))
            rows += [Member(child, "CUCU") for child in children]
        return tuple(rows)
    rows = [Member(ayah or ibu, "KEPALA KELUARGA"), Member(ibu, "ISTRI")]
    rows += [Member(child, "ANAK") for child in children]
    if rng.random() < 0.12:
        rows.append(Member(replace(person(rng, _born(rng, 55, 80), False, at, agama, "CERAI MATI", "CERAI MATI"), nama=ibu.ibu), "MERTUA"))
    return tuple(rows)
