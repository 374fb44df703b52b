"""Reads complaints as people told them (`data/complaints/`), and says what each message and each whole story teaches."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import yaml

from dialogue.understanding.kinds import ADDITION, ANSWER, COMPLAINS, CONTENT, GRAVE, LATER, OTHER, act_of

STORIES = Path(__file__).resolve().parents[2] / "data" / "complaints"

STORY, PART = 3.0, 2.0
"""What a story, and one message of it, weigh beside a sentence of `data/nlu`, of which there are ten times as many and most are short."""

OPENING, TELLING = 4, 9
"""Words from which on the first message of a story, and a later one, is taught as complaining by itself: `jam 9 tadi` does not."""


ONE_IN = 8
"""Of so many sentences that are no complaint one teaches what is said behind a complaint: there are thirty times as many as of the rest."""

PHOTO = "[foto]"
"""Stands in the stories that are played (`sets/`) where the writer sent a photo."""

CATEGORIES = {
    "pelayanan_lambat": ("lama", "tidak_dibalas", "belum_diterima", "ditolak"),
    "salah_data": ("data_salah",),
    "sistem": ("gangguan_sistem",),
    "penyalahgunaan_data": ("privasi",),
    "lainnya": ("lainnya", "ancaman"),
}
"""The names that the writers of the sets gave, and our categories for each, the one that is taught first; the others have one name."""

MEANT = {
    "status": "status_pengaduan",
    "reopen": "buka_lagi",
    "withdraw": "cabut_pengaduan",
    "anonymous_question": "rahasiakan",
    "other_channel": "kanal_pengaduan",
    "add": ADDITION,
    "satisfied": CONTENT,
}
"""What their follow-ups mean, by our names."""


@dataclass(frozen=True)
class Lesson:
    """A text with the act that it is, or None where it is none by itself, with the kind that it speaks for, or None, and with what it is
    behind a complaint, or None where it says nothing of that."""

    text: str
    act: str | None
    kind: str | None
    weight: float = 1.0
    later: str | None = None


def of_sentence(text: str, kind: str) -> Lesson:
    """The lesson of a sentence of `data/nlu` with its kind."""
    act = act_of(kind)
    taught = act != OTHER or crc32(text.encode()) % ONE_IN == 0
    return Lesson(text, act, kind if act == COMPLAINS else None, later=act if taught else None)


def of_folder(folder: Path = STORIES, without: str | None = None) -> list[Lesson]:
    """The lessons of all stories, file by file, and of the sets that are played; `without` names the file that is left out to measure."""
    files, sets = ([file for file in sorted(place.glob("*.yml")) if file.stem != without] for place in (folder, folder / "sets"))
    return [lesson for file in files for lesson in of_file(file)] + [lesson for file in sets for lesson in of_set(file)]


def of_file(file: Path) -> list[Lesson]:
    """The lessons of one file: `{kind: [message, or [messages of a story]]}`."""
    rows: dict[str, list[Any]] = yaml.safe_load(file.read_text("utf-8"))
    stories = [(kind, [story] if isinstance(story, str) else story) for kind, row in rows.items() for story in row]
    return [lesson for kind, messages in stories for lesson in _of_story(kind, messages)]


def of_set(file: Path) -> list[Lesson]:
    """The lessons of a set that is played: its stories, what was said around them, its look-alikes and its follow-ups."""
    lessons = []
    for story in yaml.safe_load(file.read_text("utf-8")):
        expect, turns = story["expect"], story["turns"]
        stated = [turns[at] for at in expect["whole"] if turns[at] != PHOTO]
        if expect["complaint"] and stated:
            ours = CATEGORIES.get(expect["category"], (expect["category"],))
            lessons += _of_story(next(kind for kind in ours if (kind in GRAVE) == expect["restricted"]), stated)
        around = [text for at, text in enumerate(turns) if text != PHOTO and at not in expect["whole"]]
        lessons += [Lesson(text, OTHER, None, STORY, OTHER) for text in around]
        for later in story.get("later") or []:
            if words := later["says"].replace(PHOTO, "").strip():
                lessons += _of_story(MEANT[later["means"]], [words])
    return lessons


def _of_story(kind: str, messages: list[str]) -> list[Lesson]:
    act = act_of(kind)
    if act != COMPLAINS:
        whole = messages if act == OTHER else [" ".join(messages)]
        later = None if kind == ANSWER else kind if kind in LATER else act
        return [Lesson(text, act, None, STORY, later) for text in whole]
    lessons = [Lesson(" ".join(messages), act, kind, STORY, act)]
    if len(messages) > 1:
        for at, text in enumerate(messages):
            long = len(text.split())
            alone = (at == 0 and long >= OPENING) or long >= TELLING
            lessons.append(Lesson(text, act if alone else None, kind if long >= OPENING else None, PART, ADDITION if at else None))
    return lessons
