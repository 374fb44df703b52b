"""Word lists from which people are made: Javanese and Indonesian names, places around, the vocabularies of KTP and KK."""

import random
from datetime import date

from simulator.specimen.region import here


def _words(text: str) -> list[str]:
    return text.split()


OLD_L = _words(
    """SUTRISNO SUPARNO SUKIMIN PARJO SLAMET RIYADI SUWARNO KASMIN PONIDI LASIMAN SUYATNO WAGIMAN DARSONO MARSUDI NGATMAN
    SAMIJAN KARTONO SUGENG SUMADI JUMADI SUKARDI SOEPRAPTO TUKIMAN SARDI RASMIN SUNARDI SUPRIYADI WIDODO MULYONO HARTONO
    TRIMO KARSIDI"""
)
OLD_P = _words(
    """SUTINI SUMIYATI SRI WAHYUNI PONIYEM KASTINI LASMI SUPARTI NGATINI RUKMINI SUMARNI WARSINI SITI AMINAH DARMI SURYATI
    SUKARTI TUKINEM PARTINI MURSIDAH JUMINAH RASMINI SUHARTI SUPRIHATIN KARTINI MARYATUN WAGIYEM TUMINAH SARMI YATINI
    SULASTRI"""
)
FIRST_L = _words(
    """AGUS BUDI DWI EKO HERI IWAN JOKO ANDI YOGA RIZKI BAYU WAHYU DIMAS FAJAR GALIH HENDRA IRFAN KRISNA LUTFI MUHAMMAD NUR
    RAHMAT TEGUH TRI YUSUF ADITYA ARIF BAGAS CAHYO DANANG EDI FERI GUNAWAN HASAN ILHAM MOH AHMAD ABDUL ANGGA YULI SEPTIAN
    ACHMAD TAUFIK"""
)
SECOND_L = _words(
    """SETIAWAN PRASETYO SANTOSO WIBOWO NUGROHO SAPUTRA KURNIAWAN HIDAYAT PURNOMO SUSANTO RAMADHAN UTOMO WICAKSONO FIRMANSYAH
    MAULANA HANDOKO SUSILO PRATAMA ARIFIN MUSTOFA KHOIRI FAUZI ROHMAN ISKANDAR BASUKI YULIANTO HARYANTO PRAYITNO MUSTAQIM
    SUBEKTI ROHIM"""
)
FIRST_P = _words(
    """SITI SRI DEWI RINA YULI ANI DWI EKA FITRI INDAH KARTIKA LESTARI MAYA NUR PUTRI RATNA SARI TRI WULAN ANISA AYU DIAN ENDAH
    ERNA HANA IKA LILIK MEGA NOVITA NANIK PUJI RISKA UMI VIVI WIWIK YUNITA ULFA ZULFA KHOIRUN NIKEN RETNO"""
)
SECOND_P = _words(
    """LESTARI WAHYUNI RAHAYU HANDAYANI ASTUTI PUSPITASARI NINGSIH KUSUMA ANGGRAINI MAHARANI SUSANTI UTAMI PERMATASARI NURJANAH
    ROHMAWATI KHASANAH MAULIDA SAFITRI PRATIWI FATIMAH WULANDARI INDRIYANI SETYOWATI HIDAYAH MARDIANA WIDYASTUTI APRILIANI
    OKTAVIANI"""
)
BABY_L = _words(
    "ARKA RAFFA ALVARO GIBRAN KENZIE ABIYYU FATHAN ZAYN RAFIQ ARSYA DZAKI BIMA EVAN NARENDRA RADITYA ATHALLAH HAIDAR KEVIN RAKHA SATRIA"
)
BABY_P = _words(
    "ALESHA NAYLA KIRANA AZKIA SHANUM ZAHRA AISYAH KEISHA ALMIRA NADHIFA QUEENA ARUMI SEKAR HUMAIRA RANIA FREYA KHALISA INARA LARAS"
)
BABY_SECOND = (
    _words("""ADITYA PRATAMA PUTRA AL-GHIFARI RAMADHAN WIJAYA MAHENDRA DANISWARA ARDIANSYAH"""),
    _words("""PUTRI ALMAHYRA ANINDYA KUSUMA RAMADHANI SAFIRA AULIA MAHESWARI PRAMESTI"""),
)

DESA = """SUMBEREJO KARANGTALUN NGLOBANG TEMPURSARI SIDOMULYO WATUGUNUNG KEDUNGJATI GONDANGREJO BANGUNREJO TRISARI PLOSOWETAN JATIWANGI
SENDANGAGUNG NGROTO KALIWEDI PURWOKIDUL MOJOLUHUR TANJUNGREJO SAMBENGAN BENDOASRI GEMPOLREJO RANDUWATES""".replace(
    "PURWOKIDUL", "PURWOKIDUL"
).split()
DUKUH = _words("KRAJAN NGLEBAK SENDANG BULU KEDUNG GEDANG TEMU KULON NGASEM WARU PLOSO JAMBE KALANGAN TEGALREJO")
STREETS = (
    "GATOT SUBROTO",
    "MAWAR",
    "MELATI",
    "DIPONEGORO",
    "KARTINI",
    "PEMUDA",
    "A. YANI",
    "RAJAWALI",
    "SUMBAWA",
    "CENDANA",
    "MR. ISKANDAR",
)
OTHER_BIRTHPLACES = (
    "REMBANG",
    "PATI",
    "GROBOGAN",
    "SEMARANG",
    "BOJONEGORO",
    "TUBAN",
    "JAKARTA",
    "NGAWI",
    "KUDUS",
    "SURABAYA",
    "TANGERANG",
)
BIRTHPLACE_WEIGHTS = (70, 4, 4, 4, 3, 4, 2, 3, 2, 2, 1, 1)
PEKERJAAN_L = (
    "PETANI/PEKEBUN",
    "KARYAWAN SWASTA",
    "WIRASWASTA",
    "BURUH HARIAN LEPAS",
    "BURUH TANI/PERKEBUNAN",
    "PEDAGANG",
    "SOPIR",
    "TUKANG KAYU",
    "GURU",
)
PEKERJAAN_P = (
    "MENGURUS RUMAH TANGGA",
    "MENGURUS RUMAH TANGGA",
    "KARYAWAN SWASTA",
    "PETANI/PEKEBUN",
    "PEDAGANG",
    "WIRASWASTA",
    "GURU",
    "PERAWAT",
)
_SCHOOL = ("TAMAT SD/SEDERAJAT", "SLTP/SEDERAJAT", "SLTA/SEDERAJAT", "SLTA/SEDERAJAT", "DIPLOMA IV/STRATA I", "AKADEMI/DIPLOMA III/S. MUDA")

HARI = ("SENIN", "SELASA", "RABU", "KAMIS", "JUMAT", "SABTU", "MINGGU")
BULAN = ("JANUARI", "FEBRUARI", "MARET", "APRIL", "MEI", "JUNI", "JULI", "AGUSTUS", "SEPTEMBER", "OKTOBER", "NOVEMBER", "DESEMBER")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def adult(rng: random.Random, laki: bool, age: int) -> str:
    """Elder Javanese people often bear a single name, younger ones two or three."""
    if age > 45 and rng.random() < 0.65:
        return rng.choice(OLD_L if laki else OLD_P)
    first, second = (FIRST_L, SECOND_L) if laki else (FIRST_P, SECOND_P)
    parts = [rng.choice(first), rng.choice(second)]
    if rng.random() < 0.25:
        parts.insert(1, rng.choice(first))
    return " ".join(dict.fromkeys(parts))


def child(rng: random.Random, laki: bool) -> str:
    parts = [rng.choice(BABY_L if laki else BABY_P), rng.choice(BABY_SECOND[0 if laki else 1])]
    if rng.random() < 0.6:
        parts.append(rng.choice(SECOND_L if laki else SECOND_P))
    return " ".join(dict.fromkeys(parts)).replace("-", " ")


def street(rng: random.Random) -> str:
    return rng.choice(
        (
            f"DK. {rng.choice(DUKUH)}",
            f"DUKUH {rng.choice(DUKUH)}",
            f"JL. {rng.choice(STREETS)} NO. {rng.randint(1, 150)}",
            f"JL {rng.choice(STREETS)}",
            rng.choice(DUKUH),
        )
    )


def schooling(rng: random.Random, age: int) -> str:
    if age < 6:
        return "TIDAK/BELUM SEKOLAH"
    return "BELUM TAMAT SD/SEDERAJAT" if age < 13 else rng.choice(_SCHOOL)


def nomor_nikah(rng: random.Random, wed: date, agama: str) -> str:
    """KUA style nnnn/nn/ROMAN/yyyy; for the others the registry's own 3316-KW-DDMMYYYY-NNNN."""
    if agama != "ISLAM":
        return f"{here().code}-KW-{wed:%d%m%Y}-{rng.randint(1, 99):04d}"
    month = rng.choice((ROMAN[wed.month - 1], f"{wed.month:02d}/{ROMAN[wed.month - 1]}"))
    return (
        f"{rng.randint(1, 480):04d}/{month}/{wed.year}"
        if "/" in month
        else f"{rng.randint(1, 480):04d}/{rng.randint(1, 60):02d}/{month}/{wed.year}"
    )


def tanggal(day: date) -> str:
    """A date in words as letters write it: 5 NOVEMBER 2026."""
    return f"{day.day} {BULAN[day.month - 1]} {day.year}"
