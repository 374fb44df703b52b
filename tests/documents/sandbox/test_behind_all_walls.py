"""The workers that services start come up behind all walls and do their work there."""

from documents import Kind, Opener, Pool, Verdict
from tests.documents.hostile import good_jpeg


async def test_the_reading_worker_reads_a_card():
    async with Pool(workers=1) as pool:
        check = await pool.check(good_jpeg(), Kind.KTP, share="contact-1")
    assert check.verdict is Verdict.OK and check.fields["nik"].startswith("331699")


async def test_the_opening_worker_shows_a_picture():
    opener = Opener(workers=1)
    try:
        assert (await opener.picture(good_jpeg(), "DILIHAT", 900)).width == 900
    finally:
        await opener.close()
