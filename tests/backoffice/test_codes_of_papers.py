"""The QR code of an applicant's paper: its address is shown, and offered to be opened only where it leads to the registry."""

import pytest

from standard.code_hosts import leads_to_the_registry
from tests.backoffice.office import make_bundle, send_bundle

NUMBER = "LM-261123-7K4F"
OURS = "https://dokumen.dukcapil.kemendagri.go.id/SPESIMEN?kode=a1&b=2"
FOREIGN = "https://dukcapil.kemendagri.go.id.jahat.test/x"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: these tests are about pages, not about SQL."""
    return sqlite_url


@pytest.mark.parametrize("address", [OURS, "http://dukcapil.kemendagri.go.id/x", "https://DUKCAPIL.kemendagri.go.id:443/x"])
def test_an_address_at_the_registry_is_known(address: str) -> None:
    assert leads_to_the_registry(address)


@pytest.mark.parametrize(
    "address",
    [
        FOREIGN,
        "https://jahat.test/dukcapil.kemendagri.go.id",
        "https://dukcapil.kemendagri.go.id@jahat.test/",
        "https://jahat.test\\@dukcapil.kemendagri.go.id/",
        "https://xdukcapil-kemendagri.go.id/",
        "https://dukcapil.kemendagri.go.id:8443/",
        "javascript:alert(1)//dukcapil.kemendagri.go.id",
        "ftp://dukcapil.kemendagri.go.id/x",
        "https://[dukcapil.kemendagri.go.id/",
        "https://dukcapil.kemendagri.go.id/\n",
        "https://xn--dukcapl-kemendagri-9lb.go.id/",
        "",
    ],
)
def test_an_address_elsewhere_is_not(address: str) -> None:
    assert not leads_to_the_registry(address)


async def paper_with(api, address: str) -> str:
    """Sends a bundle whose KK bears a code; gives the path of that paper's page."""
    bundle = make_bundle()
    document = next(document for document in bundle["documents"] if document["item"] == "kk")
    document["check"] |= {"fields": document["check"].get("fields", {}) | {"kode_qr": address}}
    await send_bundle(api, bundle)
    return f"/permohonan/{NUMBER}/berkas/{document['submission']}"


async def test_the_registrys_address_is_one_tap_that_tells_it_nothing(api, sign_in):
    here = await paper_with(api, OURS)
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    page = (await petugas.open(here)).text
    link = page.split('id="laman-kode"')[1].split(">")[0]
    assert f'href="{OURS.replace("&", "&amp;")}"' in link
    assert all(word in link for word in ('target="_blank"', 'rel="noopener noreferrer"', 'referrerpolicy="no-referrer"'))
    assert page.count("SPESIMEN?kode") == 2, "shown once as text, once as the button, and not again among what was read"


async def test_an_address_elsewhere_is_shown_and_cannot_be_opened(api, sign_in):
    here = await paper_with(api, FOREIGN)
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    page = (await petugas.open(here)).text
    assert FOREIGN in page and f'href="{FOREIGN}' not in page and 'class="warn-box" data-testid="code"' in page


async def test_a_stale_kk_is_noted_with_one_press_and_the_note_taken_back(api, sign_in):
    here = await paper_with(api, OURS)
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    submission = here.rpartition("/")[2]
    answer = await petugas.act(NUMBER, "kk_lama", document=submission)
    assert answer.status_code == 303 and answer.headers["location"].startswith(here)
    page = (await petugas.open(here)).text
    assert 'data-testid="kk-old"' in page and 'data-action="kk_terbaru"' in page and 'data-action="kk_lama"' not in page
    await petugas.act(NUMBER, "kk_terbaru", document=submission)
    page = (await petugas.open(here)).text
    assert 'data-testid="kk-old"' not in page and 'data-action="kk_lama"' in page
