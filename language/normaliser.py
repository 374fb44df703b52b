"""Turns a message as typed into plain Indonesian words: abbreviations, slips, Javanese, affixes and stretched letters undone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import yaml

WORDS = Path(__file__).resolve().parent.parent / "data" / "language" / "spelling"
PAIRED = 16
"""Last words of a message that are paired: pairs grow with the square of a story, and most stories end with what they want."""

_NUMBER_MARKS = (
    (re.compile(r"\blm[\s-]?\d{6}[\s-]?[0-9a-z]{4}\b"), " nomorpermohonan "),
    (re.compile(r"\badu[\s-]?\d{6}[\s-]?[0-9a-z]{4}\b"), " nomoraduan "),
    (re.compile(r"\bf\W{0,2}2\W{0,2}0([34])\b"), r" sptjm f20\1 "),
    (re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b"), " tanggalangka "),
    (re.compile(r"\b(?:\d[\s.-]?){16}\b"), " angkanik "),
    (re.compile(r"(?:\+?62|\b0)8[\d\s.-]{7,13}\b"), " angkatelepon "),
)
_STRETCH = re.compile(r"(.)\1{2,}")
_DOUBLED_VOWEL = re.compile(r"([aiueo])\1+")
_DOUBLED = re.compile(r"(.)\1+")
_TWICE = re.compile(r"\b([a-z]{3,})2(nya|ne)?\b")
LONGEST_GREETING = 12
"""Words as typed, `assalamualaikum warahmatullahi wabarakatuh selamat pagi bapak ibu admin semua` and a bit."""
_CLAUSE = re.compile(r"[,.;!?\n]+")
_TOKEN = re.compile(r"f20[34]|[a-z]+(?:'[a-z]+)?|\d+|[^\w\s]", re.UNICODE)
_VOWELS = re.compile(r"[aiueo]")
_PREFIXES = (
    "dipun",
    "memper",
    "diper",
    "menge",
    "meny",
    "meng",
    "mem",
    "men",
    "pem",
    "pen",
    "peng",
    "ber",
    "ter",
    "per",
    "me",
    "pe",
    "se",
    "ke",
    "di",
    "tak",
    "dak",
    "ka",
    "nge",
    "ng",
    "ny",
    "mb",
    "nd",
    "m",
    "n",
    "d",
)
_SUFFIXES = (
    "kannya",
    "annya",
    "ipun",
    "nipun",
    "aken",
    "akan",
    "akke",
    "ake",
    "kan",
    "nya",
    "lah",
    "kah",
    "in",
    "ke",
    "ne",
    "no",
    "ny",
    "nem",
    "mu",
    "ku",
    "em",
    "an",
    "en",
    "e",
    "i",
    "o",
    "x",
)
_NASAL = {"meny": "s", "ny": "s", "mem": "p", "m": "p", "men": "t", "n": "t", "meng": "k", "ng": "k", "pem": "p", "pen": "t", "peng": "k"}


def _table(name: str) -> dict[str, str]:
    """Variant -> canonical word of one `spelling/*.yml`; the first line that names a variant wins."""
    rows: dict[str, str] = {}
    for canonical, variants in yaml.safe_load((WORDS / name).read_text("utf-8")).items():
        for variant in variants if isinstance(variants, list) else str(variants).split():
            rows.setdefault(str(variant), str(canonical))
    return rows


def _greeting(greetings: list[str], addresses: list[str], times: list[str]) -> re.Pattern[str]:
    """Matches canonical words that greet and address, and do nothing else.

    Behind the greeting each word can be taken in one way only: in two, a long row of them would take longer than anybody lives.
    """
    address, time = f"(?:{'|'.join(addresses)})", f"(?:{'|'.join(times)})"
    more = dict.fromkeys([*greetings, *addresses, *times])
    wish = "" if "selamat" in more else f"selamat {time}|"
    return re.compile(rf"(?:{address} )*(?:{'|'.join(greetings)}|selamat {time}|{time} {address})(?: (?:{wish}{'|'.join(more)}))*")


@dataclass
class Normaliser:
    """Stateless once built, but for the vocabulary that slips are mended towards (`learn`)."""

    vocabulary: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Load the word lists; slang wins over Javanese where both know a spelling."""
        self.single = {**_table("javanese.yml"), **_table("slang.yml")}
        self.phrases = _table("phrases.yml")
        self.concepts: dict[str, list[str]] = {}
        for concept, words in yaml.safe_load((WORDS / "concepts.yml").read_text("utf-8")).items():
            for word in str(words).split():
                self.concepts.setdefault(self._canonical(word), []).append(concept)
        base = yaml.safe_load((WORDS / "base.yml").read_text("utf-8"))
        self._base = frozenset(base["words"].split())
        self._filler = frozenset(base["filler"].split())
        self._asking = frozenset(base["asking"].split())
        self._joints = frozenset(base["joints"].split())
        lists = [base[name].split() for name in ("greeting", "address", "times")]
        self.closings: list[str] = base["closings"]
        self.courtesies = frozenset[str](base["courtesies"])
        self._greeting, self._courtesy = _greeting(*lists), self._filler.union(*lists)
        self._longest_phrase = max(len(p.split()) for p in self.phrases)
        joined = {word for phrase in self.phrases.values() for word in phrase.split()}
        self._known = set(self.single) | set(self.single.values()) | set(self.concepts) | joined | self._base
        self._skeletons: dict[str, str | None] = {}
        self._deletions: dict[str, list[str]] = {}
        self._mended: dict[str, str] = {}
        if self.vocabulary:
            self._index()

    def learn(self, sentences: list[str], at_least: int = 2) -> None:
        """Take the words that occur `at_least` times in the training sentences as correctly spelled ones."""
        counts: dict[str, int] = {}
        for sentence in sentences:
            for token in set(self.tokens(sentence)):
                counts[token] = counts.get(token, 0) + 1
        self.vocabulary = {w: n for w, n in counts.items() if n >= at_least and len(w) > 3 and w.isalpha()}
        self._index()

    def _index(self) -> None:
        self._mended.clear()
        self._skeletons, self._deletions = {}, {}
        words = set(self.vocabulary) | {w for w in self._known if len(w) > 3 and w.isalpha()}
        for word in sorted(words):
            skeleton = _VOWELS.sub("", word)
            if len(skeleton) >= 3:
                self._skeletons[skeleton] = None if skeleton in self._skeletons else word
            for cut in _one_letter_less(word):
                self._deletions.setdefault(cut, []).append(word)

    def tokens(self, text: str) -> list[str]:
        """Lower-case tokens with numbers marked and letters unstretched; nothing looked up yet."""
        text = unicodedata.normalize("NFKC", text).lower().replace("’", "'").replace("`", "'")
        for pattern, mark in _NUMBER_MARKS:
            text = pattern.sub(mark, text)
        text = _STRETCH.sub(r"\1", text)
        text = _TWICE.sub(r"\1\2", text)
        return [t for t in _TOKEN.findall(text) if t not in {".", ",", "-", "'", '"', "(", ")", "/", ":", ";", "!"}]

    def words(self, text: str) -> list[str]:
        """Canonical Indonesian words of a message, phrases joined."""
        tokens, found, at = self.tokens(text), [], 0
        while at < len(tokens):
            for size in range(min(self._longest_phrase, len(tokens) - at), 0, -1):
                phrase = self.phrases.get(" ".join(tokens[at : at + size]))
                if phrase is not None:
                    found.extend(phrase.split())
                    at += size
                    break
            else:
                found.append(self._mend(tokens[at]))
                at += 1
        return self._join(found)

    def body(self, text: str) -> str:
        """The message without the greeting that it opens with; a message that only greets stays whole.

        A greeting in front of a question is not `salam` (contract, intents), and nearly every first message opens with one.
        """
        typed = text.split()
        for size in range(min(LONGEST_GREETING, len(typed) - 1), 0, -1):
            rest = " ".join(typed[size:])
            if self._greeting.fullmatch(" ".join(self.words(" ".join(typed[:size])))) and not self._courtesy.issuperset(self.words(rest)):
                return rest
        return text

    def _join(self, words: list[str]) -> list[str]:
        """Phrases that show only after the single words were mended (`srt lhr` -> `surat lahir` -> `suratlahir`)."""
        joined: list[str] = []
        for word in words:
            joined.append(word)
            for size in (4, 3, 2):
                phrase = self.phrases.get(" ".join(joined[-size:])) if len(joined) >= size else None
                if phrase is not None:
                    joined[-size:] = phrase.split()
                    break
        return joined

    def point(self, text: str) -> list[str]:
        """Words of the clause that a story comes down to: the last one that asks or wishes, the last of all where none does."""
        clauses: list[list[str]] = []
        for part in _CLAUSE.split(text):
            clauses.append([])
            for word in self.words(part):
                if word in self._joints:
                    clauses.append([])
                else:
                    clauses[-1].append(word)
        clauses = [clause for clause in clauses if clause]
        asking = [clause for clause in clauses if not self._asking.isdisjoint(clause)]
        return next(reversed(asking or clauses), [])

    def pairs(self, words: list[str]) -> list[str]:
        """Every two telling words among the last `PAIRED` of a message, in whatever order and distance."""
        telling = [word for word in dict.fromkeys(words[-PAIRED:]) if word not in self._filler]
        return ["_".join(sorted(pair)) for pair in combinations(telling, 2)]

    def word(self, token: str) -> str:
        """The canonical form of one lower-case word."""
        return self._mend(token)

    def marks(self, words: list[str]) -> list[str]:
        """The fields of meaning (`spelling/concepts.yml`) that the words touch, each once."""
        return sorted({f"#{concept}" for word in words for concept in self.concepts.get(word, ())})

    def _mend(self, token: str) -> str:
        if token not in self._mended:
            if len(self._mended) > 50_000:
                self._mended.clear()
            self._mended[token] = self._canonical(self._spelled(token))
        return self._mended[token]

    def _canonical(self, word: str) -> str:
        for _ in range(3):
            if word not in self.single:
                break
            word = self.single[word]
        return word

    def _spelled(self, token: str) -> str:
        if not token.isalpha() or self._is_known(token):
            return token
        for candidate in (_DOUBLED_VOWEL.sub(r"\1", token), _DOUBLED.sub(r"\1", token)):
            if self._is_known(candidate):
                return candidate
        stem = self._stem(token)
        if stem is not None:
            return stem
        if len(token) >= 3 and len(_VOWELS.sub("", token)) >= 0.75 * len(token):
            whole = self._skeletons.get(_VOWELS.sub("", token))
            if whole is not None and whole[0] == token[0]:
                return self._stem(whole) or whole
        return token if token in self.vocabulary else self._nearest(token) or token

    def _is_known(self, word: str) -> bool:
        return word in self.single or word in self._known

    def _stem(self, token: str) -> str | None:
        """The known word left when prefixes and suffixes, Indonesian or Javanese, are taken off."""
        heads = [token]
        for prefix in _PREFIXES:
            rest = token[len(prefix) :]
            if token.startswith(prefix) and len(rest) >= 3:
                heads.append(rest)
                if prefix in _NASAL:
                    heads.append(_NASAL[prefix] + rest)
        for head in heads:
            if len(head) >= 4 and self._is_known(head):
                return head
            for suffix in _SUFFIXES:
                stem = head[: -len(suffix)]
                if head.endswith(suffix) and len(stem) >= 3 and self._is_known(stem) and (len(stem) >= 4 or stem in _SHORT_STEMS):
                    return stem
        return None

    def _nearest(self, token: str) -> str | None:
        """A known word one letter away (dropped, added, changed or swapped), the most frequent one."""
        if len(token) < 7:
            return None
        near = {w for cut in (token, *_one_letter_less(token)) for w in self._deletions.get(cut, ())}
        near |= {cut for cut in _one_letter_less(token) if self._is_known(cut) and len(cut) > 3}
        near = {w for w in near if w[0] == token[0]}
        return max(near, key=lambda w: (self.vocabulary.get(w, 0), w)) if near else None


_SHORT_STEMS = frozenset(
    {"kia", "ktp", "kk", "akta", "kirim", "saksi", "ayah", "ibu", "pdf", "lair", "wali", "desa", "foto", "nama", "akte", "data", "biaya"}
)


def _one_letter_less(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]
