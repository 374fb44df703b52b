"""Reads the ways to reach a person: an e-mail address and a telephone number."""

import re
from functools import cache
from typing import Literal

import phonenumbers

from intake.reading.answers import Answer, read_yes_no
from language.lists import either, phrases
from language.phrases import Phrasebook, plain

_EMAIL = re.compile(r"[a-z0-9][a-z0-9._%+\-]{0,63}@[a-z0-9][a-z0-9\-]*(?:\.[a-z0-9\-]+)+", re.ASCII)
_AT = re.compile(r"(?:(?<!\s)\s+)?(?:@|\(at\)|\[at\])\s*")
_SLIPPED_DOT = re.compile(rf"(?<=@)([a-z0-9\-]+)\s*[,.]\s*(?={either('mail_ends')}\b)")
_FIGURES = re.compile(r"\+?[\d(][\d\s().\-/]{7,24}\d")

_LONGEST_REFUSAL = 60


def read_email(text: str) -> str | Literal[Answer.NO] | None:
    """An e-mail address in lower case, `Answer.NO` where the person has or wants none (`tidak ada`, `-`), or None."""
    line = _SLIPPED_DOT.sub(r"\1.", _AT.sub("@", plain(text)))
    found = {match.strip(".") for match in _EMAIL.findall(line)}
    if found:
        return found.pop() if len(found) == 1 else None
    declined = read_yes_no(text) in (Answer.NO, Answer.NOT_YET) or bool(_skipped().found(text))
    return Answer.NO if declined and len(text) <= _LONGEST_REFUSAL else None


def read_phone(text: str) -> str | None:
    """The one Indonesian telephone number in a text as E.164 (`+628…`), however it is typed (62, 0, 8…, dots, spaces), or None."""
    found = {
        number for match in _FIGURES.findall(re.sub(r"(?<=\d)o|\bo(?=\d)", "0", plain(text))) if (number := _number(match)) is not None
    }
    return found.pop() if len(found) == 1 else None


@cache
def _skipped() -> Phrasebook[bool]:
    return Phrasebook({True: phrases("answers", "skipped")})


def _number(typed: str) -> str | None:
    digits = re.sub(r"\D", "", typed)
    digits = re.sub(r"^(?:00)?62(?:0(?=8))?", "0", digits)
    try:
        number = phonenumbers.parse(digits if digits.startswith("0") else f"0{digits}", "ID")
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if phonenumbers.is_valid_number(number) else None
