"""A confined process, which has no socket for an event loop, tells signatures apart as any other does."""

from documents import Opener
from tests.backoffice.papers import make_final, other_root, root


async def test_a_signature_is_validated_behind_all_walls():
    opener = Opener(workers=1)
    try:
        signed = make_final("3316990101260001", "SPESIMEN ANAK")
        stated = [(await opener.examine(signed, roots)).signatures for roots in ([], [root()], [other_root()])]
        assert [tuple(words) for words in stated] == [("unknown",), ("trusted",), ("unknown",)]
        spoilt = await opener.examine(signed.replace(b"/ByteRange [0 ", b"/ByteRange [1 "), [root()])
        assert tuple(spoilt.signatures) == ("broken",)
    finally:
        await opener.close()
