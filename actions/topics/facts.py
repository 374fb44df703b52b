"""Answers questions from the catalogue and the office's facts, and says what it means for this applicant's own case."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

from actions import asking, forms, summary
from actions.context import TurnContext
from intake.drafts.model import Draft, DraftState
from intake.reading import is_question, names_another_child
from standard.clock import today, write_date, write_moment
from standard.kinds import Item
from standard.requirements import form_of, possible_items, standard

OFFERED = timedelta(hours=12)
"""How long the offer to register is not made again in words."""

ELSEWHERE = frozenset(
    {
        *("tanya_layanan_lain", "tanya_kantor", "tanya_bot", "tanya_keamanan_data"),
        *("akta_lama_salah", "kia_hilang", "ikd", "resmi", "lewat_desa", "domisili_lain"),
        *("lahir_luar_negeri", "pdf", "ganti_nomor", "siapa_memeriksa", "ganti_nama"),
    }
)
"""Questions that are about something else than a registration to come: behind their answers nothing is offered in words."""

Own = Callable[[TurnContext, Draft], Awaitable[None]]

ANSWERS = (
    "tanya_syarat", "tanya_biaya", "tanya_waktu", "tanya_prosedur", "tanya_produk", "tanya_sptjm", "tanya_surat_lahir", "tanya_surat_nikah",
    "tanya_saksi", "tanya_pelapor", "tanya_terlambat", "tanya_format_berkas", "tanya_pengiriman", "tanya_kantor", "tanya_keamanan_data",
    "tanya_layanan_lain", "tanya_bot",
)  # fmt: skip


def answering(question: str) -> Callable[[TurnContext], Awaitable[None]]:
    """The handler of one question."""

    async def answer(ctx: TurnContext) -> None:
        if question == "tanya_syarat" and ctx.draft is not None and ctx.draft.missing() and await missing(ctx):
            return
        values = {"syarat": asking.requirement_lines(ctx, possible_items())}
        text = ctx.catalogue.fresh(question, ctx.conversation.last, **values)
        if text is None:
            ctx.say("jawaban_sama")
        else:
            ctx.reply.paragraphs.append(text)
        if (own := OWN_CASE.get(question)) is not None and ctx.draft is not None:
            await own(ctx, ctx.draft)
        close(ctx, question)

    return answer


def close(ctx: TurnContext, question: str) -> None:
    """The open question follows, short; where none is open, the buttons of what the person can do.

    To register is offered in words once a day, and not behind an answer about something else than a registration.
    """
    if ctx.open is not None and (ctx.draft is None or ctx.draft.agreed or ctx.conversation.asked is not None):
        ctx.form = asking.SHORT
        return
    ctx.asks = False
    conversation = ctx.conversation
    registered = any(draft.agreed for draft in ctx.record.drafts)
    offer = "tawaran" if registered else "tawaran_daftar"
    offered = conversation.offered_at is not None and ctx.turn.at - conversation.offered_at < OFFERED
    if question not in ELSEWHERE and not offered:
        ctx.say_once(offer)
        conversation.offered_at = ctx.turn.at
    ctx.offer("menu", offer)


async def missing(ctx: TurnContext) -> bool:
    """Whether what is still missing of their own registration could be said: the papers and questions that wait, and nothing in general."""
    draft = ctx.draft
    if draft is None or not draft.agreed:
        return False
    if draft.state is DraftState.OPEN or draft.returned:
        listed = ctx.open is not None and ctx.open.question.id in ("berkas", "formulir")
        if listed:
            ctx.form = asking.FULL
            return True
        waiting = [asking.item_name(ctx, item) for item in draft.missing()]
        if ctx.open is None or not (waiting or draft.state is DraftState.OPEN):
            return False
        ctx.say_once("syarat_sendiri", kurang=", ".join(waiting)) if waiting else ctx.say_once("berkas_lengkap_sendiri")
        ctx.form = asking.SHORT
        return True
    if draft.state is DraftState.SUBMITTED and is_question(ctx.turn.text) and not names_another_child(ctx.turn.text):
        ctx.say("tidak_ada_yang_kurang", nomor=draft.number)
        close(ctx, "tanya_syarat")
        return True
    return False


async def _own_forms(ctx: TurnContext, draft: Draft) -> None:
    """The forms that this family needs, filled in, whenever they ask for them."""
    needed = tuple(item for item in draft.missing() if form_of(item) is not None)
    if needed:
        await forms.attach(ctx, needed)
        ctx.say_once("formulir_terlampir")
        draft.forms_sent = True


def _own_papers(*items: Item) -> Own:
    """Which of these papers of theirs have come, and which are waited for where the open question does not list them below."""

    async def own(ctx: TurnContext, draft: Draft) -> None:
        mine = [item for item in items if item in draft.wanted()] if draft.agreed else []
        listed = ctx.open is not None and ctx.open.question.id == "berkas"
        mine = [item for item in mine if not listed or draft.document(item) is not None]
        state = {True: "sudah_diterima", False: "masih_ditunggu"}
        stated = [ctx.text(state[draft.document(item) is not None], berkas=asking.item_name(ctx, item)) for item in mine]
        if stated:
            ctx.say_once("berkas_sendiri", daftar=", ".join(stated))

    return own


async def _own_time(ctx: TurnContext, draft: Draft) -> None:
    """By when the office promised to be done."""
    if draft.state is DraftState.SUBMITTED and draft.deadline is not None and draft.deadline > ctx.turn.at:
        ctx.say_once("waktu_sendiri", nomor=draft.number, waktu=write_moment(draft.deadline))


async def _own_age(ctx: TurnContext, draft: Draft) -> None:
    """Whether their child is late by the law, and that it changes nothing for them."""
    born = [date.fromisoformat(child.fields["tanggal_lahir"]) for child in draft.children if child.fields.get("tanggal_lahir")]
    if born:
        late = min(born) + timedelta(days=standard().settings.late_days) < today(ctx.turn.at)
        ctx.say_once("terlambat_sendiri" if late else "belum_terlambat_sendiri", tanggal=write_date(min(born)))


async def _own_address(ctx: TurnContext, draft: Draft) -> None:
    """Where their card goes."""
    if draft.alamat_kia is not None:
        ctx.say_once("pengiriman_sendiri", alamat=summary.address_text(ctx, draft))


OWN_CASE: dict[str, Own] = {
    "tanya_sptjm": _own_forms,
    "tanya_waktu": _own_time,
    "tanya_terlambat": _own_age,
    "tanya_pengiriman": _own_address,
    "tanya_saksi": _own_papers(Item.KTP_SAKSI_1, Item.KTP_SAKSI_2),
    "tanya_surat_lahir": _own_papers(Item.SURAT_KELAHIRAN, Item.SPTJM_KELAHIRAN),
    "tanya_surat_nikah": _own_papers(Item.SURAT_NIKAH, Item.SPTJM_PASUTRI),
}
"""What each answer means for the applicant's own case."""
