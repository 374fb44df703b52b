"""Finds the documents that a sentence or a caption names (`jenis_berkas`), with where they stand in the text.

The words are those of `data/standard/reading/documents.yml`, which the intake reads captions by, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from dialogue.understanding.normaliser import Normaliser

WORDS = Path(__file__).parents[2] / "data" / "standard" / "reading" / "documents.yml"

_TOKEN = re.compile(r"f\W{0,2}2\W{0,2}0[34]|[^\W\d_]+|\d+", re.IGNORECASE)
_FORM_CODE = re.compile(r"f\W{0,2}2\W{0,2}0([34])", re.IGNORECASE)
_CARD_OF = {"ayah": "ktp_ayah", "suami": "ktp_ayah", "ibu": "ktp_ibu", "istri": "ktp_ibu", "pelapor": "ktp_pelapor", "saksi": "ktp_saksi"}
_SPTJM_ABOUT = {"lahir": "sptjm_kelahiran", "kelahiran": "sptjm_kelahiran", "bayi": "sptjm_kelahiran", "nikah": "sptjm_pasutri",
                "suami": "sptjm_pasutri", "istri": "sptjm_pasutri", "pasangan": "sptjm_pasutri", "pasutri": "sptjm_pasutri"}  # fmt: skip
_FORMS_OF_ADDRESS = frozenset({"pak", "bu", "mas", "mbak", "min", "kak", "bpk"})
_BEFORE_KAKAK = frozenset(
    {"makasih", "terimakasih", "halo", "pagi", "siang", "sore", "malam", "ya", "oke", "permisi", "maaf", "suwun", "kasih"}
)
_ENDINGS = re.compile(r"(?:nipun|ipun|nya|ne|ku|mu|em|e)$")
_WITNESS_ONLY = re.compile(
    r"(?:(?:ini|niki|iki|foto|fotone|nya) )*saksi(?: (?:ke|nomor))?(?: (?:1|2|i|ii|satu|dua|pertama|kedua|siji|loro|kalih|setunggal))?"
)
_REACH = 3
"""Words between a card and the person whose it is (`ktp yang dibawa saksi`)."""


@dataclass(frozen=True)
class Named:
    """One document in a text, `text[start:end]`."""

    value: str
    start: int
    end: int


@dataclass(frozen=True)
class _Token:
    typed: str
    plain: str
    start: int
    end: int


class DocumentReader:
    """Reads `kk`, `ktp_saksi`, `surat_nikah`, … out of a text. A card or an SPTJM that leaves open which one it is names nothing."""

    def __init__(self, words: Path = WORDS) -> None:
        """Load the phrases (`kind -> phrases`, `owner -> words`)."""
        lists = yaml.safe_load(words.read_text("utf-8"))
        self._normaliser = Normaliser()
        self._words_of_kinds: set[str] = set()
        self._kinds = {tuple(self._plain(w) for w in phrase): kind for kind, phrase in _phrases(lists["items"])}
        self._owners = {phrase[0]: owner for owner, phrase in _phrases(lists["owners"]) if len(phrase) == 1} | {"lapor": "pelapor"}
        self._possessive = {phrase[0] for phrase in (row.split() for row in lists["possessive"].split(", "))}
        self._longest = max(map(len, self._kinds))
        self._words_of_kinds = {word for phrase in self._kinds for word in phrase}

    def read(self, text: str) -> list[Named]:
        """Every document named, in order."""
        tokens = [_Token(m.group().lower(), self._plain(m.group().lower()), m.start(), m.end()) for m in _TOKEN.finditer(text)]
        found = list(self._papers(tokens))
        if not found and _WITNESS_ONLY.fullmatch(" ".join(t.plain for t in tokens if t.typed not in _FORMS_OF_ADDRESS)):
            return [Named("ktp_saksi", tokens[0].start, tokens[-1].end)]
        return found

    def _papers(self, tokens: list[_Token]) -> Iterator[Named]:
        at = 0
        while at < len(tokens):
            kind, size = self._kind_at(tokens, at)
            if kind is None or self._is_address(tokens, at, kind):
                at += 1
                continue
            start, end = at, at + size
            at = end
            if kind == "ktp":
                yield from self._cards(tokens, start, end)
            elif kind == "sptjm":
                yield from self._sptjm(tokens, start, end)
            else:
                yield Named(kind, tokens[start].start, tokens[end - 1].end)

    def _kind_at(self, tokens: list[_Token], at: int) -> tuple[str | None, int]:
        for size in range(min(self._longest, len(tokens) - at), 0, -1):
            kind = self._kinds.get(tuple(t.plain for t in tokens[at : at + size]))
            if kind is not None:
                return kind, size
        return None, 0

    @staticmethod
    def _is_address(tokens: list[_Token], at: int, kind: str) -> bool:
        """`makasih kk`: here kk is the sister addressed."""
        return kind == "kk" and 0 < at == len(tokens) - 1 and tokens[at - 1].plain in _BEFORE_KAKAK

    @staticmethod
    def _sptjm(tokens: list[_Token], start: int, end: int) -> Iterator[Named]:
        """The SPTJM that a word close behind tells apart (`sptjm untuk data lahir`)."""
        for at in range(end, min(end + _REACH, len(tokens))):
            if tokens[at].plain in _SPTJM_ABOUT:
                yield Named(_SPTJM_ABOUT[tokens[at].plain], tokens[start].start, tokens[at].end)
                return

    def _cards(self, tokens: list[_Token], start: int, end: int) -> Iterator[Named]:
        """Cards and their owners: `ktp saksi` one, `ktp bapak dan ibu` two, `ktpku` the writer's."""
        owners = list(self._owners_after(tokens, end))
        if not owners:
            if tokens[start].typed.endswith("ku"):
                yield Named("ktp_pelapor", tokens[start].start, tokens[end - 1].end)
            return
        values = [owner for _, owner in owners]
        for special in ("pelapor", "saksi"):
            if special in values and not (special == "pelapor" and self._is_writer(tokens, owners) and len(values) > 1):
                at = next(at for at, owner in owners if owner == special)
                yield Named(_CARD_OF[special], tokens[start].start, tokens[at].end)
                return
        for order, (at, owner) in enumerate(owners):
            if owner in ("ayah", "ibu") and self._is_own_parent(tokens, at):
                continue
            if owner in _CARD_OF and owner != "pelapor":
                yield Named(_CARD_OF[owner], tokens[start if order == 0 else at].start, tokens[at].end)

    def _owners_after(self, tokens: list[_Token], end: int) -> Iterator[tuple[int, str]]:
        last = end - 1
        for at in range(end, len(tokens)):
            if at - last > _REACH or self._kind_at(tokens, at)[0] is not None:
                return
            owner = self._owner(tokens[at])
            if owner is not None:
                yield at, owner
                last = at

    def _owner(self, token: _Token) -> str | None:
        if token.typed in _FORMS_OF_ADDRESS - {"bpk"}:
            return None
        for word in (token.typed, _ENDINGS.sub("", token.typed), token.plain):
            if word in self._owners:
                return self._owners[word]
        return None

    def _is_writer(self, tokens: list[_Token], owners: list[tuple[int, str]]) -> bool:
        """Whether the reporter is named by a mere `saya` behind somebody else (`ktp suami saya`)."""
        return all(tokens[at].typed in self._possessive for at, owner in owners if owner == "pelapor")

    def _is_own_parent(self, tokens: list[_Token], at: int) -> bool:
        """`bapak saya`, `bapakku`: the writer's father, not the child's."""
        behind = tokens[at + 1].typed if at + 1 < len(tokens) else ""
        return tokens[at].typed.endswith("ku") or behind in self._possessive

    def _plain(self, word: str) -> str:
        code = _FORM_CODE.fullmatch(word)
        if code:
            return f"f20{code.group(1)}"
        plain = self._normaliser.word(word)
        bare = _ENDINGS.sub("", plain)
        return bare if plain not in self._words_of_kinds and bare in self._words_of_kinds else plain


def _phrases(rows: dict[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, phrases in rows.items():
        for phrase in phrases.split(","):
            yield name, tuple(_TOKEN.findall(phrase.strip()))
