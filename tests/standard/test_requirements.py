"""The requirement rows ask each family for what the seed asks, and no family is left without a way."""

import itertools
from dataclasses import replace

import pytest

from standard.kinds import Item
from standard.requirements import (
    Conditions,
    FamilyCard,
    KtpStatus,
    Reporter,
    RequirementFault,
    checklist,
    form_of,
    possible_items,
    read,
    standard,
    still_possible,
)

MARRIED = Conditions(Reporter.AYAH, 1, True, True, None, KtpStatus.KAWIN, KtpStatus.KAWIN)
BASE = {Item.KK, Item.KTP_PELAPOR, Item.KTP_SAKSI_1, Item.KTP_SAKSI_2}


def test_a_married_couple_with_both_papers() -> None:
    assert set(checklist(MARRIED)) == BASE | {Item.SURAT_KELAHIRAN, Item.SURAT_NIKAH}


@pytest.mark.parametrize("relation", [FamilyCard.KEPALA_ISTRI, FamilyCard.ANAK_MENANTU])
def test_without_papers_the_forms_take_their_place(relation: FamilyCard) -> None:
    asked = checklist(Conditions(Reporter.AYAH, 1, False, False, relation, None, KtpStatus.KAWIN))
    assert set(asked) == BASE | {Item.SPTJM_KELAHIRAN, Item.SPTJM_PASUTRI}


def test_a_mother_alone_is_asked_for_no_marriage_paper() -> None:
    conditions = Conditions(Reporter.IBU, 1, True, False, FamilyCard.TIDAK)
    assert set(checklist(conditions)) == BASE | {Item.SURAT_KELAHIRAN}
    assert conditions.mother_alone


def test_a_parents_card_is_asked_where_it_does_not_say_kawin_and_is_not_the_reporters() -> None:
    asked = checklist(Conditions(Reporter.AYAH, 1, True, True, None, KtpStatus.BELUM_KAWIN, KtpStatus.CERAI_HIDUP))
    assert Item.KTP_IBU in asked and Item.KTP_AYAH not in asked


def test_no_family_dead_ends_and_none_is_asked_for_a_paper_and_its_form() -> None:
    for values in itertools.product(Reporter, (1, 2), (True, False), (True, False), (None, *FamilyCard), KtpStatus, KtpStatus):
        asked = set(checklist(Conditions(*values)))
        assert asked >= BASE
        assert not {Item.SURAT_KELAHIRAN, Item.SPTJM_KELAHIRAN} <= asked
        assert not {Item.SURAT_NIKAH, Item.SPTJM_PASUTRI} <= asked


def test_nothing_is_asked_on_conditions_that_are_not_known() -> None:
    assert set(checklist(Conditions())) == BASE


def test_the_office_switches_witnesses_off_and_parents_cards_on() -> None:
    from standard import facts

    content = facts.load("requirements")
    without = read({**content, "settings": {**content["settings"], "ktp_saksi": "tidak"}})
    assert not {Item.KTP_SAKSI_1, Item.KTP_SAKSI_2} & {*checklist(MARRIED, without), *possible_items(without)}
    always = read({**content, "settings": {**content["settings"], "ktp_orang_tua": "selalu"}})
    assert Item.KTP_IBU in checklist(MARRIED, always)


def test_a_file_with_an_unknown_condition_is_a_fault_at_start() -> None:
    settings = {"ktp_orang_tua": "selalu", "ktp_saksi": "wajib", "retakes": 2, "late_days": 60, "draft_days": 30}
    with pytest.raises(RequirementFault, match="cuaca"):
        read({"service": "kelahiran", "form": "F-2.01", "settings": settings, "items": [{"item": "kk", "when": [{"cuaca": "cerah"}]}]})
    with pytest.raises(RequirementFault):
        read({"service": "kelahiran", "form": "F-2.01", "settings": settings, "items": [{"item": "paspor", "when": [{}]}]})


def test_the_forms_have_their_codes() -> None:
    assert form_of(Item.SPTJM_KELAHIRAN) == "F-2.03" and form_of(Item.SPTJM_PASUTRI) == "F-2.04" and form_of(Item.KK) is None
    assert standard().form == "F-2.01"


def test_what_may_yet_be_asked_holds_whatever_is_still_to_be_said() -> None:
    mother = Conditions(pelapor=Reporter.IBU, ada_surat_nikah=False)
    assert still_possible(mother) >= {Item.KTP_AYAH, Item.SPTJM_PASUTRI, Item.SURAT_KELAHIRAN} and Item.SURAT_NIKAH not in still_possible(
        mother
    )
    assert Item.KTP_IBU not in still_possible(mother), "the reporting mother's card is the reporter's"
    for said in FamilyCard:
        assert still_possible(mother) >= set(checklist(replace(mother, hubungan_kk=said, status_ktp_ayah=KtpStatus.CERAI_MATI)))
    assert still_possible(MARRIED) == set(checklist(MARRIED))
