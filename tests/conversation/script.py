"""Plays a written conversation over a phone, and says at the first sentence that is wrong what the whole chat looked like.

A step is what the person does (`orang` types, `ketuk` taps, `foto` sends, `formulir` fills in,
`lain`, `kabar`, `jeda`) and what they then read:

    bot      fragments that stand in the answer, in this order        berkas   names of the files that come along
    bukan    fragments that do not                                    pesan    how many messages (1)
    tanya    the open question: stands once, behind all the rest      diam     true: the bot keeps silent
    pilihan  titles of all buttons or rows, in order

Capitals, line ends and WhatsApp's bold and italic marks do not count. `{nomor}` and `{aduan}` are the newest numbers in the chat.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from tests.actions.conftest import sentences, within_limits
from tests.actions.families import FACTS
from tests.conversation.office_double import OfficeDouble
from tests.conversation.phone import Phone, Read
from tests.conversation.pictures import ALBUM, PICTURES

FOLDER = Path(__file__).parent / "perilaku"

WAY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("setuju", {"orang": "assalamualaikum"}),
    ("pelapor", {"ketuk": "Ya, lanjutkan"}),
    ("jumlah anak", {"ketuk": "Ayah"}),
    ("surat", {"ketuk": "Satu anak"}),
    ("status ktp", {"ketuk": "Ada keduanya"}),
    ("berkas", {"ketuk": "Sudah KAWIN"}),
    ("nama", {"foto": list(ALBUM)}),
    ("ejaan", {"orang": "Siti Aminah"}),
    ("kelahiran", {"ketuk": "Sudah benar"}),
    ("alamat", {"orang": FACTS}),
    ("ringkasan", {"ketuk": "Sesuai alamat KK"}),
    ("terkirim", {"ketuk": "Ya, kirim"}),
)
"""The plain way of a married couple with both papers; a script begins `sampai` one of these questions."""

DO = ("orang", "ketuk", "foto", "formulir", "gagal", "lain", "kabar", "jeda", "kantor")
EXPECT = ("bot", "bukan", "tanya", "pilihan", "berkas", "pesan", "diam", "keterangan")
SPANS = {"menit": "minutes", "jam": "hours", "hari": "days", "minggu": "weeks"}
NUMBERS = {"nomor": re.compile(r"LM-\d{6}-[0-9A-Z]{4}"), "aduan": re.compile(r"ADU-\d{6}-[0-9A-Z]{4}")}
NEVER = re.compile(r"\b(?:kamu|kau|anda|lu|gue|dong|None|null|nan|True|False)\b|[{}\[\]]|\*\*|\.\.(?!\.)|,\s*[.,]", re.IGNORECASE)
"""What no sentence of ours holds: a familiar address, or what a program left in it."""


@dataclass(frozen=True)
class Conversation:
    """One written conversation."""

    file: str
    title: str
    language: str
    until: str | None
    steps: tuple[dict[str, Any], ...]


def conversations() -> list[Conversation]:
    """All that are written, of every behaviour."""
    found = []
    for file in sorted(FOLDER.glob("*.yml")):
        for row in yaml.safe_load(file.read_text(encoding="utf-8")):
            found.append(Conversation(file.stem, row["judul"], row.get("bahasa", "indonesia"), row.get("sampai"), tuple(row["langkah"])))
    return found


class Player:
    """One conversation on one phone."""

    def __init__(self, phone: Phone, office: OfficeDouble, pictures: Mapping[str, bytes] = PICTURES) -> None:
        self.phone, self.office, self.pictures = phone, office, pictures
        self.read = Read((), 0.0)

    def play(self, conversation: Conversation) -> None:
        """All of it. Raises AssertionError with the whole chat at the first answer that is not as written."""
        if conversation.until:
            names = [name for name, _ in WAY]
            for _, step in WAY[: names.index(conversation.until) + 1]:
                self.step(step)
        for step in conversation.steps:
            self.step(step)

    def step(self, step: dict[str, Any]) -> None:
        """One act and what is read after it."""
        unknown = set(step) - {*DO, *EXPECT}
        assert not unknown, f"unknown words in a script: {unknown}"
        before = self.read.text
        self.act(step)
        if "jeda" in step or "kantor" in step:
            return
        faults = [*faults_of_any(self.read, before), *self._of_this(step)]
        assert not faults, "\n".join([*faults, "", self.phone.transcript()])

    def act(self, step: dict[str, Any]) -> Read:
        """One act, without a look at what it brings."""
        match step:
            case {"orang": text}:
                self.read = self.phone.say(self._filled(str(text)))
            case {"ketuk": title}:
                self.read = self.phone.tap(title)
            case {"foto": names}:
                self.read = self.phone.send([(name, self.pictures[name]) for name in _list(names)], step.get("keterangan"))
            case {"formulir": fields}:
                self.read = self.phone.fill_in(fields)
            case {"gagal": problem}:
                self.read = self.phone.fail(problem)
            case {"lain": kind}:
                stated = {"type": kind} if isinstance(kind, str) else dict(kind)
                self.read = self.phone.other(stated.pop("type"), **stated)
            case {"kabar": stated}:
                stated = dict(stated)
                self.read = self.phone.notice(
                    stated.pop("kind"), self._filled(stated.pop("number", "{nomor}")), stated.pop("data", {}), **stated
                )
            case {"jeda": span}:
                amount, unit = span.split()
                self.phone.wait(timedelta(**{SPANS[unit]: float(amount)}))
            case {"kantor": case}:
                self.office.known[self._filled(case.get("number", "{nomor}"))] = case
        return self.read

    def _of_this(self, step: dict[str, Any]) -> Iterable[str]:
        """What is not as the step says."""
        count = 0 if step.get("diam") else step.get("pesan", 1)
        if len(self.read.messages) != count:
            yield f"{len(self.read.messages)} messages, not {count}"
        yield from self._of_words(step)
        titles = [row["title"] for row in self.read.options]
        if "pilihan" in step and titles != _list(step["pilihan"]):
            yield f"offered: {titles}, not {step['pilihan']}"
        files = [self._filled(name) for name in _list(step.get("berkas", []))]
        if "berkas" in step and self.read.files != files:
            yield f"files: {self.read.files}, not {files}"

    def _of_words(self, step: dict[str, Any]) -> Iterable[str]:
        """Fragments in their order, those that must not stand, and the open question behind them."""
        text, at = plain(self.read.text), 0
        for fragment in [plain(self._filled(part)) for part in _list(step.get("bot", []))]:
            found = text.find(fragment, at)
            if found < 0:
                yield f"not said{' at that place' if fragment in text else ''}: {fragment!r}"
            at = max(at, found)
        for fragment in _list(step.get("bukan", [])):
            if plain(self._filled(fragment)) in text:
                yield f"said, and should not be: {fragment!r}"
        asked = plain(step.get("tanya", ""))
        if asked and (text.count(asked) != 1 or text.rfind(asked) < at):
            yield f"the open question should stand once, at the end: {step['tanya']!r} (found {text.count(asked)} times)"

    def _filled(self, text: str) -> str:
        """The newest numbers of the chat in their places."""
        for name, sign in NUMBERS.items():
            if f"{{{name}}}" in text:
                found = [number for read in self.phone.history for number in sign.findall(read.text)]
                assert found, f"no {name} in the chat yet\n{self.phone.transcript()}"
                text = text.replace(f"{{{name}}}", found[-1])
        return text


def faults_of_any(read: Read, before: str) -> Iterable[str]:
    """What is wrong with an answer whatever was asked: limits, tone, a sentence that stood in the one before."""
    for message in read.messages:
        try:
            within_limits(message)
        except AssertionError as error:
            yield f"beyond WhatsApp's limits: {error}"
    for found in NEVER.findall(read.text):
        yield f"not our words: {found!r}"
    repeated = sentences(read.text) & sentences(before)
    if repeated:
        yield f"said twice in a row: {repeated}"


def plain(text: str) -> str:
    """Words without WhatsApp's marks, line ends and capitals."""
    return re.sub(r"\s+", " ", re.sub(r"[*_]", "", text)).strip().casefold()


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
