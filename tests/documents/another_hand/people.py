"""Fictitious people of Blora for the pictures: names, dates, NIK on 331699 that agree with them, families."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field

_MONTHS = """
Januari| Februari| Maret| April| Mei| Juni| Juli| Agustus| September| Oktober| November| Desember
"""
_DAYS = """
Senin| Selasa| Rabu| Kamis| Jumat| Sabtu| Minggu
"""
_MEN = """
SLAMET RIYADI| AGUS PURNOMO| DWI HANDOKO| SUPARDI| MUHAMMAD ILHAM FAUZI| BUDI SETYO UTOMO| KASMIN| JOKO TRIYONO| WAHYU ADI NUGROHO|
EKO PRASETYA| SUTRISNO| ANDI WIJAYANTO| YOGA PRATAMA PUTRA| RUDI HARTONO| NUR KHOLIS| DJUMADI| TEGUH SANTOSO| IMAM SYAFI'I| GUNAWAN|
ARIF BUDIMAN| HERI SUSANTO| PARYONO| MOH. ROFIQ| BAYU SEGARA| LUKMAN HAKIM| SARJI| DEDY KURNIAWAN| YULIANTO| FAJAR SIDIQ| TRI WAHONO
"""
_WOMEN = """
SITI MAESAROH| DWI LESTARI| SULASTRI| NUR HIDAYATI| RINA KUSUMAWATI| EKA YULIANI| SRI WAHYUNINGSIH| PUJI ASTUTIK| ANIK SETYOWATI|
KHOIRUN NISA| FITRIA RAHMAWATI| WIWIK HANDAYANI| DEWI ANGGRAENI| SUMARNI| MARYATI| LILIS SURYANI| TUTIK INDRAWATI|
YENI MARLINA SARI| RETNO PALUPI| SUPRIHATIN| INDAH PERMATASARI| NOVITA CAHYA NINGRUM| ENDANG SUSILOWATI| PARTINAH| AYU WULANDARI|
MUSLIMAH| RATNA DEWI| ISTIQOMAH| TRI UTAMI| JUMINI
"""
_BOYS = """
MUHAMMAD AZKA RAMADHAN| BIMA SATRIA NUGRAHA| RAFFA ALVARO| ADITYA PUTRA PRATAMA| GIBRAN AL FATIH| KENZIE ARKANA| DANISH HAFIZ|
REYHAN DWI SAPUTRA
"""
_GIRLS = """
AISYAH ZAHRA| KIRANA AYU LESTARI| NAURA SALSABILA| SHAKILA PUTRI| ALMIRA KHAIRUNNISA| CITRA MAHARANI| HANUM SEKAR ARUM|
QUINSHA AZALEA
"""
_VILLAGES = """
TEMPELAN| KEDUNGJENAR| MLANGSEN| SUMBEREJO| NGLOBO| TODANAN| JETAKWANGER| KAMOLAN| NGAMPEL| CABAK| SIDOREJO| BANGSRI
"""
_DISTRICTS = """
BLORA| CEPU| JEPON| NGAWEN| KUNDURAN| RANDUBLATUNG| TUNJUNGAN| JIKEN| BANJAREJO| SAMBONG
"""


def _list(text: str) -> list[str]:
    return [word.strip() for word in text.split("|")]


MONTHS = _list(_MONTHS)
DAYS = _list(_DAYS)
MEN = _list(_MEN)
WOMEN = _list(_WOMEN)
BOYS = _list(_BOYS)
GIRLS = _list(_GIRLS)
VILLAGES = _list(_VILLAGES)
DISTRICTS = _list(_DISTRICTS)
TOWNS = ["BLORA"] * 6 + ["REMBANG", "BOJONEGORO", "GROBOGAN", "TUBAN", "PATI", "NGAWI"]
JOBS = ["PETANI/PEKEBUN", "WIRASWASTA", "KARYAWAN SWASTA", "BURUH HARIAN LEPAS", "GURU", "PEDAGANG"]
FAITHS = ["ISLAM"] * 8 + ["KRISTEN", "KATHOLIK"]


@dataclass(frozen=True)
class Person:
    name: str
    woman: bool
    born: datetime.date
    town: str
    nik: str
    job: str
    faith: str
    street: str
    rt: str
    village: str
    district: str

    @property
    def sex(self) -> str:
        return "PEREMPUAN" if self.woman else "LAKI-LAKI"


@dataclass
class Family:
    father: Person
    mother: Person
    child: str
    girl: bool
    born: datetime.datetime
    married: datetime.date
    kk: str
    elders: list[Person] = field(default_factory=list)

    @property
    def child_sex(self) -> str:
        return "PEREMPUAN" if self.girl else "LAKI-LAKI"


def _day(rng: random.Random, first: int, last: int) -> datetime.date:
    return datetime.date(first, 1, 1) + datetime.timedelta(days=rng.randrange(365 * (last - first + 1)))


def person(rng: random.Random, woman: bool | None = None, years: tuple[int, int] = (1975, 2003), name: str = "") -> Person:
    woman = rng.random() < 0.5 if woman is None else woman
    born = _day(rng, *years)
    nik = f"331699{born.day + 40 * woman:02d}{born:%m%y}{rng.randrange(1, 40):04d}"
    street = rng.choice(
        [
            "DK. " + rng.choice(["NGLEBOK", "KRAJAN", "PLOSO", "GEMPOL"]),
            f"JL. {rng.choice(['MAWAR', 'PEMUDA', 'GATOT SUBROTO'])} NO. {rng.randrange(1, 90)}",
        ]
    )
    place = (street, f"{rng.randrange(1, 9):03d}/{rng.randrange(1, 6):03d}", rng.choice(VILLAGES), rng.choice(DISTRICTS))
    job = "MENGURUS RUMAH TANGGA" if woman and rng.random() < 0.6 else rng.choice(JOBS)
    return Person(name or rng.choice(WOMEN if woman else MEN), woman, born, rng.choice(TOWNS), nik, job, rng.choice(FAITHS), *place)


def family(rng: random.Random) -> Family:
    girl = rng.random() < 0.5
    born = datetime.datetime.combine(_day(rng, 2025, 2026), datetime.time(rng.randrange(24), rng.randrange(60)))
    kk = f"331699{_day(rng, 2012, 2025):%d%m%y}{rng.randrange(1, 30):04d}"
    return Family(
        person(rng, False),
        person(rng, True),
        rng.choice(GIRLS if girl else BOYS),
        girl,
        born,
        _day(rng, 2012, 2024),
        kk,
        [person(rng, None, (1950, 1968)) for _ in range(rng.randrange(0, 2))],
    )


def long_date(day: datetime.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def numeric(day: datetime.date, mark: str = "-") -> str:
    return day.strftime(f"%d{mark}%m{mark}%Y")


def weekday(day: datetime.date) -> str:
    return DAYS[day.weekday()]
