"""Reads where the KIA is to be sent and to which e-mail the papers go, from one message or from several."""

import re
from functools import cache
from typing import Any

from intake.drafts.model import Draft
from intake.questions.question import NOTHING, Problem, Reading, Said
from intake.reading import Answer, is_question, names_regency, read_address, read_choice, read_email, read_village, weighs
from language.lists import book, either, phrases
from language.phrases import Phrasebook, plain, words

SHORTEST_DESCRIPTION = 3
"""Words from which on a place with a known town in it is an address, though neither RT nor road nor village is named."""

LONGEST_HINT = 6
"""Words up to which `ke rumah saja bu` is an answer that only lacks the address."""


def read_delivery(said: Said, draft: Draft, child: int) -> Reading[tuple[dict[str, Any] | None, str | None]]:
    """`(address, e-mail)`: typed, tapped ("as in the KK") or sent as a location.

    The address is None where only the e-mail, or that there is none, was said; a Problem where a house is named without its address.
    """
    if said.location is not None:
        place = [str(said.location[key]) for key in ("name", "address") if said.location.get(key)]
        point = {key: said.location[key] for key in ("latitude", "longitude")}
        return {"alamat": ", ".join(place) or None, "location": point}, None
    email = read_email(said.text)
    email = email if isinstance(email, str) else None
    rest = without_email(said.text)
    refused = re.search(rf"(?i)\b{either('not_it', 'dont')}\b.{{0,12}}\bkk\b", rest)
    if said.choice == "kk" or (not refused and read_choice(rest, said.choices) == "kk"):
        return {"alamat": "kk", "location": None}, email
    address = read_address(_from_its_first_word(rest))
    if address is not None:
        return {"alamat": address.text, "location": None}, email
    if _is_described(rest):
        return {"alamat": re.sub(r"\s+", " ", rest), "location": None}, email
    if email is not None or _refuses_email(said.text, rest):
        return None, email
    return Problem("alamat_belum_lengkap") if _is_hint(said.text) else NOTHING


def store_delivery(draft: Draft, child: int, value: tuple[dict[str, Any] | None, str | None]) -> None:
    """What was given; the address stays asked for until there is one."""
    address, email = value
    draft.alamat_kia = address or draft.alamat_kia
    draft.email = email or draft.email


def surely_delivery(value: Any, said: Said) -> bool:
    """Whether nothing but the delivery can have been meant: an RT or a road, a house and its town, the KK's address, an e-mail."""
    if is_question(said.text):
        return False
    if isinstance(value, Problem) or value[0] is None or value[0]["alamat"] in ("kk", None):
        return True
    rest = without_email(said.text)
    address = read_address(rest)
    if address is None:
        return _is_described(rest)
    first = words(said.text)[:1]
    return bool(address.rt or address.rw) or bool(first and first[0] in _openings())


def without_email(text: str) -> str:
    """The text without an e-mail address, a refusal of one, and the words that lead to them."""
    return re.sub(r"[^\S\n]{2,}", " ", _email_part().sub(" ", text)).strip(" ,;.\n")


_FIRST_WORD = re.compile(rf"(?i)\b{either('streets')}\b")
_SENT_THERE = re.compile(rf"(?i)\b{either('to_a_house')}\b")


def _from_its_first_word(text: str) -> str:
    """The address without the sentence that leads to it (`dikirim neng omahe morotuwo wae, Ds …`)."""
    begin = _FIRST_WORD.search(text)
    if begin is None or not _SENT_THERE.search(text[: begin.start()]) or re.search(r"(?i)\brt\b", text[: begin.start()]):
        return text
    address = text[begin.start() :]
    return re.sub(rf"(?i)\s{either('just', 'agreeing', 'address')}\W{{0,5}}$", "", address)


def _refuses_email(text: str, rest: str) -> bool:
    spoken = words(rest) != words(text) or bool(_skips().found(text))
    left = [word for word in words(rest) if word not in phrases("answers", "filler")]
    return spoken and (not left or read_email(text) is Answer.NO)


def _is_described(text: str) -> bool:
    """`barat masjid Kamolan Blora`: no word that an address begins with, but a town or kecamatan that a courier knows, and more than it."""
    return len(words(text)) >= SHORTEST_DESCRIPTION and names_regency(text) and not _speaks_of_else(text)


def _is_hint(text: str) -> bool:
    """A house, a village, or a town alone."""
    typed = words(text)
    place = book("addresses", "houses").found(typed) or names_regency(text) or read_village(text)
    return bool(place) and len(typed) <= LONGEST_HINT and not _speaks_of_else(text)


def _speaks_of_else(text: str) -> bool:
    return is_question(text) or weighs(text) or bool(book("addresses", "no_house").found(text))


@cache
def _skips() -> Phrasebook[bool]:
    """`wa mawon`: in place of an e-mail."""
    return Phrasebook({True: phrases("answers", "skipped")})


@cache
def _openings() -> frozenset[str]:
    """Words that an address begins with."""
    return frozenset(words(phrase)[0] for section in ("village", "hamlet") for phrase in phrases("addresses", section)) | {
        "alamat",
        "alamate",
    }


@cache
def _email_part() -> re.Pattern[str]:
    """`, email saya ibu@contoh.id`, `mboten gadhah email`, `email dereng wonten`."""
    denials = "|".join(
        re.escape(plain(phrase)).replace(r"\ ", r"\s+")
        for phrase in sorted([*phrases("answers", "no"), *phrases("answers", "not_yet")], key=len, reverse=True)
        if phrase[-1].isalpha()
    )
    own = rf"(?:\s+(?:{either('self')}|kami|ku))?"
    address = r"[^\s@]{1,80}\s*(?:@|\(at\)|\[at\])\s*\S+"
    email = rf"(?:alamat\s+)?(?:e-?\s?mail|{either('email')}){either('endings')}?"
    lead = rf"(?:(?<![\s,;.])[\s,;.]+)?(?:\b{either('and', 'contrast', 'for_whom')}\s+)?"
    return re.compile(
        rf"(?i){lead}(?:\b(?:{denials}){own}\s+(?:ada\s+|punya\s+|pakai\s+)?\b{email}\b{own}"
        rf"|\b{email}\b{own}\s*(?:\b(?:{denials})\b(?:\s+{either('there_is', 'own')})?)"
        rf"|(?:\b{email}\b{own}(?:\s*[:=])?\s*)?(?:(?:{either('at')}|ke)\s+)?{address})(?:\s+{either('agreeing', 'address')})*"
    )
