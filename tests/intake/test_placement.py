"""A card goes where its person belongs; who can't be told is asked for, never guessed."""

import pytest

from documents import Kind
from intake.placement import Card, Family, Place, place_all
from standard.kinds import Item
from standard.requirements import Conditions, Reporter

FATHER = {"nik": "3316990101900001", "nama": "BUDI SPESIMEN", "jenis_kelamin": "LAKI-LAKI"}
MOTHER = {"nik": "3316994202920002", "nama": "SARI SPESIMEN", "jenis_kelamin": "PEREMPUAN"}
JOKO = {"nik": "3316990303800003", "nama": "JOKO SPESIMEN", "jenis_kelamin": "LAKI-LAKI"}
TUTIK = {"nik": "3316994404810004", "nama": "TUTIK SPESIMEN", "jenis_kelamin": "PEREMPUAN"}
KK = {"anggota": [{**FATHER, "shdk": "KEPALA KELUARGA"}, {**MOTHER, "shdk": "ISTRI"}]}
WANTED = (Item.KK, Item.KTP_PELAPOR, Item.KTP_SAKSI_1, Item.KTP_SAKSI_2)


def family(
    reporter: Reporter | None = Reporter.AYAH, placed: dict[Item, dict[str, object]] | None = None, wanted: tuple[Item, ...] = WANTED
) -> Family:
    return Family(Conditions(pelapor=reporter), wanted, {Item.KK: KK} if placed is None else placed)


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
