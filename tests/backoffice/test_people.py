"""People and rights: accounts, deputies, the second factor, sessions, and a role that only reads."""

import re
import uuid

import httpx
import pyotp
import pytest
from sqlalchemy import func, select

from backoffice.audit.models import AuditEvent
from backoffice.cases.approvals import Approval
from backoffice.cases.models import CaseEvent
from backoffice.complaints.models import ComplaintMessage
from backoffice.staff.models import Staff, StaffRole
from backoffice.staff.service import StaffService
from standard import roles, stages
from tests.backoffice.office import PASSWORD, Desk, send_bundle
from tests.backoffice.test_chain import NUMBER, check_documents, enter_and_draft

APPROVED_BEFORE = {
    "kasi_identitas": "paraf_kk",
    "kasi_kelahiran": "paraf_akta",
    "kabid_yancapil": "setuju_akta",
    "kabid_yandafduk": "setuju_kk",
}


@pytest.fixture
async def stranger(app):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office.test") as client:
        yield Desk(client)


async def enrol(desk, clock):
    """Enrols the second factor on the own page, and gives the secret."""
    await desk.open("/akun/kode")
    secret = re.search(r'data-testid="secret">([A-Z2-7 ]+)<', desk.page).group(1).replace(" ", "")
    sealed = re.search(r'name="sealed" value="([^"]+)"', desk.page).group(1)
    answer = await desk.post("/akun/kode", sealed=sealed, code=pyotp.TOTP(secret).at(clock()), password=PASSWORD)
    assert answer.status_code == 303, answer.text
    clock.pass_by(seconds=60)
    return secret


async def appoint(boss, username, absent, role, first="2026-11-23", last="2026-11-27"):
    await boss.open(f"/staf/akun/{username}")
    return await boss.post(f"/staf/akun/{username}/plt", untuk=f"{absent}:{role}", dari=first, sampai=last)


async def decide(second, decision="setuju"):
    """The second administrator presses the button beside the only request that waits."""
    await second.open("/staf")
    path = re.search(rf'action="(/staf/permintaan/[^"]+/{decision})"', second.page).group(1)
    return await second.client.post(path, data={"csrf": second.csrf})


async def test_a_new_account_signs_in_with_its_first_password_and_must_change_it(sign_in, stranger):
    boss = await sign_in("administrator")
    await boss.open("/staf/baru")
    await boss.client.post(
        "/staf/baru", data={"csrf": boss.csrf, "username": "dewi", "name": "Dewi SPESIMEN", "role": ["petugas", "operator"]}
    )
    made = await boss.client.post("/staf/baru", data={"csrf": boss.csrf, "username": "dewi", "name": "Dewi SPESIMEN", "role": "petugas"})
    assert made.status_code == 422 and "sudah dipakai" in made.text
    await boss.open("/staf/akun/dewi")
    fresh = await boss.client.post("/staf/akun/dewi/kata-sandi", data={"csrf": boss.csrf})
    password = re.search(r'data-testid="first-password">([^<]+)<', fresh.text).group(1)
    assert (await stranger.sign_in("dewi", password)).status_code == 303
    assert 'action="/kata-sandi"' in stranger.page and "masuk pertama" in stranger.page
    own = "kata-sandi-saya-sendiri"
    assert (await stranger.post("/kata-sandi", old=password, new=own, again=own)).status_code == 303
    assert (await stranger.open("/antrean")).status_code == 200 and 'action="/kata-sandi"' not in stranger.page


async def test_only_who_manages_staff_changes_accounts(sign_in):
    for role in set(roles.roles()) - {"administrator"}:
        desk = await sign_in(role)
        for act in ("ubah", "tutup", "kata-sandi", "plt", "lepas-kode", "sesi"):
            assert (await desk.post(f"/staf/akun/{role}/{act}", name="X", role="supervisor")).status_code == 403, (role, act)


async def test_a_closed_account_is_signed_out_at_once_and_can_not_come_back(sign_in, stranger):
    boss, petugas = await sign_in("administrator"), await sign_in("petugas")
    await boss.open("/staf/akun/petugas")
    assert 'data-action="tutup"' in boss.page and "Ini akun Anda sendiri" not in boss.page
    assert (await boss.post("/staf/akun/petugas/tutup")).status_code == 303
    assert (await petugas.client.get("/antrean")).status_code == 303
    assert (await stranger.sign_in("petugas")).status_code == 401
    await boss.open("/staf/akun/petugas")
    await boss.post("/staf/akun/petugas/buka")
    assert (await stranger.sign_in("petugas")).status_code == 303


async def test_nobody_closes_the_own_account_or_gives_away_the_own_right_to_manage(sign_in):
    boss = await sign_in("administrator")
    await boss.open("/staf/akun/administrator")
    assert 'data-action="tutup"' not in boss.page and "Ini akun Anda sendiri" in boss.page
    assert (await boss.post("/staf/akun/administrator/tutup")).status_code == 403
    await boss.open("/staf")
    assert (await boss.post("/staf/akun/administrator/ubah", name="Hadi", role="petugas")).status_code == 403


async def test_a_role_taken_away_is_gone_with_the_next_click(sign_in, services, api):
    await send_bundle(api)
    boss, petugas = await sign_in("administrator"), await sign_in("petugas")
    await petugas.take(NUMBER)
    await boss.open("/staf/akun/petugas")
    await boss.post("/staf/akun/petugas/ubah", name="Siti SPESIMEN", role="petugas_pengaduan")
    assert (await petugas.client.get("/antrean")).status_code == 303, "a session carries no role that was not held when it began"
    await petugas.sign_in("petugas")
    assert (await petugas.act(NUMBER, "tolak", reason="sudah_tercatat")).status_code == 403
    async with services.database.read() as session:
        rows = list(await session.scalars(select(StaffRole).join(Staff, Staff.id == StaffRole.staff_id).where(Staff.username == "petugas")))
    assert {(row.role, row.valid_until is None) for row in rows} == {("petugas", False), ("petugas_pengaduan", True)}


async def test_a_deputy_approves_in_the_role_of_the_one_away_for_the_period_only_and_is_shown_as_plt(api, sign_in, services, clock):
    await send_bundle(api)
    petugas, operator, boss = await sign_in("petugas"), await sign_in("operator"), await sign_in("administrator")
    await sign_in("kasi_identitas")
    deputy = await sign_in("kasi_kelahiran")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    assert (await deputy.act(NUMBER, "paraf_kk")).status_code == 403
    assert (await appoint(boss, "kasi_kelahiran", "kasi_identitas", "kasi_identitas")).status_code == 303
    assert (await deputy.act(NUMBER, "paraf_kk")).status_code == 403, "it waits for a second administrator"
    assert (await decide(await sign_in("administrator", username="kedua"))).status_code == 303
    await deputy.sign_in("kasi_kelahiran")
    assert (await deputy.act(NUMBER, "paraf_kk")).status_code == 303
    await deputy.open(f"/permohonan/{NUMBER}")
    assert "Plt. Kasi Identitas Penduduk" in deputy.page
    async with services.database.read() as session:
        event = await session.scalar(select(CaseEvent).where(CaseEvent.kind == "paraf_kk"))
        approval = await session.scalar(select(Approval))
    assert event.role == approval.role == "plt:kasi_identitas"

    own = await deputy.act(NUMBER, "paraf_akta")
    assert own.status_code == 409 and 'data-code="approved_before"' in own.text, "one person approves once, as a deputy too"

    clock.pass_by(days=5)
    assert await deputy.sign_in("kasi_kelahiran")
    async with services.database.read() as session:
        staff = await session.scalar(select(Staff).where(Staff.username == "kasi_kelahiran"))
        actor = await StaffService(session, services.settings, clock()).actor(staff)
    assert actor.roles == {"kasi_kelahiran"} and not actor.deputised


@pytest.mark.parametrize(
    ("role", "first", "last"),
    [
        ("kepala_dinas", "2026-11-23", "2026-11-27"),
        ("kasi_identitas", "2026-11-27", "2026-11-23"),
        ("kasi_identitas", "2026-11-01", "2026-11-02"),
    ],
)
async def test_nobody_is_deputy_for_a_role_that_the_other_does_not_hold_or_in_a_period_that_is_none(sign_in, role, first, last):
    boss = await sign_in("administrator")
    await sign_in("kasi_identitas")
    await sign_in("kasi_kelahiran")
    asked = await appoint(boss, "kasi_kelahiran", "kasi_identitas", role, first, last)
    if asked.status_code == 303:
        asked = await decide(await sign_in("administrator", username="kedua"))
    assert asked.status_code == 422


async def test_with_a_second_factor_the_password_alone_opens_nothing(sign_in, stranger, services, clock):
    petugas = await sign_in("petugas")
    secret = await enrol(petugas, clock)
    assert (await stranger.sign_in("petugas")).status_code == 303
    assert 'data-testid="give-code"' in stranger.page
    assert (await stranger.client.get("/antrean")).headers["location"] == "/masuk/kode"
    code = pyotp.TOTP(secret).at(clock())
    assert (await stranger.post("/masuk/kode", code="000000")).status_code == 401
    assert (await stranger.post("/masuk/kode", code=code)).status_code == 303
    assert (await stranger.open("/antrean")).status_code == 200 and "tab-tugas" in stranger.page
    async with services.database.read() as session:
        stored = (await session.scalar(select(Staff).where(Staff.username == "petugas"))).totp_secret
    assert secret not in stored and len(stored) == 64


async def test_a_code_counts_once(sign_in, app, services, clock):
    petugas = await sign_in("petugas")
    secret = await enrol(petugas, clock)
    code = pyotp.TOTP(secret).at(clock())
    outcomes = []
    for _ in range(2):
        desk = Desk(type(petugas.client)(transport=petugas.client._transport, base_url="http://office.test"))
        await desk.sign_in("petugas")
        outcomes.append((await desk.post("/masuk/kode", code=code)).status_code)
        await desk.client.aclose()
    assert outcomes == [303, 401]


async def test_wrong_codes_slow_down_who_knows_the_password_and_end_no_session(sign_in, stranger, app, clock):
    petugas = await sign_in("petugas")
    secret = await enrol(petugas, clock)
    await stranger.sign_in("petugas")
    for _ in range(5):
        await stranger.client.post("/masuk/kode", data={"csrf": stranger.csrf, "code": "000000"})
    held = await stranger.client.post("/masuk/kode", data={"csrf": stranger.csrf, "code": pyotp.TOTP(secret).at(clock())})
    assert held.status_code == 429 and "5 detik" in held.text
    assert (await petugas.client.get("/antrean")).status_code == 200
    await petugas.sign_in("petugas")
    assert (await petugas.post("/masuk/kode", code=pyotp.TOTP(secret).at(clock()))).status_code == 303, "a known device has its own turns"


async def test_enrolling_and_giving_a_code_make_a_new_session_token(sign_in, stranger, clock):
    petugas = await sign_in("petugas")
    tokens = [petugas.client.cookies["lm_sesi"]]
    secret = await enrol(petugas, clock)
    tokens.append(petugas.client.cookies["lm_sesi"])
    await stranger.sign_in("petugas")
    tokens.append(stranger.client.cookies["lm_sesi"])
    assert (await stranger.post("/masuk/kode", code=pyotp.TOTP(secret).at(clock()))).status_code == 303
    tokens.append(stranger.client.cookies["lm_sesi"])
    assert len(set(tokens)) == 4
    for old in (tokens[0], tokens[2]):
        stranger.client.cookies.clear()
        stranger.client.cookies.set("lm_sesi", old)
        assert (await stranger.client.get("/antrean")).status_code == 303


async def test_guesses_while_enrolling_are_slowed_down(sign_in, clock):
    petugas = await sign_in("petugas")
    await petugas.open("/akun/kode")
    sealed = re.search(r'name="sealed" value="([^"]+)"', petugas.page).group(1)
    answers = [(await petugas.post("/akun/kode", sealed=sealed, code="000000", password="salah")).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


async def test_a_session_that_waits_for_its_code_ends_after_ten_minutes(sign_in, stranger, clock):
    await enrol(await sign_in("petugas"), clock)
    await stranger.sign_in("petugas")
    clock.pass_by(minutes=11)
    assert (await stranger.client.get("/masuk/kode")).headers["location"].startswith("/masuk?")


async def test_a_head_with_a_second_factor_signs_with_a_code_not_with_the_password(api, sign_in, clock):
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    for role, transition in APPROVED_BEFORE.items():
        desk = await sign_in(role)
        assert (await desk.act(NUMBER, transition)).status_code == 303
    head = await sign_in("kepala_dinas")
    secret = await enrol(head, clock)
    clock.pass_by(minutes=20)
    await head.open("/persetujuan")
    assert "Kode 6 angka" in head.page
    chosen = re.search(r'value="(setuju_kadis:[^"]+)"', head.page).group(1)
    wrong = await head.client.post("/persetujuan", data={"csrf": head.csrf, "pilih": chosen, "password": PASSWORD})
    assert wrong.status_code == 403
    code = pyotp.TOTP(secret).at(clock())
    assert (await head.post("/persetujuan", pilih=chosen, password=code, key=str(uuid.uuid4()))).status_code == 303
    assert (await api.get(f"/api/cases/{NUMBER}")).json()["stage"] == "penerbitan"


async def test_a_lost_phone_is_taken_off_by_the_administrator(sign_in, stranger, clock):
    petugas, boss = await sign_in("petugas"), await sign_in("administrator")
    await enrol(petugas, clock)
    await boss.open("/staf/akun/petugas")
    assert (await boss.post("/staf/akun/petugas/lepas-kode")).status_code == 303
    assert (await stranger.sign_in("petugas")).status_code == 303
    assert "tab-tugas" in stranger.page


async def test_sessions_are_listed_and_ended_one_by_one_or_all_but_this(sign_in, stranger):
    petugas = await sign_in("petugas")
    await stranger.sign_in("petugas")
    await petugas.open("/akun")
    assert petugas.page.count('data-testid="session"') == 2
    handle = re.search(r'name="sesi" value="([^"]+)"', petugas.page).group(1)
    assert (await petugas.post("/akun/sesi", sesi=handle)).status_code == 303
    assert (await stranger.client.get("/antrean")).status_code == 303
    await stranger.sign_in("petugas")
    await petugas.open("/akun")
    await petugas.post("/akun/sesi")
    assert (await stranger.client.get("/antrean")).status_code == 303
    assert (await petugas.client.get("/antrean")).status_code == 200


async def test_nobody_ends_the_session_of_another_over_the_own_page(sign_in, services):
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await operator.open("/akun")
    async with services.database.read() as session:
        rows = (await session.execute(select(Staff.username, func.count()).group_by(Staff.username))).all()
    assert len(rows) == 2
    await petugas.open("/akun")
    handle = "f" * 64
    await petugas.post("/akun/sesi", sesi=handle)
    assert (await operator.client.get("/antrean")).status_code == 200


async def test_the_inspektorat_reads_everything_and_changes_nothing(api, app, sign_in, services):
    await send_bundle(api)
    desk = await sign_in("inspektorat")
    for path in ("/antrean", f"/permohonan/{NUMBER}", "/pengaduan", "/staf", "/staf/hak", "/audit", "/laporan"):
        assert (await desk.open(path)).status_code == 200, path
    assert "ANAK A SPESIMEN" in (await desk.open(f"/permohonan/{NUMBER}")).text

    async def acts():
        async with services.database.read() as session:
            looks = CaseEvent.kind != "dilihat"
            return (
                await session.scalar(select(func.count()).select_from(CaseEvent).where(looks)),
                await session.scalar(select(func.count()).select_from(ComplaintMessage)),
                await session.scalar(select(func.count()).select_from(AuditEvent).where(AuditEvent.action.like("akun%"))),
            )

    before = await acts()
    own = ("/akun", "/kata-sandi", "/masuk", "/keluar")
    fill = {"number": NUMBER, "username": "inspektorat", "act": "ubah", "transition": "tolak"}
    tried = 0
    for route in app.router.routes:
        path = re.sub(r"<(\w+)(:[^>]+)?>", lambda part: fill.get(part[1], "1"), "/" + route.path)
        if "POST" not in route.methods or path.startswith(("/api/", *own)):
            continue
        answer = await desk.client.post(path, data={"csrf": desk.csrf, "version": "1", "text": "x", "reason": "sudah_tercatat"})
        harmless = path.endswith(("/persetujuan", "/lepas")) and answer.status_code == 303
        assert answer.status_code in (403, 404, 409, 422) or harmless, (path, answer.status_code)
        tried += 1
    assert tried > 10 and await acts() == before


async def test_the_table_of_permissions_shows_what_the_server_holds(sign_in):
    desk = await sign_in("petugas")
    page = (await desk.open("/staf/hak")).text
    expected = sum(len(role.permissions) for role in roles.roles().values()) + sum(role.takes for role in roles.roles().values())
    expected += sum(len(row.roles) for row in stages.transitions().values())
    assert page.count('<span class="visually-hidden">ya</span>') == expected


async def test_an_act_on_an_account_is_in_the_audit_with_who_did_it(sign_in, services):
    boss = await sign_in("administrator")
    await sign_in("petugas")
    await boss.open("/staf/akun/petugas")
    await boss.post("/staf/akun/petugas/ubah", name="Siti SPESIMEN", role="operator")
    async with services.database.read() as session:
        row = await session.scalar(select(AuditEvent).where(AuditEvent.action == "akun_diubah"))
        boss_id = await session.scalar(select(Staff.id).where(Staff.username == "administrator"))
    assert (row.staff_id, row.subject, row.data["roles"], row.data["before"]) == (boss_id, "petugas", ["operator"], ["petugas"])
