"""Tells the applicant what the office did, and opens again what the office asked for again."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from actions import asking
from actions.context import TurnContext
from actions.topics import confirming, issued, officer, opening, survey, telling
from contracts import notice as contract
from contracts.answer import Template
from intake.drafts.model import Draft, DraftState
from standard.clock import write_moment
from standard.complaints import categories
from standard.facts import office_facts
from standard.kinds import Item
from standard.reasons import ReasonList, sentence_for_applicant
from standard.stages import stages

log = structlog.get_logger()


OF_COMPLAINTS = frozenset({"jawaban_aduan", "tahap_aduan"})


async def handle(ctx: TurnContext) -> None:
    """`pemberitahuan`: one kind, one text. A kind that is not known says nothing: the back office may be newer than the bot."""
    notice = _notice(ctx)
    draft = next((known for known in ctx.record.drafts if known.number == notice.number), None)
    ctx.asks = False
    handler = HANDLERS.get(notice.kind)
    if handler is None:
        return
    await handler(ctx, draft, notice.data)
    if ctx.reply.paragraphs or ctx.reply.files:
        ctx.reply.template = Template(name=_template(str(notice.kind)), parameters=[str(notice.number)])


def _notice(ctx: TurnContext) -> contract.Notice:
    notice = ctx.turn.notice
    assert notice is not None, "a turn of this kind has one"
    return notice


def _template(kind: str) -> str:
    """The template that goes ahead outside the 24 hours: a complaint is no application."""
    return str(office_facts()["templat_pengaduan" if kind in OF_COMPLAINTS else "templat_pemberitahuan"])


def _name(ctx: TurnContext, draft: Draft | None) -> str:
    return opening.draft_name(ctx, draft) if draft is not None else str(_notice(ctx).number)


async def _complete(ctx: TurnContext, draft: Draft | None, data: contract.Deadline) -> None:
    deadline = data.deadline
    if draft is not None:
        draft.deadline = deadline or draft.deadline
    ctx.say("notis_berkas_diterima", permohonan=_name(ctx, draft), waktu=write_moment(deadline) if deadline else "")
    if data.mail_code:
        ctx.say("notis_kode_email")


async def _returned(ctx: TurnContext, draft: Draft | None, data: contract.ReturnedDocuments) -> None:
    """The documents are asked for again with the officer's reason; the case is what the conversation is about now."""
    if draft is None:
        return
    for row in data.documents:
        item = Item(row.item)
        draft.returned[item.value] = sentence_for_applicant(ReasonList.BERKAS, row.reason, row.note)
        draft.retakes.pop(item.value, None)
    if ctx.conversation.officer == draft.number:
        officer.hand_back(ctx)
    opening.take_up(ctx, draft)
    draft.updated_at = ctx.turn.at
    ctx.say("notis_berkas_dikembalikan", permohonan=_name(ctx, draft), kurang=asking.items_text(ctx, draft.missing()))
    ctx.conversation.asked = ctx.scope(ctx.open) if ctx.open else None


async def _stage(ctx: TurnContext, draft: Draft | None, data: contract.StageEntered) -> None:
    stage = stages().get(data.stage)
    if stage is not None:
        ctx.say("notis_tahap", permohonan=_name(ctx, draft), tahap=stage.status)


async def _issued(ctx: TurnContext, draft: Draft | None, data: contract.Issued) -> None:
    """The papers, where it is sure who reads here; else they wait until the applicant has said who they are."""
    notice = _notice(ctx)
    if confirming.doubtful(ctx, draft):
        confirming.hold(ctx, draft, _name(ctx, draft), notice.attachments, data.signed)
    else:
        confirming.given(ctx, str(notice.number))
        issued.give(ctx, str(notice.number), _name(ctx, draft), notice.attachments, data.signed)


async def _shipped(ctx: TurnContext, draft: Draft | None, data: contract.Shipment) -> None:
    """A parcel is under way. That the KIA has arrived is asked to be said, by a button or in words."""
    key = "notis_ktp_dikirim" if data.goods == "ktp" else "notis_kia_dikirim"
    ctx.say(key, permohonan=_name(ctx, draft), kurir=data.courier, resi=data.tracking or "-")
    if data.goods == "kia":
        ctx.ask_aside("kia_sampai", number=str(_notice(ctx).number))


async def _delivered(ctx: TurnContext, draft: Draft | None, _data: contract.Nothing) -> None:
    """Who holds the card in their hand needs no message that they do: nothing is said."""
    if draft is not None:
        draft.state = DraftState.CLOSED


async def _closed(ctx: TurnContext, draft: Draft | None, data: contract.Ending) -> None:
    if draft is not None:
        draft.state, draft.returned = DraftState.CLOSED, {}
    why = sentence_for_applicant(ReasonList.TUTUP, data.reason, data.note)
    ctx.say("notis_permohonan_ditolak", permohonan=_name(ctx, draft), sebab=why)


async def _desk_answer(ctx: TurnContext, _draft: Draft | None, data: contract.DeskAnswer) -> None:
    number = str(_notice(ctx).number)
    closed = data.closed
    if closed:
        ctx.changes.closed.append(number)
        if ctx.conversation.officer == number:
            officer.hand_back(ctx)
    else:
        officer.hand_over(ctx, number)
        ctx.conversation.officer_spoke = True
    ctx.say(
        "notis_jawaban_aduan_selesai" if closed else "notis_jawaban_aduan",
        aduan=number,
        isi=data.text,
        petugas=data.officer,
    )
    for file in _notice(ctx).attachments:
        if file.blob:
            ctx.attach(file.blob, file.mime, file.filename)
        else:
            log.error("notice.attachment_lacking", files=1)
            ctx.say("notis_lampiran_gagal", berkas=file.filename)
    if not closed:
        ctx.say_once("petugas_memegang")
    elif any(row.number == number and not categories()[row.category].wish for row in ctx.record.complaints):
        ctx.ask_aside("aduan_nilai", number=number)


async def _message(ctx: TurnContext, draft: Draft | None, data: contract.OfficerMessage) -> None:
    """An officer writes about a case: the answer is for a person, unless one has the conversation already."""
    ctx.say("notis_pesan_petugas", permohonan=_name(ctx, draft), isi=data.text, petugas=data.officer)
    if draft is not None and ctx.conversation.officer is None:
        officer.hand_over(ctx, str(draft.number))
        ctx.conversation.officer_spoke = True
        ctx.say_once("petugas_memegang")


async def _reminder(ctx: TurnContext, _draft: Draft | None, _data: contract.Nothing) -> None:
    """Where the unfinished draft stands; not to somebody who has come back meanwhile or is with an officer."""
    mine = ctx.draft
    if mine is None or ctx.conversation.officer or ctx.open is None or not mine.agreed:
        return
    ctx.say("pengingat", salam=opening.daytime(ctx), permohonan=opening.draft_name(ctx, mine))
    ctx.asks = True
    ctx.form = asking.SHORT


async def _complaint_moved(ctx: TurnContext, _draft: Draft | None, data: contract.ComplaintMoved) -> None:
    """Where a complaint stands now; of a state that needs no word, nothing."""
    number, key = str(ctx.turn.notice.number if ctx.turn.notice else ""), f"notis_aduan_{data.state}"
    if data.state in ("ditutup", "digabung"):
        ctx.changes.closed.append(number)
        ctx.changes.over.append(number)
        if any(row.number == number and row.anonymous for row in ctx.record.complaints):
            _forget_number(ctx, number)
    if ctx.catalogue.has(key):
        ctx.say(key, aduan=number)


def _forget_number(ctx: TurnContext, number: str) -> None:
    """That this contact told it is known no more, nor asked about."""
    conversation = ctx.conversation
    if conversation.side is not None and conversation.side.data.get("number") == number:
        conversation.side = None
    if conversation.officer == number:
        officer.hand_back(ctx)
    if conversation.told_forwarded == number:
        conversation.told_forwarded = None


async def _stated(ctx: TurnContext, _draft: Draft | None, _data: contract.Nothing) -> None:
    """A complaint was not gone on with."""
    await telling.quiet(ctx)


async def _survey(ctx: TurnContext, _draft: Draft | None, _data: contract.Nothing) -> None:
    """The citizen may say how content they are, once they have their papers."""
    if confirming.held_back(ctx, _notice(ctx).number):
        ctx.asks = False
    else:
        await survey.ask(ctx)


HANDLERS: dict[str, Callable[[TurnContext, Draft | None, Any], Awaitable[None]]] = {
    "berkas_diterima": _complete,
    "berkas_dikembalikan": _returned,
    "tahap": _stage,
    "dokumen_terbit": _issued,
    "kia_dikirim": _shipped,
    "kia_diterima": _delivered,
    "permohonan_ditolak": _closed,
    "jawaban_aduan": _desk_answer,
    "pesan_petugas": _message,
    "pengingat": _reminder,
    "cerita_usai": _stated,
    "tahap_aduan": _complaint_moved,
    "survei": _survey,
}
