"""What is shipped for a server: hardened units, proxies that show only what is public, an installation below its own path."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from dotenv import dotenv_values

from scripts import install
from scripts.environment import ROOMS

DEPLOY = install.ROOT / "deploy"
SERVICES = sorted((DEPLOY / "systemd").glob("*.service"))
MOST_EXPOSED = 3.0
PRIVATE = ("api", "internal", "metrics", "readyz", "healthz")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_no_service_is_more_exposed_than_it_must_be(unit: Path) -> None:
    done = subprocess.run(["systemd-analyze", "security", "--offline=true", str(unit)], capture_output=True, text=True, check=False)
    found = re.search(r"Overall exposure level for .*: ([\d.]+)", done.stdout)
    assert found is not None, done.stdout + done.stderr
    assert float(found[1]) <= MOST_EXPOSED


def test_each_process_has_a_unit_of_its_own_and_comes_back_alone() -> None:
    target = (DEPLOY / "systemd" / "landa-mewa.target").read_text()
    for room in ("bot", "dialogue", "actions", "backoffice"):
        unit = (DEPLOY / "systemd" / f"landa-mewa-{room}.service").read_text()
        assert f"landa-mewa-{room}.service" in target and "Restart=always" in unit and "StartLimitIntervalSec=0" in unit
        assert "User=root" not in unit and "PartOf=landa-mewa.target" in unit
    rasa = (DEPLOY / "systemd" / "landa-mewa-dialogue.service").read_text()
    assert "dialogue.env" in rasa and "ReadWritePaths" not in rasa
    users = [re.findall(r"(?m)^User=(.+)$", unit.read_text()) for unit in SERVICES]
    assert len(users) == len({tuple(each) for each in users}) == 5


@pytest.mark.parametrize("room", ["bot", "actions", "backoffice", "backup", "dialogue"])
def test_each_unit_is_given_all_that_its_process_needs_and_no_other_secret(room: str) -> None:
    written = (DEPLOY / f"{room}.env").read_text()
    assert f"EnvironmentFile=/etc/landa-mewa/{room}.env" in (DEPLOY / "systemd" / f"landa-mewa-{room}.service").read_text()
    needed = {"BOT_DIALOGUE_TOKEN", "DIALOGUE_ACTIONS_TOKEN"}
    known = needed
    if room != "dialogue":
        fields = ROOMS[room].model_fields.values()
        needed, known = {str(field.alias) for field in fields if field.is_required()}, {str(field.alias) for field in fields} | {"OFFICE"}
    assert needed <= set(re.findall(r"(?m)^([A-Z_]+)=", written))
    known |= {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} if "BLOB_URL" in known else set()
    assert set(re.findall(r"(?m)^#?([A-Z_]+)=", written)) <= known


def test_an_older_installation_keeps_its_values_each_where_it_belongs(tmp_path: Path) -> None:
    settings = tmp_path / "etc/landa-mewa"
    settings.mkdir(parents=True)
    (settings / "landa-mewa.env").write_text(
        "BLOB_KEY=kept\nSERVICE_TOKEN=of-all\nBOT_DIALOGUE_TOKEN=old-one new-one\nTURN_WORKERS=3\nPUBLIC_URL=https://x\nSMTP_URL=smtp://h\n"
    )
    (settings / "dialogue.env").write_text("BOT_DIALOGUE_TOKEN=old-one new-one\nDIALOGUE_ACTIONS_TOKEN=of-rasa-and-actions\n")
    install._fill_in(settings)
    made = {room: dotenv_values(settings / f"{room}.env") for room in ("bot", "actions", "backoffice", "backup", "dialogue")}
    assert [made[room]["BLOB_KEY"] for room in ("bot", "actions", "backoffice")] == ["kept"] * 3
    assert made["bot"]["BOT_DIALOGUE_TOKEN"] == "old-one new-one" and made["actions"]["DIALOGUE_ACTIONS_TOKEN"] == "of-rasa-and-actions"
    assert made["bot"]["TURN_WORKERS"] == "3" and "TURN_WORKERS" not in made["actions"]
    assert made["backoffice"]["PUBLIC_URL"] == "https://x" and made["backoffice"]["SMTP_URL"] == "smtp://h"
    assert not any("SERVICE_TOKEN" in each for each in made.values())
    for caller, called in (("bot", "backoffice"), ("backoffice", "bot"), ("actions", "bot"), ("actions", "backoffice")):
        name = f"{caller}_{called}_TOKEN".upper()
        assert made[caller][name] == made[called][name] and len(made[caller][name] or "") >= 32
    assert all((settings / f"{room}.env").stat().st_mode & 0o777 == 0o600 for room in made if room != "dialogue")


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_proxy_keeps_back_what_is_private(name: str) -> None:
    written = (DEPLOY / "proxy" / name).read_text()
    assert all(path in written for path in PRIVATE) and "404" in written
    assert re.search(r"4(?:m;|MB)", written) and re.search(r"30(?:m;|MB)", written)


def test_an_installation_lies_below_its_own_path_and_keeps_its_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    for name in ("bot", "deploy", "var", "tests"):
        (source / name).mkdir(parents=True)
    (source / "bot" / "app.py").write_text("")
    (source / "var" / "intake.db").write_text("secret")
    (source / ".env").write_text("BLOB_KEY=secret")
    shutil.copytree(DEPLOY, source / "deploy", dirs_exist_ok=True)
    monkeypatch.setattr(install, "ROOT", source)
    install.place(target)
    program = target / "opt" / "landa-mewa"
    assert (program / "bot" / "app.py").exists() and not (program / "var").exists() and not (program / ".env").exists()
    assert (target / "etc/systemd/system/landa-mewa-bot.service").exists()
    settings = target / "etc/landa-mewa/bot.env"
    assert settings.stat().st_mode & 0o777 == 0o600


def test_an_update_takes_the_place_of_the_former_program_which_is_the_way_back_and_keeps_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    (source / "bot").mkdir(parents=True)
    (source / "bot" / "former.py").write_text("")
    (source / ".venv" / "bin").mkdir(parents=True)
    (source / ".venv" / "bin" / "python3").symlink_to("python")
    shutil.copytree(DEPLOY, source / "deploy")
    monkeypatch.setattr(install, "ROOT", source)
    install.place(target)
    (target / "etc/landa-mewa/bot.env").write_text("BLOB_KEY=ours")
    (source / "bot" / "former.py").rename(source / "bot" / "newer.py")
    install.place(target)
    assert [file.name for file in (target / "opt/landa-mewa/bot").iterdir()] == ["newer.py"]
    assert [file.name for file in (target / "opt/landa-mewa.old/bot").iterdir()] == ["former.py"]
    assert (target / "opt/landa-mewa/.venv/bin/python3").is_symlink() and not (target / "opt/landa-mewa.new").exists()
    assert (target / "etc/landa-mewa/bot.env").read_text() == "BLOB_KEY=ours"


def test_an_interpreter_below_a_home_comes_along_and_every_user_may_read_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, program = tmp_path / "root", tmp_path / "program"
    (home / "cpython-3.10" / "bin").mkdir(parents=True)
    (home / "cpython-3.10" / "lib").mkdir()
    interpreter = home / "cpython-3.10" / "bin" / "python3.10"
    interpreter.write_text("")
    interpreter.chmod(0o700)
    (program / ".venv" / "bin").mkdir(parents=True)
    (program / ".venv" / "bin" / "python").symlink_to(interpreter)
    (program / ".venv" / "pyvenv.cfg").write_text(f"home = {home}/cpython-3.10/bin\nversion_info = 3.10.1\n")
    (program / "model.tar.gz").write_text("")
    (program / "model.tar.gz").chmod(0o600)
    monkeypatch.setattr(install, "HOMES", (home,))
    assert install._bring_python(program, ".venv") == "/opt/landa-mewa/pythons/cpython-3.10/lib"
    assert install._bring_python(program, "not-there") is None
    install._tell_loader(tmp_path / "etc" / "loader.conf", ["/a/lib", "/a/lib"])
    assert (tmp_path / "etc" / "loader.conf").read_text() == "/a/lib\n"
    install._tell_loader(tmp_path / "etc" / "loader.conf", [])
    assert not (tmp_path / "etc" / "loader.conf").exists()
    install._open_to_all(program)
    assert (program / ".venv" / "bin" / "python").readlink() == Path("/opt/landa-mewa/pythons/cpython-3.10/bin/python3.10")
    assert (program / ".venv" / "pyvenv.cfg").read_text() == "home = /opt/landa-mewa/pythons/cpython-3.10/bin\nversion_info = 3.10.1\n"
    assert (program / "pythons" / "cpython-3.10" / "bin" / "python3.10").stat().st_mode & 0o777 == 0o755
    assert (program / "pythons" / "cpython-3.10" / "lib").is_dir() and (program / "model.tar.gz").stat().st_mode & 0o777 == 0o644


@pytest.mark.skipif(shutil.which("systemd-sysusers") is None, reason="systemd is not here")
def test_every_user_that_a_unit_names_is_made(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    done = subprocess.run(
        ["systemd-sysusers", f"--root={tmp_path}", str(DEPLOY / "sysusers.conf")], capture_output=True, text=True, check=False
    )
    made = {line.split(":")[0] for line in (tmp_path / "etc" / "passwd").read_text().splitlines()}
    named = {name for unit in SERVICES for name in re.findall(r"(?m)^User=(.+)$", unit.read_text())}
    groups = {line.split(":")[0]: line.split(":")[3].split(",") for line in (tmp_path / "etc" / "group").read_text().splitlines()}
    assert set(groups["landa-mewa-intake"]) == {"landa-mewa-bot", "landa-mewa-actions", "landa-mewa-backup"}
    assert groups["landa-mewa-backoffice"] == ["landa-mewa-backup"]
    assert named <= made and "not a valid" not in done.stderr, done.stderr
