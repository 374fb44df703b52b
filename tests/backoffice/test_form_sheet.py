"""The sheet for SIAK writes one kind of value in one way, and holds what the system knows."""

from backoffice.cases.form_sheet import sheet
from tests.backoffice.office import make_bundle


def test_a_length_has_no_needless_point_and_the_reporters_phone_is_there():
    bundle = make_bundle()
    bundle["anak"][0] |= {"panjang": 48.0, "berat": 3100}
    lines = {line.id: line.value for block in sheet(bundle) for line in block.lines}
    assert (lines["panjang"], lines["berat"], lines["pelapor_hp"]) == ("48", "3100", "+6281230000001")
    bundle["anak"][0]["panjang"] = 48.5
    bundle["answers"]["pelapor_hp"] = {"value": "0812000", "source": "chat"}
    lines = {line.id: line.value for block in sheet(bundle) for line in block.lines}
    assert (lines["panjang"], lines["pelapor_hp"]) == ("48,5", "0812000")
