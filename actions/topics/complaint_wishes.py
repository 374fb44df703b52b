"""Answers what is said of complaints: how far one is, take it up again, withdraw it, keep my name, where else to complain; and praise."""

import asyncio

from actions import weighing
from actions.context import TurnContext
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


async def noticed(ctx: TurnContext) -> bool:
    """Whether the message is about a complaint of before, or about complaining. One that tells something new is none."""
    turn = ctx.turn
    if turn.kind != "text":
        return False
    acts = {name: margin for name, margin in turn.acts.items() if name in WISHES}
    if not acts:
        return False
    wish = max(acts, key=lambda name: acts[name])
    if wish == "cabut_pengaduan" and ctx.draft is not None and not own(ctx):
        return False  # who has no complaint and a registration under way gives up that (`ora sido, batalno`)
    needed = _needed(ctx, wish)
    if acts[wish] < needed or acts[wish] <= turn.complains:
        return False
    if ctx.reads_open() and acts[wish] < weighing.SAID:
        return False
    ctx.conversation.side = None
    await WISHES[wish](ctx)
    return True


def _needed(ctx: TurnContext, wish: str) -> float:
    rows = own(ctx)
    if not rows:
        return weighing.SAID
    return weighing.AGAIN if wish == "buka_lagi" and rows[0].closed else weighing.WISH


async def suggest(ctx: TurnContext) -> None:
    """`saran`: praise is thanked for; a suggestion is taken as any complaint."""
    kinds = ctx.turn.kinds
    if ctx.turn.complains >= weighing.DOUBT and kinds:
        await telling.begin(ctx, sure=ctx.turn.complains >= weighing.SURE)
    else:
        ctx.say("pujian_diterima")


def own(ctx: TurnContext) -> list[ComplaintRow]:
    """The contact's complaints, the newest first; a number that the message names comes alone."""
    rows = [row for row in ctx.record.complaints if not categories()[row.category].wish]
    number = read_complaint_number(ctx.turn.text) if ctx.turn.text else None
    return [row for row in rows if row.number == number] or rows


async def tell_status(ctx: TurnContext) -> None:
    """How far each complaint is; where the back office does not answer, what the chat itself knows."""
    rows = own(ctx)
    if not rows:
        ctx.say("aduan_belum_ada")
        return
    chosen = [row for row in rows if not row.closed][:MOST] or rows[:1]
    for row, stated in zip(chosen, await asyncio.gather(*(state_of(ctx, row.number) for row in chosen)), strict=True):
        due = stated.answer_due if stated else None
        state = stated.state if stated else None
        key = (
            f"status_aduan_{state}" if ctx.catalogue.has(f"status_aduan_{state}") else "status_aduan" if due else "status_aduan_diteruskan"
        )
        ctx.say(key, aduan=row.number, waktu=write_moment(due) if due else "")


async def state_of(ctx: TurnContext, number: str) -> ComplaintState | None:
    """What the back office says of a complaint, or None where it says nothing now."""
    try:
        return await ctx.intake.backoffice.complaint(number)
    except BackOfficeDown:
        return None


async def reopen(ctx: TurnContext) -> None:
    """`buka lagi`: within the days that the office gives; after them a new complaint is taken."""
    rows = own(ctx)
    if not rows:
        await telling.begin(ctx, sure=True)
        return
    row = next((row for row in rows if row.closed), rows[0])
    stated = await state_of(ctx, row.number)
    until = stated.reopen_until if stated else None
    if until is not None and ctx.turn.at > until:
        ctx.say("aduan_tidak_dapat_dibuka", aduan=row.number)
        await telling.begin(ctx, sure=True)
        return
    complaints.add_message(ctx, row.number, ctx.turn.text, [])
    ctx.changes.reopened.append(row.number)
    ctx.say("aduan_dibuka_lagi" if row.closed else "aduan_belum_selesai", aduan=row.number)


async def withdraw(ctx: TurnContext) -> None:
    """`cabut`: after one confirmation."""
    rows = [row for row in own(ctx) if not row.closed]
    if not rows:
        ctx.say("aduan_belum_ada")
        return
    ctx.ask_aside("aduan_cabut", number=rows[0].number, values={"aduan": rows[0].number})


async def withdrawal_confirmed(ctx: TurnContext, side: Side, choice: str) -> None:
    """The answer to it."""
    number = str(side.data["number"])
    if choice != "ya":
        ctx.say("aduan_tetap", aduan=number)
        return
    path = f"/api/complaints/{number}/withdrawal/{ctx.turn.id}"
    ctx.changes.dispatches.append(Dispatch(f"withdrawal:{ctx.turn.id}", number, path, ComplaintWish(at=ctx.turn.at).body()))
    ctx.changes.closed.append(number)
    ctx.changes.over.append(number)
    ctx.say("aduan_dicabut", aduan=number)


async def rated(ctx: TurnContext, side: Side, choice: str) -> None:
    """Whether it helped. A low answer is asked for a word, by which the complaint is taken up again."""
    number = str(side.data["number"])
    body = ComplaintRating(value=int(choice), at=ctx.turn.at).body()
    path = f"/api/complaints/{number}/rating/{ctx.turn.id}"
    ctx.changes.dispatches.append(Dispatch(f"rating:{ctx.turn.id}", number, path, body))
    if int(choice) <= LOW:
        ctx.ask_aside("aduan_kurang", options=[], number=number, values={"aduan": number})
    else:
        ctx.say("aduan_dinilai")


async def said_what_lacked(ctx: TurnContext, side: Side, text: str) -> None:
    """The word behind a low answer takes the complaint up again."""
    number = str(side.data["number"])
    complaints.add_message(ctx, number, text, [])
    ctx.changes.reopened.append(number)
    ctx.say("aduan_dibuka_lagi", aduan=number)


async def keep_secret(ctx: TurnContext) -> None:
    """`rahasiakan`: of a complaint that is filed its reader alone sees it from now on; before one is told, what can be kept is said."""
    rows = [row for row in own(ctx) if not row.closed]
    if not rows:
        await telling.begin(ctx, sure=True)
        story = ctx.conversation.story
        if story is not None:
            story.hidden = True
        ctx.reply.paragraphs.clear()
        ctx.say("aduan_kerahasiaan")
        return
    number = rows[0].number
    path = f"/api/complaints/{number}/restriction/{ctx.turn.id}"
    ctx.changes.dispatches.append(Dispatch(f"restriction:{ctx.turn.id}", number, path, ComplaintWish(at=ctx.turn.at).body()))
    ctx.changes.restricted.append(number)
    ctx.say("aduan_dirahasiakan", aduan=number)


async def tell_channels(ctx: TurnContext) -> None:
    """Where else one can complain (`office.yml`)."""
    ctx.say("aduan_kanal")
    ctx.offer("menu", "aduan_kanal")


WISHES = {
    "status_pengaduan": tell_status,
    "buka_lagi": reopen,
    "cabut_pengaduan": withdraw,
    "rahasiakan": keep_secret,
    "kanal_pengaduan": tell_channels,
}
"""By the act of the complaint model."""
