"""Files of staff: who may not bring one has none opened, what is hostile ends in a confined worker, what is refused leaves nothing."""

import asyncio
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from backoffice.sweeping import sweep
from documents import Opener, Unopened
from storage.kept_blobs import USES
from tests.backoffice.hostile_pdfs import ACTIVE, QUIET, nested_forms, vast_page
from tests.backoffice.office import make_pdf, make_picture, put_picture, send_bundle
from tests.backoffice.test_chain import NUMBER, check_documents


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: these tests are about files, not about SQL."""
    return sqlite_url


@pytest.fixture
async def operator(api, sign_in):
    """An operator who has a case in hand that waits for its drafts."""
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await operator.take(NUMBER)
    form = {"no_kk": "3316990101260001", "akta_0": "3316-LU-23112026-0001"}
    assert (await operator.act(NUMBER, "siak_diinput", **form)).status_code == 303
    return operator


def stored(tmp_path: Path) -> int:
    return sum(1 for file in (tmp_path / "blobs").rglob("*") if file.is_file())


class Unused(Opener):
    """Opens nothing, and fails the test that wants it to."""

    async def examine(self, data: bytes):
        raise AssertionError("a file was opened")


@pytest.mark.parametrize("role", ["inspektorat", "petugas", "kasi_kelahiran", "operator_kia"])
async def test_who_may_not_bring_a_file_has_none_of_it_opened_and_none_of_it_kept(role, operator, sign_in, services, tmp_path):
    services.opener, before = Unused(), stored(tmp_path)
    other = await sign_in(role, username="lain")
    answer = await other.upload(NUMBER, "unggah_draf_kk", nested_forms())
    assert answer.status_code == 403 and stored(tmp_path) == before


async def test_a_file_for_another_stage_or_by_who_has_not_taken_the_case_is_not_opened(operator, sign_in, services, tmp_path):
    services.opener, before = Unused(), stored(tmp_path)
    assert (await operator.upload(NUMBER, "unggah_final_kk", make_pdf("x"))).status_code == 409
    other = await sign_in("operator", username="lain")
    assert (await other.upload(NUMBER, "unggah_draf_kk", make_pdf("x"))).status_code == 409
    assert (await operator.upload(NUMBER, "unggah_draf_akta", make_pdf("x"), child=4)).status_code == 422
    assert stored(tmp_path) == before


async def test_small_files_that_cost_much_end_within_seconds_and_nobody_waits_for_them(operator, tmp_path):
    before, begun = stored(tmp_path), time.monotonic()
    upload = asyncio.create_task(operator.upload(NUMBER, "unggah_draf_kk", nested_forms()))
    page = await operator.client.get(operator_picture(operator))
    assert page.status_code == 200 and page.headers["content-type"] == "image/jpeg" and not upload.done()
    refused = await upload
    assert refused.status_code == 422 and "tidak dapat dibuka dengan aman" in refused.text
    assert time.monotonic() - begun < 60
    assert stored(tmp_path) == before
    assert (await operator.upload(NUMBER, "unggah_draf_kk", make_pdf("3316990101260001", "ANAK A SPESIMEN"))).status_code == 303


async def test_a_page_of_metres_is_drawn_as_small_as_any_other():
    opener = Opener(workers=1)
    try:
        assert (await opener.examine(vast_page())).pages == 1
        page = await opener.pdf_page(vast_page(), 0, 1754)
        assert (page.width, page.height) == (1754, 1754)
        assert peak_kilobytes(*opener.process_ids) < 400_000
    finally:
        await opener.close()


async def test_what_acts_by_itself_is_refused_in_a_sentence_and_what_is_quiet_is_taken(operator):
    for name, data in ACTIVE.items():
        answer = await operator.upload(NUMBER, "unggah_draf_kk", data)
        assert answer.status_code == 422 and "memuat program" in answer.text, name
    for name, data in QUIET.items():
        assert (await operator.upload(NUMBER, "unggah_draf_kk", data)).status_code == 303, name


@pytest.mark.parametrize("data", [b"GIF89a", b"%PDF-1.7 and nothing", b"%PDF-" + b"\0" * 5000])
async def test_what_is_no_pdf_is_not_taken(operator, data):
    answer = await operator.upload(NUMBER, "unggah_draf_kk", data)
    assert answer.status_code == 422 and "Pilih berkas PDF" in answer.text


def peak_kilobytes(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


def test_no_picture_and_no_pdf_is_opened_in_the_service_itself():
    for file in Path("backoffice").rglob("*.py"):
        lines = file.read_text().splitlines()
        wrong = [line for line in lines if line.lstrip().startswith(("import ", "from ")) and any(name in line for name in DECODERS)]
        assert not wrong, (file, wrong)


DECODERS = ("PIL", "pypdfium2", "pikepdf", "zxingcpp", "cv2", "pillow_heif")


async def test_blobs_that_nothing_needs_are_swept_when_their_time_is_over(operator, api, services, clock, tmp_path):
    kept = await put_picture(api, "kk")
    lost = await put_picture(api, "of a bundle that never came")
    assert (await operator.upload(NUMBER, "unggah_draf_kk", make_pdf("x"))).status_code == 303
    clock.pass_by(hours=47)
    assert await sweep(services) == 0
    clock.pass_by(hours=2)
    assert await sweep(services) == 1
    assert await services.blobs.exists(kept) and not await services.blobs.exists(lost)
    async with services.database.read() as session:
        assert not [owner for owner in await session.scalars(select(USES.c.owner)) if owner.startswith("datang:")]
    assert (await operator.open(operator_page(operator))).status_code == 200
    assert await sweep(services) == 0


def operator_picture(operator) -> str:
    """The address of a document's thumbnail, as the case's page shows it."""
    return operator.page.split('<img src="')[1].split('"')[0]


def operator_page(operator) -> str:
    """The address of the draft's first page, as the case's page shows it."""
    return operator.page.split('class="product-page" src="')[1].split('"')[0]


async def test_a_blob_that_came_again_lately_is_not_swept(api, services, clock):
    blob = await put_picture(api, "twice")
    clock.pass_by(hours=49)
    await put_picture(api, "twice")
    assert await sweep(services) == 0 and await services.blobs.exists(blob)


async def test_what_can_not_be_opened_says_why():
    opener = Opener(workers=1)
    try:
        for data, cause in ((b"", "empty"), (make_picture()[:300], "broken"), (b"<svg onload='x'/>", "type"), (make_pdf("x"), "type")):
            with pytest.raises(Unopened) as unopened:
                await opener.picture(data, "SPESIMEN")
            assert unopened.value.cause == cause
    finally:
        await opener.close()


async def test_a_file_of_which_no_row_has_told_for_a_week_is_erased(services, clock):
    stray, kept = await services.blobs.put(b"of a database that was set back"), await services.kept.put(b"needed", "produk:1")
    assert await services.kept.erase_strays() == 0, "this is the first look"
    clock.pass_by(days=8)
    assert await services.kept.erase_strays() == 1
    assert not await services.blobs.exists(stray) and await services.blobs.exists(kept)
