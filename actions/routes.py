"""Names the handler of every intent; the pipeline decides whether a turn gets there."""

from collections.abc import Awaitable, Callable

from actions.context import TurnContext
from actions.topics import complaint_wishes, corrections, facts, leaving, noticing, officer, opening, small_talk, status

Handler = Callable[[TurnContext], Awaitable[None]]

TOPICS: dict[str, Handler] = {
    "salam": opening.greet,
    "mulai_permohonan": opening.start,
    "lanjutkan": opening.resume,
    "batal": leaving.cancel,
    "mulai_ulang": leaving.restart,
    "hapus_data": leaving.erase,
    "bantuan": small_talk.lost,
    "terima_kasih": small_talk.thanks,
    "pamit": small_talk.goodbye,
    "setuju": small_talk.yes_to_nothing,
    "tolak": small_talk.no_to_nothing,
    "kirim_nanti": small_talk.later,
    "tidak_punya_berkas": small_talk.without,
    "di_luar_topik": small_talk.off_topic,
    "cek_status": status.tell,
    "perbaiki_data": corrections.correct,
    "pengaduan": noticing.complain,
    "saran": complaint_wishes.suggest,
    "minta_petugas": officer.wished,
    **{question: facts.answering(question) for question in facts.ANSWERS},
    "tanya_layanan_lain": small_talk.other_service,
}
"""A handler for every intent that is text.

What is no text (`kirim_berkas`, `kirim_lain`, `pemberitahuan`) the pipeline hands on by itself.
"""


def handler_of(intent: str) -> Handler:
    """The handler of an intent; `nlu_fallback`, and whatever else the language model may name, was not understood."""
    return TOPICS.get(intent, small_talk.not_understood)
