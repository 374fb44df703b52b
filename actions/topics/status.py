"""Answers "how far is it", truthfully: from the back office where it answers, else from what the chat itself knows, and says which."""

import asyncio

from actions import asking
from actions.catalogue import said_in
from actions.talk import Talk
from actions.topics import complaint_wishes, facts, opening
from contracts.case import CaseState
from intake.drafts.model import Draft, DraftState
from intake.handover.backoffice import BackOfficeDown
from intake.reading import read_complaint_number, read_registration_number
from standard.clock import write_moment
from standard.stages import stages

MOST = 4
"""Cases told of in one message; a village helper with more asks by number."""


async def tell(talk: Talk) -> None:
    """`cek_status`: of the number named, else of everything under way, the newest first."""
    complaint = read_complaint_number(talk.turn.text)
    if complaint is not None:
        await _complaint(talk, complaint)
    else:
        await _applications(talk, read_registration_number(talk.turn.text))
    facts.close(talk)


async def _applications(talk: Talk, number: str | None) -> None:
    cases = [draft for draft in talk.desk.drafts if draft.number and (number is None or draft.number == number)]
    unfinished = [draft for draft in talk.desk.drafts if draft.state is DraftState.OPEN and draft.agreed and number is None]
    if number is not None and not cases:
        talk.say("status_nomor_lain", nomor=number)
        return
    for draft, paragraph in zip(cases[:MOST], await asyncio.gather(*(_case(talk, draft) for draft in cases[:MOST])), strict=True):
        if said_in(paragraph, talk.conversation.last):
            talk.say("status_tetap")
        else:
            talk.reply.paragraphs.append(paragraph)
        if draft.returned and talk.draft is not draft:
            opening.take_up(talk, draft)
    for draft in unfinished[:MOST]:
        listed = draft is talk.draft and talk.open is not None and talk.open.question.id in ("berkas", "formulir")
        missing = "" if listed else ", ".join(asking.item_name(talk, item) for item in draft.missing())
        key = "status_draf_kurang" if missing else "status_draf"
        talk.say(key, permohonan=opening.draft_name(talk, draft), kurang=missing)
    if not cases and not unfinished:
        if complaint_wishes.own(talk):
            await complaint_wishes.tell_status(talk)
        else:
            talk.say("status_tidak_ada")


async def _case(talk: Talk, draft: Draft) -> str:
    name = opening.draft_name(talk, draft)
    try:
        case = await talk.intake.backoffice.case(str(draft.number))
    except BackOfficeDown:
        return talk.text("status_kantor_tak_terjangkau", permohonan=name)
    if case is None:
        return talk.text("status_sedang_diteruskan", permohonan=name)
    return " ".join(part for part in (_written(talk, name, case), _siak_down(talk, draft, case)) if part)


def _siak_down(talk: Talk, draft: Draft, case: CaseState) -> str:
    """That the central SIAK can't be used now, once for each time that it can't."""
    if case.siak_down_since is None or draft.siak_told == case.siak_down_since:
        return ""
    draft.siak_told = case.siak_down_since
    return talk.text("status_siak_pusat", waktu=write_moment(case.siak_down_since))


def _written(talk: Talk, name: str, case: CaseState) -> str:
    stage = stages().get(case.stage)
    parts = [talk.text("status_kasus", permohonan=name, tahap=stage.status if stage else "")]
    if case.clock == "running" and case.deadline is not None:
        key = "status_tenggat" if case.deadline > talk.turn.at else "status_lewat_tenggat"
        parts.append(talk.text(key, waktu=write_moment(case.deadline)))
    if case.clock == "stopped":
        parts.append(talk.text("status_berhenti"))
    if case.delivered_at and talk.catalogue.has(f"status_kia_{case.kia.state}"):
        parts.append(talk.text(f"status_kia_{case.kia.state}", kurir=case.kia.courier or "", resi=case.kia.tracking or "-"))
    if case.pin:
        parts.append(talk.text("status_pin", pin=case.pin))
    return " ".join(part for part in parts if part)


async def _complaint(talk: Talk, number: str) -> None:
    if number not in {row.number for row in talk.desk.complaints}:
        talk.say("status_nomor_lain", nomor=number)
        return
    try:
        complaint = await talk.intake.backoffice.complaint(number)
    except BackOfficeDown:
        complaint = None
    state, due = (complaint.state, complaint.answer_due) if complaint else (None, None)
    key = f"status_aduan_{state}" if talk.catalogue.has(f"status_aduan_{state}") else "status_aduan"
    talk.say(key, aduan=number, waktu=write_moment(due) if due else "-")
