"""Guessing is slowed down, and no stranger can keep anybody out, end a session, or find out which names exist."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta

import argon2
import httpx
import pytest
from sanic import Sanic

from backoffice.app import create_app
from backoffice.cli.run import ADMINISTRATOR
from backoffice.staff import passwords, throttle
from backoffice.staff.origin import DEVICE_REMEMBERED_FOR, known_device, make_device_token, network_of
from backoffice.staff.people import People
from backoffice.staff.service import StaffService
from backoffice.staff.throttle import LONGEST_WAIT, Throttle
from tests.backoffice.office import PASSWORD, Desk, lifespan

WRONG = "salah-sekali-sandi"


@pytest.fixture
def database_url(sqlite_url):
    """One database is enough here: `test_attempt_counts.py` writes on both."""
    return sqlite_url


@pytest.fixture
async def proxied(services):
    """The application behind one reverse proxy of ours."""
    services.settings.trusted_proxies = 1
    Sanic.test_mode = True
    made = create_app(services.settings, services, background=False)
    made.config.TOUCHUP = False
    async with lifespan(made):
        yield made


def desk_at(app, *forwarded):
    """A browser whose requests come through our proxy from the last of these addresses; those before it are its own words."""
    headers = [("X-Forwarded-For", address) for address in forwarded]
    return Desk(httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office.test", headers=headers))


async def make_staff(services, *names):
    hashed = await passwords.make_hash(PASSWORD)
    async with services.database.write() as session:
        for name in names:
            role = name if name == "kepala_dinas" else "petugas"
            await StaffService(session, services.settings, services.clock()).create(name, f"{name} SPESIMEN", [role], hashed, False)


async def fail(desk, username, times):
    return [(await desk.sign_in(username, WRONG)).status_code for _ in range(times)]


async def count_failures(services, clock, pairs):
    """One failure each, of the most patient attacker: who has to wait does, and comes back."""
    for name, network in pairs:
        attempt = throttle.at_password(services.settings, name, network, None)
        async with services.database.write() as session:
            if wait := await Throttle(session, services.clock()).begin(attempt):
                clock.pass_by(seconds=wait.total_seconds())
                assert not await Throttle(session, services.clock()).begin(attempt)


async def test_a_strangers_failures_end_no_session_and_keep_no_known_device_out(proxied, services):
    await make_staff(services, "kepala_dinas")
    head, stranger = desk_at(proxied, "203.0.113.7"), desk_at(proxied, "203.0.113.7")
    assert (await head.sign_in("kepala_dinas")).status_code == 303
    for _ in range(10):
        await fail(stranger, "kepala_dinas", 5)
    assert (await head.client.get("/persetujuan")).status_code == 200
    await head.post("/keluar")
    assert (await head.sign_in("kepala_dinas")).status_code == 303


async def test_the_owner_gets_in_from_an_unknown_device_at_once_while_a_stranger_of_another_network_guesses(proxied, services):
    await make_staff(services, "kepala_dinas")
    assert await fail(desk_at(proxied, "198.51.100.9"), "kepala_dinas", 12) == [401] * 5 + [429] * 7
    assert (await desk_at(proxied, "203.0.113.7").sign_in("kepala_dinas")).status_code == 303


async def test_under_attack_from_many_networks_an_unknown_device_waits_five_minutes_at_most_whatever_others_do(proxied, services, clock):
    await make_staff(services, "kepala_dinas")
    await count_failures(services, clock, (("kepala_dinas", f"198.51.100.{place}") for place in range(40)))
    owner = desk_at(proxied, "203.0.113.7")
    assert (await owner.sign_in("kepala_dinas")).status_code == 429
    attackers = desk_at(proxied, "198.51.100.1")
    for _ in range(10):
        clock.pass_by(seconds=LONGEST_WAIT.total_seconds() / 10)
        await fail(attackers, "kepala_dinas", 3)
    assert (await owner.sign_in("kepala_dinas")).status_code == 303


async def test_many_failures_of_an_office_leave_its_other_accounts_a_turn_after_a_wait(proxied, services, clock):
    await make_staff(services, "siti", "budi")
    colleague, known = desk_at(proxied, "203.0.113.7"), desk_at(proxied, "203.0.113.7")
    await known.sign_in("budi")
    await known.post("/keluar")
    await count_failures(services, clock, ((f"orang-{place}", "203.0.113.7") for place in range(40)))
    assert (await known.sign_in("budi")).status_code == 303
    assert (await colleague.sign_in("siti")).status_code == 429
    clock.pass_by(seconds=LONGEST_WAIT.total_seconds())
    assert (await colleague.sign_in("siti")).status_code == 303


async def test_names_that_exist_that_do_not_and_that_are_closed_are_answered_alike(proxied, services):
    await make_staff(services, "kepala_dinas", "petugas")
    async with services.database.write() as session:
        await People(session, services.clock()).set_active("petugas", False, ADMINISTRATOR)
    answers = {}
    for place, name in enumerate(("kepala_dinas", "tidak-ada", "petugas")):
        desk = desk_at(proxied, f"203.0.113.{place}")
        found = [await desk.sign_in(name, WRONG) for _ in range(8)]
        answers[name] = [(answer.status_code, re.sub(r'value="[^"]+"', "", answer.text)) for answer in found]
        answers[name].append(sorted({key for answer in found for key in answer.headers}))
    assert answers["kepala_dinas"] == answers["tidak-ada"] == answers["petugas"]


async def test_each_answer_to_a_name_costs_one_hash_of_the_same_strength(proxied, services, monkeypatch):
    await make_staff(services, "kepala_dinas")
    checked = []

    class Recording:
        def verify(self, password_hash, password):
            checked.append(password_hash)
            raise argon2.exceptions.VerifyMismatchError

    monkeypatch.setattr(passwords, "_hasher", Recording())
    for name in ("kepala_dinas", "tidak-ada"):
        await fail(desk_at(proxied, "203.0.113.7"), name, 1)
    assert len(checked) == 2
    monkeypatch.undo()
    stored = argon2.extract_parameters(argon2.PasswordHasher().hash(PASSWORD))
    assert argon2.extract_parameters(passwords._NOBODY) == stored == argon2.extract_parameters(await passwords.make_hash(PASSWORD))


async def test_forty_guesses_at_once_are_forty_guesses(proxied, services):
    await make_staff(services, "kepala_dinas")
    desks = [desk_at(proxied, "203.0.113.7") for _ in range(40)]
    answers = await asyncio.gather(*(fail(desk, "kepala_dinas", 1) for desk in desks))
    assert sorted(status for (status,) in answers) == [401] * 5 + [429] * 35


async def test_a_right_password_takes_its_own_failures_back(proxied, services):
    await make_staff(services, "kepala_dinas")
    for _ in range(4):
        desk = desk_at(proxied, "203.0.113.7")
        assert await fail(desk, "kepala_dinas", 4) == [401] * 4
        assert (await desk.sign_in("kepala_dinas")).status_code == 303


async def test_a_known_device_that_guesses_is_slowed_down_too(proxied, services, clock):
    await make_staff(services, "kepala_dinas")
    desk = desk_at(proxied, "203.0.113.7")
    await desk.sign_in("kepala_dinas")
    await desk.post("/keluar")
    assert await fail(desk, "kepala_dinas", 6) == [401] * 5 + [429]
    clock.pass_by(seconds=6)
    assert (await desk.sign_in("kepala_dinas")).status_code == 303


async def test_what_a_browser_says_of_its_own_address_counts_for_nothing(proxied, services):
    await make_staff(services, "kepala_dinas")
    said = []
    for place in range(8):
        desk = desk_at(proxied, f"10.0.0.{place}, 192.0.2.{place}", "198.51.100.9")
        said += await fail(desk, "kepala_dinas", 1)
    assert said == [401] * 5 + [429] * 3


async def test_without_a_proxy_the_header_is_not_read_at_all(app, services):
    await make_staff(services, "kepala_dinas")
    said = []
    for place in range(8):
        said += await fail(desk_at(app, f"192.0.2.{place}"), "kepala_dinas", 1)
    assert said == [401] * 5 + [429] * 3


async def test_one_household_of_ipv6_is_one_network(proxied, services):
    await make_staff(services, "kepala_dinas")
    said = []
    for place in range(8):
        said += await fail(desk_at(proxied, f"2001:db8:1:2::{place:x}"), "kepala_dinas", 1)
    assert said == [401] * 5 + [429] * 3


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::1]", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
        ("_hidden", "unknown"),
        ("", "unknown"),
    ],
)
def test_an_address_is_counted_under_its_network(address, network):
    assert network_of(address) == network


def test_a_device_is_known_for_its_own_account_only_and_not_for_good(services, clock):
    token = make_device_token(services.settings, "siti", clock())
    assert known_device(services.settings, token, "siti", clock())
    other = replace(services, settings=services.settings.model_copy(update={"session_secret": services.settings.blob_key})).settings
    for settings, wrong, name in (
        (services.settings, token, "budi"),
        (services.settings, token[:-1], "siti"),
        (services.settings, "é.1.x", "siti"),
        (services.settings, None, "siti"),
        (other, token, "siti"),
    ):
        assert known_device(settings, wrong, name, clock()) is None
    assert known_device(services.settings, token, "siti", clock() + DEVICE_REMEMBERED_FOR + timedelta(seconds=1)) is None
