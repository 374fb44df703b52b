"""Who reports is the one whom the writer says to be, however many others are named."""

import pytest

from intake.questions.reporter import read_reporter_said, reporter_corrected


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("saya kakaknya bapak si bayi", "kakak bapak"),
        ("kulo mbahe pak, ibune taksih ten rumah sakit", "kakek_nenek"),
        ("pelapor tetangga", "tetangga"),
        ("ini bu RT nya", "perangkat_desa"),
        ("saya pak modin desa Sumber", "perangkat_desa"),
        ("ibu angkatnya", "ibu angkat"),
        ("ibunya masih di rs, bapaknya kerja", None),
        ("kula bulike, adike ibune", "bibi"),
        ("suaminya yg lahiran", "ayah"),
        ("ibu kandungnya", "ibu"),
        ("ayah dan ibu", None),
        ("bapaknya, istri saya baru pulang dari rs", "ayah"),
        ("ibune bayi niki kula", "ibu"),
        ("budhene, ibune lagi sakit", "bibi"),
        ("saya budenya", "bibi"),
        ("bukan, saya pamannya", "paman"),
        ("ibu saya yang mau lapor", None),
        ("kulo bapakipun lare", "ayah"),
        ("saya perawat di klinik, ibunya minta tolong", "bidan"),
        ("mbak iparnya ibu", "kakak ibu"),
        ("saya sendiri ibunya", "ibu"),
        ("orang tuanya", None),
        ("bapaknya ibu", "kakek"),
        ("simbah putri", "nenek"),
        ("ponakan saya yang lahir", None),
        ("saya ayahnya bu, mau tanya dulu", "ayah"),
        ("sing nglairke bojoku, aku sing ndaftarke", "ayah"),
        ("abahe bayi", "ayah"),
    ],
)
def test_the_writer_is_found(text: str, relation: str | None) -> None:
    stated = read_reporter_said(text)
    assert (None if stated is None else str(stated)) == relation


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("saya bukan bapaknya, saya pakdhenya", "paman"),
        ("eh maaf ini ayahnya", "ayah"),
        ("nama saya salah, ibu saya Siti", None),
        ("bukan anak saya", None),
    ],
)
def test_a_reporter_is_corrected_by_the_writer_alone(text: str, relation: str | None) -> None:
    stated = reporter_corrected(text)
    assert (None if stated is None else str(stated)) == relation
