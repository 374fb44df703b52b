"""Every mistake in a pack is told with its file, its line and what is allowed, and no process starts with one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pack import check
from pack.check import faults_of
from pack.faults import Fault, PackBroken
from standard import place
from standard.place import ROOT, SHIPPED, path_of
from tests.pack.mistakes import MISTAKES as FIRST
from tests.pack.mistakes import Mistake
from tests.pack.mistakes_of_another_office import ANOTHERS
from tests.pack.more_mistakes import MORE
from tests.packs import BLORA, WANAKERTA

MISTAKES = FIRST + MORE
EACH = [(BLORA, mistake) for mistake in MISTAKES] + [(WANAKERTA, mistake) for mistake in ANOTHERS]
Broken = Callable[..., Path]


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    """Makes a pack with the mistake in it, out of one that has none."""

    def make(mistake: Mistake, office: Path = BLORA) -> Path:
        content = path_of(mistake.file, office).read_text(encoding="utf-8")
        assert mistake.old in content, mistake
        shutil.copytree(office, tmp_path, dirs_exist_ok=True)
        file = tmp_path / mistake.file
        file.parent.mkdir(exist_ok=True)
        file.write_text(content.replace(mistake.old, mistake.new, 1), encoding="utf-8")
        return tmp_path

    return make


def test_there_are_more_than_sixty_of_them() -> None:
    assert len({(mistake.file, mistake.new) for mistake in MISTAKES}) >= 190


@pytest.mark.parametrize("office", [None, BLORA, WANAKERTA], ids=["data", "blora", "wanakerta"])
def test_neither_the_pack_that_comes_along_nor_those_of_the_tests_have_one(office: Path | None) -> None:
    assert faults_of(office) == []


@pytest.mark.parametrize(("office", "mistake"), EACH, ids=[f"{one.file.split('/')[-1]}: {one.new.strip()[:40]}" for _, one in EACH])
def test_each_is_told_with_its_file_and_line(office: Path, mistake: Mistake, broken: Broken) -> None:
    folder = broken(mistake, office)
    before = path_of(mistake.file, office).read_text(encoding="utf-8")
    content = (folder / mistake.file).read_text(encoding="utf-8")
    words = mistake.line_of or mistake.new
    place = content.index(words) if mistake.line_of else next(i for i, (a, b) in enumerate(zip(before, content, strict=False)) if a != b)
    faults = [fault for fault in faults_of(folder) if mistake.told in str(fault)]
    assert faults, [str(fault) for fault in faults_of(folder)]
    told: Fault = faults[0]
    if mistake.told.startswith("SUKAMAJU"):
        return  # told in the file of places
    assert told.file == folder / mistake.file
    assert told.line == content.count("\n", 0, place) + 1, str(told)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [("but: tapi", "butt: tapi", "The section 'but' is missing."), ('"no": >-', "no: >-", 'Write "yes" and "no" in quotes.')],
)
def test_word_lists_are_checked_too(old: str, new: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SHIPPED, tmp_path / "data")
    monkeypatch.setattr(place, "SHIPPED", tmp_path / "data")
    monkeypatch.setattr(check, "SHIPPED", tmp_path / "data")
    file = tmp_path / "data" / "language" / "answers.yml"
    content = file.read_text(encoding="utf-8")
    file.write_text(content.replace(old, new, 1), encoding="utf-8")
    (fault,) = faults_of(None)
    assert told in str(fault) and fault.line == content.count("\n", 0, content.index(old)) + 1


@pytest.mark.parametrize("process", ["bot", "actions", "backoffice"])
def test_no_process_starts_with_a_broken_pack(process: str, broken: Broken) -> None:
    mistake = next(one for one in MISTAKES if "suppervisor" in one.new)
    folder = broken(mistake)
    done = subprocess.run(
        [sys.executable, "-m", process],
        cwd=ROOT,
        env={**os.environ, "OFFICE": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert f"{folder / mistake.file}:" in done.stderr and "Did you mean 'supervisor'?" in done.stderr and "Traceback" not in done.stderr


def test_a_file_that_nothing_reads_is_told(tmp_path: Path) -> None:
    (tmp_path / "standard").mkdir()
    (tmp_path / "standard" / "ofice.yml").write_text("kantor: x\n")
    assert "Did you mean 'standard/office.yml'?" in str(PackBroken(faults_of(tmp_path)))


def test_a_text_file_of_an_editor_is_told(tmp_path: Path) -> None:
    (tmp_path / "standard").mkdir()
    (tmp_path / "standard" / "office.yml.txt").write_text("kantor: x\n")
    assert "Nothing reads this file. Did you mean 'standard/office.yml'?" in str(PackBroken(faults_of(tmp_path)))


@pytest.mark.parametrize("how", ["folder", "link"])
def test_what_is_no_file_does_not_fall_back_to_the_office_that_comes_along_in_silence(how: str, tmp_path: Path) -> None:
    here = tmp_path / "standard" / "roles.yml"
    here.parent.mkdir()
    here.mkdir() if how == "folder" else here.symlink_to(tmp_path / "gone.yml")
    assert f"{here}:1: This is no file" in str(PackBroken(faults_of(tmp_path)))


def test_a_file_that_was_not_copied_is_not_that_of_another_office(tmp_path: Path) -> None:
    shutil.copytree(WANAKERTA, tmp_path, dirs_exist_ok=True)
    (tmp_path / "standard" / "papers.yml").unlink()
    assert "Write this office's own into standard/papers.yml of its pack." in str(PackBroken(faults_of(tmp_path)))


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "no such folder" in str(PackBroken(faults_of(tmp_path / "none")))


def test_a_file_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "standard").mkdir()
    (tmp_path / "standard" / "office.yml").write_bytes(b"kantor: Kantor\nlayanan: caf\xe9\n")
    assert f"{tmp_path}/standard/office.yml:2: The file is not written in UTF-8." in str(PackBroken(faults_of(tmp_path)))


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "standard").mkdir()
    (tmp_path / "standard" / "roles.yml").write_text("# nothing\n")
    assert "roles.yml:1: The file is empty." in str(PackBroken(faults_of(tmp_path)))


def test_the_list_of_texts_is_that_of_the_texts() -> None:
    from pack import texts
    from pack.check import chat_files, language_files, staff_files
    from standard.facts import office_facts

    made = texts.made(chat_files(None), staff_files(None), language_files(), office_facts())
    assert made == texts.LIST.read_text(encoding="utf-8"), "run: .venv/bin/python -m pack texts --write"
