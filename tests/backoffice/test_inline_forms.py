"""A form sent by its page is told where to go on, or what was not taken, as JSON; without JavaScript it gets redirects and pages."""

import re

from tests.backoffice.office import send_bundle
from tests.backoffice.test_chain import NUMBER, check_documents

INLINE = {"X-Form": "inline"}


async def test_a_form_that_was_taken_says_where_to_go_on_and_sets_its_cookies(api, sign_in):
    await send_bundle(api)
    staff = await sign_in("petugas")
    await staff.open("/antrean")
    answer = await staff.client.post(f"/permohonan/{NUMBER}/ambil", data={"csrf": staff.csrf}, headers=INLINE)
    assert answer.status_code == 204 and answer.content == b"" and "location" not in answer.headers
    assert answer.headers["x-location"].startswith(f"/permohonan/{NUMBER}")
    plain = await staff.client.post(f"/permohonan/{NUMBER}/lepas", data={"csrf": staff.csrf})
    assert plain.status_code == 303 and "x-location" not in plain.headers


async def test_what_was_not_taken_is_told_with_its_field_and_a_way_on(api, sign_in):
    await send_bundle(api)
    staff, other = await sign_in("petugas"), await sign_in("petugas", username="lain")
    await staff.open(f"/permohonan/{NUMBER}")
    csrf = staff.csrf
    wrong = await staff.client.post(f"/permohonan/{NUMBER}/percakapan", data={"csrf": csrf, "text": "x" * 2001}, headers=INLINE)
    assert wrong.status_code == 422 and wrong.json()["field"] == "message" and len(wrong.json()["sentence"]) > 10
    expired = await staff.client.post(f"/permohonan/{NUMBER}/ambil", data={"csrf": "old"}, headers=INLINE)
    assert expired.status_code == 403 and expired.json()["sentence"]
    unknown = await staff.client.post("/permohonan/LM-000000-0000/ambil", data={"csrf": csrf}, headers=INLINE)
    assert unknown.status_code == 404 and unknown.json()["code"] == "unknown"
    await staff.take(NUMBER)
    await other.open("/antrean")
    page = await other.client.post(f"/permohonan/{NUMBER}/laku/lengkap", data={"csrf": other.csrf, "version": "1", "key": "k"})
    assert page.headers["content-type"].startswith("text/html") and 'data-testid="problem"' in page.text


async def test_without_a_session_a_form_says_where_to_sign_in_and_signing_out_goes_there(api, sign_in):
    await send_bundle(api)
    staff = await sign_in("petugas")
    await staff.open("/antrean")
    staff.client.cookies.clear()
    answer = await staff.client.post(f"/permohonan/{NUMBER}/ambil", data={"csrf": staff.csrf}, headers=INLINE)
    assert answer.status_code == 401 and answer.json()["sign_in"] == "/masuk" and "x-location" not in answer.headers
    out = await staff.client.post("/keluar", data={"csrf": staff.csrf}, headers=INLINE)
    assert out.headers["x-location"] == "/masuk"


async def test_an_account_that_was_not_taken_is_told_in_its_form_and_without_javascript_comes_back_as_typed(sign_in):
    boss = await sign_in("administrator")
    await sign_in("petugas")
    here, typed = "/staf/akun/petugas", {"name": "Siti Baru SPESIMEN", "email": "bukan surel", "role": "operator"}
    await boss.open(here)
    told = await boss.client.post(f"{here}/ubah", data={"csrf": boss.csrf, **typed}, headers=INLINE)
    assert told.status_code == 422 and told.json()["field"] == "email" and told.json()["sentence"] == "Alamat surel tidak sah."
    page = await boss.client.post(f"{here}/ubah", data={"csrf": boss.csrf, **typed})
    assert page.status_code == 422 and 'value="Siti Baru SPESIMEN"' in page.text and 'value="bukan surel"' in page.text
    assert 'value="operator" checked' in page.text and 'value="petugas" checked' not in page.text


async def test_a_wrong_number_of_a_case_is_told_in_its_form_and_without_javascript_on_its_page(api, sign_in):
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await operator.take(NUMBER)
    await operator.open(f"/permohonan/{NUMBER}/siak")
    version = re.search(r'data-version="(\d+)"', operator.page).group(1)
    form = {"csrf": operator.csrf, "version": version, "key": "k", "no_kk": "1111111111111111", "akta_0": "3316-LU-31022026-0001"}
    address = f"/permohonan/{NUMBER}/laku/siak_diinput"
    told = await operator.client.post(address, data=form, headers=INLINE)
    assert told.status_code == 422 and told.json()["field"] == "no_kk" and "3316" in told.json()["sentence"]
    page = await operator.client.post(address, data=form)
    assert page.status_code == 422 and 'value="1111111111111111"' in page.text


async def test_a_case_that_has_moved_on_says_how_to_see_it(api, sign_in):
    await send_bundle(api)
    staff = await sign_in("petugas")
    await staff.open("/antrean")
    await staff.take(NUMBER)
    answer = await staff.client.post(
        f"/permohonan/{NUMBER}/laku/tolak", data={"csrf": staff.csrf, "version": "0", "key": "k", "reason": "x"}, headers=INLINE
    )
    assert answer.status_code == 409 and answer.json()["reload"] == f"/permohonan/{NUMBER}"
