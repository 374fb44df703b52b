"""The citizen's messages become signed webhooks of Meta's form."""

import base64
import hashlib
import hmac
import io
import json

import pytest
from PIL import Image

NUMBER = "6281200000001"


def photo(width=2400, height=1800, kind="JPEG", **options):
    gradient = Image.radial_gradient("L").resize((width, height))
    out = io.BytesIO()
    Image.merge("RGB", (gradient, gradient.rotate(90), gradient.rotate(180))).save(out, kind, **options)
    return out.getvalue()


async def test_every_webhook_is_signed_over_its_raw_bytes(sim, bot):
    await sim.say("Sugeng énjing @pak 🙏")
    await bot.wait("messages", 1)
    headers, raw = bot.posts[0]
    assert headers["x-hub-signature-256"] == "sha256=" + hmac.new(b"app-secret", raw, hashlib.sha256).hexdigest()
    assert headers["content-type"] == "application/json"
    assert b"\\u00e9" in raw
    assert json.loads(raw)["object"] == "whatsapp_business_account"


async def test_a_text_carries_number_user_id_contact_and_metadata(sim, bot):
    sent = await sim.say("halo")
    await bot.wait("messages", 1)
    value = bot.values()[0]
    user_id = sim.world.phones["1"].user_id
    assert value["metadata"] == {"display_phone_number": "6285100003316", "phone_number_id": "1060000000331"}
    assert value["contacts"] == [{"profile": {"name": "Siti SPESIMEN"}, "wa_id": NUMBER, "user_id": user_id}]
    row = value["messages"][0]
    assert (row["from"], row["from_user_id"], row["id"], row["type"]) == (NUMBER, user_id, sent["id"], "text")
    assert row["text"] == {"body": "halo"}
    assert row["timestamp"].isdigit()


async def test_a_user_without_a_number_is_known_by_the_bsuid_only(sim, bot):
    made = (await sim.control.post("/phones/", json={"name": "Tanpa Nomor SPESIMEN"})).json()
    await sim.say("halo", made["id"])
    await bot.wait("messages", 1)
    value = bot.values()[0]
    assert "from" not in value["messages"][0] and "wa_id" not in value["contacts"][0]
    assert value["messages"][0]["from_user_id"] == made["user_id"]
    answer = await sim.send({"messaging_product": "whatsapp", "recipient": made["user_id"], "type": "text", "text": {"body": "Monggo"}})
    assert answer.json()["contacts"] == [{"input": made["user_id"], "user_id": made["user_id"]}]
    status = (await bot.wait("statuses", 2))[0]
    assert "recipient_id" not in status and status["recipient_user_id"] == made["user_id"]


@pytest.mark.parametrize(
    ("asked", "row"),
    [
        ({"type": "location", "latitude": -6.97, "longitude": 111.41, "name": "Alun-alun"}, {"type": "location"}),
        ({"type": "contact", "name": "Bidan", "number": "+62811"}, {"type": "contacts"}),
        ({"type": "sticker", "name": "nggih"}, {"type": "sticker"}),
        ({"type": "voice"}, {"type": "audio"}),
        ({"type": "unsupported"}, {"type": "unsupported", "unsupported": {"type": "poll_creation"}}),
        ({"type": "raw", "message": {"type": "order", "order": {"catalog_id": "1"}}}, {"type": "order", "order": {"catalog_id": "1"}}),
        ({"type": "raw", "message": {"type": "revoke", "revoke": {"original_message_id": "wamid.x"}}}, {"type": "revoke"}),
        (
            {"type": "raw", "message": {"type": "text", "text": {"body": "a"}, "context": {"forwarded": True}}},
            {"context": {"forwarded": True}},
        ),
    ],
)
async def test_every_kind_of_message_can_be_sent(sim, bot, asked, row):
    await sim.hand(asked)
    found = (await bot.wait("messages", 1))[0]
    assert {key: found[key] for key in row} == row
    assert found["id"].startswith("wamid.")


async def test_a_system_message_has_no_contacts(sim, bot):
    await sim.hand({"type": "raw", "message": {"type": "system", "system": {"type": "user_changed_number", "wa_id": "62811"}}})
    await bot.wait("messages", 1)
    assert "contacts" not in bot.values()[0]


async def test_a_reply_names_the_message_it_answers(sim, bot):
    await sim.say()
    asked = (await sim.send()).json()["messages"][0]["id"]
    await sim.say("ya", reply_to=asked)
    assert (await bot.wait("messages", 2))[1]["context"] == {"from": "6285100003316", "id": asked}


async def test_a_photo_is_recompressed_and_loses_its_metadata(sim, bot):
    exif = Image.Exif()
    exif[0x010F] = "Kamera rahasia"
    exif[0x0112] = 6
    files = [("file", ("ktp.jpg", photo(exif=exif), "image/jpeg"))]
    answer = await sim.control.post("/phones/1/files", files=files, data={"as": "photo", "caption": "KTP saya"})
    assert answer.status_code == 201, answer.text
    row = (await bot.wait("messages", 1))[0]
    assert row["image"]["caption"] == "KTP saya"
    content = await fetch(sim, row["image"]["id"])
    with Image.open(io.BytesIO(content)) as seen:
        assert seen.size == (1200, 1600)
        assert not seen.getexif()
    assert base64.b64decode(row["image"]["sha256"]) == hashlib.sha256(content).digest()


async def test_a_document_arrives_byte_by_byte(sim, bot):
    original = photo()
    files = [("file", ("KK asli.jpg", original, "image/jpeg"))]
    await sim.control.post("/phones/1/files", files=files, data={"as": "document"})
    row = (await bot.wait("messages", 1))[0]
    assert row["document"]["filename"] == "KK asli.jpg"
    assert await fetch(sim, row["document"]["id"]) == original


async def test_an_album_is_as_many_webhooks_with_the_caption_on_one(sim, bot):
    files = [("file", (f"{n}.jpg", photo(300, 200), "image/jpeg")) for n in range(5)]
    sent = (await sim.control.post("/phones/1/files", files=files, data={"as": "photo", "caption": "berkas"})).json()["messages"]
    rows = await bot.wait("messages", 5)
    assert len(bot.posts) == 5
    assert [row["image"].get("caption") for row in rows].count("berkas") == 1
    assert {row["id"] for row in rows} == {message["id"] for message in sent}
    assert len({message["album"] for message in sent}) == 1


async def test_what_is_no_photo_is_refused_in_plain_words(sim):
    answer = await sim.control.post("/phones/1/files", files=[("file", ("a.jpg", b"not a photo", "image/jpeg"))])
    assert answer.status_code == 422
    assert "bukan foto" in answer.json()["error"]


async def test_the_drawer_sends_photos_and_keeps_pdfs_documents(sim, bot, settings):
    family = settings.specimen / "keluarga_satu"
    family.mkdir(parents=True)
    (family / "ktp_ayah.jpg").write_bytes(photo(300, 200))
    (family / "kk.pdf").write_bytes(b"%PDF-1.4 tiny")
    (settings.specimen / "secret.txt").write_text("no")
    groups = (await sim.control.get("/specimen")).json()["groups"]
    assert [(group["title"], [item["title"] for item in group["items"]]) for group in groups] == [("Keluarga satu", ["KK", "KTP ayah"])]
    await sim.control.post("/phones/1/specimen", json={"items": ["keluarga_satu/ktp_ayah.jpg", "keluarga_satu/kk.pdf"]})
    assert sorted(row["type"] for row in await bot.wait("messages", 2)) == ["document", "image"]
    assert (await sim.control.post("/phones/1/specimen", json={"items": ["../settings.py"]})).status_code == 422


async def test_a_tap_answers_the_newest_message_that_has_the_option(sim, bot):
    await sim.say()
    buttons = [
        {"type": "reply", "reply": {"id": "ya", "title": "Ya, lanjut"}},
        {"type": "reply", "reply": {"id": "tidak", "title": "Tidak"}},
    ]
    interactive = {"type": "button", "body": {"text": "Lanjut?"}, "action": {"buttons": buttons}}
    asked = (await sim.send(type="interactive", interactive=interactive)).json()["messages"][0]["id"]
    await sim.hand({"type": "tap", "option": "Ya, lanjut"})
    row = (await bot.wait("messages", 2))[1]
    assert row["interactive"] == {"type": "button_reply", "button_reply": {"id": "ya", "title": "Ya, lanjut"}}
    assert row["context"]["id"] == asked
    assert next(message for message in await sim.chat() if message["id"] == asked)["chosen"] == "ya"
    assert (await sim.control.post("/phones/1/send", json={"type": "tap", "option": "mungkin"})).status_code == 422


async def test_the_handshake_is_metas(sim):
    assert (await sim.control.post("/webhooks/verify")).json() == {"ok": True, "status": 200}


async def test_a_webhook_that_is_not_taken_is_sent_again_until_it_is(sim, bot):
    bot.answers = [500, 404, 302]
    await sim.say()
    await bot.wait("messages", 4)
    assert len({raw for _, raw in bot.posts}) == 1
    for _ in range(50):
        post = (await sim.control.get("/webhooks")).json()["posts"][0]
        if post["delivered"]:
            break
    assert post["attempts"] == [500, 404, 302, 200]
    assert (await sim.chat())[0]["state"] == "delivered"


async def test_held_updates_come_in_one_post_and_duplicates_twice(sim, bot):
    await sim.behave(hold=True, duplicates=1)
    for number in range(12):
        await sim.say(f"pesan {number}", str(number % 2 + 1))
    assert (await sim.control.get("/webhooks")).json()["held"] == 12
    await sim.control.post("/webhooks/flush")
    assert len(await bot.wait("messages", 24)) == 24
    assert len(bot.posts) == 2
    first = await sim.control.post("/webhooks/1/resend")
    assert first.status_code == 200
    await bot.wait("messages", 36)


async def test_any_bytes_can_be_posted_with_a_good_bad_or_no_signature(sim, bot):
    for signature in ("good", "bad", "none"):
        answer = await sim.control.post("/webhooks/raw", params={"signature": signature}, content=b'{"object": "x", "entry": []}')
        assert answer.json()["status"] == 200
    good, bad, none = (headers.get("x-hub-signature-256") for headers, _ in bot.posts)
    assert good != bad and none is None
    assert good == "sha256=" + hmac.new(b"app-secret", b'{"object": "x", "entry": []}', hashlib.sha256).hexdigest()


async def fetch(sim, media_id):
    url = (await sim.graph.get(f"/{media_id}")).json()["url"]
    return (await sim.graph.get(url)).content
