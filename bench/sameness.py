"""Measures what is taken for the same paper: `python -m bench.sameness --papers 150 --seed fresh`.

Scans as an app makes them (a card on white A4, and cropped tight) of so many different people's cards, in all their pairs; each once more
compressed again as WhatsApp does, and some photographed anew. The rule is `standard.sameness`, the figures beside it those of looks alone.
"""

import argparse
import random
from io import BytesIO
from itertools import combinations
from typing import Any, NamedTuple

from PIL import Image

from documents import Check, check
from simulator.specimen import ktp, people
from simulator.specimen.drawer import good_photo
from simulator.specimen.sheet import Sheet
from standard.sameness import are_distinct, look_alike, same_paper

A4 = (1654, 2339)
CARD_WIDTH = 709
"""Pixels of a card's 85.6 mm on that sheet, at 210 dots per inch."""


class Seen(NamedTuple):
    """One file as the check answered it."""

    fields: dict[str, Any]
    looks: str | None


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.sameness", description=__doc__)
    parser.add_argument("--papers", type=int, default=150)
    parser.add_argument("--anew", type=int, default=60, help="cards that are photographed twice")
    parser.add_argument("--seed", default="fresh")
    chosen = parser.parse_args()
    seed = random.SystemRandom().randrange(10_000, 10_000_000) if chosen.seed == "fresh" else int(chosen.seed)
    cards = [_card(seed + number) for number in range(chosen.papers)]
    firsts = [_look(_scan(card, number)) for number, card in enumerate(cards)]
    pairs = list(combinations(firsts, 2))
    print(f"seed {seed}: {len(cards)} scans, {len(pairs)} pairs of different papers")
    print(f"  looks alone call the same: {sum(look_alike(one.looks, other.looks) for one, other in pairs)}")
    print(f"  the same paper by fields: {sum(same_paper(one.fields, other.fields) for one, other in pairs)}")
    print(f"  called the same: {sum(_same(one, other) for one, other in pairs)}")
    again = [_look(_compressed(_scan(card, number))) for number, card in enumerate(cards)]
    print(f"  compressed again: {sum(map(_same, firsts, again))} of {len(again)} found")
    apart = sum(are_distinct(one.fields, other.fields) for one, other in zip(firsts, again, strict=True))
    print(f"  of them read otherwise, so that they count as another: {apart}")
    shots = [[_look(good_photo(card, f"{seed}-{number}-{shot}").data) for shot in "ab"] for number, card in enumerate(cards[: chosen.anew])]
    print(
        f"  photographed anew: {sum(same_paper(one.fields, other.fields) for one, other in shots)} of {len(shots)} known as the same card"
    )


def _card(seed: int) -> Sheet:
    family = people.family(seed)
    return ktp.draw(random.Random(seed).choice([who for who in (family.ayah, family.ibu, *family.saksi) if who]), seed)


def _scan(card: Sheet, number: int) -> bytes:
    """A card as a scanner app gives it: on white A4 (two of three), or cropped to its rim."""
    picture = Image.fromarray(card.image)
    picture = picture.resize((CARD_WIDTH, round(CARD_WIDTH * picture.height / picture.width)), Image.Resampling.LANCZOS)
    if number % 3:
        sheet = Image.new("RGB", A4, "white")
        sheet.paste(picture, ((A4[0] - picture.width) // 2, 300))
        picture = sheet
    return _jpeg(picture, 88)


def _compressed(data: bytes) -> bytes:
    """As it arrives when it was forwarded: at most 1600 pixels, quality 60."""
    picture = Image.open(BytesIO(data))
    picture.thumbnail((1600, 1600), Image.Resampling.LANCZOS)
    return _jpeg(picture, 60)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def _look(data: bytes) -> Seen:
    answer: Check = check(data)
    return Seen(answer.fields, answer.fingerprint)


def _same(one: Seen, other: Seen) -> bool:
    return same_paper(one.fields, other.fields) and look_alike(one.looks, other.looks)


if __name__ == "__main__":
    main()
