"""Akta and KK that wait in the chat for who reads there: the case is not delivered so long, no mail brings them, staff hand them over."""

import itertools

import pytest
from sqlalchemy import select, update

from backoffice.cases.documents import CaseDocument
from backoffice.cases.models import Case, CaseEvent
from backoffice.cases.retention import purge_ended
from backoffice.notices.models import Notice, NoticeState
from backoffice.reports.counting import rebuild
from backoffice.reports.models import CaseOutcome
from tests.backoffice.test_chain import NUMBER, approve_all, deliver, enter_and_draft
from tests.backoffice.test_mail_address import ADDRESS, found_complete, mailbox, mails, typed

__all__ = ["mailbox", "mails"]

TURN = itertools.count(1)


@pytest.fixture
def database_url(sqlite_url):
    return sqlite_url


@pytest.fixture
async def sent(api, services, sign_in, clock, mailbox):
    """A case whose papers were sent in time, into the chat and to a confirmed address."""
    petugas = await found_complete(api, sign_in)
    await typed(api, await mailbox.code())
    clock.pass_by(hours=1)
    operator = await sign_in("operator")
    await enter_and_draft(operator, NUMBER)
    await approve_all(sign_in, NUMBER)
    await operator.open("/antrean")
    await deliver(operator, NUMBER)
    mailbox.server.mails.clear()
    return petugas


async def chat_says(api, services, kind):
    """What the chat tells the case of its papers."""
    body = {"kind": kind, "text": "Pesan otomatis.", "at": services.clock().isoformat()}
    assert (await api.put(f"/api/cases/{NUMBER}/messages/held-{next(TURN)}", json=body)).status_code == 200


async def in_the_chat(services):
    """The papers' message has gone out through WhatsApp."""
    async with services.database.write() as session:
        now = services.clock()
        told = update(Notice).where(Notice.kind == "dokumen_terbit").values(state=NoticeState.DELIVERED, state_at=now)
        await session.execute(told)


async def outcomes(services):
    async with services.database.read() as session:
        return [(row.issued, row.on_time, row.ended_at) for row in await session.scalars(select(CaseOutcome))]


async def state_of(api):
    return (await api.get(f"/api/cases/{NUMBER}")).json()


async def test_held_papers_are_not_delivered_until_the_chat_has_given_them_and_the_sending_says_if_it_was_in_time(
    api, services, sent, clock
):
    moment = (await state_of(api))["delivered_at"]
    (before,) = await outcomes(services)
    assert moment and before[:2] == (True, True)
    await chat_says(api, services, "tertahan")
    assert (await state_of(api))["delivered_at"] is None and await outcomes(services) == []
    await chat_says(api, services, "tertahan")  # sent again, and held again
    clock.pass_by(hours=40)
    await chat_says(api, services, "diberikan")
    assert (await state_of(api))["delivered_at"] > moment
    assert await outcomes(services) == [before], "the office was in time; the waiting was the applicant's"
    await rebuild(services.database)
    assert await outcomes(services) == [before]
    async with services.database.read() as session:
        kinds = [kind for kind in await session.scalars(select(CaseEvent.kind).order_by(CaseEvent.id)) if kind.startswith("p")]
    assert kinds[-3:] == ["pdf_ditahan", "pemohon_menulis", "pdf_diberikan"]


async def test_that_papers_wait_which_the_office_never_sent_changes_nothing(api, services, sign_in):
    await found_complete(api, sign_in)
    await chat_says(api, services, "tertahan")
    await chat_says(api, services, "diberikan")
    assert (await state_of(api))["stage"] == "lengkap"


async def test_a_case_with_held_papers_does_not_end_with_the_card_and_an_officer_hands_them_over_by_name(api, services, sent, sign_in):
    await chat_says(api, services, "tertahan")
    kia, petugas = await sign_in("operator_kia"), sent
    await kia.open("/antrean")
    await kia.take(NUMBER)
    await kia.act(NUMBER, "kia_dicetak")
    await kia.act(NUMBER, "kia_dikirim", courier="JNE", tracking="JNE-1")
    await kia.act(NUMBER, "kia_diterima", received_by="Siti Ibu")
    assert (await state_of(api))["stage"] == "kia_antar", "the card is there, the akta is not"
    await kia.post(f"/permohonan/{NUMBER}/lepas")
    assert NUMBER in (await petugas.open("/antrean")).text, "it waits for somebody"
    await petugas.take(NUMBER)
    assert "PDF diserahkan di kantor" in (await petugas.open(f"/permohonan/{NUMBER}")).text
    assert (await petugas.act(NUMBER, "pdf_diserahkan", received_by=" ")).status_code == 422
    assert (await petugas.act(NUMBER, "pdf_diserahkan", received_by="Siti Ibu")).status_code == 303
    state = await state_of(api)
    assert state["stage"] == "selesai" and state["delivered_at"]
    async with services.database.read() as session:
        (handed,) = await session.scalars(select(CaseEvent).where(CaseEvent.kind == "pdf_diserahkan"))
        assert "Siti" not in str(handed.data), "the chain holds no name"
        assert (await session.scalar(select(Case.kia)))["papers_received_by"] == "Siti Ibu"


async def test_that_they_were_handed_over_can_be_put_right(api, services, sent, sign_in):
    await chat_says(api, services, "tertahan")
    petugas = sent
    await petugas.open("/antrean")
    await petugas.take(NUMBER)
    await petugas.act(NUMBER, "pdf_diserahkan", received_by="Siti Ibu")
    assert (await petugas.act(NUMBER, "pdf_belum_diserahkan", reason="lain", note="Salah permohonan.")).status_code == 303
    assert (await state_of(api))["delivered_at"] is None
    await chat_says(api, services, "diberikan")
    assert (await state_of(api))["delivered_at"]


async def test_a_mail_waits_for_the_chat_and_then_brings_the_papers(services, sent, clock, mailbox):
    services.settings.mail_attachments = True
    assert await mailbox.fetch() == []
    await in_the_chat(services)
    clock.pass_by(seconds=40)
    assert await mailbox.fetch() == [], "that the chat only asked may still be on its way"
    clock.pass_by(minutes=6)
    (mail,) = await mailbox.fetch()
    assert f"To: {ADDRESS}" in mail and mail.count("application/pdf") == 2


async def test_no_mail_brings_what_the_chat_holds_back(api, services, sent, clock, mailbox):
    services.settings.mail_attachments = True
    await in_the_chat(services)
    await chat_says(api, services, "tertahan")
    clock.pass_by(minutes=6)
    (mail,) = await mailbox.fetch()
    assert NUMBER in mail and "application/pdf" not in mail


async def test_where_the_chat_cannot_be_reached_the_mail_goes_without_the_papers(services, sent, clock, mailbox):
    services.settings.mail_attachments = True
    assert await mailbox.fetch() == []
    clock.pass_by(hours=2)
    (mail,) = await mailbox.fetch()
    assert NUMBER in mail and "application/pdf" not in mail


async def test_without_attachments_a_mail_waits_for_nothing(services, sent, mailbox):
    (mail,) = await mailbox.fetch()
    assert "application/pdf" not in mail


async def test_a_case_whose_papers_nobody_claims_is_not_kept_for_ever(api, services, sent, clock):
    await chat_says(api, services, "tertahan")
    clock.pass_by(days=80)
    await purge_ended(services)
    async with services.database.read() as session:
        assert await session.scalar(select(CaseDocument.id).where(CaseDocument.erased_at.is_(None)))
    clock.pass_by(days=20)
    await purge_ended(services)
    async with services.database.read() as session:
        assert not await session.scalar(select(CaseDocument.id).where(CaseDocument.erased_at.is_(None)))
        assert await session.scalar(select(Case.id))
