"""What stands in a draft is changed one value at a time: only what a message names."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

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


CHANGING = [
    text
    for file in sorted(Path("bench/values").glob("*.yml"))
    for row in yaml.safe_load(file.read_text(encoding="utf-8"))
    if row.get("act") in ("correct", "deny", "complaint") or row["question"] == "summary"
    for text in ([row["says"]] if isinstance(row["says"], str) else row["says"])
]
"""What other authors' applicants wrote to change something."""


@pytest.mark.parametrize("children", range(4))
def test_however_many_children_are_known_a_change_names_none_that_is_not_there(children: int) -> None:
    """Before the number of children is known there is none: a complaint that said `bukan tanggal 3` was a fault."""
    made = draft()
    made.children = [Child(nama=f"ARKA {'ABC'[at]}", confirmed=True, fields=dict(FACTS)) for at in range(children)]
    for text in (*CHANGING, "bukan tanggal 3 tapi 4", "yang ketiga jam 8", "anak kedua beratnya 3000", "bulannya 10"):
        read = read_changes(text, made, TODAY)
        assert all(key.child is None or key.child < children for key in (*read.values, *read.ask)), text
