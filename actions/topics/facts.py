"""Answers questions from the catalogue and the office's facts, and says what it means for this applicant's own case."""

from collections.abc import Awaitable, Callable

from actions import asking, forms
from actions.talk import Talk
from intake.model import Draft, DraftState
from standard.requirements import form_of, possible_items

ANSWERS = (
    "tanya_syarat", "tanya_biaya", "tanya_waktu", "tanya_prosedur", "tanya_produk", "tanya_sptjm", "tanya_surat_lahir", "tanya_surat_nikah",
    "tanya_saksi", "tanya_pelapor", "tanya_terlambat", "tanya_format_berkas", "tanya_pengiriman", "tanya_kantor", "tanya_keamanan_data",
    "tanya_layanan_lain", "tanya_bot",
)  # fmt: skip


def answering(question: str) -> Callable[[Talk], Awaitable[None]]:
    """The handler of one question."""

    async def answer(talk: Talk) -> None:
        values = {"syarat": asking.requirement_lines(talk, possible_items())}
        text = talk.catalogue.fresh(question, talk.conversation.last, **values)
        if text is None:
            talk.say("jawaban_sama")
        else:
            talk.reply.paragraphs.append(text)
        if (own := OWN_CASE.get(question)) is not None and talk.draft is not None:
            await own(talk, talk.draft)
        close(talk)

    return answer


def close(talk: Talk) -> None:
    """The open question follows, short; where none is open, what the person can do."""
    if talk.open is None or (talk.draft is not None and not talk.draft.agreed and talk.conversation.asked is None):
        talk.asks = False
        offer = "tawaran" if any(draft.agreed for draft in talk.desk.drafts) else "tawaran_daftar"
        talk.say_once(offer)
        talk.offer("menu", offer)
        return
    talk.form = asking.SHORT


async def _own_requirements(talk: Talk, draft: Draft) -> None:
    """What this family still has to send."""
    if (
        draft.state is DraftState.OPEN
        and draft.agreed
        and draft.missing()
        and talk.open
        and talk.open.question.id not in ("berkas", "formulir")
    ):
        talk.say_once("syarat_sendiri", kurang=", ".join(asking.item_name(talk, item) for item in draft.missing()))


async def _own_forms(talk: Talk, draft: Draft) -> None:
    """The forms that this family needs, filled in, whenever they ask for them."""
    needed = tuple(item for item in draft.missing() if form_of(item) is not None)
    if needed:
        await forms.attach(talk, needed)
        talk.say_once("formulir_terlampir")
        draft.forms_sent = True


OWN_CASE: dict[str, Callable[[Talk, Draft], Awaitable[None]]] = {"tanya_syarat": _own_requirements, "tanya_sptjm": _own_forms}
