"""The phone's page works like the chat that an applicant knows (a real browser, a fake bot)."""

import io
import json
import shutil

import pytest
from PIL import Image
from playwright.async_api import async_playwright, expect

CHROMIUM = shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine")]


def photo(colour):
    out = io.BytesIO()
    Image.new("RGB", (800, 500), colour).save(out, "JPEG")
    return out.getvalue()


def upload(name, colour="teal"):
    return {"name": name, "mimeType": "image/jpeg", "buffer": photo(colour)}


@pytest.fixture
async def browser():
    async with async_playwright() as player:
        running = await player.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        await running.close()


async def opened(browser, address, **options):
    """The page, ready; `faults` gathers what the browser complains about."""
    page = await (await browser.new_context(locale="id-ID", timezone_id="Asia/Jakarta", **options)).new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    await page.goto(address)
    await page.wait_for_selector("html[data-ready]")
    return page, faults


def bubbles(page, direction):
    return page.locator(f"[data-testid=bubble][data-direction={direction}]")


async def test_a_chat_from_the_first_word_to_an_album(sim, bot, browser, settings):
    family = settings.specimen / "keluarga_budi"
    family.mkdir(parents=True)
    for name in ("ktp_ayah", "ktp_ibu", "kk"):
        (family / f"{name}.jpg").write_bytes(photo("navy"))
    page, faults = await opened(browser, sim.address)

    await page.get_by_label("Ketik pesan").fill("Sugeng enjing")
    await page.get_by_test_id("send").click()
    said = (await bot.wait("messages", 1))[0]
    ticks = bubbles(page, "out").first.get_by_test_id("ticks")
    await expect(ticks).to_have_attribute("data-state", "delivered")
    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": said["id"], "typing_indicator": {"type": "text"}}
    await sim.send(receipt)
    await expect(ticks).to_have_attribute("data-state", "read")
    await expect(page.get_by_test_id("presence")).to_have_text("mengetik…")

    await sim.send(text={"body": "*Tebal* _miring_ ~coret~ <img src=x onerror=alert(1)> https://blora.go.id/a_b_c"})
    answer = bubbles(page, "in").first
    await expect(answer.locator("strong")).to_have_text("Tebal")
    await expect(answer.locator("em")).to_have_text("miring")
    await expect(answer.locator("s")).to_have_text("coret")
    await expect(answer.locator("a")).to_have_attribute("href", "https://blora.go.id/a_b_c")
    await expect(answer).to_contain_text("<img src=x onerror=alert(1)>")
    await expect(page.get_by_test_id("typing")).to_have_count(0)

    buttons = [{"type": "reply", "reply": {"id": key, "title": title}} for key, title in (("ya", "Ya, lanjut"), ("tidak", "Tidak"))]
    await sim.send(type="interactive", interactive={"type": "button", "body": {"text": "Lanjut?"}, "action": {"buttons": buttons}})
    await page.get_by_role("button", name="Ya, lanjut").click()
    assert (await bot.wait("messages", 2))[1]["interactive"]["button_reply"]["id"] == "ya"
    await expect(page.get_by_role("button", name="Ya, lanjut")).to_be_disabled()

    rows = [{"id": "ayah", "title": "Ayah"}, {"id": "ibu", "title": "Ibu", "description": "Ibu kandung"}]
    action = {"button": "Pilih pelapor", "sections": [{"rows": rows}]}
    await sim.send(type="interactive", interactive={"type": "list", "body": {"text": "Siapa?"}, "action": action})
    await page.get_by_role("button", name="Pilih pelapor").click()
    await page.get_by_role("radio", name="Ibu").check()
    await page.get_by_test_id("list-send").click()
    assert (await bot.wait("messages", 3))[2]["interactive"]["list_reply"] == rows[1]

    await page.get_by_test_id("file-photo").set_input_files([upload("a.jpg"), upload("b.jpg", "red")])
    await page.get_by_test_id("preview-caption").fill("Berkas saya")
    await page.get_by_test_id("preview-send").click()
    assert [row["type"] for row in (await bot.wait("messages", 5))[3:]] == ["image", "image"]
    await expect(bubbles(page, "out").last).to_contain_text("Berkas saya")

    await page.get_by_role("button", name="Kirim KTP ayah").click()
    assert (await bot.wait("messages", 6))[5]["type"] == "image"
    await page.get_by_test_id("drawer-select").click()
    for item in await page.get_by_test_id("drawer-item").all():
        await item.click()
    await page.get_by_test_id("drawer-send").click()
    await bot.wait("messages", 9)
    await page.get_by_text("Sebagai dokumen").click()
    await page.get_by_role("button", name="Kirim KK").click()
    assert (await bot.wait("messages", 10))[9]["document"]["filename"] == "kk.jpg"

    read = [row["status"] for row in await bot.wait("statuses", 9)]
    assert read.count("read") == 3
    assert await sim.violations() == []
    assert faults == []


async def test_a_second_phone_without_a_number_stands_beside_the_first(sim, bot, browser):
    page, faults = await opened(browser, sim.address, viewport={"width": 1400, "height": 900})
    await page.get_by_test_id("new-phone").click()
    await page.get_by_test_id("without-number").check()
    await page.get_by_role("button", name="Buat").click()
    await expect(page.get_by_test_id("whose")).to_have_text("Warga SPESIMEN")
    await page.get_by_test_id("composer").fill("halo")
    await page.get_by_test_id("composer").press("Enter")
    assert "from" not in (await bot.wait("messages", 1))[0]
    await page.get_by_test_id("phone").first.click()
    await page.get_by_test_id("beside").nth(2).click()
    second = page.frame_locator("[data-testid=second-phone]")
    await expect(second.get_by_test_id("bubble")).to_contain_text("halo")
    await second.get_by_test_id("composer").fill("dari samping")
    await second.get_by_test_id("send").click()
    assert (await bot.wait("messages", 2))[1]["text"]["body"] == "dari samping"
    assert faults == []


async def test_on_a_small_phone_nothing_is_cut_off_and_the_drawer_is_two_taps_away(sim, bot, browser, settings):
    settings.specimen.mkdir()
    (settings.specimen / "kk.png").write_bytes(photo("green"))
    page, faults = await opened(browser, f"{sim.address}/?phone=2", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await expect(page.get_by_test_id("drawer")).not_to_be_visible()
    await page.get_by_test_id("attach").tap()
    await page.get_by_test_id("attach-specimen").tap()
    await page.get_by_test_id("drawer-item").tap()
    assert (await bot.wait("messages", 1))[0]["from"] == "6281200000002"
    await expect(page.get_by_test_id("drawer")).not_to_be_visible()
    await expect(page.get_by_test_id("bubble")).to_have_count(1)
    assert faults == []


def screen(name, title, initial, *children):
    form = {"type": "Form", "name": "isian", "init-values": initial, "children": list(children)}
    return {"id": name, "title": title, "layout": {"type": "SingleColumnLayout", "children": [form]}}


def line(name, label):
    return {"type": "TextInput", "name": name, "label": label, "input-type": "text", "required": False, "max-chars": 60}


def end(label, **action):
    return {"type": "Footer", "label": label, "on-click-action": action}


REPORTERS = [{"id": "ayah", "title": "Ayah"}, {"id": "lain", "title": "Orang lain"}]
FIRST = [
    {"type": "RadioButtonsGroup", "name": "pelapor", "label": "Pelapor", "required": True, "data-source": REPORTERS},
    {"type": "If", "condition": "${form.pelapor} == 'lain'", "then": [line("hubungan", "Hubungan")]},
    end("Lanjut", name="navigate", next={"type": "screen", "name": "DUA"}, payload={}),
]
BACK = {name: f"${{screen.SATU.form.{name}}}" for name in ("pelapor", "hubungan")} | {"lahir": "${form.lahir}", "berat": "${form.berat}"}
SECOND = [
    {"type": "DatePicker", "name": "lahir", "label": "Tanggal lahir", "required": False},
    line("berat", "Berat"),
    end("Kirim", name="complete", payload=BACK),
]
FLOW = {
    "version": "7.0",
    "screens": [screen("SATU", "Keluarga", "${data.awal}", *FIRST), screen("DUA", "Anak", "${screen.SATU.data.anak}", *SECOND)],
}


async def test_a_form_is_filled_in_from_screen_to_screen_and_comes_back_with_its_token(sim, bot, browser):
    sim.world.flows["77"] = FLOW
    page, faults = await opened(browser, sim.address, viewport={"width": 390, "height": 844})
    await sim.say()
    parameters = {
        "flow_message_version": "3", "flow_id": "77", "flow_cta": "Isi formulir", "flow_token": "lahir:abc", "flow_action": "navigate",
        "flow_action_payload": {"screen": "SATU", "data": {"awal": {"pelapor": "ayah"}, "anak": {"berat": "3100"}}},
    }  # fmt: skip
    action = {"name": "flow", "parameters": parameters}
    await sim.send(type="interactive", interactive={"type": "flow", "body": {"text": "Silakan diisi."}, "action": action})
    await page.get_by_role("button", name="Isi formulir").click()
    await expect(page.get_by_role("radio", name="Ayah")).to_be_checked()
    await expect(page.get_by_label("Hubungan")).to_have_count(0)
    await page.get_by_role("radio", name="Orang lain").check()
    await page.get_by_label("Hubungan").fill("nenek")
    await page.get_by_test_id("flow-on").click()
    await expect(page.get_by_label("Berat")).to_have_value("3100")
    await page.get_by_label("Tanggal lahir").fill("2026-11-01")
    await page.get_by_test_id("flow-back").click()
    await expect(page.get_by_label("Hubungan")).to_have_value("nenek")
    await page.get_by_test_id("flow-on").click()
    await expect(page.get_by_label("Tanggal lahir")).to_have_value("2026-11-01")
    await page.get_by_test_id("flow-on").click()
    reply = (await bot.wait("messages", 2))[1]["interactive"]
    assert reply["type"] == "nfm_reply"
    assert json.loads(reply["nfm_reply"]["response_json"]) == {
        "flow_token": "lahir:abc", "pelapor": "lain", "hubungan": "nenek", "lahir": "2026-11-01", "berat": "3100",
    }  # fmt: skip
    await expect(page.get_by_test_id("flow-sheet")).to_have_count(0)
    await expect(bubbles(page, "out").last).to_contain_text("Formulir terkirim")
    assert faults == []
    assert (await sim.violations()) == []
