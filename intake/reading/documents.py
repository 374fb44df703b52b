"""Reads which documents a caption or a wish names (contract `intents.md`, entity `jenis_berkas`)."""

from enum import StrEnum

from standard.kinds import Item


class Vague(StrEnum):
    """A document named without its place: whoever asks has to find out whose, from the photo or by a question."""

    KTP = "ktp"
    KTP_SAKSI = "ktp_saksi"
    KTP_PASANGAN = "ktp_pasangan"
    SPTJM = "sptjm"


def read_items(text: str) -> tuple[Item | Vague, ...]:
    """Every document that the text names, in order, each once (`kk sama ktp saya` names two)."""
    return ()


def read_item(text: str) -> Item | Vague | None:
    """The one document that the text names, or None where it names none or several."""
    found = read_items(text)
    return found[0] if len(found) == 1 else None
