"""The office's figures for Prometheus say what is under way and what runs out, in numbers alone."""

import re

from backoffice.notices.models import Notice, NoticeState
from tests.backoffice.office import make_bundle, make_document, make_picture, send_bundle
from tests.backoffice.test_api import COMPLAINT
from tests.backoffice.test_chain import check_documents

NUMBER = "LM-261123-7K4F"


async def figures(api):
    """Each series with its labels, by name, and its value."""
    answer = await api.get("/metrics")
    assert answer.status_code == 200, answer.text[:300]
    return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in answer.text.splitlines() if not line.startswith("#")}


async def test_cases_stand_by_stage_and_by_what_runs_out(api, sign_in, clock):
    await send_bundle(api)
    second = make_bundle("LM-261123-7K5G", documents=[make_document("kk", make_picture("kk"))])
    await send_bundle(api, second, draft="d2")
    now = await figures(api)
    assert (now['backoffice_cases{stage="diterima"}'], now['backoffice_cases{stage="dikembalikan"}']) == (2, 0)
    assert not any(name.startswith("backoffice_case_clocks") and value for name, value in now.items())
    petugas = await sign_in("petugas")
    await check_documents(petugas, NUMBER, wrong={"kk"})
    await petugas.act(NUMBER, "kembalikan_berkas")
    clock.pass_by(hours=21)
    now = await figures(api)
    assert (now['backoffice_cases{stage="diterima"}'], now['backoffice_cases{stage="dikembalikan"}']) == (1, 1)
    assert now['backoffice_case_clocks{clock="layanan",state="near"}'] == 1, "the returned one has no clock"
    assert now['backoffice_case_clocks{clock="layanan",state="late"}'] == 0
    clock.pass_by(hours=4)
    now = await figures(api)
    assert now['backoffice_case_clocks{clock="layanan",state="late"}'] == 1
    assert now['backoffice_case_clocks{clock="layanan",state="near"}'] == 0


async def test_complaints_stand_by_state_and_by_clock(api, clock):
    await api.put("/api/complaints/c-1", json=COMPLAINT)
    now = await figures(api)
    assert now['backoffice_complaints{state="baru"}'] == 1
    assert now['backoffice_complaint_clocks{clock="first_reply",state="late"}'] == 0
    clock.pass_by(days=20)
    now = await figures(api)
    assert now['backoffice_complaint_clocks{clock="first_reply",state="late"}'] == 1


async def test_notices_stand_by_how_far_they_have_come_and_failed_ones_for_a_day(api, services, clock):
    await send_bundle(api)
    async with services.database.write() as session:
        for place, state in enumerate((NoticeState.QUEUED, NoticeState.WAITING_WINDOW, NoticeState.FAILED, NoticeState.READ)):
            session.add(
                Notice(
                    id=f"n{place}", contact="c1", kind="tahap", number=NUMBER, at=clock(), data={}, attachments=[], state=state,
                    state_at=clock(), next_try_at=clock(),
                )
            )  # fmt: skip
    clock.pass_by(minutes=5)
    now = await figures(api)
    told = {name: value for name, value in now.items() if name.startswith("backoffice_notices")}
    assert told == {
        'backoffice_notices{state="queued"}': 1, 'backoffice_notices{state="handed_over"}': 0,
        'backoffice_notices{state="waiting_window"}': 1, 'backoffice_notices{state="failed"}': 1,
    }  # fmt: skip
    assert now["backoffice_oldest_notice_seconds"] == 300
    clock.pass_by(days=1)
    assert (await figures(api))['backoffice_notices{state="failed"}'] == 0


async def test_there_is_nothing_of_anybody_in_them(api, clock):
    await send_bundle(api)
    await api.put("/api/complaints/c-1", json=COMPLAINT)
    labels = " ".join(re.findall(r"{.*}", (await api.get("/metrics")).text))
    assert "route=" in labels and not re.search(rf"{NUMBER}|{COMPLAINT['number']}|3316\d{{4}}|SPESIMEN|\+?62\d{{6}}", labels)
