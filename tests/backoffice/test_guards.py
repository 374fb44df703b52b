"""The guards on the server: roles, holders, versions, double presses, one person's one approval."""

import asyncio
import re
import uuid

from sqlalchemy import func, select

from backoffice.cases.models import CaseEvent
from backoffice.cases.repository import CaseRepository
from backoffice.notices.models import Notice
from tests.backoffice.office import PASSWORD, make_bundle, send_bundle
from tests.backoffice.test_chain import APPROVALS, NUMBER, check_documents, enter_and_draft


async def events_of(services, kind):
    async with services.database.read() as session:
        return await session.scalar(select(func.count()).select_from(CaseEvent).where(CaseEvent.kind == kind))


async def test_an_officer_who_has_not_taken_the_case_sees_no_identity_and_can_do_nothing(api, sign_in):
    await send_bundle(api)
    petugas = await sign_in("petugas")
    await petugas.open(f"/permohonan/{NUMBER}")
    assert "ANAK A SPESIMEN" not in petugas.page and "+6281230000001" not in petugas.page and "Jalan Contoh" not in petugas.page
    submission = make_bundle()["documents"][0]["submission"]
    assert (await petugas.open(f"/permohonan/{NUMBER}/berkas/{submission}/halaman/0")).status_code == 409
    assert (await petugas.open(f"/permohonan/{NUMBER}/cetak.pdf")).status_code == 409
    answer = await petugas.act(NUMBER, "tolak", reason="sudah_tercatat")
    assert answer.status_code == 409 and 'data-code="not_taken"' in answer.text


async def test_who_sees_no_cases_learns_of_no_number_whether_there_is_one(app, api, sign_in):
    await send_bundle(api)
    desk = await sign_in("administrator")
    await desk.open("/akun")
    fill = {"submission": make_bundle()["documents"][0]["submission"], "transition": "lengkap", "index": "0"}
    for route in app.router.routes:
        if not route.path.startswith("permohonan/"):
            continue
        for number in (NUMBER, "LM-261123-ZZZZ"):
            path = "/" + re.sub(r"<(\w+)(:[^>]+)?>", lambda part, number=number: {**fill, "number": number}.get(part[1], "x"), route.path)
            for method in route.methods & {"GET", "POST"}:
                answer = await desk.client.request(method, path, data={"csrf": desk.csrf} if method == "POST" else None)
                assert answer.status_code == 403, (method, path, answer.status_code)


async def test_a_case_in_one_officers_hands_is_closed_to_another_until_idle_time_has_passed(api, sign_in, clock):
    await send_bundle(api)
    first, second = await sign_in("petugas", username="siti"), await sign_in("petugas", username="budi")
    await first.take(NUMBER)
    answer = await second.take(NUMBER)
    assert answer.status_code == 409 and "Siti SPESIMEN" in answer.text
    answer = await second.act(NUMBER, "tolak", reason="sudah_tercatat")
    assert answer.status_code == 409 and "Siti SPESIMEN" in answer.text
    clock.pass_by(minutes=31)
    assert (await second.take(NUMBER)).status_code == 303
    assert "Anda pegang" in second.page


async def test_a_supervisor_takes_a_case_out_of_an_officers_hands(api, sign_in):
    await send_bundle(api)
    officer, supervisor = await sign_in("petugas"), await sign_in("supervisor")
    await officer.take(NUMBER)
    assert (await supervisor.post(f"/permohonan/{NUMBER}/lepas")).status_code == 303
    await officer.open(f"/permohonan/{NUMBER}")
    assert "ANAK A SPESIMEN" not in officer.page


async def test_two_officers_at_once_one_acts_and_the_other_reads_who_did_what(api, sign_in, services):
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    kasi = await sign_in("kasi_identitas")
    await kasi.open(f"/permohonan/{NUMBER}")
    version = re.search(r'data-version="(\d+)"', kasi.page).group(1)
    other = await sign_in("kasi_kelahiran")
    await other.act(NUMBER, "kembalikan_draf_akta", reason="salah_nama")
    answer = await kasi.post(f"/permohonan/{NUMBER}/laku/paraf_kk", version=version, key=str(uuid.uuid4()))
    assert answer.status_code == 409 and 'data-code="stale"' in answer.text
    assert "Kasi_Kelahiran SPESIMEN" in answer.text and "mengembalikan draf akta" in answer.text


async def test_two_kasi_paraf_side_by_side_without_making_each_other_stale(api, sign_in):
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    kasi_kk, kasi_akta = await sign_in("kasi_identitas"), await sign_in("kasi_kelahiran")
    versions = []
    for desk in (kasi_kk, kasi_akta):
        await desk.open(f"/permohonan/{NUMBER}")
        versions.append(re.search(r'data-version="(\d+)"', desk.page).group(1))
    answers = [
        await kasi_kk.post(f"/permohonan/{NUMBER}/laku/paraf_kk", version=versions[0], key=str(uuid.uuid4())),
        await kasi_akta.post(f"/permohonan/{NUMBER}/laku/paraf_akta", version=versions[1], key=str(uuid.uuid4())),
    ]
    assert [answer.status_code for answer in answers] == [303, 303]


async def test_a_double_press_does_it_once_and_tells_the_applicant_once(api, sign_in, services):
    await send_bundle(api)
    petugas = await sign_in("petugas")
    await check_documents(petugas, NUMBER)
    await petugas.open(f"/permohonan/{NUMBER}")
    version = re.search(r'data-version="(\d+)"', petugas.page).group(1)
    form = {"csrf": petugas.csrf, "version": version, "key": str(uuid.uuid4())}
    answers = await asyncio.gather(*(petugas.client.post(f"/permohonan/{NUMBER}/laku/lengkap", data=form) for _ in range(3)))
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert await events_of(services, "lengkap") == 1
    async with services.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Notice)) == 1


async def test_one_person_never_approves_twice_in_one_case(api, sign_in, services):
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    both = await sign_in("kasi_identitas", "kasi_kelahiran", "kabid_yandafduk", username="rangkap")
    assert (await both.act(NUMBER, "paraf_kk")).status_code == 303
    answer = await both.act(NUMBER, "paraf_akta")
    assert answer.status_code == 409 and 'data-code="approved_before"' in answer.text


async def test_the_head_approves_several_at_once_and_proves_who_it_is_when_the_sign_in_is_old(api, sign_in, services, clock):
    numbers = ["LM-261123-AAAA", "LM-261123-CCCC"]
    for place, number in enumerate(numbers):
        await send_bundle(api, make_bundle(number), draft=f"draft-{place}")
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    for first, number in enumerate(numbers, 1):
        await check_documents(petugas, number)
        await petugas.act(number, "lengkap")
        await operator.open("/antrean")
        await enter_and_draft(operator, number, first=first)
    for role in ("kasi_identitas", "kasi_kelahiran", "kabid_yandafduk", "kabid_yancapil"):
        desk = await sign_in(role)
        await desk.open("/persetujuan")
        chosen = re.findall(r'data-pick |name="pilih" value="([^"]+)" data-pick', desk.page)
        await desk.post("/persetujuan", pilih=[entry for entry in chosen if entry], key=str(uuid.uuid4()))
    head = await sign_in("kepala_dinas")
    clock.pass_by(minutes=20)
    await head.open("/persetujuan")
    chosen = re.findall(r'name="pilih" value="([^"]+)" data-pick', head.page)
    assert len(chosen) == 2
    answer = await head.post("/persetujuan", pilih=chosen, key=str(uuid.uuid4()))
    assert answer.status_code == 403 and "kata sandi" in answer.text
    answer = await head.post("/persetujuan", pilih=chosen, key=str(uuid.uuid4()), password="sandi-untuk-ujian-1")
    assert answer.status_code == 303
    for number in numbers:
        assert (await api.get(f"/api/cases/{number}")).json()["stage"] == "penerbitan"


async def test_a_signature_on_the_page_of_the_case_needs_a_fresh_proof_too(api, sign_in, clock):
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    for role, transition in list(APPROVALS.items())[:-1]:
        await (await sign_in(role)).act(NUMBER, transition)
    head = await sign_in("kepala_dinas")
    clock.pass_by(minutes=20)
    for given, status in ((None, 403), ("salah", 403), (PASSWORD, 303)):
        fields = {"password": given} if given else {}
        assert (await head.act(NUMBER, "setuju_kadis", **fields)).status_code == status
    assert (await api.get(f"/api/cases/{NUMBER}")).json()["stage"] == "penerbitan"


async def test_every_look_at_a_case_is_an_event(api, sign_in, services):
    await send_bundle(api)
    inspector = await sign_in("inspektorat")
    await inspector.open(f"/permohonan/{NUMBER}")
    async with services.database.read() as session:
        cases = CaseRepository(session)
        looks = [event for event in await cases.events(await cases.get(NUMBER)) if event.kind == "dilihat"]
    assert [(event.staff_name, event.role) for event in looks] == [("Inspektorat SPESIMEN", "inspektorat")]


async def test_a_look_at_the_stack_of_approvals_is_a_look_at_each_of_its_cases(api, sign_in, services):
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    kasi = await sign_in("kasi_identitas")
    await kasi.open("/persetujuan")
    async with services.database.read() as session:
        cases = CaseRepository(session)
        looks = [
            event.data["what"] for event in await cases.events(await cases.get(NUMBER)) if event.staff_name == "Kasi_Identitas SPESIMEN"
        ]
    assert looks == ["persetujuan"]
