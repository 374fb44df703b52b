"""The public screen shows numbers and stages to anybody, and nothing that could tell who somebody is."""

import httpx
import pytest

from tests.backoffice.office import make_bundle, send_bundle
from tests.backoffice.test_chain import NUMBER, approve_all, check_documents, deliver, enter_and_draft


@pytest.fixture
async def passer_by(app):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office.test") as client:
        yield client


async def test_anybody_sees_the_numbers_of_today_and_no_name_no_phone_no_whole_number(api, passer_by, clock):
    await send_bundle(api)
    await send_bundle(
        api, make_bundle("LM-261123-AAAA", contact={"id": "c2", "phone": "+6281230000002", "name": "ANI SPESIMEN"}), "draft-2"
    )
    page = (await passer_by.get("/monitor")).text
    assert 'data-testid="received"><dt>Masuk hari ini</dt><dd>2</dd>' in page
    assert "…7K4F" in page and "Pemeriksaan berkas" in page
    for secret in (NUMBER, "SPESIMEN", "+62812", "Jalan Contoh", "3316", "/permohonan"):
        assert secret not in page, secret


async def test_the_numbers_renew_themselves_and_count_a_case_until_it_is_issued(api, passer_by, sign_in, clock):
    await send_bundle(api)
    assert 'hx-get="/monitor/isi"' in (await passer_by.get("/monitor")).text
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    await approve_all(sign_in, NUMBER)
    clock.pass_by(seconds=30)
    assert 'data-testid="issued"><dt>Akta dan KK terbit hari ini</dt><dd>0</dd>' in (await passer_by.get("/monitor/isi")).text
    await deliver(operator, NUMBER)
    clock.pass_by(seconds=30)
    page = (await passer_by.get("/monitor/isi")).text
    assert 'data-testid="issued"><dt>Akta dan KK terbit hari ini</dt><dd>1</dd>' in page and "100%" in page


@pytest.mark.parametrize(("pane", "shown"), [("syarat", "Kartu Keluarga"), ("alur", "Terima nomor permohonan"), ("lain", "Masuk hari ini")])
async def test_the_screen_tells_what_is_needed_and_how_it_goes(passer_by, pane, shown):
    assert shown in (await passer_by.get(f"/monitor?layar={pane}")).text


async def test_a_crowd_before_the_screen_costs_the_database_one_look(api, passer_by, clock):
    await send_bundle(api)
    first = (await passer_by.get("/monitor/isi")).text
    await send_bundle(api, make_bundle("LM-261123-AAAA"), "draft-2")
    assert (await passer_by.get("/monitor/isi")).text == first
    clock.pass_by(seconds=6)
    assert "<dd>2</dd>" in (await passer_by.get("/monitor/isi")).text
