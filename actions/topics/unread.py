"""Answers a turn that was stopped because it took too long: nothing is lost, and the person knows where it went."""

from actions.talk import Talk
from actions.topics import complaints


async def handle(talk: Talk) -> None:
    """A text goes to the desk as it stands; files, which nobody finished looking at, are asked for one at a time."""
    turn = talk.turn
    if turn.kind == "documents":
        talk.say("berkas_tidak_selesai")
        return
    words = turn.text or talk.text("isi_pesan_lain", jenis=turn.other.get("type", ""))
    number = await complaints.file(talk, "minta_petugas", words, talk.draft.number if talk.draft else None)
    talk.say("pesan_tidak_selesai", aduan=number)
