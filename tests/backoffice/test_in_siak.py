"""An approval that SIAK holds already is noted in its giver's name, never by the case's operator, and its giver is told the same day."""

import re

import pytest
from sqlalchemy import select

from backoffice.cases.approvals import Approval
from backoffice.cases.models import CaseEvent
from backoffice.staff.models import Staff
from tests.backoffice.office import PASSWORD, make_actor, send_bundle
from tests.backoffice.test_chain import APPROVALS, NUMBER, check_documents, enter_and_draft

PAGE = f"/permohonan/{NUMBER}/disetujui-siak"
GIVEN = {"tanggal": "2026-11-23", "rujukan": "SIAK/77/2026", "seen": "ya"}


@pytest.fixture
async def waiting(api, sign_in, services):
    """A case that waits for both paraf; its operator."""
    services.settings.siak_approvals = True
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator", "kabid_yancapil")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    return operator


async def record(desk, transition, **more):
    await desk.open(PAGE)
    version = re.search(r'name="version" value="(\d+)"', desk.page).group(1)
    return await desk.post(PAGE, transisi=transition, version=version, **(GIVEN | more))


async def test_a_second_person_notes_it_and_the_giver_reads_it_and_takes_it_back(api, waiting, sign_in, services):
    kasi = await sign_in("kasi_identitas")
    supervisor = await sign_in("supervisor")
    assert 'data-testid="in-siak"' in (await supervisor.open(f"/permohonan/{NUMBER}")).text
    async with services.database.read() as session:
        giver = await session.scalar(select(Staff.id).where(Staff.username == "kasi_identitas"))
    assert (await record(supervisor, "paraf_kk", oleh=giver)).status_code == 303
    async with services.database.read() as session:
        (approval,) = list(await session.scalars(select(Approval)))
        event = await session.scalar(select(CaseEvent).where(CaseEvent.kind == "paraf_kk"))
    assert approval.staff_id == giver and approval.role == "kasi_identitas"
    assert event.role == "supervisor" and event.data["in_siak"]["ref"] == "SIAK/77/2026" and event.data["in_siak"]["day"] == "2026-11-23"
    await kasi.open("/persetujuan")
    assert "SIAK/77/2026" in kasi.page.split('data-testid="noted-in-siak"')[1].split("</section>")[0]
    assert (await kasi.act(NUMBER, "tarik_paraf_kk", reason="salah_nama")).status_code == 303


@pytest.mark.parametrize("role", ["kepala_dinas", "supervisor"])
async def test_the_heads_signature_is_noted_by_whoever_has_just_proved_who_they_are(api, waiting, sign_in, services, clock, role):
    for each, transition in APPROVALS.items():
        if transition != "setuju_kadis":
            assert (await (await sign_in(each, username=f"oleh_{each}")).act(NUMBER, transition)).status_code == 303
    head = await make_actor(services, "kepala_dinas", username="kadis")
    desk = await sign_in(role)
    clock.pass_by(minutes=20)
    for wrong in ({}, {"password": "bukan ini sama sekali"}):
        answer = await record(desk, "setuju_kadis", oleh=head.id, **wrong)
        assert answer.status_code == 403 and 'role="alert"' in answer.text and 'name="password"' in answer.text
        assert GIVEN["rujukan"] in answer.text, "what was typed stays"
    async with services.database.read() as session:
        assert await session.scalar(select(CaseEvent).where(CaseEvent.kind == "setuju_kadis")) is None
    assert (await record(desk, "setuju_kadis", oleh=head.id, password=PASSWORD)).status_code == 303
    async with services.database.read() as session:
        assert await session.scalar(select(CaseEvent).where(CaseEvent.kind == "setuju_kadis")) is not None


async def test_the_approver_notes_their_own_and_nobody_twice(api, waiting, sign_in):
    kasi = await sign_in("kasi_identitas")
    assert (await record(kasi, "paraf_kk")).status_code == 303
    assert (await kasi.act(NUMBER, "paraf_kk")).status_code == 409
    assert 'data-testid="noted-in-siak"' not in (await kasi.open("/persetujuan")).text, "one's own needs no telling"


async def test_the_operator_of_the_case_may_not_and_without_the_setting_nobody_may(api, waiting, sign_in, services):
    kasi = await make_actor(services, "kasi_identitas", username="kasi")
    assert (await waiting.client.get(PAGE)).status_code == 403
    petugas, supervisor = await sign_in("petugas", username="lain"), await sign_in("supervisor")
    assert (await petugas.client.get(PAGE)).status_code == 403
    for wrong in ({"tanggal": "2026-11-24"}, {"rujukan": "tanpa"}, {"oleh": "siapa"}):
        answer = await record(supervisor, "paraf_kk", **({"oleh": kasi.id} | wrong))
        assert answer.status_code == 422 and 'role="alert"' in answer.text
    services.settings.siak_approvals = False
    assert (await supervisor.client.get(PAGE)).status_code == 404
