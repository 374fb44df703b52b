"""Each role finds its pages and only its buttons."""

import uuid

import pytest

from backoffice.complaints.tending import tend
from standard import roles, stages
from tests.backoffice.office import send_bundle
from tests.backoffice.test_chain import NUMBER


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: these tests are about pages, not about SQL."""
    return sqlite_url


@pytest.mark.parametrize("role", ["petugas", "operator", "kasi_identitas", "kabid_yancapil", "kepala_dinas", "operator_kia", "inspektorat"])
async def test_no_button_works_for_a_role_or_at_a_stage_that_it_is_not_for(api, sign_in, services, role):
    await send_bundle(api)
    desk = await sign_in(role)
    await desk.take(NUMBER)
    for transition in stages.transitions().values():
        if transition.about == "product" or not transition.roles:
            continue
        answer = await desk.act(NUMBER, transition.id, document=str(uuid.uuid4()))
        if transition.about in ("document", "paper"):
            assert answer.status_code == 404
        elif role not in transition.roles:
            assert answer.status_code == 403, transition.id
        elif "diterima" not in transition.at or transition.needs:
            assert answer.status_code == 409, transition.id
        else:
            assert answer.status_code == 422, f"{transition.id} without a reason"
    assert (await api.get(f"/api/cases/{NUMBER}")).json()["stage"] == "diterima"


@pytest.mark.parametrize("role", list(roles.roles()))
async def test_each_role_has_its_pages_and_none_fails(api, sign_in, services, role):
    await send_bundle(api)
    await api.put(
        "/api/complaints/c-1",
        json={
            "number": "ADU-261123-3M8Q", "contact": {"id": "c"}, "category": "pungli", "text": "Diminta uang.",
            "created_at": "2026-11-23T02:00:00Z",
        },
    )  # fmt: skip
    desk = await sign_in(role)
    for path in ("/", "/antrean", f"/permohonan/{NUMBER}", f"/permohonan/{NUMBER}/siak", "/kata-sandi", "/antrean?q=anak", "/antrean/isi"):
        own = role != "administrator" or path in ("/", "/kata-sandi")  # who looks after accounts sees no case
        assert (await desk.open(path)).status_code == (200 if own else 403), path
    await tend(services)
    inbox = await desk.open("/pengaduan?tab=terbuka")
    sees = role == "inspektorat"
    has_desk = role in ("supervisor", "kepala_dinas", "inspektorat", "petugas_pengaduan", "kasi_kelahiran", "kabid_yancapil")
    assert inbox.status_code == (200 if has_desk else 403)
    assert ("ADU-261123-3M8Q" in inbox.text) == sees
    assert (await desk.open("/pengaduan/ADU-261123-3M8Q")).status_code == (200 if sees else 404)
