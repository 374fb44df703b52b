"""What a person puts right in the same breath or in the next message counts, and so does an answer beside a question."""

from typing import Any

import pytest

from actions.catalogue import Catalogue
from bench import values
from bench.values_state import standing
from intake.reading import slips
from runtime.responses import read_responses
from tests.actions.conftest import Office

TEXTS = Catalogue(read_responses())


async def _stands(office: Office, question: str, *says: str, intent: str = "nlu_fallback") -> dict[str, Any]:
    """What stands in the draft after these messages, where this question was open."""
    entry = {"id": "t1", "question": question, "says": list(says), "expect": {}}
    heard = {text: {"intent": intent, "confidence": 0.9 if intent != "nlu_fallback" else 0.0} for text in says}
    played = await values.play(entry, office.intake, TEXTS, heard)
    assert played.draft is not None
    return standing(played.draft)


@pytest.mark.parametrize(
    ("question", "text", "key", "value"),
    [
        ("pelapor", "bapaknya, eh maksud saya pakdenya", "hubungan_pelapor", "paman"),
        ("penolong", "bidan eh dokter ding", "penolong", "dokter"),
        ("jenis_kelamin", "perempuan, ralat laki laki", "jenis_kelamin", "L"),
        ("status_ktp_ibu", "cerai hidup eh kawin maksudku", "status_ktp_ibu", "kawin"),
        ("kelahiran_ke", "pindho. eh telu, siji wis sedo", "kelahiran_ke", 3),
    ],
)
async def test_what_is_put_right_in_the_same_breath_counts(office: Office, question: str, text: str, key: str, value: Any) -> None:
    assert (await _stands(office, question, text))[key] == value


async def test_what_the_next_message_takes_back_is_replaced(office: Office) -> None:
    found = await _stands(office, "jenis_kelamin", "perempuan", "eh laki laki ding")
    assert found["jenis_kelamin"] == "L"


async def test_a_second_thought_without_a_value_changes_nothing(office: Office) -> None:
    found = await _stands(office, "jenis_kelamin", "perempuan", "eh sebentar ya pak")
    assert found["jenis_kelamin"] == "P"


@pytest.mark.parametrize(
    ("question", "text", "key", "value"),
    [
        ("pelapor", "saya ibunya, apa harus datang ke kantor?", "pelapor", "ibu"),
        ("jumlah_anak", "satu. emang kalau kembar formulirnya dua?", "jumlah_anak", 1),
        ("ada_surat_nikah", "ada, difoto sampulnya juga?", "ada_surat_nikah", True),
    ],
)
async def test_an_answer_beside_a_question_is_kept(office: Office, question: str, text: str, key: str, value: Any) -> None:
    assert (await _stands(office, question, text, intent="tanya_prosedur"))[key] == value


@pytest.mark.parametrize("text", ["kalau bapaknya, bisa?", "yang lapor harus ibunya?", "anaknya harus dua, gimana?"])
def test_what_is_only_asked_or_supposed_is_no_answer(text: str) -> None:
    assert slips.beside_question(text) == ""


@pytest.mark.parametrize(
    ("question", "text", "key", "value"),
    [
        ("jumlah_anak", "siji mas, sing kembar mbakyune", "jumlah_anak", 1),
        ("jenis_kelamin", "wedok, wingi aku salah nulis lanang neng kertase", "jenis_kelamin", "P"),
        ("hubungan_kk", "saya kepala keluarga, dia istri di kk itu", "hubungan_kk", "kepala_istri"),
        ("penolong", "dukun bayi mas, wong udan deres", "penolong", "dukun"),
    ],
)
async def test_what_is_remarked_behind_an_answer_leaves_it_as_it_is(office: Office, question: str, text: str, key: str, value: Any) -> None:
    assert (await _stands(office, question, text))[key] == value


@pytest.mark.parametrize(
    "text",
    [
        "saya laki laki, kalau bayinya perempuan",
        "ada, nanti saya cari dulu",
        "dua, tapi yang satu meninggal",
        "sudah tiga, yang ini yang ketiga",
    ],
)
def test_a_first_clause_that_is_taken_back_or_put_off_is_no_answer(text: str) -> None:
    assert slips.answer_first(text) == ""


async def test_a_rank_that_is_told_where_the_number_of_children_is_asked_is_kept(office: Office) -> None:
    found = await _stands(office, "jumlah_anak", "ini anak ke 4 pak")
    assert found["kelahiran_ke"] == 4
    assert "jumlah_anak" not in found
