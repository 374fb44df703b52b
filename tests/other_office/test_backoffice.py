"""The back office of another office: no page, paper, mail or log line of it speaks of Blora."""

import json
import re
from typing import Any

import pytest

from backoffice.staff.totp import issuer, new_secret, qr_code
from backoffice.web.texts import catalogue
from standard.roles import roles
from tests.backoffice.office import make_bundle, send_bundle
from tests.other_office.strange import of_blora, words_of

NUMBER = "WK-261123-7K4F"


def bundle() -> dict[str, Any]:
    """A case whose family lives there."""
    here: dict[str, Any] = json.loads(json.dumps(make_bundle(NUMBER)).replace("BLORA", "WANAKERTA").replace("Blora", "Wanakerta"))
    return here


def test_no_text_of_the_staffs_pages_speaks_of_blora() -> None:
    assert {key: hits for key, text in catalogue().items() if (hits := of_blora(text))} == {}


def test_the_authenticator_shows_the_office() -> None:
    assert issuer() == "Sahabat Warga Wanakerta" and qr_code(new_secret(), "sari").startswith("<svg")


@pytest.mark.parametrize("role", list(roles()))
async def test_no_page_of_any_role_speaks_of_blora(role, api, sign_in, capsys) -> None:
    assert (await send_bundle(api, bundle())).status_code == 201
    record = await sign_in(role)
    page = await record.open("/")
    links = {link for link in re.findall(r'href="(/[^"#]*)"', page.text) if not link.startswith(("/static", "/keluar"))}
    for path in [
        "/",
        "/antrean",
        f"/permohonan/{NUMBER}",
        f"/permohonan/{NUMBER}/siak",
        "/kata-sandi",
        "/pemantau",
        "/monitor",
        *sorted(links),
    ]:
        answer = await record.open(path)
        if answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"):
            assert of_blora(re.sub(r'(?:src|href)="[^"]*"', "", answer.text)) == [], path
    said = capsys.readouterr()
    assert of_blora(said.out + said.err) == []


async def test_the_printed_case_speaks_of_the_office_alone(api, sign_in) -> None:
    await send_bundle(api, bundle())
    record = await sign_in("petugas", "operator", username="sari")
    await record.take(NUMBER)
    printed = await record.open(f"/permohonan/{NUMBER}/cetak.pdf")
    assert printed.headers["content-type"] == "application/pdf", printed.text[:3000]
    assert "Wanakerta" in words_of(printed.content) and of_blora(words_of(printed.content)) == []
