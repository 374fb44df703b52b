"""Whoever reports without a name is answered under a sealed name, and is nobody to whoever asks by it."""

from bot.contacts.models import Contact
from bot.conversations.models import Item, Turn
from bot.outbox.models import Sending

TOKEN = {"authorization": "Bearer office-to-bot-in-the-tests"}
OF_ACTIONS = {"authorization": "Bearer actions-to-bot-in-the-tests"}
NAME = "sealed-0f0f0f0f"


async def test_notices_reach_a_sealed_name_until_it_is_forgotten_and_nothing_else_does(house_on_both) -> None:
    house = house_on_both

    def answer(asked):
        secret = asked["message"] == "pak lurah minta amplop"
        return [{"text": "Dicatat.", "conceals": [asked["metadata"]["turn"]] if secret else []}]

    house.dialogue.answer = answer
    for words in ("halo", "pak lurah minta amplop"):
        await house.say(words)
        await house.pass_time(3)
    (contact,) = await house.rows(Contact)
    url = f"/internal/sealed/{NAME}"
    assert (await house.http.put(url, json={"contact": contact.id})).status_code == 401
    for wrong, status in ((f"/internal/sealed/{contact.id}", 422), (url, 404)):
        assert (await house.http.put(wrong, json={"contact": "nobody"}, headers=OF_ACTIONS)).status_code == status
    for _ in range(2):
        assert (await house.http.put(url, json={"contact": contact.id}, headers=OF_ACTIONS)).status_code == 204
    notice = {
        "id": "n1", "contact": NAME, "kind": "jawaban_aduan", "number": "ADU-261122-3M8Q", "at": "2026-11-22T02:10:00Z",
        "data": {"text": "Kami tindak.", "officer": "Ibu Rahayu"}, "attachments": [],
    }  # fmt: skip
    assert (await house.http.post("/internal/notices", json=notice, headers=TOKEN)).status_code == 202
    await house.pass_time(3)
    assert house.dialogue.asked[-1]["sender"] == contact.id
    shown = (await house.http.get(f"/internal/contacts/{NAME}", headers=TOKEN)).json()
    assert shown["window_open"] and shown["id"] == NAME and not shown["phone"] and not shown["name"] and not shown["last_inbound_at"]
    assert (await house.http.get(f"/internal/contacts/{NAME}/messages", headers=TOKEN)).status_code == 404

    for _ in range(2):
        assert (await house.http.delete(url, headers=TOKEN)).status_code == 204
    assert (await house.http.post("/internal/notices", json={**notice, "id": "n2"}, headers=TOKEN)).status_code == 404
    items, turns = await house.rows(Item), await house.rows(Turn)
    assert "amplop" not in str([item.body for item in items]) + str([turn.request for turn in turns])
    assert "halo" in str([item.body for item in items]) and (await house.rows(Sending))[0].text == "Dicatat."
