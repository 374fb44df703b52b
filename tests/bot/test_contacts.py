"""Tests that one person stays one contact, whatever WhatsApp calls them, in whichever order it tells."""

import asyncio

from bot.contacts.models import Contact
from bot.conversations.models import Item, Turn
from bot.outbox.models import Sending


async def people(house) -> list[tuple[str | None, str | None]]:
    return sorted(((c.wa_id, c.user_id) for c in await house.rows(Contact, Contact.merged_into.is_(None))), key=str)


async def test_a_user_without_a_phone_number_is_answered_by_their_bsuid(house_on_both) -> None:
    house = house_on_both
    contacts = [{"profile": {"name": "SPESIMEN", "username": "@x"}, "user_id": "ID.1"}]
    await house.deliver(house.body(house.text("halo", wa_id=None, user_id="ID.1"), contacts=contacts))
    await house.settle()
    (sent,) = house.graph.sent
    assert sent["recipient"] == "ID.1" and "to" not in sent
    assert house.dialogue.asked[0]["metadata"]["contact"] == {"phone": None, "name": "SPESIMEN"}


async def test_phone_and_bsuid_are_joined_when_they_are_seen_together(house) -> None:
    for wa_id, user_id in (("62811", None), ("62811", "ID.1"), (None, "ID.1"), ("62811", None)):
        await house.say("halo", wa_id=wa_id, user_id=user_id)
    await house.pass_time(10)
    assert await people(house) == [("62811", "ID.1")]
    assert {s["to"] for s in house.graph.sent} == {"+62811"}


async def test_two_contacts_that_prove_to_be_one_are_united_and_keep_what_they_had(house_on_both) -> None:
    house = house_on_both
    await house.say("satu", wa_id="62811")
    await house.say("dua", wa_id=None, user_id="ID.1")
    await house.pass_time(5)
    assert len(await people(house)) == 2
    house.clock.move(seconds=5)
    await house.say("tiga", wa_id="62811", user_id="ID.1")
    await house.pass_time(5)
    assert await people(house) == [("62811", "ID.1")]
    (kept,) = await house.rows(Contact, Contact.merged_into.is_(None))
    for table, count in ((Item, 3), (Turn, 3), (Sending, 3)):
        assert len(await house.rows(table, table.contact_id == kept.id)) == count
    gone = await house.rows(Contact, Contact.merged_into.is_not(None))
    answer = await house.http.get(f"/internal/contacts/{gone[0].id}", headers={"authorization": "Bearer office-to-bot-in-the-tests"})
    assert answer.json()["id"] == kept.id


async def test_that_another_phone_is_behind_the_number_is_told_to_the_dialogue_from_then_on(house_on_both) -> None:
    house = house_on_both
    await house.say("halo", wa_id="62811")
    await house.settle()
    assert "changed_at" not in house.dialogue.asked[-1]["metadata"]["contact"]
    system = {"body": "changed", "identity": "x", "wa_id": "62811", "type": "customer_identity_changed"}
    await house.deliver(house.body(house.message("system", wa_id="62811", system=system)))
    await house.settle()
    assert len(house.dialogue.asked) == 1, "nobody said anything"
    house.clock.move(seconds=60)
    await house.say("lagi", wa_id="62811")
    await house.settle()
    assert house.dialogue.asked[-1]["metadata"]["contact"]["changed_at"]


async def test_of_two_united_the_later_change_of_phone_counts(house) -> None:
    async def phone_changed(number: str) -> None:
        system = {"body": "changed", "identity": "x", "wa_id": number, "type": "customer_identity_changed"}
        await house.deliver(house.body(house.message("system", wa_id=number, system=system)))
        await house.settle()
        house.clock.move(seconds=3600)

    await house.say("dua", wa_id="62822")
    await phone_changed("62822")
    await house.say("satu", wa_id="62811")
    await phone_changed("62811")
    house.clock.move(seconds=3600)
    await house.say("lagi", wa_id="62822")  # who wrote last stays
    await house.settle()
    later = max(contact.changed_at for contact in await house.rows(Contact))
    system = {"body": "changed", "user_id": "ID.2", "type": "user_changed_user_id"}
    await house.say("ID", wa_id="62822", user_id="ID.2")
    await house.deliver(house.body(house.message("system", wa_id="62811", system=system)))
    await house.pass_time(5)
    (kept,) = await house.rows(Contact, Contact.merged_into.is_(None))
    assert kept.wa_id == "62822" and kept.changed_at == later


async def test_a_changed_number_is_the_same_person(house) -> None:
    await house.say("halo", wa_id="62811", user_id="ID.1")
    system = {"body": "changed", "wa_id": "62822", "type": "user_changed_number"}
    await house.deliver(house.body(house.message("system", wa_id="62811", system=system)))
    await house.say("lagi", wa_id="62822", user_id="ID.2")
    await house.pass_time(5)
    assert await people(house) == [("62822", "ID.2")]


async def test_a_changed_number_is_the_same_person_also_when_the_new_one_wrote_first(house) -> None:
    await house.say("halo", wa_id="62811")
    house.clock.move(seconds=5)
    await house.say("lagi", wa_id="62822")
    system = {"body": "changed", "wa_id": "62822", "type": "user_changed_number"}
    await house.deliver(house.body(house.message("system", wa_id="62811", system=system)))
    await house.pass_time(5)
    assert await people(house) == [("62822", None)]


async def test_a_changed_bsuid_is_the_same_person(house) -> None:
    await house.say("halo", wa_id=None, user_id="ID.1")
    system = {"body": "changed", "user_id": "ID.2", "type": "user_changed_user_id"}
    await house.deliver(house.body(house.message("system", wa_id=None, user_id="ID.1", system=system)))
    await house.say("lagi", wa_id=None, user_id="ID.2")
    await house.pass_time(5)
    assert await people(house) == [(None, "ID.2")]


async def test_whoever_takes_over_a_number_does_not_inherit_the_strangers_chat(house) -> None:
    await house.say("halo", wa_id="62811", user_id="ID.1")
    await house.say("saya orang lain", wa_id="62811", user_id="ID.9")
    await house.pass_time(5)
    assert await people(house) == [("62811", "ID.9"), (None, "ID.1")]


async def test_a_status_teaches_a_bsuid(house) -> None:
    await house.say("halo", wa_id="62811")
    await house.settle()
    (row,) = await house.rows(Sending)
    await house.status(row.wamid, "sent", recipient_id="62811", recipient_user_id="ID.1")
    await house.settle()
    assert await people(house) == [("62811", "ID.1")]


async def test_a_person_seen_first_by_two_processes_is_one_contact(build, database_url) -> None:
    one = await build(database_url)
    two = await build(database_url, world=one.world, clock=one.clock)
    for n in range(10):
        await one.say(f"{n}", wa_id=f"62811{n % 2}")
    await asyncio.gather(one.bot.jobs.workers["inbox"].drain(), two.bot.jobs.workers["inbox"].drain())
    await one.pass_time(20)
    assert len(await people(one)) == 2 and len(await one.rows(Item)) == 10
    assert len(one.graph.sent) == 2, "five texts that waited together are one turn"


async def test_staff_read_the_chat_in_pages(house_on_both) -> None:
    house = house_on_both
    for n in range(5):
        await house.say(f"kata {n}")
        await house.pass_time(3)
    (contact,) = await house.rows(Contact)
    url, token = f"/internal/contacts/{contact.id}/messages", {"authorization": "Bearer office-to-bot-in-the-tests"}
    seen, before = [], None
    for _ in range(10):
        page = (await house.http.get(url, params={"limit": 3, **({"before": before} if before else {})}, headers=token)).json()
        seen += page["messages"]
        before = page["next"]
        if before is None:
            break
    assert [m["text"] for m in reversed(seen)] == [t for n in range(5) for t in (f"kata {n}", f"Balasan: kata {n}")]
    assert seen[0]["direction"] == "out" and seen[0]["state"] == "accepted" and seen[1]["state"] == "handled"
    assert (await house.http.get(url)).status_code == 401
    for wrong in ({"limit": "0"}, {"limit": "x"}, {"before": "in-999"}, {"before": "x"}):
        assert (await house.http.get(url, params=wrong, headers=token)).status_code == 422
    assert (await house.http.get("/internal/contacts/nobody/messages", headers=token)).status_code == 404


async def test_what_belongs_to_a_complaint_is_marked_and_what_is_not_heard_yet_too(house_on_both) -> None:
    house = house_on_both
    turns: list[str] = []

    def answer(asked):
        turns.append(asked["metadata"]["turn"])
        match asked["message"]:
            case "cerita":
                return [{"silence": True, "conceals": [turns[-1]]}]
            case "lagi":
                return [{"text": "Dicatat.", "conceals": [turns[-1]]}]
            case "bukan":
                return [{"text": "Baik.", "reveals": turns[:-2]}]
        return [{"text": "Ya."}]

    house.dialogue.answer = answer
    for words in ("halo", "cerita", "lagi", "bukan"):
        await house.say(words)
        await house.pass_time(3)
    await house.say("belum didengar")
    await house.bot.jobs.workers["inbox"].drain()
    (contact,) = await house.rows(Contact)
    token = {"authorization": "Bearer office-to-bot-in-the-tests"}
    page = (await house.http.get(f"/internal/contacts/{contact.id}/messages", headers=token)).json()
    assert {m["text"] for m in page["messages"] if m["concealed"]} == {"lagi", "Dicatat.", "belum didengar"}
    assert {m["text"] for m in page["messages"] if not m["concealed"]} == {"halo", "Ya.", "cerita", "bukan", "Baik."}


async def test_the_actions_learn_who_somebody_is_and_read_no_chat_and_send_no_notice(house) -> None:
    await house.say("halo")
    await house.pass_time(10)
    (contact,) = await house.rows(Contact)
    token = {"authorization": "Bearer actions-to-bot-in-the-tests"}
    assert (await house.http.get(f"/internal/contacts/{contact.id}", headers=token)).status_code == 200
    assert (await house.http.get(f"/internal/contacts/{contact.id}/messages", headers=token)).status_code == 401
    assert (await house.http.post("/internal/notices", json={}, headers=token)).status_code == 401
    for of_another_pair in ("bot-to-office-in-the-tests", "bot-to-dialogue-in-the-tests"):
        shown = {"authorization": f"Bearer {of_another_pair}"}
        assert (await house.http.get(f"/internal/contacts/{contact.id}", headers=shown)).status_code == 401


async def test_a_token_is_changed_without_a_stop(build, database_url, tmp_path) -> None:
    old, new = "office-to-bot-in-the-tests", "office-to-bot-from-now-on"
    for setting, valid, refused in ((f"{old} {new}", (old, new), ()), (f"{new} {old}", (old, new), ()), (new, (new,), (old,))):
        house = await build(database_url, backoffice_bot_token=setting)
        assert house.bot.settings.backoffice_bot_token.shown == setting.split()[0]
        for token, status in [*((token, 404) for token in valid), *((token, 401) for token in refused)]:
            answer = await house.http.get("/internal/contacts/x", headers={"authorization": f"Bearer {token}"})
            assert answer.status_code == status


async def test_the_dialogue_is_told_under_which_ids_a_united_person_was_known(house) -> None:
    await house.say("satu", wa_id="62811")
    await house.say("dua", wa_id=None, user_id="ID.1")
    await house.pass_time(5)
    house.clock.move(seconds=5)
    await house.say("tiga", wa_id="62811", user_id="ID.1")
    await house.pass_time(5)
    (gone,) = await house.rows(Contact, Contact.merged_into.is_not(None))
    assert house.dialogue.asked[-1]["metadata"]["contact"]["formerly"] == [gone.id]
    assert "formerly" not in house.dialogue.asked[0]["metadata"]["contact"]
