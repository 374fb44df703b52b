"""Weighs what the language model heard against the open question: when a wish or a question goes before a free answer."""

import re

from actions.turn import Turn
from intake.reading import is_question, weighs

CLEAR = 0.45
"""From this confidence on, a question or wish goes before an answer in the person's own words (a name, an address)."""

SURE = 0.75
"""From this confidence on, it goes before a short answer that could be read too, if the message is long enough to hold both."""

LONG = 5
"""Words from which on a message is no short answer."""

INTERRUPTING = frozenset(
    {"lanjutkan", "batal", "mulai_ulang", "bantuan", "tanya_syarat", "tanya_biaya", "tanya_waktu", "tanya_prosedur", "tanya_produk",
     "tanya_sptjm", "tanya_surat_lahir", "tanya_surat_nikah", "tanya_saksi", "tanya_pelapor", "tanya_terlambat", "tanya_format_berkas",
     "tanya_pengiriman", "tanya_kantor", "tanya_keamanan_data", "tanya_layanan_lain", "cek_status", "perbaiki_data", "pengaduan", "saran",
     "minta_petugas", "hapus_data", "tanya_bot"}
)  # fmt: skip
"""Intents that say something of their own, whatever was asked."""

ASKING = "tanya_"
"""How the names of the intents begin that ask something."""

WISHES = {
    "menu": "bantuan",
    "petugas": "minta_petugas",
    "formulir": "tanya_sptjm",
    "daftar": "mulai_permohonan",
    "status": "cek_status",
    "batal": "batal",
    "ulang": "mulai_ulang",
    "lanjut": "lanjutkan",
    "kembali": "lanjutkan",
    "aduan": "pengaduan",
    "perbaiki": "perbaiki_data",
}
"""Single words that our own texts tell people to type, and `kembali`; they need no language model."""


def plain_wish(turn: Turn) -> str | None:
    """The intent of a single word that our texts taught, or None."""
    word = re.sub(r"[^a-z]", "", turn.text.lower()) if turn.kind == "text" and len(turn.text) <= 20 else ""
    return WISHES.get(word) if len(turn.text.split()) == 1 else None


def asks_first(turn: Turn) -> bool:
    """Whether the message clearly wants something else than to answer or correct: to stop, to be helped, to be told."""
    return (
        turn.kind == "text"
        and turn.intent in INTERRUPTING - {"perbaiki_data", "lanjutkan"}
        and turn.confidence >= SURE
        and is_question(turn.text)
    )


def goes_first(turn: Turn, *, free: bool, readable: bool) -> bool:
    """Whether the message is about something else than the open question. `readable`: it could be read as its answer, too.

    A message that tells of a moment that needs care is no name and no address. Words of the offered choices in a sentence that asks
    nothing are the answer, whatever question the model heard in them; a complaint
    or a wish goes first where the message is long enough to hold both.
    """
    if free and (turn.moment or (turn.question and is_question(turn.text))):
        return True
    if turn.kind != "text" or turn.intent not in INTERRUPTING:
        return False
    if readable and not free and turn.intent == "perbaiki_data":
        return False  # `bukan tgl 2, tgl 12 oktober` answers what is open
    if not readable or free or is_question(turn.text):
        return turn.confidence >= CLEAR
    if turn.intent.startswith(ASKING) and not weighs(turn.text):
        return False
    return turn.confidence >= SURE and len(turn.text.split()) >= LONG


FOR_A_PERSON = frozenset({"minta_petugas", "pengaduan"})
"""Intents by which a person reads the message anyway."""


def asks_something(turn: Turn) -> bool:
    """Whether the message asks one of the questions that we answer."""
    return (turn.question != "" or (turn.intent.startswith(ASKING) and turn.confidence >= CLEAR)) and is_question(turn.text)


def for_a_person(turn: Turn) -> bool:
    """Whether the message wants a person: then one reads all of it, and we ask nothing back."""
    return turn.intent in FOR_A_PERSON and turn.confidence >= CLEAR
