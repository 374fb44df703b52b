"""Reads the ways to reach a person: an e-mail address and a telephone number."""

import re
from typing import Literal

import phonenumbers

from intake.reading.answers import Answer, read_yes_no
from intake.reading.phrases import plain

_EMAIL = re.compile(r"[a-z0-9._%+\-]+@[a-z0-9\-]+(?:\.[a-z0-9\-]+)+", re.ASCII)


def read_email(text: str) -> str | Literal[Answer.NO] | None:
    """An e-mail address in lower case, `Answer.NO` where the person has or wants none (`tidak ada`, `-`), or None."""
    found = _EMAIL.findall(plain(text))
    if found:
        return str(found[0]).strip(".") if len(set(found)) == 1 else None
    return Answer.NO if read_yes_no(text) in (Answer.NO, Answer.NOT_YET) else None


def read_phone(text: str) -> str | None:
    """An Indonesian telephone number as E.164 (`+628…`), however it is typed (62, 0, dots, spaces), or None."""
    for match in phonenumbers.PhoneNumberMatcher(plain(text), "ID"):
        return phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
    return None
