"""Says what kind of document a page is from the words on it, with `data/documents/kinds.yml` as its table."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from documents.ocr.words import begins, holds, skeleton
from documents.thresholds import DATA
from documents.wording import either
from standard.kinds import Kind

TITLE, SIGN = 5.0, 1.0


@dataclass(frozen=True)
class Evidence:
    """Points for every kind; `look_alikes` names the groups of other documents whose words were found."""

    points: dict[Kind, float]
    look_alikes: dict[str, float]
    titles: dict[Kind, int]
    decisive: str = ""
    """The paper of another service whose own words were found."""
    headed: bool = False
    """Whether the first line of a KTP was found."""


@dataclass(frozen=True)
class Guess:
    """The kind of a page, and how sure.

    `named`: the words of a known look-alike were found, it is certainly something else. `hints`: points for the likeliest wanted kind.
    `group`: which other service's paper it is, where that matters.
    """

    kind: Kind
    confidence: float
    named: bool = False
    hints: float = 0.0
    group: str = ""


@cache
def _table() -> dict[str, Any]:
    with (DATA / "kinds.yml").open(encoding="utf-8") as file:
        return dict(yaml.safe_load(file))


def weigh(texts: list[str]) -> Evidence:
    """The evidence in a page's lines; a phrase counts once, however often it is printed."""
    points, found_titles = {}, {}
    whole = " ".join(texts)
    headings = [text for text in texts if _is_heading(text)]
    for name, row in _table()["kinds"].items():
        alone = row.get("alone", ())
        own = [phrase for phrase in alone if any(begins(text, phrase) for text in headings)]
        titles = own + [phrase for phrase in row["title"] if phrase not in alone and any(holds(text, phrase) for text in headings)]
        titles += [phrase for phrase in row.get("sentence", ()) if any(holds(text, phrase) for text in texts)]
        marks = [phrase for phrase in row["sign"] if any(holds(text, phrase) for text in texts)]
        lacking = row.get("needs") and not own and not any(holds(whole, phrase) for phrase in row["needs"])
        lacking = lacking or any(holds(text, phrase) for phrase in row.get("unless", ()) for text in texts)
        weight = float(row.get("title_weight", TITLE))
        points[Kind(name)] = 0.0 if lacking else min(2, len(titles)) * weight + len(marks) * SIGN
        found_titles[Kind(name)] = len(titles)
    if found_titles[Kind.KK] or points[Kind.KK] >= KK_SIGNS:
        points[Kind.KTP] = float(sum(1 for phrase in _CARD_ALONE if any(holds(text, phrase) for text in texts)))
    elif any(_HEADING.match(text) for text in texts):
        points[Kind.KTP] += min(CARD_VALUES, _card_values(texts))
    others = {
        name: found * TITLE
        for name, phrases in _table()["other"].items()
        if (found := sum(1 for phrase in phrases if any(holds(text, phrase) for text in texts)))
    }
    headed = any(_HEADING.match(text) for text in texts)
    return Evidence(points, others, found_titles, _decisive(texts, headings), headed)


def _decisive(texts: list[str], headings: list[str]) -> str:
    """The group of which a heading or sentence stands on the page letter by letter: `LAHIR BAYI` is not `LAHIR MATI`."""
    heads, whole = [skeleton(text) for text in headings], skeleton(" ".join(texts))
    for group, phrases in _table()["decisive"].items():
        headed = any(skeleton(phrase) in head for phrase in phrases["heading"] for head in heads)
        if headed or any(skeleton(phrase) in whole for phrase in phrases.get("sentence", ())):
            return str(group)
    return ""


def _is_heading(text: str) -> bool:
    """Whether a line may be a title: over two thirds of its words begin with a capital, as in no sentence and no chat."""
    words = re.findall(r"[A-Za-z]+", text)
    capitals = sum(1 for word in words if word[0].isupper())
    return 3 * capitals > 2 * len(words)


KK_SIGNS = 5
"""Points for a KK from which on the words that it shares with a KTP no longer count for a KTP."""
_HEADING = re.compile(r"PROVINSI [A-Z ]{3,}$")
"""The first line of a KTP; a KK has the province after a label and a colon."""
CARD_VALUES = 5
_VALUE = re.compile(rf"[:;.\s]*({either('card_values')})$")
"""What stands on a KTP as a line of its own, after the labels: it tells a card whose labels are too faint or cut off."""


def _card_values(texts: list[str]) -> int:
    return len({match[1] for text in texts if (match := _VALUE.match(text))})


def decide(evidence: Evidence, lines: int) -> Guess:
    """The kind that the evidence speaks for. `lines` read lines with no evidence make `other`; hardly any lines make `none`."""
    if evidence.decisive:
        return Guess(Kind.OTHER, 0.95, named=True, group=evidence.decisive)
    ranked = sorted(evidence.points.items(), key=lambda item: item[1], reverse=True)
    (kind, best), (_, second) = ranked[0], ranked[1]
    other = max(evidence.look_alikes.values(), default=0.0)
    enough = float(_table()["kinds"][kind]["enough"])
    if other and best < _against(kind, other):
        return Guess(Kind.OTHER, min(0.99, 0.6 + other / 25), named=True)
    if best >= enough:
        return Guess(kind, round(min(0.99, 0.55 + (best - second) / 20 + (best - enough) / 40), 3))
    if lines >= _table()["readable_lines"]:
        return Guess(Kind.OTHER, round(0.5 + 0.3 * (1 - best / enough), 3), hints=best)
    return Guess(Kind.NONE, 0.6, hints=best)


_CARD_ALONE = ("Berlaku Hingga", "Gol. Darah", "Kel/Desa", "Tempat/Tgl Lahir", "SEUMUR HIDUP")
"""Printed on a KTP once and on no other wanted document."""


def several(texts: list[str], evidence: Evidence) -> bool:
    """Whether the words are those of two documents: a KTP's own words twice, or beside another document's title."""
    counts = [sum(1 for text in texts if holds(text, phrase)) for phrase in _CARD_ALONE]
    twice = sum(1 for count in counts if count >= 2)
    once = sum(1 for count in counts if count) + 2 * any(_HEADING.match(text) for text in texts)
    titled = any(points >= TITLE + 1 for kind, points in evidence.points.items() if kind is not Kind.KTP and evidence.titles[kind])
    return twice >= 2 or (titled and once >= (2 if evidence.titles[Kind.KK] else 3))


def _against(kind: Kind, other: float) -> float:
    """How many points a kind needs to outweigh the words of a look-alike."""
    return other + (9.0 if kind is Kind.KTP else 2.0)
