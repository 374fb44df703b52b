"""Answers "how far is it", truthfully: from the back office where it answers, else from what the chat itself knows, and says which."""

import asyncio

from actions import asking
from actions.catalogue import said_in
from actions.context import TurnContext
from actions.topics import complaint_wishes, confirming, facts, opening
from contracts.case import CaseState, MailState
from intake.drafts.model import Draft, DraftState
from intake.handover.backoffice import BackOfficeDown
from intake.reading import read_complaint_number, read_registration_number
from standard.clock import write_moment
from standard.stages import stages

MOST = 4
"""Cases told of in one message; a village helper with more asks by number."""

OF_THE_ADDRESS = {MailState.WAITING: "status_email_menunggu", MailState.ENDED: "status_email_habis"}
"""What is said of an e-mail address that was not confirmed."""


async def tell(ctx: TurnContext) -> None:
    """`cek_status`: of the number named, else of everything under way, the newest first."""
    complaint = read_complaint_number(ctx.turn.text)
    if complaint is not None:
        await _complaint(ctx, complaint)
    else:
        await _applications(ctx, read_registration_number(ctx.turn.text))
    facts.close(ctx, "cek_status")


async def _applications(ctx: TurnContext, number: str | None) -> None:
    cases = [draft for draft in ctx.record.drafts if draft.number and (number is None or draft.number == number)]
    unfinished = [draft for draft in ctx.record.drafts if draft.state is DraftState.OPEN and draft.agreed and number is None]
    if number is not None and not cases:
        ctx.say("status_nomor_lain", nomor=number)
        return
    for draft, paragraph in zip(cases[:MOST], await asyncio.gather(*(_case(ctx, draft) for draft in cases[:MOST])), strict=True):
        if said_in(paragraph, ctx.conversation.last):
            ctx.say("status_tetap")
        else:
            ctx.reply.paragraphs.append(paragraph)
        if draft.returned and ctx.draft is not draft:
            opening.take_up(ctx, draft)
    for draft in unfinished[:MOST]:
        listed = draft is ctx.draft and ctx.open is not None and ctx.open.question.id in ("berkas", "formulir")
        missing = "" if listed else ", ".join(asking.item_name(ctx, item) for item in draft.missing())
        key = "status_draf_kurang" if missing else "status_draf"
        ctx.say(key, permohonan=opening.draft_name(ctx, draft), kurang=missing)
    if number is None and any(not row.closed for row in complaint_wishes.own(ctx)):
        await complaint_wishes.tell_status(ctx)  # behind the applications
    elif not cases and not unfinished:
        if complaint_wishes.own(ctx):
            await complaint_wishes.tell_status(ctx)
        else:
            ctx.say("status_tidak_ada")


async def _case(ctx: TurnContext, draft: Draft) -> str:
    name = opening.draft_name(ctx, draft)
    try:
        case = await ctx.intake.backoffice.case(str(draft.number))
    except BackOfficeDown:
        return ctx.text("status_kantor_tak_terjangkau", permohonan=name)
    if case is None:
        return ctx.text("status_sedang_diteruskan", permohonan=name)
    return " ".join(part for part in (_written(ctx, draft, name, case), _siak_down(ctx, draft, case)) if part)


def _siak_down(ctx: TurnContext, draft: Draft, case: CaseState) -> str:
    """That the central SIAK can't be used now, once for each time that it can't."""
    if case.siak_down_since is None or draft.siak_told == case.siak_down_since:
        return ""
    draft.siak_told = case.siak_down_since
    return ctx.text("status_siak_pusat", waktu=write_moment(case.siak_down_since))


def _written(ctx: TurnContext, draft: Draft, name: str, case: CaseState) -> str:
    stage = stages().get(case.stage)
    parts = [ctx.text("status_kasus", permohonan=name, tahap=stage.status if stage else "")]
    if case.clock == "running" and case.deadline is not None:
        key = "status_tenggat" if case.deadline > ctx.turn.at else "status_lewat_tenggat"
        parts.append(ctx.text(key, waktu=write_moment(case.deadline)))
    if case.clock == "stopped":
        parts.append(ctx.text("status_berhenti"))
    if case.delivered_at and ctx.catalogue.has(f"status_kia_{case.kia.state}"):
        parts.append(ctx.text(f"status_kia_{case.kia.state}", kurir=case.kia.courier or "", resi=case.kia.tracking or "-"))
    if case.mail in OF_THE_ADDRESS:
        parts.append(ctx.text(OF_THE_ADDRESS[case.mail]))
    if case.pin:
        parts.append(confirming.pin_text(ctx, draft, name, case.pin))
    return " ".join(part for part in parts if part)


async def _complaint(ctx: TurnContext, number: str) -> None:
    if number not in {row.number for row in ctx.record.complaints}:
        ctx.say("status_nomor_lain", nomor=number)
        return
    try:
        complaint = await ctx.intake.backoffice.complaint(number)
    except BackOfficeDown:
        complaint = None
    state, due = (complaint.state, complaint.answer_due) if complaint else (None, None)
    key = f"status_aduan_{state}" if ctx.catalogue.has(f"status_aduan_{state}") else "status_aduan"
    ctx.say(key, aduan=number, waktu=write_moment(due) if due else "-")
