"""The documents that a text names, as places of the bundle."""

from enum import StrEnum

from language.documents import VAGUE, name_documents
from standard.kinds import Item


class Vague(StrEnum):
    """A document named without its place: whoever asks has to find out whose, from the photo or by a question."""

    KTP = "ktp"
    KTP_SAKSI = "ktp_saksi"
    KTP_PASANGAN = "ktp_pasangan"
    SPTJM = "sptjm"


Named = Item | Vague


def read_items(text: str) -> tuple[Named, ...]:
    """Every document that the text names, in order, each once."""
    return tuple(Vague(name) if name in VAGUE else Item(name) for name in name_documents(text))


def read_item(text: str) -> Named | None:
    """The one document that the text names, or None where it names none or several."""
    found = read_items(text)
    return found[0] if len(found) == 1 else None
