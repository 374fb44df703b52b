"""Nothing is stored or erased in silence: each key of the draft has words, and each answer says every key that its message changed."""

from datetime import UTC, datetime
from typing import Any

import pytest
import yaml

from actions import noted
from actions.catalogue import Catalogue
from bench import values
from bench.values_state import draft_at
from intake.drafts.model import Child, ConditionAnswers, Draft
from intake.questions.changed_keys import Key
from intake.questions.standing import PLACE_ONLY, changed, standing
from runtime.responses import read_responses
from standard.birth_form import UNKNOWN, birth_fields
from standard.requirements import FamilyCard, KtpStatus, Reporter
from tests.actions.conftest import Office

TEXTS = Catalogue(read_responses())
NOW = datetime(2026, 11, 30, tzinfo=UTC)
FACTS: dict[str, list[Any]] = {
    "jenis_kelamin": ["L", "P"], "tanggal_lahir": ["2026-11-20"], "pukul": ["04:30", UNKNOWN], "tempat_kelahiran": ["BLORA"],
    "tempat_dilahirkan": ["rs_rb", "puskesmas", "polindes", "rumah", "lainnya"], "kelahiran_ke": [2], "berat": [3050, UNKNOWN],
    "penolong": ["dokter", "bidan_perawat", "dukun", "lainnya"], "panjang": [49, UNKNOWN],
}  # fmt: skip
STATUSES = [one.value for one in KtpStatus]
BUNDLE: dict[str, list[Any]] = {
    "pelapor": [one.value for one in Reporter], "jumlah_anak": [1, 2], "ada_surat_kelahiran": [True, False],
    "ada_surat_nikah": [True, False], "hubungan_kk": [one.value for one in FamilyCard], "status_ktp_ayah": STATUSES,
    "status_ktp_ibu": STATUSES, "hubungan_pelapor": ["nenek", "bidan desa"], "nama_ibu": ["SARI"], "nama_ayah": ["BUDI"],
    "email": ["sari@contoh.id"], "alamat_kia": ["kk", PLACE_ONLY, "Dukuh Krajan RT 2"],
    **{f"{who}_tempat_lahir": ["PATI", UNKNOWN] for who in ("ibu", "ayah")},
    **{f"{who}_tanggal_lahir": ["1995-05-12", UNKNOWN] for who in ("ibu", "ayah")},
}  # fmt: skip


def _everything() -> Draft:
    draft = Draft(contact="c", created_at=NOW, updated_at=NOW, nama_ibu="SARI", nama_ayah="BUDI", email="s@contoh.id")
    draft.conditions = ConditionAnswers(
        pelapor=Reporter.LAIN, jumlah_anak=1, ada_surat_kelahiran=True, ada_surat_nikah=False, hubungan_kk=FamilyCard.TIDAK,
        status_ktp_ayah=KtpStatus.KAWIN, status_ktp_ibu=KtpStatus.KAWIN,
    )  # fmt: skip
    draft.hubungan_pelapor, draft.alamat_kia = "nenek", {"alamat": "kk", "location": None}
    draft.parent_births = {f"{who}_{name}": UNKNOWN for who in ("ibu", "ayah") for name in ("tempat_lahir", "tanggal_lahir")}
    draft.children = [Child(nama="SITI AMINAH", fields={field.name: UNKNOWN for field in birth_fields()})]
    return draft


@pytest.mark.parametrize("key", list(standing(_everything())), ids=lambda key: key.field)
def test_every_key_and_value_of_a_draft_has_words(key: Key) -> None:
    given = [*(BUNDLE.get(key.field) or FACTS.get(key.field) or ["SITI AMINAH"])]
    said = [noted.worded(TEXTS, _everything(), key, value, labelled=labelled) for value in given for labelled in (True, False)]
    assert all(said) and noted.label(TEXTS, _everything(), key)


def test_every_part_that_is_compared_is_brought_back_by_a_bukan() -> None:
    assert standing(_everything()).keys() == {Key(name) for name in BUNDLE} | {
        Key("nama_anak", 0),
        *(Key(field.name, 0) for field in birth_fields()),
    }
    blank = Draft(contact="c", created_at=NOW, updated_at=NOW)
    full = _everything()
    noted.restore(full, noted.kept(blank))
    assert standing(full) == standing(blank)


MESSAGES = [
    entry for path in values.SETS for entry in yaml.safe_load(path.read_text("utf-8"))[::11] if not entry["question"].endswith(("_1", "_2"))
]


@pytest.mark.parametrize("entry", MESSAGES, ids=lambda entry: entry["id"])
async def test_every_change_is_said_and_a_bukan_takes_back_just_that(office: Office, entry: dict[str, Any]) -> None:
    played = await values.play(entry, office.intake, TEXTS, {})
    if played.draft is None or played.draft.state != "open":
        return
    begun = draft_at(entry["question"], entry.get("known") or {})
    differs = changed(standing(begun), standing(played.draft))
    silent = [key for key, value in differs.items() if not noted.stands_in(TEXTS, played.draft, key, value, played.answer)]
    assert not silent, played.answer
    if isinstance(entry["says"], str) and noted.kept(played.draft) != noted.kept(begun):
        await values.say(entry["id"], 1, "bukan", office.intake, TEXTS, {})
        back = (await office.intake.record(entry["id"])).drafts[0]
        assert noted.kept(back) == noted.kept(begun)
