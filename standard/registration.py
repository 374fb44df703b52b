"""Makes the numbers that applicants read out on the telephone: `LM-261122-7K4F` for an application, `ADU-…` for a complaint."""

import re
import secrets
from datetime import date

from standard.facts import office_facts

ALPHABET = "2345679ACDEFGHJKMNPQRTUVWXY"
"""Of the signs that are mistaken for one another (0 and O, 1, I and L, 8 and B, 5 and S, 2 and Z) one or none is here."""

APPLICATION = "permohonan"
COMPLAINT = "pengaduan"
"""What a number is of; how it begins, the office says (`office.yml`)."""


def prefix(kind: str) -> str:
    """How numbers of that kind begin: `LM`, `ADU`."""
    return office_facts()[f"awalan_{kind}"]


def new_number(kind: str, day: date) -> str:
    """A number of that kind (`APPLICATION`, `COMPLAINT`) for that day at the office; the caller sees to it that it is not taken."""
    return f"{prefix(kind)}-{day:%y%m%d}-{''.join(secrets.choice(ALPHABET) for _ in range(4))}"


def is_number(text: str) -> bool:
    """Whether a text has the form of one of our numbers."""
    return re.fullmatch(rf"(?:{prefix(APPLICATION)}|{prefix(COMPLAINT)})-\d{{6}}-[0-9A-Z]{{4}}", text) is not None
