"""What stands in a draft is changed one value at a time: only what a message names."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from intake.drafts.model import Child, Draft
from intake.questions.changed_keys import Key
from intake.questions.changes import read_changes
from standard.requirements import Reporter

TODAY = date(2026, 11, 30)
AT = datetime(2026, 11, 30, tzinfo=UTC)
FACTS = {
    "jenis_kelamin": "P", "tanggal_lahir": "2026-11-20", "pukul": "07:00", "tempat_dilahirkan": "puskesmas", "tempat_kelahiran": "BLORA",
    "kelahiran_ke": 2, "penolong": "bidan_perawat", "berat": 3100, "panjang": 49,
}  # fmt: skip


def draft() -> Draft:
    made = Draft(contact="c", created_at=AT, updated_at=AT, agreed=True, nama_ibu="SITI KHOTIMAH", nama_ayah="SUPRIYADI")
    made.children = [Child(nama="ARKA SAPUTRA", confirmed=True, fields=dict(FACTS))]
    made.conditions.pelapor, made.conditions.ada_surat_nikah, made.conditions.ada_surat_kelahiran = Reporter.IBU, True, True
    made.parent_births = {"ayah_tanggal_lahir": "1996-07-11", "ibu_tanggal_lahir": "1999-04-05"}
    return made


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("udah bener, cuma beratnya 3000 gram ya", {"berat": 3000}),
        ("jam e dudu pitu esuk nanging pitu bengi", {"pukul": "19:00"}),
        ("tgl lahir bukan 20 tapi 22 nov", {"tanggal_lahir": "2026-11-22"}),
        ("bulannya salah bukan november, oktober", {"tanggal_lahir": "2026-10-20"}),
        ("lairipun wonten Bojonegoro, sanes Blora", {"tempat_kelahiran": "BOJONEGORO"}),
        ("nama ibu kurang h, Siti Khothimah", {"nama_ibu": "SITI KHOTHIMAH"}),
        ("Bapak e sanes Supriyadi, Supriyanto", {"nama_ayah": "SUPRIYANTO"}),
        ("tgl lahir bapake 17 dudu 11", {"ayah_tanggal_lahir": "1996-07-17"}),
        ("nama ibu sama nama bapak ketukar", {"nama_ibu": "SUPRIYADI", "nama_ayah": "SITI KHOTIMAH"}),
        ("berat bayinya dikosongi saja", {"berat": "tidak_tahu"}),
        ("panjange 48, liyane wis bener", {"panjang": 48}),
    ],
)
def test_a_correction_changes_what_it_names_and_nothing_else(text: str, values: dict[str, Any]) -> None:
    changes = read_changes(text, draft(), TODAY)
    assert {key.field: value for key, value in changes.values.items()} == values
    assert not changes.agrees and not changes.ask


@pytest.mark.parametrize(
    ("text", "field"), [("tanggalnya salah", "tanggal_lahir"), ("jam lahirnya keliru bu", "pukul"), ("asmanipun lare lepat", "nama_anak")]
)
def test_what_is_wrong_without_a_new_value_is_asked_alone(text: str, field: str) -> None:
    changes = read_changes(text, draft(), TODAY)
    assert changes.ask == [Key(field, 0)] and not changes.values


@pytest.mark.parametrize("text", ["ya kirim", "kirim saja pak", "sampun leres, monggo dikintun", "ya, boleh dikirim"])
def test_to_have_it_sent_agrees(text: str) -> None:
    assert read_changes(text, draft(), TODAY).agrees


@pytest.mark.parametrize(
    "text", ["jangan dikirim dulu", "belum, nanti saja kirimnya", "kirim ke alamat lain saja", "kirim foto kk lagi ya"]
)
def test_another_word_of_sending_does_not(text: str) -> None:
    assert not read_changes(text, draft(), TODAY).agrees


@pytest.mark.parametrize("text", ["ya", "sudah benar semua", "tidak ada yang salah", "mboten wonten ingkang lepat", "nggih leres"])
def test_a_plain_yes_agrees_also_by_two_denials(text: str) -> None:
    assert read_changes(text, draft(), TODAY).agrees


@pytest.mark.parametrize(
    "text",
    ["benar, tapi maaf sinyal jelek", "tunggu tak baca dulu", "belum benar", "bukan salah pak, cuma mau nanya", "maaf ini siapa ya?"],
)
def test_anything_beside_a_yes_is_no_yes(text: str) -> None:
    assert not read_changes(text, draft(), TODAY).agrees
