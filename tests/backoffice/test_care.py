"""A sensitive moment of the talk stands before the officer with what to mind, and before nobody who has not taken the case."""

import pytest

from backoffice.cases.wording import flag_text
from standard import sensitive
from tests.backoffice.office import make_bundle, send_bundle
from tests.backoffice.test_chain import NUMBER


@pytest.mark.parametrize("moment", sensitive.moments().values(), ids=lambda moment: moment.id)
def test_each_moment_says_what_it_is_and_what_to_mind(moment):
    assert flag_text(f"peka:{moment.id}") == f"Mohon dengan hati: {moment.label}"
    assert moment.mind.endswith(".") and len(moment.mind) < 200


def test_a_moment_of_an_older_table_is_left_out():
    assert [moment.id for moment in sensitive.moments_of(["peka:dahulu", "peka:anak_temuan", "lewat_60_hari", "peka:anak_temuan"])] == [
        "anak_temuan"
    ]


async def test_the_officer_reads_what_to_mind_once_the_case_is_taken(api, sign_in):
    await send_bundle(api, make_bundle(flags=["peka:anak_meninggal", "lewat_60_hari"]))
    mind = sensitive.moments()["anak_meninggal"].mind
    petugas = await sign_in("petugas")
    page = (await petugas.open(f"/permohonan/{NUMBER}")).text
    assert mind not in page and "Anak sudah meninggal" not in page
    await petugas.take(NUMBER)
    assert mind in petugas.page and "Anak sudah meninggal" in petugas.page
