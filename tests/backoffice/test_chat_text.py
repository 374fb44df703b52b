"""Messages are shown as the phone shows them, and nothing that somebody wrote becomes part of the page."""

import pytest

from backoffice.web.chat_text import write_chat


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Berkas *lengkap* pukul 09.10", "Berkas <strong>lengkap</strong> pukul 09.10"),
        ("_sudah_ dan ~batal~", "<em>sudah</em> dan <s>batal</s>"),
        ("*Nomor: LM-261123-7K4F*\n*dua*", "<strong>Nomor: LM-261123-7K4F</strong>\n<strong>dua</strong>"),
        ("5*3*2 dan nama_anak_saya", "5*3*2 dan nama_anak_saya"),
        ("* bukan * dan *\nputus*", "* bukan * dan *\nputus*"),
        ('*<b>x</b>* & "y"', "<strong>&lt;b&gt;x&lt;/b&gt;</strong> &amp; &#34;y&#34;"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ],
)
def test_marks_become_the_look_that_they_stand_for_and_everything_else_is_text(written: str, shown: str) -> None:
    assert write_chat(written) == shown
