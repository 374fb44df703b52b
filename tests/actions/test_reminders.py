"""What lies still: one reminder inside the 24-hour window, and what nobody came back to is erased with its photos."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from intake.upkeep import Upkeep, reminder_due
from standard.clock import office_zone, to_local
from tests.actions.conftest import Office
from tests.actions.families import kk
from tests.actions.steps import submitted, until_documents


class FakeBot:
    """Keeps the notices it is given."""

    def __init__(self, status: int = 202) -> None:
        self.status = status
        self.notices: list[dict[str, Any]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        import json

        self.notices.append(json.loads(request.content))
        return httpx.Response(self.status)

    def upkeep(self, office: Office) -> Upkeep:
        return Upkeep(office.intake, httpx.AsyncClient(transport=httpx.MockTransport(self), base_url="http://bot"))


async def test_one_reminder_inside_the_window(office: Office) -> None:
    chat, bot = office.chat(), FakeBot()
    await until_documents(chat)
    office.now += timedelta(hours=19)
    assert await bot.upkeep(office).remind() == 0
    office.now += timedelta(hours=2)
    assert await bot.upkeep(office).remind() == 0, "at six in the morning people sleep"
    office.now += timedelta(hours=1)
    assert await bot.upkeep(office).remind() == 1
    assert await bot.upkeep(office).remind() == 0
    assert bot.notices[0]["kind"] == "pengingat" and bot.notices[0]["contact"] == "c1"
    read = await chat.notice("pengingat", "")
    assert "belum selesai" in read and "KTP pelapor" in read


@pytest.mark.parametrize(
    ("last", "due"),
    [
        ("10.30", "07.00"),
        ("13.00", "09.00"),
        ("22.00", "18.00"),
        ("23.30", "19.30"),
        ("00.30", "19.00"),
        ("06.30", "19.00"),
        ("08.30", "07.00"),
    ],
)
def test_nobody_is_woken_by_a_reminder(last: str, due: str) -> None:
    """Hours of Blora; the reminder always comes inside the 24-hour window."""
    wrote = datetime(2026, 11, 23, *(int(part) for part in last.split(".")), tzinfo=office_zone())
    reminded = reminder_due(wrote)
    assert f"{to_local(reminded):%H.%M}" == due
    assert timedelta(hours=12) <= reminded - wrote <= timedelta(hours=23)


async def test_after_the_window_nobody_is_reminded(office: Office) -> None:
    chat, bot = office.chat(), FakeBot()
    await until_documents(chat)
    office.now += timedelta(hours=25)
    assert await bot.upkeep(office).remind() == 0


async def test_who_is_done_or_declined_is_not_reminded(office: Office) -> None:
    bot = FakeBot()
    await submitted(office.chat("c1"))
    other = office.chat("c2")
    await other.say("halo", "salam")
    await other.tap("Tidak")
    office.now += timedelta(hours=22)
    assert await bot.upkeep(office).remind() == 0


async def test_a_bot_that_is_down_is_asked_again(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    office.now += timedelta(hours=22)
    assert await FakeBot(503).upkeep(office).remind() == 0
    assert await FakeBot().upkeep(office).remind() == 1


async def test_an_abandoned_draft_is_erased_with_its_photos(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk())
    page = (await office.intake.record("c1")).drafts[0].documents[0].pages[0].blob
    upkeep = FakeBot().upkeep(office)
    office.now += timedelta(days=29)
    assert await upkeep.erase() == 0
    office.now += timedelta(days=2)
    assert await upkeep.erase() == 1
    assert (await office.intake.record("c1")).drafts == [] and not await office.intake.blobs.store.exists(page)
    assert "bersedia" in await chat.say("halo", "salam")


async def test_a_draft_lives_for_thirty_days_after_the_last_message(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    office.now += timedelta(days=29)
    await chat.say("biayanya berapa?", "tanya_biaya")
    office.now += timedelta(days=29)
    assert await FakeBot().upkeep(office).erase() == 0
    office.now += timedelta(days=2)
    assert await FakeBot().upkeep(office).erase() == 1


async def test_a_case_under_way_is_not_erased(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    office.now += timedelta(days=60)
    assert await FakeBot().upkeep(office).erase() == 0
    assert (await office.intake.record("c1")).drafts[0].number == number


async def test_the_members_of_a_kk_are_read_in_the_background_while_the_talk_goes_on(office: Office) -> None:
    import asyncio

    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk(complete=False))
    office.intake.start()
    for _ in range(40):
        await asyncio.sleep(0.05)
        document = (await office.intake.record("c1")).drafts[0].documents[0]
        if document.complete:
            break
    assert document.complete and len(document.fields["anggota"]) == 2
