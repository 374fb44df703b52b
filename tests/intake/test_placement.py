"""A card goes where its person belongs; who can't be told is asked for, never guessed."""

import pytest

from documents import Kind
from intake.placing.placement import Card, Family, Place, place_all
from standard.kinds import Item
from standard.requirements import Conditions, KtpStatus, Reporter

FATHER = {"nik": "3316990101900001", "nama": "BUDI SPESIMEN", "jenis_kelamin": "LAKI-LAKI"}
MOTHER = {"nik": "3316994202920002", "nama": "SARI SPESIMEN", "jenis_kelamin": "PEREMPUAN"}
JOKO = {"nik": "3316990303800003", "nama": "JOKO SPESIMEN", "jenis_kelamin": "LAKI-LAKI"}
TUTIK = {"nik": "3316994404810004", "nama": "TUTIK SPESIMEN", "jenis_kelamin": "PEREMPUAN"}
KK = {"anggota": [{**FATHER, "shdk": "KEPALA KELUARGA"}, {**MOTHER, "shdk": "ISTRI"}]}
WANTED = (Item.KK, Item.KTP_PELAPOR, Item.KTP_SAKSI_1, Item.KTP_SAKSI_2)


def family(
    reporter: Reporter | None = Reporter.AYAH, placed: dict[Item, dict[str, object]] | None = None, wanted: tuple[Item, ...] = WANTED
) -> Family:
    conditions = Conditions(reporter, 1, True, True, None, KtpStatus.KAWIN, KtpStatus.KAWIN)
    return Family(conditions, wanted, {Item.KK: KK} if placed is None else placed)


def ktp(person: dict[str, str], hint: str | None = None) -> Card:
    return Card(Kind.KTP, person, hint)


def items(cards: list[Card], known: Family) -> list[Item | None]:
    return [place.item for place in place_all(cards, known)]


def test_the_reporter_and_two_witnesses_in_any_order() -> None:
    assert items([ktp(TUTIK), ktp(FATHER), ktp(JOKO)], family()) == [Item.KTP_SAKSI_1, Item.KTP_PELAPOR, Item.KTP_SAKSI_2]


def test_the_kk_of_the_same_batch_counts() -> None:
    cards = [ktp(JOKO), Card(Kind.KK, KK), ktp(MOTHER)]
    assert items(cards, family(Reporter.IBU, {})) == [Item.KTP_SAKSI_1, Item.KK, Item.KTP_PELAPOR]


def test_the_papers_tell_whose_a_card_is_where_the_kk_does_not() -> None:
    placed = {Item.SURAT_NIKAH: {"suami": "BUDI SPESIMEN", "istri": "SARI SPESIMEN"}}
    assert items([ktp(FATHER)], family(placed=placed)) == [Item.KTP_PELAPOR]


def test_a_parents_own_place_is_taken_where_it_is_asked() -> None:
    wanted = (*WANTED, Item.KTP_IBU)
    assert items([ktp(MOTHER)], family(wanted=wanted)) == [Item.KTP_IBU]


def test_without_any_paper_it_is_asked() -> None:
    (place,) = place_all([ktp(JOKO)], family(placed={}))
    assert place == Place(None, (Item.KTP_PELAPOR, Item.KTP_SAKSI_1))


def test_a_womans_card_is_not_the_reporting_fathers() -> None:
    assert items([ktp(TUTIK)], family(placed={})) == [Item.KTP_SAKSI_1]


def test_what_alone_is_missing_is_what_it_is() -> None:
    placed = {Item.KTP_SAKSI_1: TUTIK, Item.KTP_SAKSI_2: MOTHER}
    assert items([ktp(JOKO)], family(placed=placed)) == [Item.KTP_PELAPOR]


def test_the_same_number_again_goes_to_the_same_place() -> None:
    placed = {Item.KK: KK, Item.KTP_SAKSI_1: JOKO}
    assert items([ktp(JOKO)], family(placed=placed)) == [Item.KTP_SAKSI_1]


@pytest.mark.parametrize(
    ("hint", "item"),
    [("ktp_saksi", Item.KTP_SAKSI_1), ("ktp_pelapor", Item.KTP_PELAPOR), ("ktp_ayah", Item.KTP_PELAPOR), ("ktp_pasangan", Item.KTP_IBU)],
)
def test_a_caption_says_it(hint: str, item: Item) -> None:
    assert items([ktp({}, hint)], family(placed={})) == [item]


def test_before_it_is_known_who_reports_a_parents_card_waits() -> None:
    assert items([ktp(FATHER)], family(None)) == [None]


def test_a_couple_in_the_parents_kk_is_not_mistaken_for_the_heads() -> None:
    kk = {
        "anggota": [
            {**JOKO, "shdk": "KEPALA KELUARGA"},
            {**TUTIK, "shdk": "ISTRI"},
            {**FATHER, "shdk": "ANAK"},
            {**MOTHER, "shdk": "MENANTU"},
        ]
    }
    placed = {Item.KK: kk, Item.SURAT_NIKAH: {"suami": "BUDI SPESIMEN", "istri": "SARI SPESIMEN"}}
    assert items([ktp(FATHER)], family(placed=placed)) == [Item.KTP_PELAPOR]


def test_grandparents_in_the_kk_may_be_witnesses() -> None:
    kk = {
        "anggota": [
            {**JOKO, "shdk": "KEPALA KELUARGA"},
            {**TUTIK, "shdk": "ISTRI"},
            {**FATHER, "shdk": "ANAK"},
            {**MOTHER, "shdk": "MENANTU"},
        ]
    }
    placed = {Item.KK: kk, Item.SURAT_NIKAH: {"suami": "BUDI SPESIMEN", "istri": "SARI SPESIMEN"}}
    assert items([ktp(JOKO), ktp(FATHER)], family(placed=placed)) == [Item.KTP_SAKSI_1, Item.KTP_PELAPOR]
    assert items([ktp(MOTHER)], family(Reporter.IBU, {Item.KK: kk})) == [Item.KTP_PELAPOR]


def test_a_card_of_the_couple_in_the_kk_is_never_a_witness_even_where_its_place_is_not_asked() -> None:
    assert items([ktp(FATHER), ktp(JOKO), ktp(TUTIK)], family(Reporter.IBU)) == [None, Item.KTP_SAKSI_1, Item.KTP_SAKSI_2]


def test_a_card_that_is_not_married_goes_to_its_parents_place_though_the_answer_did_not_ask_for_it() -> None:
    assert items([ktp({**FATHER, "status_perkawinan": "BELUM KAWIN"})], family(Reporter.IBU)) == [Item.KTP_AYAH]


def test_while_a_parents_card_may_yet_be_asked_an_unknown_card_is_nobodys() -> None:
    unknown = Family(Conditions(pelapor=Reporter.IBU), WANTED, {})
    (place,) = place_all([ktp(JOKO)], unknown)
    assert place.item is None and set(place.candidates) == {Item.KTP_AYAH, Item.KTP_SAKSI_1}


def test_the_heads_name_alone_keeps_his_card_from_being_a_witness() -> None:
    first_pass = {Item.KK: {"kepala_keluarga": "BUDI SPESIMEN"}}
    assert items([ktp(FATHER), ktp(JOKO)], family(placed=first_pass)) == [Item.KTP_PELAPOR, Item.KTP_SAKSI_1]


def test_the_maker_of_a_statement_is_the_reporter() -> None:
    placed = {Item.SPTJM_PASUTRI: {"nama": "SARI SPESIMEN", "nik": MOTHER["nik"]}}
    assert items([ktp(TUTIK), ktp(MOTHER)], family(Reporter.IBU, placed)) == [Item.KTP_SAKSI_1, Item.KTP_PELAPOR]


def test_a_witness_with_the_fathers_name_is_told_apart_by_the_number() -> None:
    namesake = {**JOKO, "nama": "BUDI SPESIMEN"}
    assert items([ktp(namesake), ktp(FATHER)], family()) == [Item.KTP_SAKSI_1, Item.KTP_PELAPOR]


def test_a_grown_daughter_who_sends_her_card_may_be_the_mother_so_it_is_asked() -> None:
    kk = {"anggota": [{**JOKO, "shdk": "KEPALA KELUARGA"}, {**TUTIK, "shdk": "ISTRI"}, {**MOTHER, "shdk": "ANAK"}]}
    assert items([ktp(MOTHER)], family(Reporter.IBU, {Item.KK: kk})) == [None]
    letter = {Item.KK: kk, Item.SURAT_KELAHIRAN: {"nama_ibu": "SARI SPESIMEN"}}
    assert items([ktp(TUTIK), ktp(MOTHER), ktp(JOKO)], family(Reporter.IBU, letter)) == [
        Item.KTP_SAKSI_1, Item.KTP_PELAPOR, Item.KTP_SAKSI_2,
    ]  # fmt: skip


def test_what_was_said_by_hand_stays_against_all_evidence() -> None:
    said = Card(Kind.KTP, FATHER, None, Item.KTP_SAKSI_2, said=True)
    assert items([said, ktp(JOKO)], family()) == [Item.KTP_SAKSI_2, Item.KTP_SAKSI_1]


def test_a_witness_keeps_the_place_they_have() -> None:
    standing = Card(Kind.KTP, TUTIK, None, Item.KTP_SAKSI_2)
    assert items([ktp(JOKO), standing], family()) == [Item.KTP_SAKSI_1, Item.KTP_SAKSI_2]


def test_a_third_neighbours_card_is_asked_about_and_the_two_stay() -> None:
    two = [Card(Kind.KTP, JOKO, None, Item.KTP_SAKSI_1), Card(Kind.KTP, TUTIK, None, Item.KTP_SAKSI_2)]
    third = {"nik": "3316990505700006", "nama": "MARDI SPESIMEN", "jenis_kelamin": "LAKI-LAKI"}
    places = place_all([*two, ktp(third)], family())
    assert [place.item for place in places] == [Item.KTP_SAKSI_1, Item.KTP_SAKSI_2, None]
    assert Item.KTP_PELAPOR in places[2].candidates
