"""How the parents stand in the KK is read from what people say of it, and asked again where it stays open."""

import pytest

from intake.reading.family_card import read_family_card_said


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("tasih nunut KK simbah, bojo kula dados mantu", "anak_menantu"),
        ("belum pecah kk pak, ikut bapak saya", "anak_menantu"),
        ("suami belum masuk kk kami", "tidak"),
        ("kk ne dewe dewe pak", "tidak"),
        ("bapake ora mlebu kk", "tidak"),
        ("dulu melu mertua, saiki wis kk dewe", "kepala_istri"),
        ("suami kepala keluarga, saya istri", "kepala_istri"),
        ("satu kk pak", None),
        ("KK lagi diurus pecah di kelurahan", None),
        ("maksudnya bagaimana pak?", None),
    ],
)
def test_the_kk_is_read_as_told(text: str, stated: str | None) -> None:
    assert read_family_card_said(text) == stated
