"""A person gets the copy of their chat, and no word of anybody else."""

import json
from pathlib import Path
from typing import Any

from bot.ops import commands
from bot.outbox.models import Sending
from storage.subject import read_contact_ids


async def test_the_copy_holds_the_chat_of_that_number_alone(house_on_both, tmp_path, capsys) -> None:
    house = house_on_both
    contacts = [{"profile": {"name": "SPESIMEN Siti"}, "wa_id": "62811"}]
    await house.deliver(house.body(house.text("nama saya Siti", wa_id="62811"), contacts=contacts))
    await house.say("rahasia orang lain", wa_id="62899")
    await house.pass_time(10)
    folder = tmp_path / "salinan"

    async def copy(named: str) -> int:
        arguments = commands.parser().parse_args(["subject", named, str(folder)])
        return await commands.run(arguments, house.bot.settings, house.clock)

    assert await copy("+62 877") == 1 and "nobody is known" in capsys.readouterr().err and not folder.exists()
    assert await copy("+62811") == 0
    text = (folder / "chat.json").read_text()
    chat = json.loads(text)
    assert [item["body"]["text"] for item in chat["bot_item"]] == ["nama saya Siti"] and "Balasan: nama saya Siti" in text
    assert chat["bot_contact"][0]["wa_id"] == "62811" and chat["bot_contact"][0]["name"] == "SPESIMEN Siti"
    assert "rahasia" not in text and "62899" not in text and (folder / "chat.json").stat().st_mode & 0o077 == 0
    (contact,) = read_contact_ids(folder)
    assert await copy(contact) == 0


async def written(house: Any, folder: Path) -> str:
    arguments = commands.parser().parse_args(["subject", "+6281200000001", str(folder)])
    assert await commands.run(arguments, house.bot.settings, house.clock) == 0
    return (folder / "chat.json").read_text()


async def test_no_turn_of_a_secret_story_is_in_the_copy(house_on_both, tmp_path: Path) -> None:
    house = house_on_both
    blob = await house.bot.blobs.store.put(b"%PDF SPESIMEN")

    def answer(asked: dict[str, Any]) -> list[dict[str, Any]]:
        number = "ADU-2026-000001"
        document = {"blob": blob, "filename": f"{number}.pdf", "mime": "application/pdf"}
        if "syarat" not in asked["message"]:
            template = {"name": "pesan", "parameters": [number]}
            return [{"text": f"{number} dicatat", "document": document, "template": template, "conceals": [asked["metadata"]["turn"]]}]
        return [{"text": "Ya."}]

    house.dialogue.answer = answer
    await house.say("apa syaratnya")
    await house.pass_time(10)
    await house.say("dia minta uang")
    await house.deliver(house.body(house.photo("m1", b"\xff\xd8\xff bukti", caption="kuitansi uang")))
    await house.pass_time(10)
    async with house.bot.database.write() as session:
        (told, *_) = [row for row in await house.rows(Sending) if "ADU" in row.text]
        body = {"type": "template", "template": {"name": "ADU-2026-000001"}}
        session.add(
            Sending(
                id="stand-in", contact_id=told.contact_id, stands_for=told.id, body=body, text="[ADU]", state="sent",
                state_at=house.clock(), created_at=house.clock(),
            )
        )  # fmt: skip
    await house.say("belum didengar")
    text = await written(house, tmp_path / "salinan")
    assert "apa syaratnya" in text and "Ya." in text
    for secret in ("uang", "ADU", "kuitansi", "belum didengar"):
        assert secret not in text
    assert not (tmp_path / "salinan" / "files").exists()
