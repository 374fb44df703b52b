"""The statements carry what is known: SHDK as the KK prints it, the helper from the answers, and no day before somebody signs."""

from datetime import UTC, datetime

from intake.drafts.model import Child, ConditionAnswers, Document, Draft
from intake.forms.paperwork import birth_statement, couple_statement
from intake.placing.arranging import arrange
from standard.kinds import Kind
from standard.requirements import Reporter

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BUDI = {"nik": "3316990101900001", "nama": "BUDI SPESIMEN", "jenis_kelamin": "LAKI-LAKI"}
SARI = {"nik": "3316994202920002", "nama": "SARI SPESIMEN", "jenis_kelamin": "PEREMPUAN"}
KK = {"no_kk": "3316990101200005", "anggota": [{**BUDI, "shdk": "KEPALA KELUARGA"}, {**SARI, "shdk": "ISTRI"}]}


def filled(reporter: Reporter = Reporter.IBU) -> Draft:
    draft = Draft(contact="c", created_at=NOW, updated_at=NOW, agreed=True)
    draft.conditions = ConditionAnswers(pelapor=reporter, jumlah_anak=1, ada_surat_kelahiran=False, ada_surat_nikah=False)
    draft.children = [Child(nama="SITI AMINAH", fields={"penolong": "dukun"})]
    read = [(Kind.KK, KK), (Kind.KTP, SARI if reporter is Reporter.IBU else BUDI)]
    draft.documents = [Document(item=None, kind=kind, check_result={"fields": fields}, pages=[], received_at=NOW) for kind, fields in read]
    arrange(draft)
    return draft


def test_the_relation_is_the_one_that_the_kk_prints() -> None:
    sheet = couple_statement(filled())
    assert (sheet.pembuat.hubungan, sheet.suami.hubungan, sheet.istri.hubungan) == ("ISTRI", "KEPALA KELUARGA", "ISTRI")
    assert sheet.suami.nik == BUDI["nik"] and couple_statement(filled(Reporter.AYAH)).pembuat.hubungan == "KEPALA KELUARGA"


def test_the_day_is_left_to_whoever_signs() -> None:
    assert couple_statement(filled()).tanggal is None and birth_statement(filled()).tanggal is None


def test_the_helper_is_the_one_that_was_told() -> None:
    assert birth_statement(filled()).penolong.pekerjaan == "DUKUN"
    unknown = filled()
    unknown.children[0].fields = {}
    assert birth_statement(unknown).penolong.pekerjaan is None
