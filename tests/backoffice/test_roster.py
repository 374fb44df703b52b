"""The head assigns officers by a decision; the page says what is missing and what each has in hand; the supervisor gives cases."""

from sqlalchemy import select

from backoffice.audit.models import AuditEvent
from backoffice.cases.models import CaseEvent
from tests.backoffice.office import make_actor, make_bundle, send_bundle

DECISION = {"keputusan": "800/ 12/2026", "dari": "2026-11-01", "sampai": "2026-12-31"}


async def test_the_head_assigns_and_the_page_tells_what_is_missing(sign_in, services):
    for name in ("a", "b"):
        await make_actor(services, "petugas", username=name)
    await make_actor(services, "operator", username="c")
    head = await sign_in("kepala_dinas")
    await head.open("/tim")
    assert 'data-missing="6"' in head.page and head.page.count('data-testid="unassigned"') == 3
    assert 'data-testid="roster-missing"' in (await head.client.get("/tim/jumlah")).text
    for name in ("a", "b", "c"):
        assert (await head.post("/tim/tunjuk", staf=name, **DECISION)).status_code == 303
    await head.open("/tim")
    assert 'data-missing="3"' in head.page and "800/ 12/2026" in head.page and "Operator KIA" in head.page, (
        "a role that nobody holds is named"
    )
    async with services.database.read() as session:
        notes = list(await session.scalars(select(AuditEvent.data).where(AuditEvent.action == "petugas_ditunjuk")))
    assert notes[0] == {"decision": "800/ 12/2026", "from": "2026-11-01", "until": "2026-12-31"}
    key = head.page.split('name="penunjukan" value="')[1].split('"')[0]
    await head.post("/tim/akhiri", penunjukan=key)
    assert 'data-missing="4"' in (await head.open("/tim")).text


async def test_a_decision_without_a_number_or_with_days_the_wrong_way_round_is_refused_and_stays_typed(sign_in, services):
    await make_actor(services, "petugas", username="a")
    head = await sign_in("kepala_dinas")
    for wrong in ({"keputusan": "SK"}, {"dari": "2026-12-31", "sampai": "2026-12-01"}, {"sampai": "2026-11-02", "dari": "2026-11-01"}):
        answer = await head.post("/tim/tunjuk", staf="a", **(DECISION | wrong))
        assert answer.status_code == 422 and 'role="alert"' in answer.text
    assert 'value="800/ 12/2026"' in answer.text


async def test_an_assignment_counts_in_its_period_alone(sign_in, services, clock):
    await make_actor(services, "petugas", username="a")
    head = await sign_in("kepala_dinas")
    await head.post("/tim/tunjuk", staf="a", **(DECISION | {"dari": "2026-11-25"}))
    assert 'data-missing="6"' in (await head.open("/tim")).text
    clock.pass_by(hours=48)
    head = await sign_in("kepala_dinas", username="kepala2")
    assert 'data-missing="5"' in (await head.open("/tim")).text


async def test_the_supervisor_gives_the_next_case_and_sees_each_ones_load(api, sign_in, services):
    await send_bundle(api)
    await send_bundle(api, make_bundle("LM-261123-8K4F"), "draft-2")
    await make_actor(services, "petugas", username="rina")
    supervisor = await sign_in("supervisor")
    for _ in range(3):
        assert (await supervisor.post("/tim/beri", staf="rina")).status_code == 303
    row = (await supervisor.open("/tim")).text.split('data-username="rina"')[1].split("</tr>")[0]
    assert 'data-testid="load">2<' in row
    async with services.database.read() as session:
        given = list(await session.scalars(select(CaseEvent).where(CaseEvent.kind == "dialihkan")))
    assert [event.data["to_name"] for event in given] == ["Rina", "Rina"], "of two cases, in three presses"


async def test_who_is_neither_head_nor_supervisor_sees_no_roster(sign_in):
    petugas, supervisor = await sign_in("petugas"), await sign_in("supervisor")
    assert (await petugas.open("/tim")).status_code == 403
    assert (await supervisor.post("/tim/tunjuk", staf="petugas", **DECISION)).status_code == 403
