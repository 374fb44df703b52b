"""Answers questions from the catalogue and the office's facts, and says what it means for this applicant's own case."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

from actions import asking, forms, summary
from actions.talk import Talk
from intake.drafts.model import Draft, DraftState
from standard.clock import today, write_date, write_moment
from standard.kinds import Item
from standard.requirements import form_of, possible_items, standard

Own = Callable[[Talk, Draft], Awaitable[None]]

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


def _own_papers(*items: Item) -> Own:
    """Which of these papers of theirs have come, and which are waited for where the open question does not list them below."""

    async def own(talk: Talk, draft: Draft) -> None:
        mine = [item for item in items if item in draft.wanted()] if draft.agreed else []
        listed = talk.open is not None and talk.open.question.id == "berkas"
        mine = [item for item in mine if not listed or draft.document(item) is not None]
        state = {True: "sudah_diterima", False: "masih_ditunggu"}
        told = [talk.text(state[draft.document(item) is not None], berkas=asking.item_name(talk, item)) for item in mine]
        if told:
            talk.say_once("berkas_sendiri", daftar=", ".join(told))

    return own


async def _own_time(talk: Talk, draft: Draft) -> None:
    """By when the office promised to be done."""
    if draft.state is DraftState.SUBMITTED and draft.deadline is not None and draft.deadline > talk.turn.at:
        talk.say_once("waktu_sendiri", nomor=draft.number, waktu=write_moment(draft.deadline))


async def _own_age(talk: Talk, draft: Draft) -> None:
    """Whether their child is late by the law, and that it changes nothing for them."""
    born = [date.fromisoformat(child.fields["tanggal_lahir"]) for child in draft.children if child.fields.get("tanggal_lahir")]
    if born:
        late = min(born) + timedelta(days=standard().settings.late_days) < today(talk.turn.at)
        talk.say_once("terlambat_sendiri" if late else "belum_terlambat_sendiri", tanggal=write_date(min(born)))


async def _own_address(talk: Talk, draft: Draft) -> None:
    """Where their card goes."""
    if draft.alamat_kia is not None:
        talk.say_once("pengiriman_sendiri", alamat=summary.address_text(talk, draft))


OWN_CASE: dict[str, Own] = {
    "tanya_syarat": _own_requirements,
    "tanya_sptjm": _own_forms,
    "tanya_waktu": _own_time,
    "tanya_terlambat": _own_age,
    "tanya_pengiriman": _own_address,
    "tanya_saksi": _own_papers(Item.KTP_SAKSI_1, Item.KTP_SAKSI_2),
    "tanya_surat_lahir": _own_papers(Item.SURAT_KELAHIRAN, Item.SPTJM_KELAHIRAN),
    "tanya_surat_nikah": _own_papers(Item.SURAT_NIKAH, Item.SPTJM_PASUTRI),
}
"""What each answer means for the applicant's own case."""
