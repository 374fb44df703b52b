"""Checks a whole pack: each file's shape, the files against one another, the texts. Every process does so before anything else."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from pack import marked, texts
from pack.cross import faults_between
from pack.cross_office import braces
from pack.faults import Fault, PackBroken, one_of
from pack.marked import Marked
from pack.schema import FILES
from pack.schema.words import WordList
from pack.shape import faults_of_shape
from standard import facts
from standard.facts import facts_of
from standard.place import SHIPPED, office_folder, path_of

LANGUAGE, RESPONSES, STAFF = "language", "responses", "staff"
OWN = "standard/"
"""What an office has of its own beside its texts; how papers look and how words are read is the same everywhere."""


def require_whole() -> None:
    """Raises PackBroken where the office's pack has a mistake: no process starts with it.

    What was found whole is read at once, so that a file that changes later changes nothing in a running process.
    """
    if found := faults_of(office_folder()):
        raise PackBroken(found)
    for name in FILES:
        if name.startswith(OWN):
            facts.load(name.removeprefix(OWN).removesuffix(".yml"))


def faults_of(office: Path | None) -> list[Fault]:
    """Every mistake in an office's pack, None for the one that comes along."""
    if office is not None and not office.is_dir():
        return [
            Fault(office, 1, "There is no such folder, and OFFICE names it.", "Allowed: a folder with a pack, or nothing for the default.")
        ]
    faults, whole = list(_strangers(office)), {}
    for name in (*FILES, *_names(LANGUAGE)):
        file = marked.read(path_of(name, office if name.startswith(OWN) else None))
        found = file.faults or faults_of_shape(file, FILES.get(name, WordList))
        faults += found
        if not found:
            whole[name] = file
    faults += _sections([file for name, file in whole.items() if name.startswith(f"{LANGUAGE}/")])
    faults += faults_between(whole)
    if known := _office_facts(whole):
        faults += [fault for name, file in whole.items() if name.startswith(OWN) for fault in braces(file, name, known)]
    return sorted(set(faults + list(_texts(office, whole))))


def chat_files(office: Path | None) -> list[Marked]:
    """The files with the chat's texts."""
    return [marked.read(path_of(name, office)) for name in _names(RESPONSES)]


def staff_files(office: Path | None) -> list[Marked]:
    """The files with the texts of the staff's pages."""
    return [marked.read(path_of(name, office)) for name in _names(STAFF)]


def language_files() -> list[Marked]:
    """The word lists."""
    return [marked.read(SHIPPED / name) for name in _names(LANGUAGE)]


def _names(folder: str) -> list[str]:
    return sorted(f"{folder}/{file.name}" for file in (SHIPPED / folder).glob("*.yml"))


def _strangers(office: Path | None) -> Iterator[Fault]:
    """Files that nothing reads: most likely their name is misspelt."""
    known = [*(name for name in FILES if name.startswith(OWN)), *_names(RESPONSES), *_names(STAFF)]
    for here in (office / name for name in known) if office is not None else ():
        if (here.exists() or here.is_symlink()) and not here.is_file():
            yield Fault(here, 1, "This is no file, so that of the office that comes along would count.", "Allowed: a file, or nothing.")
    for file in sorted(office.rglob("*")) if office is not None else ():
        name = str(file.relative_to(office)) if office is not None else ""
        if _meant_for_us(file) and name not in known:
            yield Fault(
                file,
                1,
                "Nothing reads this file.",
                one_of([one for one in known if one.split("/")[0] == name.split("/")[0]] or known, name),
            )


def _meant_for_us(file: Path) -> bool:
    """A file of a pack, also where an editor wrote `.txt` behind its name."""
    return file.suffix in (".yml", ".yaml") or (file.suffix == ".txt" and file.stem.endswith((".yml", ".yaml")))


def _sections(language: list[Marked]) -> Iterator[Fault]:
    """A word list has the sections that its readers name."""
    wanted = texts.listed()["language"]
    for file in language:
        needed = wanted.get(file.file.stem, [])
        strange = [section for section in file.data if section not in needed]
        for section in needed:
            if section not in file.data:
                near = get_close_matches(section, strange, n=1)
                line = file.key_line((near[0],)) if near else 1
                yield Fault(file.file, line, f"The section '{section}' is missing.", one_of(needed, near[0] if near else None))


def _texts(office: Path | None, whole: dict[str, Marked]) -> Iterator[Fault]:
    chat, staff, wanted = chat_files(office), staff_files(office), texts.listed()
    known = _office_facts(whole)
    for file in chat:
        file.faults += [] if file.faults else faults_of_shape(file, texts.ResponsesFile)
    for file in (*chat, *staff):
        yield from file.faults
    if known and not any(file.faults for file in chat):
        yield from texts.faults_of_chat(chat, known, wanted["chat"], wanted["payloads"][""])
    if known and not any(file.faults for file in staff):
        yield from texts.faults_of_staff(staff, known, wanted["staff"])


def _office_facts(whole: dict[str, Marked]) -> dict[str, str]:
    """What texts may name of the office; nothing where its files are broken."""
    if "standard/office.yml" not in whole or "standard/deadlines.yml" not in whole:
        return {}
    return facts_of(whole["standard/office.yml"].data, whole["standard/deadlines.yml"].data["office"]["hours"])
