"""Whatever shows a family's or a reporter's words leaves an event: pages, their parts fetched by themselves, pictures and files."""

import re

from sanic import Sanic
from sqlalchemy import func, select

from backoffice.audit.models import AuditEvent
from backoffice.cases.models import CaseEvent
from backoffice.complaints.models import ComplaintMessage
from tests.backoffice.office import make_bundle, make_picture, send_bundle
from tests.backoffice.test_api import COMPLAINT

PERSON, NIK, PHONE, WORDS = "DAHLIARAHASIA WARGAWATI", "3316994509900077", "81298765432", "anggrekrahasia diminta membayar"
NUMBER = "LM-261123-7K4F"


async def events(services) -> int:
    async with services.database.read() as session:
        counts = [await session.scalar(select(func.count()).select_from(table)) or 0 for table in (CaseEvent, AuditEvent)]
    return sum(counts)


def addresses(app: Sanic, **values: str) -> list[str]:
    """Every address of the office that is fetched, with these values in its places."""
    found = []
    for route in app.router.routes_all.values():
        path = f"/{route.path}"
        if "GET" not in route.methods or path.startswith(("/api", "/static", "/metrics", "/readyz", "/healthz", "/siaran")):
            continue
        filled = re.sub(r"<(\w+)(:[^>]*)?>", lambda place: values.get(place[1], "none"), path)
        found += [filled, *(f"{filled}?q={word}" for word in (NIK, PERSON.split()[0]) if path.startswith("/antrean"))]
    return found


async def test_who_reads_of_a_person_leaves_an_event_by_whatever_address(app, api, sign_in, services, clock):
    bundle = make_bundle()
    bundle["contact"] = {"id": "contact-1", "phone": f"+62{PHONE}", "name": PERSON}
    bundle["answers"] |= {"ibu_nama": {"value": PERSON, "source": "chat"}, "ibu_nik": {"value": NIK, "source": "chat"}}
    await send_bundle(api, bundle)
    picture, sha = make_picture(), bundle["documents"][0]["pages"][0]["blob"]
    assert (await api.put(f"/api/blobs/{sha}", content=picture)).status_code < 500
    complaint = COMPLAINT | {"contact": bundle["contact"], "text": WORDS, "attachments": [{"blob": sha, "mime": "image/jpeg"}]}
    assert (await api.put("/api/complaints/c-1", json=complaint)).status_code == 201
    async with services.database.read() as session:
        messages = [row.id for row in await session.scalars(select(ComplaintMessage)) if row.attachments]
    values = {
        "number": NUMBER, "submission": bundle["documents"][0]["submission"], "index": "0", "name": "nik",
        "message_id": messages[0] if messages else "none", "form": "xlsx",
    }  # fmt: skip
    asked = addresses(app, **values) + [one for one in addresses(app, **(values | {"number": COMPLAINT["number"]})) if "pengaduan" in one]
    seen, silent = set(), set()
    for role in ("kepala_dinas", "petugas_pengaduan"):
        desk = await sign_in(role)
        for address in dict.fromkeys(asked):
            clock.pass_by(minutes=11)
            before = await events(services)
            answer = await desk.client.get(address)
            if answer.headers.get("location", "").startswith("/masuk"):  # a working day is over
                await desk.sign_in(role)
                before = await events(services)
                answer = await desk.client.get(address)
            told = answer.text if "text" in answer.headers.get("content-type", "") else ""
            shown = any(word in told.replace(f'value="{NIK}"', "") for word in (PERSON, PHONE, WORDS)) or (
                answer.status_code == 200 and answer.headers.get("content-type", "").startswith(("image/", "application/pdf"))
            )
            if shown:
                seen.add(address)
                if await events(services) == before:
                    silent.add((role, address))
    assert {f"/permohonan/{NUMBER}", f"/pengaduan/{COMPLAINT['number']}", f"/pengaduan/{COMPLAINT['number']}/utas"} <= seen
    assert not silent
