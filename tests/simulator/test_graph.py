"""The Graph API answers as Meta's does: tokens, window, limits, media, faults, statuses, prices."""

import asyncio
import base64
import hashlib
import io

import httpx
import pytest
from PIL import Image

from simulator.limits import PairLimit

PDF = b"%PDF-1.4 tiny"


def jpeg():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return out.getvalue()


def code(answer):
    return answer.json()["error"]["code"]


async def test_a_message_is_answered_with_an_id_and_seen_on_the_phone(sim):
    await sim.say()
    answer = (await sim.send(text={"body": "*Sugeng rawuh*"}, biz_opaque_callback_data="17")).json()
    assert answer["contacts"] == [{"input": "+6281200000001", "wa_id": "6281200000001"}]
    seen = (await sim.chat(direction="in"))[0]
    assert (seen["id"], seen["text"]) == (answer["messages"][0]["id"], "*Sugeng rawuh*")
    assert await sim.violations() == []


async def test_a_wrong_token_a_wrong_number_and_bad_json_are_refused(sim):
    assert code(await sim.graph.post("/1060000000331/messages", headers={"Authorization": "Bearer x"}, json={})) == 190
    assert code(await sim.graph.post("/999/messages", json={})) == 100
    assert code(await sim.graph.post("/1060000000331/messages", content=b"{")) == 100
    error = (await sim.send(text={"body": "a" * 4097})).json()["error"]
    assert error["type"] == "OAuthException" and "4096" in error["error_data"]["details"] and error["fbtrace_id"]
    assert len(await sim.violations()) == 3


async def test_outside_the_24_hours_only_templates_pass(sim, bot):
    assert code(await sim.send()) == 131047
    await sim.say()
    assert (await sim.send()).status_code == 200
    await sim.control.post("/phones/1/window", json={"hours_ago": 25})
    assert code(await sim.send()) == 131047
    parameters = [{"type": "body", "parameters": [{"type": "text", "text": "LM-261122-7K4F"}]}]
    template = {"name": "pemberitahuan_permohonan", "language": {"code": "id"}, "components": parameters}
    assert (await sim.send(type="template", template=template)).status_code == 200
    assert "LM-261122-7K4F" in (await sim.chat())[-1]["text"]
    await sim.hand({"type": "tap", "option": "Baca kabar"})
    assert (await bot.wait("messages", 2))[-1]["button"] == {"payload": "Baca kabar", "text": "Baca kabar"}
    assert (await sim.send()).status_code == 200
    await sim.control.put("/clock", json={"skew_seconds": 90_000})
    assert code(await sim.send()) == 131047


async def test_the_closed_window_can_also_come_as_a_failed_status(sim, bot):
    await sim.behave(window_error="status")
    sent = (await sim.send(biz_opaque_callback_data="9")).json()["messages"][0]["id"]
    status = (await bot.wait("statuses", 1))[0]
    assert (status["id"], status["status"], status["errors"][0]["code"]) == (sent, "failed", 131047)
    assert status["biz_opaque_callback_data"] == "9" and "recipient_user_id" not in status
    assert await sim.chat() == []


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ({"name": "tidak_ada", "language": {"code": "id"}}, 132001),
        ({"name": "pemberitahuan_permohonan", "language": {"code": "en"}}, 132001),
        ({"name": "pemberitahuan_permohonan", "language": {"code": "id"}}, 132000),
    ],
)
async def test_a_template_must_exist_and_get_its_parameters(sim, template, expected):
    assert code(await sim.send(type="template", template=template)) == expected


async def test_statuses_rise_in_order_and_echo_our_id(sim, bot):
    await sim.behave(auto_read=True)
    await sim.say()
    await sim.send(biz_opaque_callback_data="42")
    rows = await bot.wait("statuses", 3)
    assert [row["status"] for row in rows] == ["sent", "delivered", "read"]
    assert {row["biz_opaque_callback_data"] for row in rows} == {"42"}
    assert rows[0]["pricing"] == {"billable": False, "pricing_model": "PMP", "type": "free_customer_service", "category": "service"}
    assert "pricing" in rows[1] and "pricing" not in rows[2]


async def test_statuses_can_come_backwards_with_delivered_left_out(sim, bot):
    await sim.behave(auto_read=True, status_order="reversed", skip_delivered=True)
    await sim.say()
    await sim.send()
    assert [row["status"] for row in await bot.wait("statuses", 2)] == ["read", "sent"]


async def test_a_phone_without_internet_gets_its_messages_later(sim, bot):
    await sim.say()
    await sim.control.patch("/phones/1", json={"online": False})
    await sim.send()
    await bot.wait("statuses", 1)
    await asyncio.sleep(0.05)
    assert [row["status"] for row in bot.rows("statuses")] == ["sent"]
    await sim.control.patch("/phones/1", json={"online": True})
    assert [row["status"] for row in await bot.wait("statuses", 2)] == ["sent", "delivered"]
    assert (await sim.control.post("/phones/1/read")).json() == {"read": 1}
    assert (await bot.wait("statuses", 3))[-1]["status"] == "read"


async def test_the_thousand_and_first_service_message_of_a_month_costs(sim, bot):
    await sim.behave(free_service_messages=2)
    await sim.say()
    for _ in range(3):
        await sim.send()
    rows = await bot.wait("statuses", 6)
    assert sorted(row["pricing"]["billable"] for row in rows if row["status"] == "sent") == [False, False, True]
    assert (await sim.control.get("/sends")).json()["pricing"] == {"by_category": {"service": 3}, "billable": 1, "free": 2}


async def test_nobody_there_is_accepted_first_and_fails_later(sim, bot):
    answer = await sim.send(to="+6289999999999")
    assert answer.status_code == 200
    status = (await bot.wait("statuses", 1))[0]
    assert (status["recipient_id"], status["errors"][0]["code"]) == ("6289999999999", 131026)


async def test_a_number_without_plus_gets_a_country_code_and_a_bsuid_in_to_vanishes(sim, bot):
    await sim.say()
    await sim.send(to="6281200000001")
    assert (await bot.wait("statuses", 1))[0]["recipient_id"] == "626281200000001"
    assert (await sim.send(to=sim.world.phones["1"].user_id)).status_code == 200
    assert [row["path"] for row in await sim.violations()] == ["to", "to"]
    assert await sim.chat(direction="in") == []


def test_a_burst_is_paid_back_with_time():
    limit = PairLimit()
    taken = [limit.take("one", now, interval=6, burst=3) for now in (0, 0, 0, 0, 5.9, 6, 6, 18.1, 18.1, 18.1)]
    assert taken == [True, True, True, False, False, True, False, True, True, False]


async def test_the_pair_limit_lets_a_burst_through_and_then_holds_back_that_user_only(sim):
    await sim.behave(pair_burst=3, pair_interval=60)
    await sim.say()
    await sim.say(phone="2")
    assert [(await sim.send()).status_code for _ in range(3)] == [200] * 3
    assert code(await sim.send()) == 131056
    assert (await sim.send(to="+6281200000002")).status_code == 200
    assert await sim.violations() == []


async def test_the_number_limit_counts_all_users_together(sim):
    await sim.say()
    await sim.behave(number_per_second=2)
    await asyncio.sleep(1.05)
    await sim.send()
    await sim.send()
    assert code(await sim.send()) == 130429


async def test_read_receipts_colour_all_earlier_ticks_and_show_typing(sim):
    first, second = await sim.say("satu"), await sim.say("dua")
    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": second["id"], "typing_indicator": {"type": "text"}}
    with sim.world.hub.listen() as events:
        assert (await sim.send(receipt)).json() == {"success": True}
        names = [events.get_nowait()[0] for _ in range(events.qsize())]
    assert "typing" in names
    assert [message["state"] for message in await sim.chat()] == ["read", "read"]
    assert code(await sim.send(receipt | {"message_id": "wamid.unknown"})) == 131009
    assert first["state"] == "sent"


async def test_a_reaction_of_the_bot_sticks_to_the_message(sim):
    said = await sim.say()
    assert (await sim.send(type="reaction", reaction={"message_id": said["id"], "emoji": "👍"})).status_code == 200
    assert (await sim.chat())[0]["reactions"] == {"business": "👍"}
    assert code(await sim.send(type="reaction", reaction={"message_id": "wamid.none", "emoji": "👍"})) == 131009


# Media


async def test_an_upload_is_sent_fetched_and_deleted(sim):
    await sim.say()
    media_id = (await sim.upload(PDF, "application/pdf", "Akta.pdf")).json()["id"]
    assert (await sim.send(type="document", document={"id": media_id, "filename": "Akta.pdf"})).status_code == 200
    seen = (await sim.chat())[-1]
    assert seen["shown"]["media"]["sha256"] == hashlib.sha256(PDF).hexdigest()
    info = (await sim.graph.get(f"/{media_id}", params={"phone_number_id": "1060000000331"})).json()
    assert (info["mime_type"], info["file_size"], info["sha256"]) == ("application/pdf", len(PDF), hashlib.sha256(PDF).hexdigest())
    assert (await sim.graph.delete(f"/{media_id}")).json() == {"success": True}
    assert code(await sim.graph.get(f"/{media_id}")) == 100


async def test_a_media_address_needs_the_token_and_ends(sim):
    media_id = (await sim.upload(PDF, "application/pdf")).json()["id"]
    url = (await sim.graph.get(f"/{media_id}")).json()["url"]
    assert httpx.URL(url).host == "127.0.0.1"
    assert (await sim.control.get(url)).status_code == 401
    assert (await sim.graph.get(url)).content == PDF
    await sim.control.put("/clock", json={"skew_seconds": 301})
    assert (await sim.graph.get(url)).status_code == 404
    fresh = (await sim.graph.get(f"/{media_id}")).json()["url"]
    assert (await sim.graph.get(fresh)).status_code == 200
    await sim.control.put("/clock", json={"skew_seconds": 31 * 86_400})
    answer = await sim.graph.get(f"/{media_id}")
    assert (code(answer), answer.json()["error"]["error_subcode"]) == (100, 33)


async def test_the_checksum_can_be_base64_and_the_number_must_be_ours(sim):
    await sim.behave(sha256_encoding="base64")
    media_id = (await sim.upload(PDF, "application/pdf")).json()["id"]
    assert base64.b64decode((await sim.graph.get(f"/{media_id}")).json()["sha256"]) == hashlib.sha256(PDF).digest()
    assert code(await sim.graph.get(f"/{media_id}", params={"phone_number_id": "1"})) == 100


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (b"x", "application/zip"),
        (b"", "application/pdf"),
        (b"no jpeg", "image/jpeg"),
        (b"\xff\xd8\xff" + b"0" * (100 * 1024 * 1024), "image/jpeg"),
    ],
    ids=["type", "empty", "content", "size"],
)
async def test_an_upload_must_be_of_a_type_and_size_that_meta_takes(sim, content, mime):
    assert code(await sim.upload(content, mime)) == 131053


async def test_media_is_sent_only_as_what_it_is(sim):
    await sim.say()
    paper, photo = [(await sim.upload(*file)).json()["id"] for file in ((PDF, "application/pdf"), (jpeg(), "image/jpeg"))]
    big = (await sim.upload(b"\xff\xd8\xff" + b"0" * (6 * 1024 * 1024), "image/jpeg")).json()["id"]
    assert code(await sim.send(type="image", image={"id": paper})) == 131053
    assert code(await sim.send(type="image", image={"id": big})) == 131053
    assert code(await sim.send(type="image", image={"id": "12345"})) == 100
    assert (await sim.send(type="image", image={"id": photo})).status_code == 200
    header = {"type": "document", "document": {"id": photo}}
    buttons = [{"type": "reply", "reply": {"id": "a", "title": "A"}}]
    interactive = {"type": "button", "header": header, "body": {"text": "a"}, "action": {"buttons": buttons}}
    assert (await sim.send(type="interactive", interactive=interactive)).status_code == 200


# Faults on demand


async def test_the_next_sends_to_one_user_answer_an_ordered_code(sim):
    await sim.say()
    await sim.say(phone="2")
    await sim.control.post("/faults", json={"kind": "error", "to": "+6281200000001", "count": 2, "code": 131016})
    assert [(await sim.send(to="+6281200000002")).status_code, code(await sim.send()), code(await sim.send())] == [200, 131016, 131016]
    assert (await sim.send()).status_code == 200
    outcomes = [send["outcome"] for send in (await sim.control.get("/sends")).json()["sends"]]
    assert outcomes == ["accepted", "error 131016", "error 131016", "accepted"]


async def test_an_answer_can_be_lost_after_the_message_was_accepted(sim):
    await sim.say()
    await sim.control.post("/faults", json={"kind": "lost_answer"})
    with pytest.raises(httpx.RemoteProtocolError):
        await sim.send()
    assert len(await sim.chat(direction="in")) == 1


async def test_an_answer_can_be_slow_or_no_json_or_a_later_failure(sim, bot):
    await sim.say()
    await sim.control.post("/faults", json={"kind": "slow_answer", "delay": 0.3})
    with pytest.raises(httpx.ReadTimeout):
        await sim.graph.post(
            "/1060000000331/messages", json={"messaging_product": "whatsapp", "to": "+6281200000001", "text": {"body": "a"}}, timeout=0.1
        )
    await sim.control.post("/faults", json={"kind": "non_json"})
    answer = await sim.send()
    assert (answer.status_code, answer.headers["content-type"][:9]) == (500, "text/html")
    await sim.control.post("/faults", json={"kind": "failed_status", "code": 131049})
    await sim.send()
    assert (await bot.wait("statuses", 3))[-1]["errors"][0]["code"] == 131049


async def test_a_download_can_be_corrupt_and_media_calls_can_fail(sim):
    media_id = (await sim.upload(PDF, "application/pdf")).json()["id"]
    await sim.control.post("/faults", json={"kind": "corrupt", "place": "media_download"})
    await sim.control.post("/faults", json={"kind": "error", "place": "media_info", "code": 131000})
    assert code(await sim.graph.get(f"/{media_id}")) == 131000
    url = (await sim.graph.get(f"/{media_id}")).json()["url"]
    assert (await sim.graph.get(url)).content != PDF
    assert (await sim.graph.get(url)).content == PDF


# Control


async def test_wrong_orders_are_refused_in_words(sim):
    for path, asked in (
        ("/faults", {"kind": "error", "colour": 1}),
        ("/phones/1/send", {"type": "fax"}),
        ("/phones/1/send", {"type": "text"}),
    ):
        answer = await sim.control.post(path, json=asked)
        assert answer.status_code == 422 and answer.json()["error"]
    assert (await sim.control.patch("/behaviour", json={"colour": 1})).status_code == 422
    assert (await sim.control.get("/phones/99/messages")).status_code == 404


async def test_a_test_can_wait_for_the_bots_next_message(sim):
    said = await sim.say()
    waiting = asyncio.create_task(sim.chat(after=said["id"], direction="in", wait=5))
    await asyncio.sleep(0.05)
    await sim.send(text={"body": "Monggo"})
    assert [message["text"] for message in await asyncio.wait_for(waiting, 2)] == ["Monggo"]


async def test_reset_empties_everything(sim):
    await sim.say()
    await sim.send(text={"body": ""})
    await sim.control.post("/reset")
    assert await sim.chat() == [] and await sim.violations() == []


async def test_a_page_of_another_site_may_not_work_the_control_api(sim):
    assert (await sim.control.post("/reset", headers={"Origin": "https://elsewhere.example"})).status_code == 403
    assert (await sim.control.post("/reset", headers={"Origin": sim.address})).status_code == 200
