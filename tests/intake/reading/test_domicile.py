"""Whose KK is from where, as people tell it: the mother's counts, and a place of work or of birth is no KK."""

import pytest

from intake.reading.domicile import read_domicile


@pytest.mark.parametrize(
    "text",
    [
        "KK saya rembang, istri KK blora ikut mertua",
        "kk istri saya blora, kk saya rembang",
        "suami kk pati, saya kk blora",
        "bapake kk tuban ibune kk cepu",
        "kartu keluarga saya bojonegoro, istri blora",
        "kk suami luar kota, kk istri blora",
        "KK saya rembang pak, istri saya blora",
    ],
)
def test_the_mother_is_from_here_and_the_father_from_elsewhere(text: str) -> None:
    said = read_domicile(text)
    assert said.elsewhere and said.here == {"ayah": False, "ibu": True}


@pytest.mark.parametrize("text", ["kk suami blora kk saya pati", "suami kk blora, saya masih kk rembang", "kk ibune pati kk bapake blora"])
def test_the_mother_is_from_elsewhere(text: str) -> None:
    assert read_domicile(text).here == {"ayah": True, "ibu": False}


@pytest.mark.parametrize(("writer", "mother"), [("ayah", True), ("ibu", False), (None, None)])
def test_my_spouse_is_told_by_who_writes(writer: str | None, mother: bool | None) -> None:
    said = read_domicile("kkku rembang, bojoku kk blora melu maratuwa", writer)
    assert said.elsewhere and said.here.get("ibu") is mother


@pytest.mark.parametrize("text", ["kk kami masih kudus", "kk kulo tuban", "kk bukan blora", "kknya luar kota", "dudu blora kk ku pati"])
def test_a_kk_from_elsewhere_is_heard(text: str) -> None:
    assert read_domicile(text).elsewhere


@pytest.mark.parametrize(
    "text",
    [
        "kk blora",
        "iya KK blora, lanjut mbak",
        "KK istri saya blora jadi lanjut saja",
        "anak lahir di rembang, kk blora",
        "bapake KTP surabaya, statuse durung kawin",
        "suami kerja di semarang, kk kami blora",
        "ibu lahir di pati 3 mei 1998",
        "kk ikut mertua",
        "asli rembang tapi kk blora",
    ],
)
def test_a_kk_from_here_and_a_place_that_is_no_kk_are_not(text: str) -> None:
    assert not read_domicile(text).elsewhere
