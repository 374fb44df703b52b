"""Tests the path of a message: in by the webhook, through the lane and the dialogue, out by the outbox."""


async def test_a_text_is_answered(house_on_both) -> None:
    house = house_on_both
    await house.say("halo")
    await house.settle()
    assert house.words() == ["Balasan: halo"]
    (sent,) = house.graph.sent
    assert sent["to"] == "+6281200000001" and sent["messaging_product"] == "whatsapp"
