"""Answers what is said of complaints: how far one is, take it up again, withdraw it, keep my name, where else to complain; and praise."""

import asyncio

from actions import weighing
from actions.talk import Talk
from actions.topics import complaints, telling
from contracts.complaint import ComplaintRating, ComplaintState, ComplaintWish
from intake.drafts.model import Side
from intake.drafts.tables import ComplaintRow
from intake.handover.backoffice import BackOfficeDown
from intake.handover.dispatches import Dispatch
from intake.reading import read_complaint_number
from standard.clock import write_moment
from standard.complaints import categories

MOST = 4
"""Complaints told of in one message."""

LOW = 2
"""The highest answer that says that it did not help."""

PRAISE = "pujian"


async def noticed(talk: Talk) -> bool:
    """Whether the message is about a complaint of before, or about complaining. One that tells something new is none."""
    turn = talk.turn
    if turn.kind != "text":
        return False
    acts = {name: margin for name, margin in turn.acts.items() if name in WISHES}
    if not acts:
        return False
    wish = max(acts, key=lambda name: acts[name])
    needed = _needed(talk, wish)
    if acts[wish] < needed or acts[wish] <= turn.complains:
        return False
    if talk.reads_open() and acts[wish] < weighing.SAID:
        return False
    talk.conversation.side = None
    await WISHES[wish](talk)
    return True


def _needed(talk: Talk, wish: str) -> float:
    rows = own(talk)
    if not rows:
        return weighing.SAID
    return weighing.AGAIN if wish == "buka_lagi" and rows[0].closed else weighing.WISH


async def suggest(talk: Talk) -> None:
    """`saran`: praise is thanked for; a suggestion is taken as any complaint."""
    kinds = talk.turn.kinds
    if talk.turn.complains >= weighing.DOUBT and kinds:
        await telling.begin(talk, sure=talk.turn.complains >= weighing.SURE)
    else:
        talk.say("pujian_diterima")


def own(talk: Talk) -> list[ComplaintRow]:
    """The contact's complaints, the newest first; a number that the message names comes alone."""
    rows = [row for row in talk.desk.complaints if not categories()[row.category].wish]
    number = read_complaint_number(talk.turn.text) if talk.turn.text else None
    return [row for row in rows if row.number == number] or rows


async def tell_status(talk: Talk) -> None:
    """How far each complaint is; where the back office does not answer, what the chat itself knows."""
    rows = own(talk)
    if not rows:
        talk.say("aduan_belum_ada")
        return
    chosen = [row for row in rows if not row.closed][:MOST] or rows[:1]
    for row, told in zip(chosen, await asyncio.gather(*(state_of(talk, row.number) for row in chosen)), strict=True):
        due = told.answer_due if told else None
        state = told.state if told else None
        key = (
            f"status_aduan_{state}" if talk.catalogue.has(f"status_aduan_{state}") else "status_aduan" if due else "status_aduan_diteruskan"
        )
        talk.say(key, aduan=row.number, waktu=write_moment(due) if due else "")


async def state_of(talk: Talk, number: str) -> ComplaintState | None:
    """What the back office says of a complaint, or None where it says nothing now."""
    try:
        return await talk.intake.backoffice.complaint(number)
    except BackOfficeDown:
        return None


async def reopen(talk: Talk) -> None:
    """`buka lagi`: within the days that the office gives; after them a new complaint is taken."""
    rows = own(talk)
    if not rows:
        await telling.begin(talk, sure=True)
        return
    row = next((row for row in rows if row.closed), rows[0])
    told = await state_of(talk, row.number)
    until = told.reopen_until if told else None
    if until is not None and talk.turn.at > until:
        talk.say("aduan_tidak_dapat_dibuka", aduan=row.number)
        await telling.begin(talk, sure=True)
        return
    complaints.add_message(talk, row.number, talk.turn.text, [])
    talk.changes.reopened.append(row.number)
    talk.say("aduan_dibuka_lagi" if row.closed else "aduan_belum_selesai", aduan=row.number)


async def withdraw(talk: Talk) -> None:
    """`cabut`: after one confirmation."""
    rows = [row for row in own(talk) if not row.closed]
    if not rows:
        talk.say("aduan_belum_ada")
        return
    talk.ask_aside("aduan_cabut", number=rows[0].number, values={"aduan": rows[0].number})


async def withdrawal_confirmed(talk: Talk, side: Side, choice: str) -> None:
    """The answer to it."""
    number = str(side.data["number"])
    if choice != "ya":
        talk.say("aduan_tetap", aduan=number)
        return
    path = f"/api/complaints/{number}/withdrawal/{talk.turn.id}"
    talk.changes.dispatches.append(Dispatch(f"withdrawal:{talk.turn.id}", number, path, ComplaintWish(at=talk.turn.at).body()))
    talk.changes.closed.append(number)
    talk.changes.over.append(number)
    talk.say("aduan_dicabut", aduan=number)


async def rated(talk: Talk, side: Side, choice: str) -> None:
    """Whether it helped. A low answer is asked for a word, by which the complaint is taken up again."""
    number = str(side.data["number"])
    body = ComplaintRating(value=int(choice), at=talk.turn.at).body()
    path = f"/api/complaints/{number}/rating/{talk.turn.id}"
    talk.changes.dispatches.append(Dispatch(f"rating:{talk.turn.id}", number, path, body))
    if int(choice) <= LOW:
        talk.ask_aside("aduan_kurang", options=[], number=number, values={"aduan": number})
    else:
        talk.say("aduan_dinilai")


async def said_what_lacked(talk: Talk, side: Side, text: str) -> None:
    """The word behind a low answer takes the complaint up again."""
    number = str(side.data["number"])
    complaints.add_message(talk, number, text, [])
    talk.changes.reopened.append(number)
    talk.say("aduan_dibuka_lagi", aduan=number)


async def keep_secret(talk: Talk) -> None:
    """`rahasiakan`: of a complaint that is filed its reader alone sees it from now on; before one is told, what can be kept is said."""
    rows = [row for row in own(talk) if not row.closed]
    if not rows:
        await telling.begin(talk, sure=True)
        story = talk.conversation.story
        if story is not None:
            story.hidden = True
        talk.reply.paragraphs.clear()
        talk.say("aduan_kerahasiaan")
        return
    number = rows[0].number
    path = f"/api/complaints/{number}/restriction/{talk.turn.id}"
    talk.changes.dispatches.append(Dispatch(f"restriction:{talk.turn.id}", number, path, ComplaintWish(at=talk.turn.at).body()))
    talk.changes.restricted.append(number)
    talk.say("aduan_dirahasiakan", aduan=number)


async def tell_channels(talk: Talk) -> None:
    """Where else one can complain (`office.yml`)."""
    talk.say("aduan_kanal")
    talk.offer("menu", "aduan_kanal")


WISHES = {
    "status_pengaduan": tell_status,
    "buka_lagi": reopen,
    "cabut_pengaduan": withdraw,
    "rahasiakan": keep_secret,
    "kanal_pengaduan": tell_channels,
}
"""By the act of the complaint model."""
