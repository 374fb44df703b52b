"""Where and when a parent was born: read from one message that tells more, from cards, and asked for only where nobody could look it up."""

from datetime import UTC, date, datetime

import pytest

from intake.drafts.model import Child, Document, Draft
from intake.handover.bundle import answers_of
from intake.questions.parent_births import births_needed, births_wanted, read_births, read_needed_births, store_births
from intake.questions.question import NOTHING, Said
from standard.kinds import Item, Kind
from standard.requirements import FamilyCard, Reporter

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, tzinfo=UTC)
ROWS = [
    {"nama": "BUDI SPESIMEN", "nik": "3316990101900001", "shdk": "KEPALA KELUARGA"},
    {"nama": "SARI SPESIMEN", "nik": "3316994202920002", "shdk": "ISTRI"},
]


def draft_with(*documents: Document, reporter: Reporter = Reporter.AYAH) -> Draft:
    draft = Draft(contact="c", created_at=AT, updated_at=AT, children=[Child()], documents=list(documents))
    draft.documents = list(documents)
    draft.conditions.pelapor = reporter
    return draft


def document(item: Item | None, kind: Kind, **fields: object) -> Document:
    return Document(item=item, kind=kind, check_result={"fields": fields}, pages=[], received_at=AT)


KK = document(Item.KK, Kind.KK, anggota=ROWS)
MOTHER = {"nama": "SARI SPESIMEN", "nik": "3316994202920002", "tempat_lahir": "BLORA", "tanggal_lahir": "1992-02-02"}
FATHER = {"nama": "BUDI SPESIMEN", "nik": "3316990101900001", "tempat_lahir": "REMBANG", "tanggal_lahir": "1990-01-01"}
ALL = ("ibu_tempat_lahir", "ibu_tanggal_lahir", "ayah_tempat_lahir", "ayah_tanggal_lahir")


@pytest.mark.parametrize(
    ("text", "births", "rest"),
    [
        (
            "Puskesmas Blora, jam 04.30, anak ke-2, bidan, 3100 gram, 49 cm, ibu Blora 12-5-1995, ayah Rembang 3 Februari 1990",
            ("BLORA", "1995-05-12", "REMBANG", "1990-02-03"),
            "puskesmas blora, jam 04.30, anak ke-2, bidan, 3100 gram, 49 cm",
        ),
        ("ibu lahir di Blora tgl 12 mei 95", ("BLORA", "1995-05-12", None, None), ""),
        ("Blora, 12 Mei 1995", (None, None, None, None), "Blora, 12 Mei 1995"),
        ("Sari: Cepu 12/05/1995\nBudi: Kudus 03/02/1990", ("BLORA", "1995-05-12", "KUDUS", "1990-02-03"), ""),
        ("bapake lair ing Pati 3-2-1990", (None, None, "PATI", "1990-02-03"), ""),
        ("kulo Pati 3-2-1990, ibune Blora 12-5-1995", ("BLORA", "1995-05-12", "PATI", "1990-02-03"), ""),
        ("12 Mei 1995", (None, None, None, None), "12 Mei 1995"),
    ],
)
def test_births_are_told_in_many_ways(text: str, births: tuple[str | None, ...], rest: str) -> None:
    found, left = read_births(text, draft_with(KK), TODAY)
    assert tuple(found.get(name) for name in ALL) == births
    assert left.strip(" ,\n") == rest


@pytest.mark.parametrize(
    "text", ["lahir 3 November 2026", "tanggal 3 wingi", "Puskesmas Blora, jam 04.30", "rt 02 rw 01", "3100 gram 49 cm"]
)
def test_the_childs_birth_is_no_parents(text: str) -> None:
    assert read_births(text, draft_with(KK), TODAY) == ({}, text)


def test_a_card_answers_it_even_where_its_place_is_not_asked_for() -> None:
    assert births_wanted(draft_with(KK)) == ALL
    cards = (document(Item.KTP_PELAPOR, Kind.KTP, **FATHER), document(None, Kind.KTP, **MOTHER))
    assert births_wanted(draft_with(KK, *cards)) == ()
    answers = answers_of(draft_with(KK, *cards))
    assert answers["ibu_tempat_lahir"] == {"value": "BLORA", "source": "ktp_ibu"}
    assert answers["ayah_tanggal_lahir"] == {"value": "1990-01-01", "source": "ktp_pelapor"}


def test_it_is_needed_only_where_the_office_cannot_look_it_up_by_nik() -> None:
    assert births_needed(draft_with(KK)) == ()
    assert births_needed(draft_with()) == ALL


def test_of_a_mother_recorded_alone_the_father_is_not_asked_about() -> None:
    draft = draft_with(reporter=Reporter.IBU)
    draft.conditions.ada_surat_nikah, draft.conditions.hubungan_kk = False, FamilyCard.TIDAK
    assert births_needed(draft) == ALL[:2]


def test_the_question_itself_takes_a_part_and_not_knowing() -> None:
    draft = draft_with()
    store_births(draft, 0, read_needed_births(Said("ibu Blora 12 Mei 1995", TODAY), draft, 0))
    assert births_needed(draft) == ALL[2:]
    assert read_needed_births(Said("sugeng enjing bu", TODAY), draft, 0) is NOTHING
    store_births(draft, 0, read_needed_births(Said("mboten ngertos", TODAY), draft, 0))
    assert births_needed(draft) == ()
    answers = answers_of(draft)
    assert answers["ibu_tanggal_lahir"] == {"value": "1995-05-12", "source": "chat"}
    assert "ayah_tanggal_lahir" not in answers
