"""A photo that became a page of a document stands in the chat beside the case, for whoever may see that document."""

import httpx
import pytest
from sanic import Sanic

from tests.backoffice.office import make_bundle, make_document, make_picture, put_picture, send_bundle
from tests.backoffice.test_chain import NUMBER, check_documents

CHAT = [("in-1", "image", ""), ("in-2", "image", "ini surat nikahnya"), ("in-3", "image", ""), ("out-1", "text", "*Terima kasih*")]


@pytest.fixture
async def chat(app: Sanic):
    """The bot with a chat of photos."""
    messages = [
        {"id": line, "at": f"2026-11-22T02:00:0{n}Z", "direction": line.partition("-")[0], "type": kind, "text": said, "state": "read"}
        for n, (line, kind, said) in enumerate(CHAT)
    ]
    app.ctx.http = httpx.AsyncClient(
        transport=httpx.MockTransport(lambda _: httpx.Response(200, json={"messages": messages, "next": None}))
    )


async def test_a_photo_of_the_bundle_is_shown_where_it_was_sent_and_leads_to_its_document(api, sign_in, chat):
    bundle = make_bundle()
    kk, marriage = bundle["documents"][0], bundle["documents"][3]
    for document, line in ((kk, "in-1"), (marriage, "in-2")):
        document["pages"][0]["line"] = line
    await send_bundle(api, bundle)
    petugas = await sign_in("petugas")
    assert (await petugas.open(f"/permohonan/{NUMBER}/percakapan")).status_code == 409, "not before the case is taken"
    await petugas.take(NUMBER)
    page = (await petugas.open(f"/permohonan/{NUMBER}/percakapan")).text
    shown = f'src="/permohonan/{NUMBER}/berkas/{kk["submission"]}/halaman/0?kecil=1"'
    assert page.count('data-testid="chat-picture"') == 2 and shown in page
    assert "ini surat nikahnya" in page, "a caption stays"
    assert page.count("[foto]") == 1, "what became no page is named"
    assert "<strong>Terima kasih</strong>" in page
    await petugas.open(f"/permohonan/{NUMBER}")
    await check_documents(petugas, NUMBER, wrong={"kk"})
    assert (await petugas.act(NUMBER, "kembalikan_berkas")).status_code == 303
    again = make_document("kk", make_picture("kk baru"))
    again["pages"][0]["line"] = "in-3"
    await put_picture(api, "kk baru")
    assert (await api.put(f"/api/cases/{NUMBER}/documents/{again['submission']}", json=again)).is_success
    await petugas.open(f"/permohonan/{NUMBER}")
    await petugas.take(NUMBER)
    page = (await petugas.open(f"/permohonan/{NUMBER}/percakapan")).text
    assert page.count('data-testid="chat-picture"') == 3 and shown in page, "the one before and the one sent again"
    assert again["submission"] in page and "[foto]" not in page
