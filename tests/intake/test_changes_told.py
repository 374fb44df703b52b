"""At the summary a yes is a yes only beside thanks and questions, and each change is the one that was named."""

from datetime import date
from typing import Any

import pytest

from bench.values_state import draft_at
from intake.questions.changed_keys import Key
from intake.questions.changes import read_changes

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    "text",
    [
        "bener kabeh, mugi dados anak sholeh",
        "betul. kapan diambil aktanya?",
        "mboten usah dipun gantos, sampun leres",
        "ya wis ngono wae",
        "leres sedaya, matur nuwun sanget",
    ],
)
def test_thanks_wishes_and_questions_leave_a_yes(text: str) -> None:
    assert read_changes(text, draft_at("summary", {}), TODAY).agrees


@pytest.mark.parametrize(
    "text",
    [
        "betul pak, nama ibunya siapa ya?",
        "ya, besok saya kirim lagi",
        "benar. kalau salah gimana?",
        "bener bu, kok fotone ora ana?",
        "benar, tapi beratnya 3000",
        "iya benar, tanggalnya 12",
    ],
)
def test_whatever_else_is_said_is_no_yes(text: str) -> None:
    assert not read_changes(text, draft_at("summary", {}), TODAY).agrees


@pytest.mark.parametrize(
    ("known", "text", "values"),
    [
        ({"tanggal_lahir": "2026-11-12"}, "tanggalnya bukan 12 tapi 13", {Key("tanggal_lahir", 0): "2026-11-13"}),
        ({"pukul": "15:00"}, "jamnya setengah tiga bukan jam tiga", {Key("pukul", 0): "14:30"}),
        ({"ayah_tanggal_lahir": "1949-05-06"}, "bapake lair 1994 dudu 1949", {Key("ayah_tanggal_lahir"): "1994-05-06"}),
        ({"panjang": 47}, "berat sudah betul, panjangnya yang salah, 49", {Key("panjang", 0): 49}),
        ({"nama_ibu": "SUMINI"}, "ibune jenenge Suminah, sing ditulis jenenge mbahe", {Key("nama_ibu"): "SUMINAH"}),
        (
            {"nama_anak": "DONI PRIYO", "nama_ayah": "EKO PRIYO"},
            "nama anak sama nama bapak tertukar",
            {Key("nama_anak", 0): "EKO PRIYO", Key("nama_ayah"): "DONI PRIYO"},
        ),
        (
            {"ibu_tanggal_lahir": "1990-01-02", "ayah_tanggal_lahir": "1995-03-04"},
            "tanggal lahir bapak karo ibu kewalik",
            {Key("ibu_tanggal_lahir"): "1995-03-04", Key("ayah_tanggal_lahir"): "1990-01-02"},
        ),
    ],
)
def test_the_named_value_changes_and_no_other(known: dict[str, Any], text: str, values: dict[Key, Any]) -> None:
    assert read_changes(text, draft_at("summary", known), TODAY).values == values
