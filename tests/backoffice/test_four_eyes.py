"""Nobody alone makes a signer or an administrator, nor takes over the account of one; the person hears of it; both need a second factor."""

import re

import httpx
import pytest
from sqlalchemy import select

from backoffice.audit.models import AuditEvent
from backoffice.notices.models import Notice
from backoffice.staff.account_notices import MAIL
from backoffice.staff.four_eyes import VALID_FOR
from backoffice.staff.models import AccountRequest, Staff
from backoffice.staff.people import People
from standard import roles, stages
from standard.roles import Permission
from tests.backoffice.office import Desk
from tests.backoffice.test_people import decide, enrol


@pytest.fixture
def database_url(sqlite_url):
    """One database is enough here."""
    return sqlite_url


@pytest.fixture
async def stranger(app):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office.test") as client:
        yield Desk(client)


@pytest.fixture
async def administrators(sign_in):
    return await sign_in("administrator"), await sign_in("administrator", username="kedua")


async def roles_of(services, username):
    async with services.database.read() as session:
        return set((await People(session, services.clock()).one(username)).own)


def test_guarded_are_those_who_sign_and_those_who_look_after_accounts():
    signing = {role for row in stages.transitions().values() if row.track for role in row.roles}
    managing = {role.id for role in roles.roles().values() if Permission.MANAGE_STAFF in role.permissions}
    assert {role.id for role in roles.roles().values() if role.guarded} == signing | managing


def test_who_looks_after_accounts_works_on_no_case():
    for role in roles.roles().values():
        if Permission.MANAGE_STAFF in role.permissions:
            assert role.permissions == {Permission.MANAGE_STAFF} and role.alone
            assert not any(role.id in row.roles for row in stages.transitions().values())
    assert not roles.can_be_held(["administrator", "kepala_dinas"]) and roles.can_be_held(["petugas", "operator"])


async def test_the_supervisor_can_not_make_himself_head_nor_reset_the_heads_password(sign_in):
    boss = await sign_in("supervisor")
    await sign_in("kepala_dinas")
    assert (await boss.post("/staf/akun/supervisor/ubah", name="X", role="kepala_dinas")).status_code == 403
    assert (await boss.post("/staf/akun/kepala_dinas/kata-sandi")).status_code == 403


@pytest.mark.parametrize("role", ["kepala_dinas", "kasi_identitas", "administrator"])
async def test_a_guarded_role_is_granted_by_two(administrators, sign_in, services, role):
    first, second = administrators
    await sign_in("petugas")
    await first.open("/staf/akun/petugas")
    assert (await first.post("/staf/akun/petugas/ubah", name="Siti SPESIMEN", role=role)).status_code == 303
    assert await roles_of(services, "petugas") == {"petugas"}
    assert (await decide(second)).status_code == 303
    assert await roles_of(services, "petugas") == {role}


async def test_nobody_confirms_the_own_request_but_may_withdraw_it(administrators, sign_in, services):
    first, _ = administrators
    await sign_in("petugas")
    await first.post("/staf/akun/petugas/ubah", name="Siti SPESIMEN", role="kepala_dinas")
    await first.open("/staf")
    assert "/setuju" not in first.page
    path = re.search(r'action="(/staf/permintaan/[^"]+)/tolak"', first.page).group(1)
    assert (await first.post(f"{path}/setuju")).status_code == 403
    assert (await decide(first, "tolak")).status_code == 303
    assert await roles_of(services, "petugas") == {"petugas"}


async def test_a_new_signer_and_a_signers_new_password_show_the_password_to_the_second_only_then(administrators, stranger):
    first, second = administrators
    asked = await first.client.post(
        "/staf/baru", data={"csrf": first.csrf, "username": "kadis", "name": "Sri SPESIMEN", "role": "kepala_dinas"}
    )
    assert asked.status_code == 303 and "first-password" not in asked.text
    made = await decide(second)
    assert 'data-testid="first-password"' in made.text
    await first.open("/staf/akun/kadis")
    assert (await first.client.post("/staf/akun/kadis/kata-sandi", data={"csrf": first.csrf})).status_code == 303
    old = re.search(r'data-testid="first-password">([^<]+)<', made.text).group(1)
    assert (await stranger.sign_in("kadis", old)).status_code == 303, "nothing has happened yet"
    fresh = re.search(r'data-testid="first-password">([^<]+)<', (await decide(second)).text).group(1)
    assert fresh != old


async def test_a_signers_second_factor_is_taken_off_by_two(administrators, sign_in, services, clock):
    first, second = administrators
    head = await sign_in("kepala_dinas")
    await enrol(head, clock)

    async def secret():
        async with services.database.read() as session:
            return await session.scalar(select(Staff.totp_secret).where(Staff.username == "kepala_dinas"))

    await first.post("/staf/akun/kepala_dinas/lepas-kode")
    assert await secret() is not None
    await decide(second)
    assert await secret() is None


async def test_a_request_is_decided_once_and_not_after_a_week(administrators, sign_in, services, clock):
    first, second = administrators
    await sign_in("petugas")
    await first.post("/staf/akun/petugas/ubah", name="Siti SPESIMEN", role="kepala_dinas")
    await second.open("/staf")
    path = re.search(r'action="(/staf/permintaan/[^"]+/setuju)"', second.page).group(1)
    clock.pass_by(seconds=VALID_FOR.total_seconds())
    await second.sign_in("kedua")
    assert (await second.post(path)).status_code == 404
    async with services.database.read() as session:
        assert (await session.scalar(select(AccountRequest))).granted is None


async def test_closing_a_signers_account_waits_for_nobody(administrators, sign_in):
    first, _ = administrators
    head = await sign_in("kepala_dinas")
    assert (await first.post("/staf/akun/kepala_dinas/tutup")).status_code == 303
    assert (await head.client.get("/persetujuan")).status_code == 303


async def test_the_person_is_told_at_the_next_sign_in_and_by_mail(administrators, sign_in, services, clock):
    first, _ = administrators
    services.settings.smtp_url = "smtp://127.0.0.1:1"
    petugas = await sign_in("petugas")
    await first.post("/staf/akun/petugas/ubah", name="Siti SPESIMEN", role="petugas", email="siti@contoh.test")
    clock.pass_by(minutes=1)
    await first.post("/staf/akun/petugas/sesi")
    await petugas.open("/masuk")
    answer = await petugas.sign_in("petugas")
    assert answer.headers["location"] == "/akun"
    await petugas.open("/akun")
    assert "Mengubah akun" in petugas.page and "Administrator SPESIMEN" in petugas.page
    await petugas.post("/keluar")
    assert (await petugas.sign_in("petugas")).headers["location"] == "/", "told once"
    async with services.database.read() as session:
        mails = list(await session.scalars(select(Notice).where(Notice.kind == MAIL)))
    assert [mail.contact for mail in mails] == ["mailto:siti@contoh.test"], "to the address that was there before the act"


async def test_both_steps_are_in_the_audit(administrators, sign_in, services):
    first, second = administrators
    await sign_in("petugas")
    await first.post("/staf/akun/petugas/ubah", name="Siti SPESIMEN", role="kepala_dinas")
    await decide(second)
    async with services.database.read() as session:
        rows = await session.execute(
            select(AuditEvent.action, Staff.username)
            .join(Staff, Staff.id == AuditEvent.staff_id)
            .where(AuditEvent.subject == "petugas")
            .order_by(AuditEvent.id)
        )
    assert [tuple(row) for row in rows] == [
        ("perubahan_diminta", "administrator"), ("perubahan_disetujui", "kedua"), ("akun_diubah", "kedua"),
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["kepala_dinas", "administrator"])
async def test_where_the_office_is_reached_from_outside_signers_and_administrators_enrol_before_anything_else(
    sign_in, services, clock, role
):
    services.settings.public_url = "http://kantor.example"
    desk, petugas = await sign_in(role), await sign_in("petugas")
    assert (await petugas.client.get("/antrean")).status_code == 200
    for path in ("/antrean", "/persetujuan", "/staf", "/akun"):
        assert (await desk.client.get(path)).headers.get("location") == "/akun/kode", path
    await desk.open("/akun/kode")
    assert "memerlukan kode verifikasi" in desk.page
    await enrol(desk, clock)
    assert (await desk.client.get("/akun")).status_code == 200
