"""The reader of document names on captions as parents write them: those of the dialogue's set and a second author's."""

from pathlib import Path

import pytest
import yaml

from intake.reading import read_items

SETS = Path(__file__).parents[1] / "nlu"


def read(caption: str) -> set[str]:
    """What a caption names; which of the witnesses is no matter here."""
    return {"ktp_saksi" if item.startswith("ktp_saksi") else str(item) for item in read_items(caption)}


@pytest.mark.parametrize(("part", "least"), [("captions", 124), ("captions_second", 61), ("captions_third", 29), ("captions_measured", 24)])
def test_captions_name_their_document(part: str, least: int) -> None:
    rows = yaml.safe_load((SETS / f"{part}.yml").read_text("utf-8"))
    wrong = [(kind, text) for kind, texts in rows.items() for text in texts if read(text) != ({kind} - {"none"})]
    assert sum(map(len, rows.values())) - len(wrong) >= least, wrong


@pytest.mark.parametrize(
    ("caption", "named"),
    [
        ("makasih kk", set()),
        ("ini kk", {"kk"}),
        ("ktp bojo lanang", {"ktp_ayah"}),
        ("ktp bojo", {"ktp_pasangan"}),
        ("ktp sing lapor", {"ktp_pelapor"}),
        ("ktp istri yang melapor", {"ktp_ibu"}),
        ("sptjm untuk data lahir", {"sptjm_kelahiran"}),
        ("sptjm", {"sptjm"}),
        ("sptjm kk", {"sptjm", "kk"}),
        ("surat rabi", {"surat_nikah"}),
        ("suratketeranganlahir anak", {"surat_kelahiran"}),
        ("bukunikah", {"surat_nikah"}),
        ("ktpistri", {"ktp_ibu"}),
        ("ktp istr saya", {"ktp_ibu"}),
        ("akta nikha", {"surat_nikah"}),
        ("ktpsaksi2", {"ktp_saksi"}),
        ("kakaknya sakit", set()),
    ],
)
def test_what_stands_behind_a_name_tells_it_apart(caption: str, named: set[str]) -> None:
    assert read(caption) == named
