"""Reads how the parents stand in the KK and what their KTP say of marriage, whoever is asked about and whoever is spoken of. Pure."""

import re
from functools import cache

from intake.drafts.model import Draft
from intake.questions.birth_facts import says_unknown
from intake.questions.papers import papers_told
from intake.questions.question import NOTHING, Reading, Said
from intake.questions.reporter import FEW
from intake.reading import (
    Answer,
    read_choice,
    read_yes_no,
)
from intake.reading.family_card import read_family_card_said
from intake.reading.frame.line import spelled_line
from intake.reading.frame.matching import any_of, found_words
from language.lists import either, phrases
from language.phrases import words
from standard.requirements import FamilyCard, KtpStatus, Reporter


def read_family_card(said: Said, draft: Draft, child: int) -> Reading[FamilyCard]:
    """How the KK shows the parents."""
    if said.choice is None and (stated := read_family_card_said(said.text)) is not None:
        return FamilyCard(stated)
    exact = said.choice or (read_choice(said.text, said.choices) if len(words(said.text)) <= FEW else None)
    return NOTHING if exact is None else FamilyCard(exact)


def read_ktp_status(said: Said, draft: Draft, child: int) -> Reading[KtpStatus]:
    """What a parent's KTP says; a yes is KAWIN, a no says only that it is not. `Ada buku nikah` speaks of another paper."""
    if said.choice is None:
        return _status_said(said, draft)
    return KtpStatus(said.choice)


@cache
def _status(name: str) -> re.Pattern[str]:
    return re.compile(rf" {any_of(phrases('statuses', 'says')[name])}(?= )")


def _status_said(said: Said, draft: Draft) -> Reading[KtpStatus]:
    """The status of the parent who is asked about: of the part that names this one's KTP, where both are told."""
    line = spelled_line(said.text)
    if papers_told(said.text) and " ktp " not in line:
        return NOTHING
    asked = "ayah" if draft.known.status_ktp_ayah is None and draft.conditions.pelapor is not Reporter.AYAH else "ibu"
    spoken = _spoken_for(line, draft, asked)
    if _of_another(line, asked) and asked not in statuses_told(said.text, draft):
        return NOTHING
    parts = [part for part in re.split(r" [,.] ", spoken) if _WHOSE[asked].search(f" {part} ")]
    others = [part for part in re.split(r" [,.] ", spoken) if _WHOSE["ibu" if asked == "ayah" else "ayah"].search(f" {part} ")]
    own = f" {parts[0]} " if parts and others and parts[0] not in others else line
    found = _statuses(own)
    on_card = [_statuses(f" {part} ") for part in re.split(rf" (?:[,.]|{either('although', 'contrast')}) ", own) if " ktp" in f" {part} "]
    if len(set(found)) > 1 and len(on_card) == 1 and len(set(on_card[0])) == 1:
        found = on_card[0]  # what the card says, not how it is
    if found:
        return NOTHING if len(set(found)) > 1 or found[0] == "open" else KtpStatus(found[0])
    if found_words(own, "same") and len(words(said.text)) <= FEW and asked == "ibu" and draft.known.status_ktp_ayah is not None:
        return draft.known.status_ktp_ayah
    if says_unknown(said.text):
        return KtpStatus.TIDAK_TAHU
    answer = read_yes_no(said.text) if len(words(said.text)) <= FEW else None
    if answer is not None:
        return KtpStatus.KAWIN if answer is Answer.YES else KtpStatus.BELUM_KAWIN
    picked = read_choice(said.text, said.choices)
    return NOTHING if picked is None else KtpStatus(picked)


def mothers_status_aside(said: Said, draft: Draft) -> KtpStatus | None:
    """What a message that was asked for the father's KTP says of the mother's, too."""
    line = _spoken_for(spelled_line(said.text), draft, "ibu")
    if said.choice is not None or not all(whose.search(line) for whose in _WHOSE.values()):
        return None
    stated = _status_said(said, draft)
    return stated if isinstance(stated, KtpStatus) and stated is not KtpStatus.TIDAK_TAHU else None


_MARRIAGE_BOOK = re.compile(rf" {either('marriage_papers')} {either('married_said')} ")


def _of_another(line: str, asked: str) -> bool:
    """Whether the sentence is about the other parent from its first words on, and names the one who is asked about nowhere."""
    other = "ibu" if asked == "ayah" else "ayah"
    begin = _BEGINS_WITH[other].match(line)
    return begin is not None and not _WHOSE[asked].search(f" {line[begin.end() :]} ") and bool(re.search(r" (?:ktp|status)\w* ", line))


def statuses_told(text: str, draft: Draft) -> dict[str, KtpStatus]:
    """What a message says of each parent's KTP in a part of its own, by `ayah` and `ibu`."""
    line = _MARRIAGE_BOOK.sub(" buku ", spelled_line(text))
    if not re.search(r" (?:ktp|status)\w* ", line) or " ? " in line:
        return {}
    stated: dict[str, KtpStatus] = {}
    whose: list[str] = []
    for part in re.split(r" [,.] ", _spoken_for(line, draft, "")):
        whose = [parent for parent, signs in _WHOSE.items() if signs.search(f" {part} ")] or whose  # `bapake KTP surabaya, statuse …`
        found = set(_statuses(f" {part} "))
        if len(whose) == 1 and len(found) == 1 and "open" not in found:
            stated[whose[0]] = KtpStatus(found.pop())
    return stated


def _spoken_for(line: str, draft: Draft, asked: str) -> str:
    """The line with `punya saya` and `punya dia` as the parents that they mean."""
    writer = draft.conditions.pelapor
    if writer not in (Reporter.AYAH, Reporter.IBU):
        return line
    other = Reporter.IBU if writer is Reporter.AYAH else Reporter.AYAH
    own = re.sub(rf" (?:{either('owned')}|ktp) {either('self')} ", f" ktp {writer.value} ", line)
    return re.sub(rf" {either('owned')} {either('other_one')} ", f" ktp {other.value} ", own)


def _statuses(line: str) -> list[str]:
    """Every status that a line tells and does not deny, by its name in the list."""
    left, found = line, []
    for status in phrases("statuses", "says"):
        for hit in list(_status(status).finditer(left)):
            denied = any(not left[end : hit.start() + 1].strip() and end <= hit.start() + 1 for _, end in found_words(left, "denial"))
            found += [] if denied else [status]
            left = left[: hit.start() + 1] + "_" * (hit.end() - hit.start() - 1) + left[hit.end() :]
    return found


_WHOSE = {
    "ayah": re.compile(rf" (?:{either('father')}|bojoku lanang)\w* "),
    "ibu": re.compile(rf" (?:{either('mother')}|bojoku wedok)\w* "),
}
_BEGINS_WITH = {
    "ayah": re.compile(rf" (?:{either('status_lead')} ){{0,4}}(?:{either('father')}|bojoku lanang)\w* "),
    "ibu": re.compile(rf" (?:{either('status_lead')} ){{0,4}}(?:{either('mother')}|bojoku wedok)\w* "),
}
"""A sentence about the one or the other parent from its first words on."""
