"""People who do not exist, whose numbers and papers agree."""

import re
from datetime import date

import pytest

from simulator.specimen import people

FAMILIES = [people.family(seed) for seed in range(120)]


def everyone(family: people.Family) -> list[people.Person]:
    listed = [family.ayah, family.ibu, family.bayi, *family.saksi, *(m.person for m in family.anggota)]
    return [person for person in listed if person]


def test_every_number_lies_in_the_region_that_does_not_exist() -> None:
    for family in FAMILIES:
        assert family.no_kk.startswith("331699")
        assert all(person.nik.startswith("331699") for person in everyone(family))


def test_every_nik_says_the_birth_date_and_the_sex() -> None:
    for family in FAMILIES:
        for person in everyone(family):
            day = int(person.nik[6:8]) - (0 if person.laki else 40)
            assert (day, int(person.nik[8:10]), int(person.nik[10:12])) == (
                person.tanggal_lahir.day,
                person.tanggal_lahir.month,
                person.tanggal_lahir.year % 100,
            )
            assert re.fullmatch(r"\d{16}", person.nik)
            assert person.nik[12:] != "0000"


def test_the_kk_number_holds_a_day_that_is_no_womans() -> None:
    for family in FAMILIES:
        assert 1 <= int(family.no_kk[6:8]) <= 31


def test_the_same_seed_gives_the_same_family_and_another_seed_another() -> None:
    assert people.family(5) == people.family(5)
    assert people.family(5) != people.family(6)


def test_parents_and_witnesses_have_four_different_niks() -> None:
    for family in FAMILIES:
        adults = [p.nik for p in (family.ayah, family.ibu, *family.saksi) if p]
        assert len(set(adults)) == len(adults)


@pytest.mark.parametrize(
    ("situation", "shdk", "status"),
    [
        ("menikah", ["KEPALA KELUARGA", "ISTRI"], "KAWIN TERCATAT"),
        ("belum_tercatat", ["KEPALA KELUARGA", "ISTRI"], "KAWIN BELUM TERCATAT"),
        ("ibu", ["KEPALA KELUARGA", "ISTRI", "ANAK"], "BELUM KAWIN"),
        ("menumpang", ["KEPALA KELUARGA", "ISTRI", "ANAK", "MENANTU"], "KAWIN TERCATAT"),
    ],
)
def test_each_situation_shows_in_the_kk(situation: str, shdk: list[str], status: str) -> None:
    for seed in range(20):
        family = people.family(seed, situation)
        assert [member.shdk for member in family.anggota][: len(shdk)] == shdk
        row = next(member for member in family.anggota if member.person.nik == family.ibu.nik)
        assert row.person.status_kk == status


def test_only_a_married_couple_has_a_marriage_number() -> None:
    for situation in people.SITUATIONS:
        family = people.family(3, situation)
        assert (family.nomor_nikah is not None) == (situation in ("menikah", "menumpang"))


def test_the_baby_is_younger_than_sixty_days_and_the_parents_are_grown() -> None:
    for family in FAMILIES:
        assert 0 < (people.TODAY - family.bayi.tanggal_lahir).days < 60
        for parent in (family.ayah, family.ibu):
            assert parent is None or parent.tanggal_lahir < date(2008, 1, 1)


def test_children_bear_their_parents_names() -> None:
    for family in FAMILIES:
        for member in family.anggota:
            if member.shdk in ("ANAK", "CUCU") and member.person.nik not in (family.ibu.nik, family.ayah.nik if family.ayah else ""):
                assert member.person.ibu == family.ibu.nama
