"""The demo drawer holds whole families and one photo for each fault."""

import json
from pathlib import Path

import pytest

from simulator.specimen import drawer


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("specimen")
    assert drawer.write(out)
    return out


@pytest.mark.slow
def test_every_file_that_the_list_names_is_there(folder: Path) -> None:
    told = json.loads((folder / drawer.MANIFEST).read_text("utf-8"))
    for family in told["families"].values():
        assert {"kk", "ktp_ibu", "ktp_saksi_1", "ktp_saksi_2"} <= family["files"].keys()
        assert all((folder / entry["file"]).stat().st_size > 20_000 for entry in family["files"].values())
    assert all((folder / file).exists() for file in told["foto_bermasalah"]["files"])


@pytest.mark.slow
def test_the_four_families_differ_as_the_law_does(folder: Path) -> None:
    families = json.loads((folder / drawer.MANIFEST).read_text("utf-8"))["families"]
    assert "surat_nikah" in families["keluarga-1-menikah"]["files"]
    assert {"sptjm_kelahiran", "sptjm_pasutri"} <= families["keluarga-2-sptjm"]["files"].keys()
    assert "surat_nikah" not in families["keluarga-2-sptjm"]["files"]
    assert "ayah" not in families["keluarga-3-ibu"]["people"]
    assert [row["shdk"] for row in families["keluarga-4-menumpang"]["anggota"]][2:4] == ["ANAK", "MENANTU"]


@pytest.mark.slow
def test_a_second_run_writes_nothing(folder: Path) -> None:
    assert not drawer.write(folder)
