"""Answers a turn that was stopped because it took too long: nothing is lost, and the person knows where it went."""

from actions.context import TurnContext
from actions.topics import complaints


async def handle(ctx: TurnContext) -> None:
    """A text goes to the desk as it stands; files, which nobody finished looking at, are asked for one at a time."""
    turn = ctx.turn
    if turn.kind == "documents":
        ctx.say("berkas_tidak_selesai")
        return
    words = turn.text or ctx.text("isi_pesan_lain", jenis=turn.other.get("type", ""))
    number = await complaints.file(ctx, "minta_petugas", words, ctx.draft.number if ctx.draft else None)
    ctx.say("pesan_tidak_selesai", aduan=number)
