"""Commands of an installed office: each as the user of its process, with that process's settings and no other's."""

import os
import stat
from pathlib import Path

import pytest

from scripts import installed_command, owners

UNITS = installed_command.ROOT / "deploy" / "systemd"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    (tmp_path / "backoffice.env").write_text("SESSION_SECRET=of-the-office\nSMTP_URL=\n")
    (tmp_path / "bot.env").write_text("WHATSAPP_APP_SECRET=of-the-bot\nINTAKE_DATABASE_URL=postgresql://h/intake\n")
    (tmp_path / "backup.env").write_text("BACKUP_RECIPIENT=age1x\n")
    return tmp_path


def test_a_command_runs_as_the_user_of_its_process_with_its_settings_only(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLOB_KEY", "of-the-shell")
    (found,) = installed_command.commands(["backoffice", "user", "list"], settings, UNITS)
    assert found.user == "landa-mewa-backoffice" and found.arguments[-4:] == ("-m", "backoffice", "user", "list")
    assert found.environment["SESSION_SECRET"] == "of-the-office" and "SMTP_URL" not in found.environment
    assert found.environment["LANDA_MEWA_VAR"] == "/var/lib/landa-mewa/backoffice"
    assert not {"WHATSAPP_APP_SECRET", "BLOB_KEY"} & set(found.environment)


def test_the_settings_of_a_process_go_over_what_its_unit_says(settings: Path) -> None:
    (found,) = installed_command.commands(["bot", "unsent"], settings, UNITS)
    assert found.environment["INTAKE_DATABASE_URL"] == "postgresql://h/intake"
    (made,) = installed_command.commands(["backup", "make"], settings, UNITS)
    assert made.user == "landa-mewa-backup" and made.environment["INTAKE_DATABASE_URL"].startswith("sqlite:////var/lib/landa-mewa/intake/")


@pytest.mark.parametrize(
    "words",
    [["backup", "restore", "f", "--key", "k"], ["backup", "drill", "--key", "k"], ["backoffice", "export", "report", "f.xlsx"]],
)
def test_what_needs_a_file_of_root_stays_with_root(settings: Path, words: list[str]) -> None:
    assert [each.user for each in installed_command.commands(words, settings, UNITS)] == ["root"]


def test_what_is_one_command_for_the_office_is_one_for_each_process(settings: Path) -> None:
    assert [each.words for each in installed_command.commands(["reconcile"], settings, UNITS)] == [
        (room, "reconcile") for room in ("actions", "bot", "backoffice")
    ]
    copies = installed_command.commands(["subject", "+62811", "/media/copy"], settings, UNITS)
    assert [each.words for each in copies] == [
        ("bot", "subject", "+62811", "/media/copy"),
        ("actions", "subject", "/media/copy"),
        ("backoffice", "subject", "/media/copy"),
    ]


@pytest.mark.parametrize("words", [[], ["--help"], ["bott", "unsent"], ["bot"], ["subject", "+62811"]])
def test_what_is_no_command_is_answered_with_those_that_are(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert installed_command.main(words) == (0 if words == ["--help"] else 2)
    said = capsys.readouterr()
    assert "landa-mewa reconcile" in said.err and "Traceback" not in said.err


def test_a_former_layout_is_moved_and_nothing_is_written_over(tmp_path: Path) -> None:
    for name in ("intake.db", "intake.db-wal", "erasures.jsonl", "backoffice.db"):
        (tmp_path / name).write_text(name)
    (tmp_path / "backoffice").mkdir()
    (tmp_path / "backoffice" / "backoffice.db").write_text("newer")
    assert owners.lies_as_before(tmp_path)
    moved = owners.move(tmp_path)
    assert {path.name for path in moved} == {"intake.db", "intake.db-wal", "erasures.jsonl"}
    assert (tmp_path / "intake" / "intake.db-wal").read_text() == "intake.db-wal"
    assert (tmp_path / "backoffice" / "backoffice.db").read_text() == "newer" and (tmp_path / "backoffice.db").exists()


def test_every_user_and_group_of_the_folders_is_made_and_each_unit_writes_only_to_them() -> None:
    made = (installed_command.ROOT / "deploy" / "sysusers.conf").read_text()
    rows = {path: (user, group) for path, _, user, group in owners.folders()}
    for user, group in rows.values():
        assert user == "root" or (f"u {user} " in made and (f"u {group} " in made or f"g {group} " in made))
    for room in ("bot", "actions", "backoffice", "backup"):
        unit = (UNITS / f"landa-mewa-{room}.service").read_text()
        written = next(line for line in unit.splitlines() if line.startswith("ReadWritePaths=")).removeprefix("ReadWritePaths=").split()
        assert set(written) <= set(rows) and f"User=landa-mewa-{room}\n" in unit and "StateDirectory" not in unit


def test_what_lies_below_a_folder_is_given_with_modes_for_its_group(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    folder = tmp_path / "intake"
    (folder / "ab").mkdir(parents=True)
    (folder / "ab" / "photo").write_text("")
    outside = tmp_path / "outside"
    outside.write_text("")
    outside.chmod(0o600)
    (folder / "link").symlink_to(outside)
    owners.give(tmp_path, [(f"{owners.VAR}/intake", 0o2770, "nobody", "games")])
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "ab", folder / "ab" / "photo")] == [0o2770, 0o2770, 0o660]
    assert (folder / "ab" / "photo").owner() == "nobody" and (folder / "ab" / "photo").group() == "games"
    assert outside.owner() == "root" and stat.S_IMODE(outside.stat().st_mode) == 0o600
