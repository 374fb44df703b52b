"""The sheet for SIAK writes one kind of value in one way, and holds what the system knows."""

from backoffice.cases.form_sheet import sheet, write_siak_of
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


def test_a_kind_of_value_is_written_in_one_way_whatever_said_it():
    assert write_siak_of("ibu_tanggal_lahir", "1996-02-03") == "03-02-1996"
    assert {write_siak_of("anak.0.pukul", value) for value in ("03:30", "03.30")} == {"03:30"}
    assert {write_siak_of("anak.0.panjang", value) for value in ("48", "48.0", "48,0")} == {"48"}
    assert write_siak_of("anak.0.jenis_kelamin", "PEREMPUAN") == write_siak_of("anak.0.jenis_kelamin", "P") == "Perempuan"


def test_where_the_family_lives_is_as_the_kk_says():
    bundle = make_bundle()
    home = {"kecamatan": "KEDUNGTUBAN", "desa": "BANGUNREJO", "alamat": "JL MELATI", "rt_rw": "005/003"}
    bundle["answers"] |= {name: {"value": value, "source": "kk"} for name, value in home.items()}
    lines = {line.id: line.value for block in sheet(bundle) for line in block.lines}
    assert {name: lines[name] for name in home} == home
