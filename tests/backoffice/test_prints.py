"""Whatever stands in a kept bundle, the case can be printed; whatever step is asked for too early, a sentence says why not."""

import pytest

from backoffice.errors import Refusal
from backoffice.web.problems import sentence_of
from standard import stages
from tests.backoffice.office import make_bundle, send_bundle
from tests.backoffice.test_chain import NUMBER

HOSTILE = {
    "pelapor_alamat": '=cmd|"/c calc"!A1 \u202eABC\u2066\u200f',
    "ayah_alamat": '<b>x</i><img src="file:///etc/passwd"/><para>&amp;&bogus;<a href="http://x.invalid">',
    "ibu_alamat": "A\x01\x02\x07\x1b[31mB\x7f a\n\n",
}


@pytest.mark.parametrize("address", ["X" * 4990, "a\n" * 2495], ids=["one word", "lines"])
async def test_a_case_with_such_an_address_and_such_answers_is_printed(api, sign_in, address):
    bundle = make_bundle()
    bundle["alamat_kia"]["alamat"] = address
    bundle["answers"] |= {name: {"value": (text * 2000)[:1990], "source": "chat"} for name, text in HOSTILE.items()}
    assert (await send_bundle(api, bundle)).status_code == 201
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    printed = await petugas.client.get(f"/permohonan/{NUMBER}/cetak.pdf")
    assert printed.status_code == 200 and printed.content.startswith(b"%PDF")


@pytest.mark.parametrize("transition", stages.transitions().values(), ids=lambda transition: transition.id)
def test_what_a_step_still_needs_is_said_in_words(transition):
    for fact in transition.needs:
        assert sentence_of(Refusal(409, "not_ready", missing=[fact])).endswith((".", "?"))
