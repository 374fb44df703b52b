"""Changes a stored name as people tell it: one word spelled anew, left out, added in front or behind."""

import re

from rapidfuzz import fuzz

ALIKE = 65
"""How alike a word and its new spelling are at least, in hundredths."""
_BEHIND = r"(?:belakang|belakangnya|wingking|mburi|buri|akhir)"
_FRONT = r"(?:depan|depannya|ngajeng|ngarep|awal)"
_ADD_FRONT = re.compile(
    rf"(?i){_FRONT}(?:nya|ne|e|ipun)?\s(?:di)?(?:tambah\w{0, 6}|diwenehi|dikasih|kasih|kurang|kirang)\s([A-Za-z']{2, 30})"
    rf"|(?:tambah\w{0, 6}|kurang|kirang)\s([A-Za-z']{2, 30})\s(?:di|wonten|neng|ing|ten)?\s?{_FRONT}"
)
_ADD_BEHIND = re.compile(
    rf"(?i){_BEHIND}(?:nya|ne|e|ipun)?\s(?:di)?(?:tambah\w{0, 6}|diwenehi|dikasih|kasih|kurang|kirang)\s([A-Za-z']{2, 30})"
    rf"|(?:tambah\w{0, 6}|kurang|kirang)\s([A-Za-z']{2, 30})\s(?:di|wonten|neng|ing|ten)?\s?{_BEHIND}"
)
_DROP = re.compile(
    r"(?i)(?:\btanpa\s([A-Za-z']{2,30})|\b([A-Za-z']{2,30}?)\s?-?(?:nya|ne)?\s(?:di)?(?:hilang\w{0,6}|hapus|busak|buang|coret)\b)"
)
_SPELT = re.compile(r"(?i)\b([A-Za-z']{3,30})\s(?:nya\s)?(?:pakai|pake|nganggo|ngangge|pk)\b")
_REPLACED = re.compile(
    r"(?i)\b([A-Za-z']{2,30}?)\s?-?(?:nya|ne|e|nipun)?\s(?:anak\s|si\s)?(?:diganti|ganti|digantos"
    r"|gantos|dados|jadi|dadi)\s(?:jadi\s|dados\s)?([A-Za-z' ]{2,60}?)(?:\s(?:dipisah|digabung"
    r"|ya|nggih|pak|bu|mas|mbak)\b|[,.]|$)"
)


def edited_name(text: str, stored: str) -> str | None:
    """The name after the change that the text asks for, in upper case; None where it asks for none that is clear."""
    typed = stored.split()
    for pattern, front in ((_ADD_FRONT, True), (_ADD_BEHIND, False)):
        if (found := pattern.search(text)) and len(added := (found[1] or found[2]).upper()) > 1:
            return " ".join([added, *typed] if front else [*typed, added])
    if (found := _DROP.search(text)) and (at := _which(found[1] or found[2], typed, 95)) is not None and len(typed) > 1:
        return " ".join([*typed[:at], *typed[at + 1 :]])
    if (found := _REPLACED.search(text)) and (at := _which(found[1], typed, 90)) is not None:
        return " ".join([*typed[:at], found[2].strip().upper(), *typed[at + 1 :]])
    if (found := _SPELT.search(text)) and (at := _which(found[1], typed, ALIKE)) is not None and found[1].upper() != typed[at]:
        return " ".join([*typed[:at], found[1].upper(), *typed[at + 1 :]])
    return None


def _which(word: str, typed: list[str], least: int) -> int | None:
    """The one word of the name that is meant."""
    alike = [at for at, own in enumerate(typed) if fuzz.ratio(word.upper(), own) >= least]
    return alike[0] if len(alike) == 1 else None
