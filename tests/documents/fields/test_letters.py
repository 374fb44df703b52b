"""Letters that have no one layout are read by their labels, sections, boxes and sentences; what is not sure is left out."""

import numpy as np

from documents.fields import letters
from documents.fields.model import Fields
from documents.ocr.engine import Reading
from documents.ocr.lines import Line
from standard.kinds import Kind

HEIGHT, LETTER = 20, 11


def page(*rows: tuple[int, int, str]) -> list[Line]:
    """Lines read surely: where each begins (x, y of its middle) and what it says."""
    lines = []
    for x, y, text in rows:
        right, top, bottom = x + LETTER * len(text), y - HEIGHT / 2, y + HEIGHT / 2
        quad = np.array([[x, top], [right, top], [right, bottom], [x, bottom]], np.float32)
        places = tuple((place + 0.5) / len(text) for place in range(len(text)))
        lines.append(Line(quad, Reading(text, (0.99,) * len(text), places)))
    return lines


def values(fields: Fields) -> dict[str, str]:
    return {name: value.value for name, value in fields.values.items()}


def test_a_birth_told_in_prose_is_read_over_the_ends_of_lines() -> None:
    stated = page(
        (100, 100, "bahwa pada hari Jumat tanggal 27 Februari 2026 jam 10.20 WIB telah lahir"),
        (100, 130, "seorang anak laki-laki dengan selamat, diberi nama RAFFA ALVARO, anak ke 3"),
        (100, 160, "dari seorang ibu bernama SRI WAHYUNINGSIH istri dari Muhammad Ilham"),
        (100, 190, "Fauzi, beralamat di Desa Todanan, dengan berat badan 2400 gram."),
    )
    assert values(letters.read(Kind.SURAT_KELAHIRAN, stated)) == {
        "nama_anak": "RAFFA ALVARO",
        "nama_ibu": "SRI WAHYUNINGSIH",
        "nama_ayah": "MUHAMMAD ILHAM FAUZI",
        "tanggal_lahir": "2026-02-27",
        "jenis_kelamin": "LAKI-LAKI",
        "pukul": "10:20",
        "kelahiran_ke": 3,
        "berat": 2400,
    }


def test_parents_called_tuan_and_nyonya_are_told_apart() -> None:
    stated = page(
        (100, 100, "Telah lahir pada hari Kamis, 04-06-2026 bayi perempuan bernama ALMIRA,"),
        (100, 130, "putri dari pasangan Tn. MOH. ROFIQ dan Ny. JUMINI. Berat lahir 3400 gram."),
    )
    found = values(letters.read(Kind.SURAT_KELAHIRAN, stated))
    assert (found["nama_ayah"], found["nama_ibu"], found["nama_anak"]) == ("MOH. ROFIQ", "JUMINI", "ALMIRA")


def test_a_bare_name_is_that_of_the_person_whose_heading_stands_above() -> None:
    form = page(
        (100, 100, "Nama Kepala Keluarga"), (400, 100, ": TRI WAHONO"),
        (100, 140, "BAYI / ANAK"), (100, 170, "1. Nama"), (400, 170, ": HANUM SEKAR"), (100, 200, "2. Hari dan Tanggal lahir"),
        (400, 200, ": Minggu, 01-03-2026"), (100, 240, "IBU"), (100, 270, "1. Nama Lengkap"), (400, 270, ": ANIK SETYOWATI"),
        (100, 300, "2. Tanggal lahir/Umur"), (400, 300, ": 22-04-1990 / 35 th"), (100, 340, "AYAH"),
        (100, 370, "1. Nama Lengkap"), (400, 370, ": BAYU SEGARA"), (100, 400, "2. Tanggal lahir/Umur"), (400, 400, ": 07-02-1988 / 38 th"),
    )  # fmt: skip
    assert values(letters.read(Kind.SURAT_KELAHIRAN, form)) == {
        "nama_anak": "HANUM SEKAR",
        "nama_ibu": "ANIK SETYOWATI",
        "nama_ayah": "BAYU SEGARA",
        "tanggal_lahir": "2026-03-01",
    }


def test_values_are_found_under_their_labels_in_a_table_of_boxes() -> None:
    table = page(
        (100, 100, "Nama Anak"), (500, 100, "Jenis Kelamin"), (100, 128, "SHAKILA PUTRI"), (500, 128, "PEREMPUAN"),
        (100, 170, "Nama Ibu Kandung"), (500, 170, "Nama Ayah Kandung"), (100, 198, "NUR HIDAYATI"), (500, 198, "GUNAWAN"),
        (100, 240, "Tanggal Lahir"), (100, 268, "4 Februari 2026"),
    )  # fmt: skip
    found = values(letters.read(Kind.SURAT_KELAHIRAN, table))
    assert (found["nama_ibu"], found["nama_ayah"], found["nama_anak"]) == ("NUR HIDAYATI", "GUNAWAN", "SHAKILA PUTRI")
    assert (found["tanggal_lahir"], found["jenis_kelamin"]) == ("2026-02-04", "PEREMPUAN")


def test_a_date_whose_weekday_disagrees_is_left_out() -> None:
    form = page((100, 100, "Nama Ibu"), (400, 100, ": SITI AMINAH"), (100, 130, "Hari, Tanggal"), (400, 130, ": Senin, 01-03-2026"))
    fields = letters.read(Kind.SURAT_KELAHIRAN, form)
    assert "tanggal_lahir" not in fields.values
    assert "tanggal_lahir" not in fields.missing


def test_a_baby_called_after_its_mother_has_no_name_yet() -> None:
    form = page((100, 100, "Nama Bayi"), (400, 100, ": By. Ny. SITI AMINAH"), (100, 130, "Nama Ibu"), (400, 130, ": SITI AMINAH"))
    assert values(letters.read(Kind.SURAT_KELAHIRAN, form)) == {"nama_ibu": "SITI AMINAH"}


def test_a_couple_of_the_registry_is_read_from_centred_lines() -> None:
    sheet = page(
        (100, 100, "Berdasarkan Akta Perkawinan Nomor 3316-KW-25092018-0012"),
        (100, 140, "bahwa di BLORA pada tanggal 25 SEPTEMBER 2018 telah tercatat perkawinan"),
        (100, 170, "antara:"), (420, 210, "SUTRISNO"), (450, 240, "dan"), (430, 270, "JUMINI"),
    )  # fmt: skip
    assert values(letters.read(Kind.SURAT_NIKAH, sheet)) == {
        "nomor": "3316-KW-25092018-0012", "suami": "SUTRISNO", "istri": "JUMINI", "tanggal_nikah": "2018-09-25",
    }  # fmt: skip


def test_a_kuas_number_of_another_month_than_the_wedding_is_left_out() -> None:
    book = page(
        (100, 100, "Nomor : 0076/056/II/2014"), (100, 140, "Tanggal"), (400, 140, ": 18 Maret 2014"),
        (100, 180, "1. Nama"), (400, 180, ": RUDI HARTONO"), (100, 210, "2. bin"), (400, 210, ": SARDI"),
        (100, 250, "1. Nama"), (400, 250, ": INDAH SARI"), (100, 280, "2. binti"), (400, 280, ": KASDI"),
    )  # fmt: skip
    fields = letters.read(Kind.SURAT_NIKAH, book)
    assert values(fields) == {"suami": "RUDI HARTONO", "istri": "INDAH SARI", "tanggal_nikah": "2014-03-18"}
    assert not fields.missing


def test_the_declarer_is_never_the_child_whose_birth_is_declared() -> None:
    statement = page(
        (100, 100, "Saya yang bertanda tangan di bawah ini :"), (100, 150, "menyatakan dengan sesungguhnya bahwa :"),
        (100, 180, "Nama"), (400, 180, ": HANUM SEKAR"),
    )  # fmt: skip
    fields = letters.read(Kind.SPTJM_KELAHIRAN, statement)
    assert not fields.values
    assert set(fields.missing) == {"nama", "nik"}


def test_names_that_read_otherwise_the_next_time_are_left_out_with_all_that_is_as_unsure() -> None:
    form = page((100, 100, "Nama Ibu"), (400, 100, ": SUPRHATIN"), (100, 130, "Tanggal"), (400, 130, ": 2 Mei 2025"))
    smudge = Line(form[1].quad, Reading(form[1].text, (0.97,) * 10 + (0.8,), form[1].reading.places))
    form[1] = smudge

    def again(quad: np.ndarray) -> list[Reading]:
        return [Reading("SUPRIHATIN", (0.99,) * 10)]

    assert values(letters.read(Kind.SURAT_KELAHIRAN, form)) == {"nama_ibu": "SUPRHATIN", "tanggal_lahir": "2025-05-02"}
    fields = letters.read(Kind.SURAT_KELAHIRAN, form, again)
    assert values(fields) == {"tanggal_lahir": "2025-05-02"}
    assert "nama_ibu" in fields.seen


def test_a_form_that_asks_bernama_gives_the_name_and_not_the_word() -> None:
    form = page(
        (100, 100, "telah lahir dengan selamat seorang bayi PEREMPUAN, dari seorang ibu :"),
        (100, 130, "Bernama"), (400, 130, ": ANI RISKA MAULIDA"), (100, 160, "Umur"), (400, 160, ": 26 tahun"),
    )  # fmt: skip
    assert values(letters.read(Kind.SURAT_KELAHIRAN, form)) == {"nama_ibu": "ANI RISKA MAULIDA", "jenis_kelamin": "PEREMPUAN"}


def test_the_reporter_named_first_is_neither_the_child_nor_the_mother() -> None:
    letter = page(
        (100, 100, "dengan ini menerangkan bahwa,"), (100, 130, "NIK"), (400, 130, ": 3316990101650003"), (100, 160, "Nama"),
        (400, 160, ": SUPARMAN"), (100, 190, "Jenis Kelamin"), (400, 190, ": Laki-laki"), (100, 220, "Tempat, Tanggal Lahir"),
        (400, 220, ": Blora, 01 Januari 1965"), (100, 270, "Telah lahir seorang anak perempuan,"), (100, 300, "Nama"),
        (400, 300, ": AYU LESTARI"), (100, 330, "Tempat, Tanggal Lahir"), (400, 330, ": Blora, 13 Oktober 2026"),
        (100, 380, "Nama Ibu Kandung"), (400, 380, ": SITI AISYAH"),
    )  # fmt: skip
    assert values(letters.read(Kind.SURAT_KELAHIRAN, letter)) == {
        "nama_anak": "AYU LESTARI", "nama_ibu": "SITI AISYAH", "tanggal_lahir": "2026-10-13", "jenis_kelamin": "PEREMPUAN",
    }  # fmt: skip


def test_a_form_that_says_in_its_sentence_what_it_asks_below_is_read_below() -> None:
    form = page(
        (100, 100, "telah lahir seorang anak dengan keterangan sebagai berikut :"), (100, 130, "Bernama"), (400, 130, ": ALMIRA"),
        (100, 160, "Jenis Kelamin"), (400, 160, ": PEREMPUAN"), (100, 200, "Dari seorang ibu"), (100, 230, "Nama Lengkap"),
        (400, 230, ": DWI OKTAVIANI"), (100, 260, "Umur"), (400, 260, ": 28 Tahun"), (100, 300, "Istri dari"),
        (100, 330, "Nama Lengkap"), (400, 330, ": YUSUF BASUKI"), (100, 360, "Umur"), (400, 360, ": 31 Tahun"),
    )  # fmt: skip
    assert values(letters.read(Kind.SURAT_KELAHIRAN, form)) == {
        "nama_anak": "ALMIRA", "nama_ibu": "DWI OKTAVIANI", "nama_ayah": "YUSUF BASUKI", "jenis_kelamin": "PEREMPUAN",
    }  # fmt: skip


def test_a_hospital_named_after_mothers_is_no_heading_over_the_birth() -> None:
    form = page(
        (300, 60, "RUMAH BERSALIN KASIH IBU"), (100, 130, "Hari / tanggal lahir"), (420, 130, ": SELASA / 13 OKTOBER 2026"),
        (100, 170, "Nama Ibu / Umur"), (420, 170, ": Siti Aisyah / 28 th"), (100, 200, "Anak dari Nyonya"),
    )  # fmt: skip
    assert values(letters.read(Kind.SURAT_KELAHIRAN, form)) == {
        "nama_ibu": "SITI AISYAH",
        "tanggal_lahir": "2026-10-13",
        "tempat_dilahirkan": "rs_rb",
    }


def test_a_label_with_its_last_letters_misread_is_still_the_longer_one() -> None:
    form = page((100, 100, "Nama tbu"), (400, 100, "WIWIK WULANDARI"), (100, 130, "Nama suar"), (400, 130, ": KRISNA NUGROHO"))
    assert values(letters.read(Kind.SURAT_KELAHIRAN, form)) == {"nama_ibu": "WIWIK WULANDARI", "nama_ayah": "KRISNA NUGROHO"}


def test_a_row_is_found_by_the_rows_around_it_where_curled_paper_bends_it_too_far_for_its_own_boxes() -> None:
    form = page(
        (100, 112, "Nama Ibu"), (400, 101, ": SRI WAHYUNI"), (100, 142, "Umur"), (400, 131, ": 31 tahun"), (100, 172, "Nama Bapak"),
        (400, 161, ": AGUS SALIM"), (100, 202, "Alamat"), (400, 191, ": KULON"), (100, 236, "Nama Bayi"), (400, 221, ": RAFFA ALVARO"),
    )  # fmt: skip
    assert values(letters.read(Kind.SURAT_KELAHIRAN, form)) == {
        "nama_ibu": "SRI WAHYUNI", "nama_ayah": "AGUS SALIM", "nama_anak": "RAFFA ALVARO",
    }  # fmt: skip


def test_a_name_whose_letters_stand_fast_takes_the_spaces_of_most_readings() -> None:
    form = page((100, 100, "Nama Ibu"), (400, 100, ": PUJIASTUTIK"), (100, 130, "Nama Ayah"), (400, 130, ": PARYONO"))
    form[3] = Line(form[3].quad, Reading(form[3].text, (0.97,) * 8 + (0.8,), form[3].reading.places))

    def again(quad: np.ndarray) -> list[Reading]:
        texts = ("PUJI ASTUTIK", "PUJIASTUTIK", "PUJI ASTUTIK") if quad[0, 1] < 110 else ("PARYONO",) * 3
        return [Reading(text, (0.99,) * len(text)) for text in texts]

    assert values(letters.read(Kind.SURAT_KELAHIRAN, form, again)) == {"nama_ibu": "PUJI ASTUTIK", "nama_ayah": "PARYONO"}


def test_parents_whose_headings_were_not_read_are_told_apart_by_their_numbers() -> None:
    form = page(
        (100, 100, "BAYI / ANAK"), (100, 130, "1. Nama"), (400, 130, ": QUINSHA AZALEA"), (100, 160, "2. Jenis Kelamin"),
        (400, 160, ": PEREMPUAN"), (400, 220, ": 3 3 1 6 9 9 6 8 0 4 9 5 0 0 1 1"), (100, 250, "2. Nama Lengkap"),
        (400, 250, ": YENI MARLINA"), (100, 280, "3. Tanggal lahir/Umur"), (400, 340, ": 3 3 1 6 9 9 2 9 0 7 9 5 0 0 1 9"),
        (100, 370, "2. Nama Lengkap"), (400, 370, ": SLAMET RIYADI"), (100, 400, "3. Tanggal lahir/Umur"),
    )  # fmt: skip
    assert values(letters.read(Kind.SURAT_KELAHIRAN, form)) == {
        "nama_anak": "QUINSHA AZALEA", "nama_ibu": "YENI MARLINA", "nama_ayah": "SLAMET RIYADI", "jenis_kelamin": "PEREMPUAN",
    }  # fmt: skip


def test_a_record_number_that_reads_otherwise_once_is_left_out() -> None:
    book = page((100, 100, "No. 0439/84/IV/2020"), (100, 140, "Tanggal"), (400, 140, ": 18 April 2020"))

    def again(quad: np.ndarray) -> list[Reading]:
        return [Reading(text, (0.9,) * len(text)) for text in ("No.0439/84/IV/2020", "No.0439/84/IV/2020", "No.0439/04/IV/2020")]

    fields = letters.read(Kind.SURAT_NIKAH, book, again)
    assert values(fields) == {"tanggal_nikah": "2020-04-18"}
    assert "nomor" in fields.seen


def test_a_date_that_its_weekday_confirms_may_have_a_weak_letter() -> None:
    form = page((100, 100, "Pada tanggal"), (400, 100, ": SELASA, 13 OKTOBER 2026"), (100, 130, "Nama Ibu"), (400, 130, ": SITI"))
    weak = (0.99,) * 20 + (0.3,) + (0.99,) * 4
    form[1] = Line(form[1].quad, Reading(form[1].text, weak, form[1].reading.places))
    assert values(letters.read(Kind.SURAT_KELAHIRAN, form))["tanggal_lahir"] == "2026-10-13"
    form[1] = Line(form[1].quad, Reading(form[1].text.replace("SELASA, ", ""), weak[8:], form[1].reading.places[8:]))
    assert "tanggal_lahir" not in values(letters.read(Kind.SURAT_KELAHIRAN, form))


def test_what_a_box_caught_of_its_label_is_no_part_of_the_value() -> None:
    form = page((100, 100, "Nama Ibu"), (400, 100, "3: DWI BASUKI"), (100, 130, "Nama Ayah"), (400, 130, "h : AGUS SALIM"))
    assert values(letters.read(Kind.SURAT_KELAHIRAN, form)) == {"nama_ibu": "DWI BASUKI", "nama_ayah": "AGUS SALIM"}


def test_a_certificate_in_english_tells_mother_father_and_day() -> None:
    stated = page(
        (100, 100, "This is to certify that a baby GIRL named"),
        (100, 130, "ARUNIKA KINASIH was born to"),
        (100, 160, "Mother : SRI LESTARI NINGRUM"),
        (100, 190, "Father : AGUS PRIYANTO"),
        (100, 220, "on Monday, November 9, 2026 at 04:25 AM"),
    )
    found = values(letters.read(Kind.SURAT_KELAHIRAN, stated))
    assert found["nama_ibu"] == "SRI LESTARI NINGRUM" and found["nama_ayah"] == "AGUS PRIYANTO" and found["tanggal_lahir"] == "2026-11-09"


LABELS = (
    "Nama bayi",
    "Jenis kelamin",
    "Hari, tanggal",
    "Pukul",
    "Berat badan",
    "Panjang badan",
    "Anak ke",
    "Nama ibu",
    "NIK ibu",
    "Nama ayah",
)


def test_a_form_that_nobody_has_filled_in_is_blank_and_one_with_two_entries_is_not() -> None:
    rows = [(100, 100 + 30 * place, label) for place, label in enumerate(LABELS)]
    assert letters.read(Kind.SURAT_KELAHIRAN, page(*rows, (400, 130, "......"))).blank
    assert not letters.read(Kind.SURAT_KELAHIRAN, page(*rows, (400, 310, "SITI RAHAYU"), (400, 370, "BUDI"), (400, 130, "Laki-laki"))).blank


def test_a_book_that_prints_bin_and_binti_for_both_tells_the_couple_apart_by_its_headings() -> None:
    book = page(
        (100, 60, "KUTIPAN AKTA NIKAH"), (100, 100, "Nomor : 0212/014/III/2024"),
        (100, 130, "Pada hari Ahad, tanggal 10 Maret 2024 M telah dilangsungkan akad nikah"), (300, 170, "SUAMI/"), (900, 170, "ISTRI/"),
        (100, 210, "Nama lengkap"), (300, 210, ": AGUS PRIYANTO"), (700, 210, "Nama lengkap"), (900, 210, ": SRI LESTARI"),
        (300, 245, "..."), (100, 280, "bin/binti"), (300, 280, ": SUTARMAN"), (700, 280, "bin/binti"), (900, 280, ": KASMIRAN"),
    )  # fmt: skip
    found = values(letters.read(Kind.SURAT_NIKAH, book))
    assert (found["suami"], found["istri"]) == ("AGUS PRIYANTO", "SRI LESTARI")
