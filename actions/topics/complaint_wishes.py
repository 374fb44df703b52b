"""Answers what is said of complaints: how far one is, take it up again, withdraw it, keep my name, where else to complain; and praise."""

import asyncio

from actions import weighing
from actions.context import TurnContext
from actions.topics import complaints, noticing, small_talk
from contracts.complaint import ComplaintRating, ComplaintState, ComplaintWish
from intake.drafts.model import Side
from intake.drafts.tables import ComplaintRow
from intake.handover.backoffice import BackOfficeDown
from intake.handover.dispatches import Dispatch
from intake.reading import read_complaint_number
from intake.reading.complaining import names_complaint
from standard.clock import write_moment
from standard.complaint_flow import reopening_states
from standard.complaints import categories
from standard.complaints import telling as rules

MOST = 4
"""Complaints told of in one message."""

LOW = 2
"""The highest answer that says that it did not help."""

PRAISE = "pujian"

ADDITION = "tambahan"
"""The act of the complaint model that adds to a complaint of before."""


async def noticed(ctx: TurnContext) -> bool:
    """Whether the message is about a complaint of before, or about complaining. One that tells something new is none."""
    turn = ctx.turn
    if turn.kind != "text":
        return False
    behind = bool(own(ctx)) and bool(turn.later)
    margins = turn.later if behind else turn.acts
    meant = max(margins, key=lambda name: margins[name], default="")
    if behind and meant == ADDITION and margins[meant] >= weighing.MORE and await _added(ctx):
        return True
    acts = {name: margin for name, margin in margins.items() if name in WISHES}
    if not acts:
        return False
    wish = max(acts, key=lambda name: acts[name])
    if wish == "cabut_pengaduan" and ctx.draft is not None and not own(ctx):
        return False  # who has no complaint and a registration under way gives up that (`ora sido, batalno`)
    if acts[wish] < _needed(ctx, wish) or (meant != wish if behind else acts[wish] <= turn.complains):
        return False
    if ctx.reads_open() and acts[wish] < weighing.SAID:
        return False
    if wish == "status_pengaduan" and not names_complaint(turn.text) and any(draft.number or draft.agreed for draft in ctx.record.drafts):
        return False  # `udah sampe mana`: the application is told of first, by its topic
    ctx.conversation.side = None
    await WISHES[wish](ctx)
    return True


async def _added(ctx: TurnContext) -> bool:
    """More of the complaint of this day: it is asked whether it belongs there; of one that was answered this day: it is not over."""
    if ctx.reads_open():
        return False
    if noticing.last_filed(ctx) is not None:
        await noticing.more(ctx)
        return True
    row = own(ctx)[0]
    if row.closed_at is None or ctx.turn.at - row.closed_at > rules().addition:
        return False
    stated = await state_of(ctx, row.number)
    if stated is not None and stated.state not in reopening_states():
        return False
    await reopen(ctx)
    return True


def _needed(ctx: TurnContext, wish: str) -> float:
    rows = own(ctx)
    if not rows:
        return weighing.SAID
    return weighing.AGAIN if wish == "buka_lagi" and rows[0].closed else weighing.WISH


async def suggest(ctx: TurnContext) -> None:
    """`saran`: praise is thanked for; a suggestion is taken as any complaint."""
    kinds, part = ctx.turn.kinds, noticing.story_part(ctx)
    if noticing.of_registration(ctx, part) and ctx.turn.complains < weighing.CERTAIN:
        await small_talk.told(ctx)
    elif noticing.praises(part):
        ctx.say("pujian_diterima")
    elif ctx.turn.complains >= weighing.DOUBT and kinds:
        await noticing.begin(ctx, sure=ctx.turn.complains >= weighing.SURE)
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
        await noticing.begin(ctx, sure=True)
        return
    row = next((row for row in rows if row.closed), rows[0])
    stated = await state_of(ctx, row.number)
    until = stated.reopen_until if stated else None
    if until is not None and ctx.turn.at > until:
        ctx.say("aduan_tidak_dapat_dibuka", aduan=row.number)
        await noticing.begin(ctx, sure=True)
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
    act = complaints.act_id(ctx, number)
    path = f"/api/complaints/{number}/withdrawal/{act}"
    ctx.changes.dispatches.append(Dispatch(f"withdrawal:{act}", number, path, ComplaintWish(at=ctx.turn.at).body()))
    ctx.changes.closed.append(number)
    ctx.changes.over.append(number)
    ctx.say("aduan_dicabut", aduan=number)


async def rated(ctx: TurnContext, side: Side, choice: str) -> None:
    """Whether it helped. A low answer is asked for a word, by which the complaint is taken up again."""
    number = str(side.data["number"])
    body = ComplaintRating(value=int(choice), at=ctx.turn.at).body()
    act = complaints.act_id(ctx, number)
    path = f"/api/complaints/{number}/rating/{act}"
    ctx.changes.dispatches.append(Dispatch(f"rating:{act}", number, path, body))
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
        await noticing.begin(ctx, sure=True)
        story = ctx.conversation.story
        if story is not None:
            story.hidden = True
        ctx.reply.paragraphs.clear()
        ctx.say("aduan_kerahasiaan")
        return
    number = rows[0].number
    act = complaints.act_id(ctx, number)
    path = f"/api/complaints/{number}/restriction/{act}"
    ctx.changes.dispatches.append(Dispatch(f"restriction:{act}", number, path, ComplaintWish(at=ctx.turn.at).body()))
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
