"""Tests what operators rely on: readiness, settings, migrations without gaps, and the page that explains it."""

import asyncio
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from bot_fakes import graph_error

from bot.deliveries.models import Delivery, Update
from bot.dialogue.catalogue import SentenceMissing, read_sentence
from bot.graph.errors import POLICIES, RetryPolicy, Stopped, what_stopped
from bot.inbox.policy import MESSAGES, UPDATES
from bot.settings import Settings
from bot.tables import Base
from runtime.release import RELEASE
from runtime.settings import ROOT, SettingsWrong, read
from storage.migrations import find_drift, run_migrations

SECRETS = [
    "WHATSAPP_PHONE_NUMBER_ID",
    "WHATSAPP_ACCESS_TOKEN",
    "WHATSAPP_APP_SECRET",
    "WHATSAPP_VERIFY_TOKEN",
    "BLOB_KEY",
    "BOT_DIALOGUE_TOKEN",
    "BOT_BACKOFFICE_TOKEN",
    "BACKOFFICE_BOT_TOKEN",
    "ACTIONS_BOT_TOKEN",
]


async def test_alive_and_ready(house) -> None:
    assert (await house.http.get("/healthz")).status_code == 200
    answer = await house.http.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "missing": {}, "alarms": {}, "release": RELEASE})


async def test_readiness_names_what_does_not_answer(house) -> None:
    house.dialogue.actions_up = False
    await house.bot.database.close()
    answer = await house.http.get("/readyz")
    assert answer.status_code == 503 and answer.json()["missing"] == {"actions": "HTTP 503"}


async def test_readiness_says_what_has_waited_for_long_and_what_needs_a_person(house) -> None:
    await house.say("halo")
    house.clock.move(minutes=6)
    alarms = (await house.http.get("/readyz")).json()["alarms"]
    assert alarms == {"late": "received and not split for 360 s"}
    assert "bot_oldest_unsplit_seconds 360.0" in (await house.http.get("/metrics")).text
    house.dialogue.faults = [httpx.ConnectError("down")] * 500
    await house.pass_time(400)
    alarms = (await house.http.get("/readyz")).json()["alarms"]
    assert alarms["late"].startswith("to be answered for 3")
    house.dialogue.faults, house.graph.faults = [], [graph_error(131026)]
    await house.pass_time(10)
    assert (await house.http.get("/readyz")).json()["alarms"] == {"outbox": "1 sends were refused (python -m bot unsent)"}
    house.clock.move(days=1, minutes=1)
    assert (await house.http.get("/readyz")).json()["alarms"].keys() <= {"housekeeping"}


async def test_readiness_says_which_place_takes_no_write(house, tmp_path) -> None:
    await house.say("halo")
    assert (await house.http.get("/readyz")).status_code == 200
    sentinel = tmp_path / "blobs" / "intake" / "sentinel"
    sentinel.write_bytes(sentinel.read_bytes()[:-1] + b"x")
    answer = await house.http.get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, {"blobs": "BlobKeyWrong"})
    shutil.rmtree(tmp_path / "blobs")
    (tmp_path / "blobs").write_text("no folder")
    database = Path(house.bot.database.engine.url.database)
    await asyncio.to_thread(database.rename, database.with_suffix(".gone"))
    missing = (await house.http.get("/readyz")).json()["missing"]
    assert missing == {"database": "FileNotFoundError", "blobs": "NotADirectoryError"}


async def test_an_unknown_address_is_404_in_our_form(house) -> None:
    answer = await house.http.get("/nowhere")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "refused")


async def test_metrics_show_the_backlog(house) -> None:
    await house.say("halo")
    await house.settle()
    metrics = (await house.http.get("/metrics")).text
    assert 'bot_outbox_messages{state="accepted"} 1.0' in metrics and 'bot_updates_total{fate="handled",kind="message"} 1.0' in metrics


async def test_raw_bodies_are_erased_after_two_weeks_and_ids_are_kept(house) -> None:
    await house.say("halo")
    await house.settle()
    house.clock.move(days=15)
    await house.settle()
    assert await house.rows(Delivery) == [] and len(await house.rows(Update)) == 1


def test_every_missing_secret_is_named_and_no_value_is_shown(monkeypatch) -> None:
    for name in SECRETS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BLOB_KEY", "geheim")
    with pytest.raises(SettingsWrong) as caught:
        read(Settings, "The bot", _env_file=None)
    assert [name for name in SECRETS if name in str(caught.value)] == [s for s in SECRETS if s != "BLOB_KEY"]
    assert "geheim" not in str(caught.value)


def test_no_secret_has_a_default() -> None:
    assert {f.alias for f in Settings.model_fields.values() if f.is_required()} == set(SECRETS)


async def test_no_migration_is_missing(database_url) -> None:
    await run_migrations(database_url, ROOT / "bot" / "migrations")
    assert await find_drift(database_url, Base.metadata) == []


def test_the_apology_comes_from_the_catalogue(tmp_path: Path) -> None:
    (tmp_path / "small_talk.yml").write_text("responses:\n  utter_gangguan:\n  - text: Mohon maaf\n")
    assert read_sentence(tmp_path, "utter_gangguan") == "Mohon maaf"
    with pytest.raises(SentenceMissing):
        read_sentence(tmp_path, "utter_lain")
    with pytest.raises(SentenceMissing):
        read_sentence(tmp_path / "none", "utter_gangguan")


def test_the_page_on_whatsapp_names_every_kind_of_update_and_every_error() -> None:
    page = (ROOT / "docs" / "whatsapp.md").read_text(encoding="utf-8")
    names = [*MESSAGES, *UPDATES, *map(str, POLICIES)]
    assert [n for n in names if f"`{n}`" not in page] == []


def test_a_port_that_is_taken_is_told_in_one_sentence(tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        env = {name: "x" * 16 for name in SECRETS} | {"BLOB_KEY": "A" * 43 + "=", "BOT_PORT": str(taken.getsockname()[1]), "PATH": ""}
        env |= {"INTAKE_DATABASE_URL": f"sqlite:///{tmp_path}/i.db", "BLOB_URL": f"file:{tmp_path}/b", "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-m", "bot"], env=env, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "BOT_PORT" in done.stderr and "Traceback" not in done.stderr


def test_raw_bodies_outlive_metas_retries() -> None:
    assert timedelta(days=Settings.model_fields["raw_bodies_kept_days"].default) > timedelta(days=7)


@pytest.mark.parametrize(("code", "what"), [(190, "token"), (131042, "payment"), (131031, "account"), (131045, "number")])
async def test_metrics_say_what_of_ours_meta_refuses(house, code: int, what: str) -> None:
    assert f'bot_sending_stopped{{what="{what}"}} 0.0' in (await house.http.get("/metrics")).text
    house.graph.faults = [graph_error(code)] * 50
    await house.say("halo")
    await house.settle()
    told = (await house.http.get("/metrics")).text
    stopped = [line for line in told.splitlines() if line.startswith("bot_sending_stopped{") and line.endswith(" 1.0")]
    assert stopped == [f'bot_sending_stopped{{what="{what}"}} 1.0']


def test_every_error_that_stops_all_sending_says_what_has_to_be_put_right() -> None:
    stops = {code for code, policy in POLICIES.items() if policy is RetryPolicy.ALARM}
    assert {code for code in stops if what_stopped(code) is Stopped.OTHER} == set()


async def test_metrics_name_the_model_that_answers(house) -> None:
    assert 'bot_dialogue_model_info{model="landa-mewa-0123456789ab.tar.gz"} 1.0' in (await house.http.get("/metrics")).text
    house.dialogue.model = None
    assert "bot_dialogue_model_info{" not in (await house.http.get("/metrics")).text
