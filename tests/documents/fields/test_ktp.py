"""A KTP is read from its lines; its NIK is given only when it is sure."""

import numpy as np
import pytest

from documents.fields import ktp
from documents.ocr.engine import Quad, Reading
from documents.ocr.lines import Line
from standard import clock

CARD = np.full((700, 1000, 3), 200, np.uint8)
ROWS = (
    ("Nama", ": SITI RAHAYU"),
    ("Tempat/Tgl Lahir", ": BLORA, 12-04-1992"),
    ("Jenis Kelamin", ": PEREMPUAN"),
    ("Alamat", ": DK. NGRAMBITAN"),
    ("RT/RW", ":003/001"),
    ("Kel/Desa", ": SAMBONGREJO"),
    ("Kecamatan", ": TUNJUNGAN"),
    ("Agama", ":ISLAM"),
    ("Status Perkawinan", ": BELUM KAWIN"),
    ("Pekerjaan", ": WIRASWASTA"),
    ("Kewarganegaraan", ": WNI"),
    ("Berlaku Hingga", ": SEUMUR HIDUP"),
)
NIK = "3316995204920003"


def reading(text: str, chance: float = 0.99) -> Reading:
    return Reading(text, (chance,) * len(text), tuple((place + 0.5) / len(text) for place in range(len(text))))


def line(text: str, left: float, middle: float, height: float = 30, chance: float = 0.99) -> Line:
    right, top, bottom = left + 0.5 * height * len(text), middle - height / 2, middle + height / 2
    return Line(np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32), reading(text, chance))


def card(nik: str = NIK, **changed: str) -> list[Line]:
    lines = [line("PROVINSI JAWA TENGAH", 300, 40), line("NIK", 40, 130), line(f": {nik}", 260, 130, 36)]
    for place, (label, value) in enumerate(ROWS):
        lines += [line(label, 40, 190 + 40 * place), line(changed.get(label, value), 260, 190 + 40 * place)]
    return lines


def alike(*texts: str, chance: float = 0.99) -> ktp.Again:
    def again(quad: Quad) -> list[Reading]:
        return [reading(text, chance) for text in texts]

    return again


def test_every_field_of_a_clear_card_is_read() -> None:
    fields = ktp.read(card(), alike(NIK, NIK), CARD)
    assert {name: value.value for name, value in fields.values.items()} == {
        "nik": NIK,
        "nama": "SITI RAHAYU",
        "tempat_lahir": "BLORA",
        "tanggal_lahir": "1992-04-12",
        "jenis_kelamin": "PEREMPUAN",
        "status_perkawinan": "BELUM KAWIN",
        "agama": "ISLAM",
        "alamat": "DK. NGRAMBITAN",
    }
    assert fields.missing == ()


@pytest.mark.parametrize(
    ("case", "again"),
    [
        ("two readings differ", alike(NIK, "3316995204920002")),
        ("one reading alone", alike(NIK)),
        ("a reading is not sixteen digits", alike("331699520492003", "331699520492003")),
        ("its chance is too small", alike(NIK, NIK, chance=0.7)),
        ("its month is 13", alike("3316995213920003", "3316995213920003")),
    ],
)
def test_a_nik_that_is_not_certain_is_absent(case: str, again: ktp.Again) -> None:
    fields = ktp.read(card(), again, CARD)
    assert "nik" not in fields.values
    assert "nik" in fields.missing


@pytest.mark.parametrize(("label", "printed"), [("Tempat/Tgl Lahir", ": BLORA, 13-04-1992"), ("Jenis Kelamin", ": LAKI-LAKI")])
def test_a_nik_that_the_card_contradicts_is_absent_and_a_doubt(label: str, printed: str) -> None:
    fields = ktp.read(card(**{label: printed}), alike(NIK, NIK), CARD)
    assert "nik" not in fields.values
    assert fields.doubts == ("nik",)


def test_a_nik_without_a_birth_date_to_confirm_it_is_absent() -> None:
    fields = ktp.read(card(**{"Tempat/Tgl Lahir": ": BLORA"}), alike(NIK, NIK), CARD)
    assert "nik" not in fields.values


def test_a_birth_date_is_found_by_the_number_where_its_label_was_not_read() -> None:
    lines = [found for found in card() if not found.text.startswith("Tempat")]
    fields = ktp.read(lines, alike(NIK, NIK), CARD)
    assert fields.values["tanggal_lahir"].value == "1992-04-12"
    assert fields.values["nik"].value == NIK


def test_a_misread_label_still_has_its_value() -> None:
    lines = [found if found.text != "Agama" else line("Agarna", 40, found.middle) for found in card()]
    assert ktp.read(lines, alike(NIK, NIK), CARD).values["agama"].value == "ISLAM"


def test_a_name_under_a_finger_is_not_given() -> None:
    covered = CARD.copy()
    covered[165:215, 470:700] = (190, 130, 95)
    fields = ktp.read(card(), alike(NIK, NIK), covered)
    assert "nama" not in fields.values
    assert [reason.value for reason in fields.obstacles] == ["OCCLUDED"]


def test_a_value_is_read_where_a_finger_lies_on_the_beginning_of_its_label() -> None:
    rows = [found for found in card() if found.text not in ("Status Perkawinan", ": BELUM KAWIN")]
    middle = 190 + 40 * 8
    rest = "awinan: BELUM KAWIN"
    half = line(rest, 260 - 15 * rest.index(":"), middle)
    assert ktp.read([*rows, half], alike(NIK, NIK), CARD).values["status_perkawinan"].value == "BELUM KAWIN"


def test_a_typed_list_of_a_cards_entries_is_no_card() -> None:
    typed = [f"{label} : {value.strip(': ')}" for label, value in (("NIK", NIK), *ROWS)]
    notes = [line(text, 40, 130 + 40 * place) for place, text in enumerate(typed)]
    fields = ktp.read(notes, alike(NIK, NIK), CARD)
    assert fields.listed and not fields.values


def test_a_card_s_day_of_making_never_confirms_its_number() -> None:
    lately = clock.today(clock.now()).year - 3
    nik = f"3316994104{lately % 100:02}0003"
    rows = [found for found in card(nik) if "12-04-1992" not in found.text]
    made = line(f"01-04-{lately}", 700, 600)
    assert "nik" not in ktp.read([*rows, made], alike(nik, nik), CARD).values


def test_a_number_that_a_watermark_runs_into_is_read_from_its_own_part_of_the_line() -> None:
    rows = [found for found in card() if NIK not in found.text]
    mixed = line(f"NIkuka{NIK}26", 40, 130)

    def again(quad: Quad) -> list[Reading]:
        whole = float(quad[1, 0]) > mixed.right - 1
        return [reading(text) for text in ([f"NIkuka{NIK} 26", f"NIkuka{NIK}26"] if whole else [NIK, NIK])]

    assert ktp.read([*rows, mixed], again, CARD).values["nik"].value == NIK


def test_a_name_on_a_card_washed_out_by_the_light_is_not_taken_for_covered() -> None:
    bright = np.full_like(CARD, 255)
    bright[:, 560:] = (235, 225, 185)
    bright[165:215, 250:560] = (240, 231, 196)
    assert ktp.read(card(), alike(NIK, NIK), bright).values["nama"].value == "SITI RAHAYU"


def test_a_card_whose_portrait_lies_beyond_the_picture_is_cut() -> None:
    assert ktp.read(card(), alike(NIK, NIK), np.full((700, 1160, 3), 200, np.uint8)).cut < 0.17
    assert ktp.read(card(), alike(NIK, NIK), CARD[:, :800]).cut > 0.17


def test_a_value_in_one_line_with_its_label_is_not_taken_for_the_label_s_end() -> None:
    rows = [found for found in card() if found.text not in ("Status Perkawinan", ": BELUM KAWIN")]
    middle = 190 + 40 * 8
    beside = [line("Status Perkawinan KAWIN", 40, middle), line("KABUPATEN BLORA", 700, middle)]
    assert ktp.read([*rows, *beside], alike(NIK, NIK), CARD).values["status_perkawinan"].value == "KAWIN"


def test_a_name_half_in_a_hand_s_shadow_is_whole() -> None:
    shaded = CARD.copy()
    shaded[100:600, 420:800] = (82, 86, 92)
    assert ktp.read(card(), alike(NIK, NIK), shaded).values["nama"].value == "SITI RAHAYU"


def test_a_hologram_that_ends_behind_the_name_is_no_finger() -> None:
    gleaming = CARD.copy()
    for step, colour in enumerate(((255, 190, 200), (240, 235, 150), (150, 235, 190), (150, 190, 255), (220, 160, 250))):
        gleaming[100:300, 440 + 30 * step : 470 + 30 * step] = colour
    assert ktp.read(card(), alike(NIK, NIK), gleaming).values["nama"].value == "SITI RAHAYU"


def long_card(key: str, second: str | None) -> list[Line]:
    """A card on which a value goes on in a second line, so that all below stands a row lower; `second` None: that line was not read."""
    place = next(place for place, (label, _) in enumerate(ROWS) if label == key)
    low = 190 + 40 * place
    moved = [
        line(old.text, old.left, old.middle + 40 * (old.middle > low + 20), old.height) if old.middle > low + 20 else old for old in card()
    ]
    return moved if second is None else [*moved, line(second, 260, low + 40)]


@pytest.mark.parametrize(
    ("key", "field", "second", "whole"),
    [
        ("Alamat", "alamat", "GANG MELATI NO. 3", "DK. NGRAMBITAN GANG MELATI NO. 3"),
        ("Nama", "nama", "PUTRI LESTARI", "SITI RAHAYU PUTRI LESTARI"),
    ],
)
def test_a_value_in_two_lines_is_whole_or_not_given(key: str, field: str, second: str, whole: str) -> None:
    fields = ktp.read(long_card(key, second), alike(NIK, NIK), CARD)
    assert fields.values[field].value == whole
    assert (fields.values["status_perkawinan"].value, fields.values["nik"].value) == ("BELUM KAWIN", NIK)
    unread = ktp.read(long_card(key, None), alike(NIK, NIK), CARD)
    assert field not in unread.values
    assert ("nama" in unread.missing) == (field == "nama")
