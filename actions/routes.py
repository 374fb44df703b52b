"""Names every action and the handler behind it: rules in `data/rules/` lead from an intent to one, the pipeline does the rest."""

from collections.abc import Awaitable, Callable

from actions.talk import Talk
from actions.topics import complaints, corrections, facts, leaving, officer, opening, small_talk, status

Handler = Callable[[Talk], Awaitable[None]]

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
    "tidak_paham": small_talk.not_understood,
    "cek_status": status.tell,
    "perbaiki_data": corrections.correct,
    "pengaduan": complaints.complain,
    "saran": complaints.suggest,
    "minta_petugas": officer.call,
    **{question: facts.answering(question) for question in facts.ANSWERS},
    "tanya_layanan_lain": small_talk.other_service,
}
"""A handler for every intent of the contract that is text; `tidak_paham` is for what the language model does not know."""


def action_of(topic: str) -> str:
    """The name of the action that leads to a topic; all questions share one."""
    return "action_tanya" if topic in facts.ANSWERS else f"action_{topic}"


ACTIONS = sorted({action_of(topic) for topic in TOPICS} | {"action_kirim_berkas", "action_kirim_lain", "action_pemberitahuan"})
"""Every action of `domain.yml`."""


def handler_of(action: str, intent: str) -> Handler:
    """The handler of an action; questions are told apart by their intent. What is no text the pipeline hands on by itself."""
    topic = intent if action == "action_tanya" else action.removeprefix("action_")
    return TOPICS.get(topic, small_talk.not_understood)
