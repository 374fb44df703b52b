"""A family's members are read by rows and columns, however few they are."""

import numpy as np

from documents.fields import kk
from documents.ocr.engine import Reading
from documents.ocr.lines import Line


def line(text: str, left: float, top: float, right: float) -> Line:
    quad = np.array([[left, top], [right, top], [right, top + 16], [left, top + 16]], np.float32)
    return Line(quad, Reading(text, (1.0,) * len(text)))


def test_the_family_head_that_signs_below_is_no_column_of_relations() -> None:
    lines = [
        line("Nama Lengkap", 278, 389, 412),
        line("YULI PRASETYO", 128, 459, 296),
        line("3316991101925998", 617, 459, 805),
        line("11-01-1992", 1305, 459, 1412),
        line("KAWIN TERCATAT", 129, 957, 316),
        line("KEPALA KELUARGA", 626, 957, 829),
        line("KEPALA KELUARGA", 1103, 1370, 1329),
    ]
    people = kk.members(lines, lambda quad: [found.reading for found in lines if found.quad is quad] * 2)
    assert people is not None
    assert people.value == [
        {"nik": "3316991101925998", "nama": "YULI PRASETYO", "shdk": "KEPALA KELUARGA", "status_perkawinan": "KAWIN TERCATAT"}
    ]


def head_of(*rows: tuple[str, str]) -> str | None:
    """The head of the family on a KK with these labels and values in its upper left."""
    lines = [line("KARTU KELUARGA", 500, 40, 900)]
    for place, (label, value) in enumerate(rows):
        lines += [line(text, left, 80 + 20 * place, left + 9 * len(text)) for text, left in ((label, 40), (value, 240)) if text]
    found = kk.read(lines, lambda quad: []).values.get("kepala_keluarga")
    return found and str(found.value)


def test_the_head_of_a_family_is_found_by_half_its_label_or_by_the_address_below() -> None:
    assert head_of(("Nama Kepala Keluarga", "AHMAD WIBOWO"), ("Alamat", "DK. WARU")) == "AHMAD WIBOWO"
    assert head_of(("Nama Kepala Kelu", "AHMAD WIBOWO"), ("Alamat", "DK. WARU")) == "AHMAD WIBOWO"
    assert head_of(("", "AHMAD WIBOWO"), ("Alamat", "DK. WARU")) == "AHMAD WIBOWO"
    assert head_of(("", "AHMAD WIBOWO"), ("Kode Pos", "58295")) is None


def numbered(*readings: str) -> dict[str, str]:
    """What is said of a member whose number is read like this, one after another."""
    lines = [line("Nama Lengkap", 278, 389, 412), line("3316991101925998", 617, 459, 805), line("11-01-1992", 1305, 459, 1412)]
    people = kk.members(lines, lambda quad: [Reading(text, (1.0,) * len(text)) for text in readings])
    assert people is not None
    return dict(people.value[0])


def test_a_members_number_may_once_lose_a_digit_but_never_read_otherwise() -> None:
    assert numbered("3316991101925998", "331699110192598", "3316991101925998") == {"nik": "3316991101925998"}
    assert numbered("3316991101925998", "3316991101925996", "3316991101925998") == {}
    assert numbered("3316991101925998", "331699110192598", "331699110192598") == {}
    assert numbered("3316991201925998", "3316991201925998", "3316991201925998") == {}


def test_a_members_name_takes_the_spaces_of_most_readings() -> None:
    lines = [line("Nama Lengkap", 278, 389, 412), line("ANDITRI NUGROHO", 128, 459, 296), line("3316991101925998", 617, 459, 805)]

    def again(quad: np.ndarray) -> list[Reading]:
        texts = ("ANDI TRI NUGROHO", "ANDI TRI NUGROHO", "ANDITRI NUGROHO") if quad[0, 0] < 600 else ("3316991101925998",) * 3
        return [Reading(text, (1.0,) * len(text)) for text in texts]

    people = kk.members(lines, again)
    assert people is not None
    assert people.value == [{"nik": "3316991101925998", "nama": "ANDI TRI NUGROHO"}]


def test_the_signing_officers_number_is_no_members() -> None:
    assert kk.members([line("Nama Lengkap", 278, 389, 412), line("NIP.196501011990031", 1060, 1020, 1220)], lambda quad: []) is None


NUMBER = "3316991702240011"


def number_of(lines: list[Line]) -> str | None:
    found = kk.read(lines, lambda quad: [line.reading for line in lines if line.quad is quad] * 2).values.get("no_kk")
    return found and str(found.value)


def test_the_number_under_the_title_is_the_familys() -> None:
    assert number_of([line("KARTU KELUARGA", 500, 40, 900), line(f"No. {NUMBER}", 560, 64, 840)]) == NUMBER


def test_a_line_that_only_speaks_of_a_kartu_keluarga_is_no_title() -> None:
    assert number_of([line("Nomor Kartu Keluarga", 100, 40, 400), line(f": {NUMBER}", 420, 42, 700)]) is None


def test_a_number_that_stands_there_twice_is_somebodys_nik() -> None:
    lines = [line("KARTU KELUARGA", 500, 40, 900), line(f"No. {NUMBER}", 560, 64, 840), line(NUMBER, 560, 460, 840)]
    assert number_of(lines) is None


def address_of(*rows: tuple[str, str, float]) -> dict[str, str]:
    """What is read of the address on a KK with these labels and values, each from its left."""
    lines = [line("KARTU KELUARGA", 500, 40, 900)]
    for place, (label, value, left) in enumerate(rows):
        top = 80 + 20 * (place % 4)
        lines += [line(label, left, top, left + 9 * len(label)), line(f": {value}", left + 200, top, left + 200 + 9 * len(value))]
    found = kk.read(lines, lambda quad: []).values
    return {key: str(found[key].value) for key in ("alamat", "rt_rw", "desa", "kecamatan", "kode_pos") if key in found}


def test_where_a_family_lives_is_read_part_by_part() -> None:
    assert address_of(
        ("Nama Kepala Keluarga", "AHMAD WIBOWO", 40),
        ("Alamat", "DK. WARU", 40),
        ("RT/RW", "2 / 001", 40),
        ("Desa/Kelurahan", "KAMOLAN", 700),
        ("Kecamatan", "BLORA", 700),
        ("Kode Pos", "58219", 700),
    ) == {"alamat": "DK. WARU", "rt_rw": "002/001", "desa": "KAMOLAN", "kecamatan": "BLORA", "kode_pos": "58219"}


def test_a_part_of_the_address_that_can_not_be_one_is_left_out() -> None:
    assert address_of(("Alamat", "DK. WARU", 40), ("RT/RW", "-", 40), ("Kode Pos", "5821", 40)) == {"alamat": "DK. WARU"}


def test_members_whose_rows_were_not_read_are_counted_by_their_birth_dates() -> None:
    table = [line("Nama Lengkap", 278, 389, 412), line("Tanggal Lahir", 1300, 389, 1412)]
    for place in range(4):
        table += [line("3316991101925998", 617, 459 + 30 * place, 805)] if place < 3 else []
        table += [line(f"1{place}-01-1992", 1305, 459 + 30 * place, 1412)]
    table += [line("Status Perkawinan", 100, 700, 300), line("02-02-2010", 900, 730, 1000), line("03-03-2011", 900, 760, 1000)]
    assert kk.unread_rows(table, 3) == 1
    assert kk.unread_rows(table, 4) == 0


def test_a_card_says_of_how_many_sheets_it_is() -> None:
    assert kk.sheets_of([line("Halaman 1 dari 2", 900, 1100, 1100)]) == 2
    assert kk.sheets_of([line("LEMBAR : I. Kepala Keluarga", 50, 900, 300)]) == 1
