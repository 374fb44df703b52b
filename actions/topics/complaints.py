"""Files what the desk is to read: a number at once, the hand-over behind, and what the citizen is told of it."""

import uuid
from collections.abc import Sequence

from actions.context import TurnContext
from contracts.complaint import PICTURES_MOST, TEXT_LONGEST, Complaint, ComplaintCategory, ComplaintMessage, Picture
from contracts.sealing import PATH, PREFIX, Sealing
from contracts.shape import Contact
from intake.drafts.model import Side
from intake.handover.bundle import contact_of
from intake.handover.dispatches import Dispatch
from intake.service import NewComplaint
from standard.clock import today, write_date
from standard.complaints import categories, complaint_deadlines
from standard.registration import COMPLAINT

PROPOSED = "aduan_golongan"
"""The question beside the bundle whether the category is the right one."""

CHOSEN = "aduan_golongan_mana"
"""The same where two are about as likely: which of them it is."""

RIGHT, OTHERS = "benar", "lain"


async def attachments_of(ctx: TurnContext) -> list[dict[str, str]]:
    """The pages of the files that came; the files themselves are not passed on."""
    return [page for upload in ctx.turn.uploads for page in await ctx.intake.keep_pages(ctx.turn.id, upload)]


async def file_and_tell(
    ctx: TurnContext,
    category: str,
    text: str,
    attachments: list[dict[str, str]] | None = None,
    *,
    restricted: bool = False,
    anonymous: bool = False,
    doubtful: bool = False,
    unnamed: bool = False,
) -> str:
    """Files a complaint, with what was sent along, and says its number, what it was taken for, by when it is answered first and at last.

    `unnamed`: whether the citizen asked that their name be kept: it is said that it is.
    """
    restricted = restricted or anonymous or categories()[category].restricted
    case = ctx.draft.number if ctx.draft and not anonymous else None
    number = await file(ctx, category, text, case, restricted=restricted, anonymous=anonymous, doubtful=doubtful)
    rest = text[TEXT_LONGEST:]
    if attachments or rest:
        add_message(ctx, number, rest or ctx.text("isi_lampiran"), attachments or [])
    own = f"aduan_{category}"
    general = (
        "aduan_anonim" if anonymous else "aduan_rahasia" if restricted else "saran_diterima" if category == "saran" else "aduan_diterima"
    )
    key = own if ctx.catalogue.has(own) and not anonymous else general
    due = complaint_deadlines(category, ctx.turn.at)
    first, last = write_date(today(due.first_reply)), write_date(today(due.answer))
    ctx.say(key, aduan=number, tanggal=first, jawaban=last, perihal=categories()[category].label)
    if unnamed and not anonymous:
        ctx.say("aduan_nama_tidak_disebut")
    return number


def propose(ctx: TurnContext, number: str, category: str, likely: Sequence[str] = ()) -> None:
    """One tap says whether the category is the right one, or which of those it is that are as likely."""
    offered = [option for kind in likely for option in ctx.catalogue.options("sisi_aduan_jenis") if option.id == kind]
    if len(offered) < 2:
        ctx.ask_aside(PROPOSED, number=number, values={"perihal": categories()[category].label})
        return
    ctx.ask_aside(CHOSEN, options=[*offered, *ctx.catalogue.options(f"sisi_{CHOSEN}")], number=number, filed=category)


async def picked_category(ctx: TurnContext, side: Side, choice: str) -> None:
    """Which of the likely ones it is, or another: then the list of categories."""
    if choice == side.data["filed"]:
        choice = RIGHT
    if choice in (RIGHT, OTHERS):
        await confirmed_category(ctx, side, choice)
    else:
        await chosen_category(ctx, side, choice)


async def confirmed_category(ctx: TurnContext, side: Side, choice: str) -> None:
    """The answer: right, or the list of categories."""
    number = str(side.data.get("number") or "")
    if choice == RIGHT:
        ctx.say("aduan_golongan_benar", aduan=number)
    else:
        ctx.ask_aside("aduan_jenis", number=number)


async def chosen_category(ctx: TurnContext, side: Side, choice: str) -> None:
    """What the citizen says that it is about. It never lifts a restriction: that is its reader's to do."""
    number = side.data.get("number")
    if number:
        recategorise(ctx, str(number), choice)
    else:
        ctx.conversation.story = None


def act_id(ctx: TurnContext, number: str) -> str:
    """By which the desk knows an act of this turn again: the turn's id, which tells whose it is; else a random one.

    A complaint without a name that was closed for good is not in the record any more: what is not known there gets a random one, too.
    """
    named = {new.number for new in ctx.changes.complaints if not new.anonymous}
    named |= {row.number for row in ctx.record.complaints if not row.anonymous}
    return ctx.turn.id if number in named else str(uuid.uuid4())


def recategorise(ctx: TurnContext, number: str, category: str) -> None:
    """Tells the desk what a complaint is about in the citizen's own choice."""
    act = act_id(ctx, number)
    if categories()[category].restricted:
        ctx.changes.restricted.append(number)
    path = f"/api/complaints/{number}/category/{act}"
    body = ComplaintCategory(category=category, at=ctx.turn.at).body()
    ctx.changes.dispatches.append(Dispatch(f"category:{act}", number, path, body))
    ctx.say("aduan_golongan_diganti", aduan=number, perihal=categories()[category].label)


def add_message(ctx: TurnContext, number: str, text: str, attachments: list[dict[str, str]]) -> None:
    """Sends what was written, and the pages that came with it, into the thread of that number; much goes in several messages.

    It is restricted as the complaint is.
    """
    texts = _cut(text)
    pages = [attachments[at : at + PICTURES_MOST] for at in range(0, len(attachments), PICTURES_MOST)]
    act = act_id(ctx, number)
    for part in range(max(len(texts), len(pages))):
        name = f"{act}-{part}" if part else act
        own = pages[part] if part < len(pages) else []
        words = texts[part] if part < len(texts) else ctx.text("isi_lampiran")
        message = ComplaintMessage(text=words, at=ctx.turn.at, attachments=[Picture(**page) for page in own])
        path = f"/api/complaints/{number}/messages/{name}"
        ctx.changes.dispatches.append(Dispatch(f"message:{name}", number, path, message.body(), tuple(own)))


def _cut(text: str) -> list[str]:
    """The text in parts that the desk takes; at least one."""
    return [text[at : at + TEXT_LONGEST] for at in range(0, len(text), TEXT_LONGEST)] or [""]


def _sealed(ctx: TurnContext, number: str, contact: str) -> Contact:
    """A name of which only the bot can tell whose it is; it knows before the desk gets the complaint."""
    name = f"{PREFIX}{uuid.uuid4().hex}"
    ctx.changes.dispatches.append(Dispatch(f"seal:{number}", number, f"{PATH}{name}", Sealing(contact=contact).body()))
    return Contact(id=name)


async def file(
    ctx: TurnContext,
    category: str,
    text: str,
    case: str | None,
    *,
    restricted: bool = False,
    anonymous: bool = False,
    doubtful: bool = False,
) -> str:
    """Gives a complaint its number and sends it on its way to the desk; the turn's transaction keeps both."""
    number = await ctx.intake.new_number(COMPLAINT)
    contact = contact_of(ctx.conversation)
    if anonymous:
        contact = _sealed(ctx, number, contact.id)
    complaint = Complaint(
        number=number,
        contact=contact,
        category=category,
        text=text[:TEXT_LONGEST],
        case=case,
        restricted=restricted or categories()[category].restricted,
        anonymous=anonymous,
        doubtful=doubtful,
        created_at=ctx.turn.at,
    )
    ctx.changes.complaints.append(NewComplaint(number, category, complaint.restricted or anonymous or doubtful, anonymous))
    ctx.changes.dispatches.append(Dispatch(f"complaint:{number}", number, f"/api/complaints/{act_id(ctx, number)}", complaint.body()))
    return number
