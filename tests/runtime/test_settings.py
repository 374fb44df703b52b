"""Tests that every service reads its settings the same way, that the docs name them all, that no command makes an installation up."""

import asyncio
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from actions.settings import Settings as Actions
from backoffice.settings import Settings as BackOffice
from backup.settings import Settings as Backup
from bot.settings import Settings as Bot
from runtime.settings import ROOT, RoomSettings, SettingsWrong, read, token_names
from scripts import environment as env
from simulator.settings import Settings as Simulator
from storage.database import Database
from storage.migrations import DatabaseNotCurrent, require_current, run_migrations

SERVICES = (Actions, BackOffice, Bot, Backup)
OTHERS = {"OFFICE", "LOG_FORMAT", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", *env.PORTS.values()}
"""What is read before any settings are or goes into one of them, and the ports that only the launcher knows."""

SECRETS = {
    "BLOB_KEY": "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=", "SESSION_SECRET": "s" * 32,
    **{name: f"{number}" * 32 for number, name in enumerate(env.TOKENS)},
    "WHATSAPP_PHONE_NUMBER_ID": "1", "WHATSAPP_ACCESS_TOKEN": "a", "WHATSAPP_APP_SECRET": "a", "WHATSAPP_VERIFY_TOKEN": "a",
}  # fmt: skip


def given(**more: Any) -> dict[str, Any]:
    return {"_env_file": None, **SECRETS, **more}


def documented() -> dict[str, str]:
    """Each setting of the table in docs/operations.md with its default, or "" where several share a column without one each."""
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in page.split("## Settings")[1].split("\n## ")[0].splitlines():
        if line.startswith("| ") and "`" in line.split("|")[1]:
            names, defaults = (re.findall(r"`([^`]*)`", cell) for cell in line.split("|")[1:3])
            found |= dict(zip(names, defaults if len(defaults) == len(names) else [""] * len(names), strict=True))
    return found


def test_the_table_of_the_docs_names_every_setting_of_every_service_and_no_other() -> None:
    known = {str(field.alias) for service in SERVICES for field in service.model_fields.values()}
    assert set(documented()) == known | OTHERS


@pytest.mark.parametrize("service", SERVICES, ids=lambda s: s.__module__)
def test_the_defaults_of_the_docs_are_those_of_the_code(service: type[RoomSettings], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in documented():
        monkeypatch.delenv(name, raising=False)
    made, table = service(**given()), documented()
    for name, field in service.model_fields.items():
        found = getattr(made, name)
        value = str(found).lower() if isinstance(found, bool) else str(found).replace(f"{ROOT}/", "")
        if not field.is_required() and field.default is not None and field.alias != "PUBLIC_URL":
            assert value.replace("var/", "<LANDA_MEWA_VAR>/") == table[str(field.alias)], field.alias


@pytest.mark.parametrize("service", [*SERVICES, Simulator], ids=lambda s: s.__module__)
def test_databases_and_blobs_lie_in_the_installations_own_folder(service: type[RoomSettings], tmp_path: Path) -> None:
    made = service(**given(landa_mewa_var=tmp_path))
    places = [str(value) for name, value in made if name.endswith("database_url") or name in {"blob_url", "state", "specimen"}]
    assert places and all(str(tmp_path) in place for place in places)


def test_a_relative_path_counts_from_the_projects_root_wherever_a_command_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = Bot(
        **given(database_url="sqlite:///var/x.db", blob_url="file:blobs", responses_folder=Path("data/texts"), landa_mewa_var=Path("v"))
    )
    assert made.database_url == f"sqlite:///{ROOT}/var/x.db" and made.blob_url == f"file:{ROOT}/blobs"
    assert (made.responses_folder, made.landa_mewa_var) == (ROOT / "data/texts", ROOT / "v")
    absolute = Bot(**given(database_url="sqlite:////srv/x.db", blob_url="file:///srv/blobs"))
    assert (absolute.database_url, absolute.blob_url) == ("sqlite:////srv/x.db", "file:/srv/blobs")
    assert Bot(**given(database_url="postgresql://u:p@h/n")).database_url == "postgresql://u:p@h/n"


def test_a_variable_of_the_machine_is_not_taken_for_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOST", "PORT", "STATE", "DATABASE_URL"):
        monkeypatch.setenv(name, "1")
    made = Bot(**given())
    assert (made.host, made.port) == ("127.0.0.1", 8080) and made.database_url.endswith("/intake.db")


@pytest.mark.parametrize("service", [Actions, BackOffice, Bot, Simulator], ids=lambda s: s.__module__)
def test_what_is_missing_or_wrong_is_named_in_one_sentence_without_a_value(service: type[RoomSettings]) -> None:
    port = next(str(field.alias) for name, field in service.model_fields.items() if name.endswith("port"))
    with pytest.raises(SettingsWrong) as caught:
        read(service, "The service", _env_file=None, **{port: "geheim"})
    required = [str(field.alias) for field in service.model_fields.values() if field.is_required()]
    assert all(f"{name} (missing)" in str(caught.value) for name in required)
    assert port in str(caught.value) and "geheim" not in str(caught.value) and "\n" not in str(caught.value)
    assert "factory" not in str(caught.value), "what follows from another fault is none of its own"


@pytest.mark.parametrize("service", [Actions, BackOffice, Bot], ids=lambda s: s.__module__)
def test_the_former_token_of_all_processes_is_refused_with_what_to_set(
    service: type[RoomSettings], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refused(file: Path | None) -> str:
        with pytest.raises(SettingsWrong) as caught:
            read(service, "The service", **{**given(), "_env_file": file})
        return str(caught.value)

    (tmp_path / ".env").write_text("SERVICE_TOKEN=geheim-geheim-geheim\n")
    for file in (tmp_path / ".env", None):
        if file is None:
            monkeypatch.setenv("SERVICE_TOKEN", "geheim-geheim-geheim")
        said = refused(file)
        assert "SERVICE_TOKEN" in said and "geheim" not in said and "\n" not in said
        assert token_names(service) and all(name in said for name in token_names(service))


def test_no_process_is_given_what_only_another_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    from scripts import launch

    monkeypatch.setenv("BLOB_KEY", "of the machine")
    settings = env.with_addresses({**SECRETS, "PUBLIC_URL": "https://x", "SMTP_URL": "smtp://u:p@h", "OFFICE": "o", "PATH": "p"})
    given_to = {room: launch.process_environment(room, settings) for room in ("bot", "actions", "backoffice", "simulator", "dialogue")}
    holders = {name: {room for room, each in given_to.items() if name in each} for name in (*env.REQUIRED, "SMTP_URL", "OFFICE", "PATH")}
    of_meta = {"bot", "simulator"}
    assert holders == {
        **{name: of_meta for name in env.REQUIRED if name.startswith("WHATSAPP_")},
        **{name: set(name.lower().removesuffix("_token").split("_")) for name in env.TOKENS},
        "BLOB_KEY": {"bot", "actions", "backoffice"}, "SESSION_SECRET": {"backoffice"}, "PUBLIC_URL": {"backoffice"},
        "SMTP_URL": {"backoffice"},
        "OFFICE": set(given_to), "PATH": set(given_to),
    }  # fmt: skip


def test_what_a_demo_of_an_older_program_made_is_completed_and_its_one_token_dropped(tmp_path: Path) -> None:
    (tmp_path / "secrets.env").write_text("SERVICE_TOKEN=former-token-of-all\nBLOB_KEY=kept\n")
    made = env.with_demo_secrets({"LANDA_MEWA_VAR": str(tmp_path)})
    assert "SERVICE_TOKEN" not in made and made["BLOB_KEY"] == "kept"
    assert len({made[name] for name in env.TOKENS}) == len(env.TOKENS)
    assert env.with_demo_secrets({"LANDA_MEWA_VAR": str(tmp_path)}) == made


def test_launcher_and_services_mean_the_same_installation(tmp_path: Path) -> None:
    told = env.with_addresses({**SECRETS, "LANDA_MEWA_VAR": str(tmp_path)})
    assert BackOffice(**given(landa_mewa_var=tmp_path)).backoffice_database_url == told["BACKOFFICE_DATABASE_URL"]
    assert Bot(**given(landa_mewa_var=tmp_path)).database_url == told["INTAKE_DATABASE_URL"]
    assert Actions(**given(landa_mewa_var=tmp_path)).blob_url == told["BLOB_URL"]


def test_serve_demands_the_public_address() -> None:
    assert env.absent({**SECRETS}) == ["PUBLIC_URL"]


async def test_a_database_that_is_not_there_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(DatabaseNotCurrent, match="no installation"):
        await require_current(f"sqlite:///{tmp_path}/none.db", ROOT / "bot" / "migrations")
    assert not await asyncio.to_thread((tmp_path / "none.db").exists)


async def test_an_empty_an_older_and_a_newer_database_are_refused_and_a_current_one_is_not(database_url: str) -> None:
    scripts = ROOT / "backoffice" / "migrations"
    with pytest.raises(DatabaseNotCurrent, match="no installation"):
        await require_current(database_url, scripts)
    await run_migrations(database_url, scripts, "0003")
    with pytest.raises(DatabaseNotCurrent, match="older"):
        await require_current(database_url, scripts)
    await run_migrations(database_url, scripts)
    await require_current(database_url, scripts)
    database = Database.open(database_url)
    async with database.write() as session:
        await session.execute(text("UPDATE alembic_version_backoffice SET version_num = '9999'"))
    await database.close()
    with pytest.raises(DatabaseNotCurrent, match="newer"):
        await require_current(database_url, scripts)


@pytest.mark.slow
@pytest.mark.parametrize("command", [["backoffice", "user", "create", "siti", "Siti SPESIMEN", "--role", "petugas"], ["bot", "parked"]])
def test_a_command_on_an_installation_that_is_not_there_says_so_and_makes_none(tmp_path: Path, command: list[str]) -> None:
    surroundings = {"PATH": os.environ["PATH"], "LANDA_MEWA_VAR": str(tmp_path), "PYTHONPATH": str(ROOT), **SECRETS}
    done = subprocess.run(
        [sys.executable, "-m", *command], env=surroundings, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1 and "no installation" in done.stderr and "Traceback" not in done.stderr and done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_the_launcher_names_no_password_in_a_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from scripts import launch, train

    seen: list[list[str]] = []

    def run(command: list[str], **_: Any) -> None:
        seen.append(command)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(train, "model_path", lambda: tmp_path / "model.tar.gz")
    (tmp_path / "model.tar.gz").touch()
    secret = "postgresql://landa:geheim@host/db"
    (tmp_path / "var").mkdir(mode=0o755)
    settings = {**SECRETS, "LANDA_MEWA_VAR": str(tmp_path / "var"), "INTAKE_DATABASE_URL": secret, "BACKOFFICE_DATABASE_URL": secret}
    assert launch.prepare(env.with_addresses(settings), simulated=False) == tmp_path / "model.tar.gz"
    assert len(seen) == 3 and "geheim" not in str(seen)
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700


def test_serve_trains_nothing_and_says_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from scripts import launch, train

    monkeypatch.setattr(train, "model_path", lambda: tmp_path / "landa-mewa-0.tar.gz")
    with pytest.raises(launch.LaunchFault, match="make setup"):
        launch.installed_model()


def test_the_keys_of_an_s3_store_come_from_the_environment_and_are_missed_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "se/cret")
    assert Bot(**given(blob_url="s3://photos/a")).blob_url == "s3://id:se%2Fcret@photos/a"
    assert Bot(**given(blob_url="s3://own:key@photos")).blob_url == "s3://own:key@photos"
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "")
    with pytest.raises(SettingsWrong, match=r"BLOB_URL .*AWS_SECRET_ACCESS_KEY") as caught:
        read(Bot, "The bot", **given(blob_url="s3://photos/a"))
    assert "se/cret" not in str(caught.value)


def test_the_keys_of_an_s3_store_are_given_to_whom_reads_blobs_alone() -> None:
    keys = {"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret"}
    assert all(keys.items() <= env.own(room, keys).items() for room in ("bot", "actions", "backoffice"))
    assert not any(env.own(room, keys) for room in ("dialogue", "simulator"))


def test_the_demo_serves_and_offers_the_capture_page_unless_somebody_says_otherwise() -> None:
    made = env.with_demo_page({})
    assert made == {"CAPTURE_PORT": "8093", "CAPTURE_URL": "http://127.0.0.1:8093/foto", "CAPTURE_ITEMS": "kk,surat_kelahiran"}
    assert env.with_demo_page({"CAPTURE_PORT": "0"}) == {"CAPTURE_PORT": "0"}
    assert env.with_demo_page({"CAPTURE_PORT": "9000", "CAPTURE_ITEMS": "kk"})["CAPTURE_URL"] == "http://127.0.0.1:9000/foto"
    given = env.with_addresses(made)
    assert {"CAPTURE_PORT", "CAPTURE_URL"} <= env.own("bot", given).keys() and "CAPTURE_ITEMS" in env.own("actions", given)
