"""The process starts, or says in one sentence why it does not."""

import os
import socket
import subprocess
import sys
import time

import httpx
import pytest

from tests.postgres import migrate

pytestmark = pytest.mark.slow

SECRETS = {"BLOB_KEY": "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=", "SESSION_SECRET": "s" * 32}
TOKENS = {name: name for name in ("ACTIONS_BACKOFFICE_TOKEN", "BOT_BACKOFFICE_TOKEN", "BACKOFFICE_BOT_TOKEN")}
SECRETS |= TOKENS


def run(tmp_path, *arguments, **environment):
    base = {"PATH": os.environ["PATH"], "LANDA_MEWA_VAR": str(tmp_path), "BACKOFFICE_DATABASE_URL": f"sqlite:///{tmp_path}/b.db"}
    command = [sys.executable, "-m", "backoffice", *arguments]
    return subprocess.run(command, env={**base, **environment}, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def installed(tmp_path):
    """An installation that was started once."""
    migrate(f"sqlite:///{tmp_path}/b.db", "backoffice/migrations")
    return tmp_path


def test_the_pages_for_everybody_stand_on_a_port_of_their_own(installed):
    ports = {}
    for name in ("BACKOFFICE_PORT", "PUBLIC_PORT"):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            ports[name] = str(probe.getsockname()[1])
    base = {"PATH": os.environ["PATH"], "LANDA_MEWA_VAR": str(installed), "BACKOFFICE_DATABASE_URL": f"sqlite:///{installed}/b.db"}
    office = subprocess.Popen([sys.executable, "-m", "backoffice"], env={**base, **SECRETS, **ports}, stdout=subprocess.DEVNULL)
    try:
        public, private = (f"http://127.0.0.1:{ports[name]}" for name in ("PUBLIC_PORT", "BACKOFFICE_PORT"))
        for _ in range(300):
            try:
                assert "Lacak permohonan" in httpx.get(f"{public}/lacak", timeout=5).text
                break
            except httpx.TransportError:
                time.sleep(0.2)
        assert httpx.get(f"{public}/masuk").status_code == 404 and httpx.get(f"{private}/masuk").status_code == 200
        assert httpx.get(f"{private}/lacak").status_code == 404
    finally:
        office.terminate()
        assert office.wait(30) == 0


def test_missing_secrets_are_named_and_nothing_starts(tmp_path):
    ended = run(tmp_path, BLOB_KEY=SECRETS["BLOB_KEY"], BOT_BACKOFFICE_TOKEN="", SESSION_SECRET="")
    assert ended.returncode == 1
    assert "BOT_BACKOFFICE_TOKEN" in ended.stderr and "SESSION_SECRET" in ended.stderr and "BLOB_KEY" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


def test_an_https_address_is_not_served_before_somebody_said_how_many_proxies_stand_before_it(installed):
    ended = run(installed, **SECRETS, PUBLIC_URL="https://kantor.example")
    assert ended.returncode == 1 and "TRUSTED_PROXIES" in ended.stderr and len(ended.stderr.strip().splitlines()) == 1
    assert run(installed, "user", "list", **SECRETS, PUBLIC_URL="https://kantor.example").returncode == 0


@pytest.mark.parametrize("count", ["0", "1"])
def test_zero_proxies_is_an_answer_too(tmp_path, count):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        ended = run(tmp_path, **SECRETS, PUBLIC_URL="https://kantor.example", TRUSTED_PROXIES=count, BACKOFFICE_PORT=port)
    assert ended.stderr.startswith(f"The port {port} of 127.0.0.1 is taken"), "it came as far as listening"


def test_a_taken_port_is_told_in_one_sentence(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        ended = run(tmp_path, **SECRETS, BACKOFFICE_PORT=port)
    assert ended.returncode == 1 and ended.stderr.strip().splitlines() == [
        f"The port {port} of 127.0.0.1 is taken (Address already in use). Stop what listens there, or set BACKOFFICE_PORT."
    ]


def test_the_demo_accounts_are_made_once_and_readable_by_their_owner_only(installed):
    assert run(installed, "user", "demo", **SECRETS).returncode == 0
    file = installed / "demo-accounts.txt"
    first = file.read_text()
    assert run(installed, "user", "demo", **SECRETS).returncode == 0
    assert file.read_text() == first and len(first.splitlines()) == 13
    assert file.stat().st_mode & 0o077 == 0


def test_an_account_is_made_and_a_taken_name_is_refused(installed):
    made = run(installed, "user", "create", "siti", "Siti SPESIMEN", "--role", "petugas", **SECRETS)
    assert made.returncode == 0 and made.stdout.startswith("siti: ")
    again = run(installed, "user", "create", "siti", "Siti SPESIMEN", "--role", "petugas", **SECRETS)
    assert again.returncode == 1 and "siti" in again.stderr
