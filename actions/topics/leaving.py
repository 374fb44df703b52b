"""Stops, restarts or erases on the applicant's wish; whatever loses something is confirmed first, by an answer to that very question."""

from actions import asking
from actions.context import TurnContext
from actions.topics import case_messages, changes, complaints, opening, status
from contracts.case import MessageKind
from intake.drafts.model import Draft, DraftState, Side

YES = "ya"
SURE = "batal_yakin"


async def cancel(ctx: TurnContext) -> None:
    """`batal`: of a draft after a confirmation; a case under way is withdrawn by an officer; of nothing, nothing is to cancel."""
    draft = ctx.draft
    if draft is None or (draft.state is DraftState.OPEN and not draft.agreed):
        await _forget_unbegun(ctx, draft)
        return
    if await changes.changed(ctx, anew=True):
        return  # `gajadi kembar, satu thok`: something of it is cancelled, not the whole
    name = opening.draft_name(ctx, draft)
    key = "sisi_batal_yakin" if draft.state is DraftState.OPEN else "sisi_batal_kasus"
    ctx.ask_aside(SURE, key, draft=draft.id, values={"permohonan": name})


async def _forget_unbegun(ctx: TurnContext, draft: Draft | None) -> None:
    if draft is not None:
        _remove(ctx, draft)
    ctx.say("tidak_ada_dibatalkan")
    ctx.asks = False


async def cancel_confirmed(ctx: TurnContext, side: Side, choice: str) -> None:
    """The answer to it."""
    draft = _meant(ctx, side)
    if choice != YES or draft is None:
        ctx.say("tetap_dilanjutkan")
        ctx.form = asking.SHORT
        return
    if draft.state is DraftState.OPEN:
        _remove(ctx, draft)
        ctx.say("dibatalkan")
    else:
        case_messages.send(ctx, draft.number or "", MessageKind.HOLD, ctx.text("isi_batal", nomor=draft.number))
        ctx.say("batal_diteruskan", nomor=draft.number)
    ctx.asks = False


async def restart(ctx: TurnContext) -> None:
    """`mulai_ulang`: everything of the draft in hand is lost, so it is confirmed."""
    draft = ctx.draft
    if draft is None or draft.state is not DraftState.OPEN or not draft.agreed:
        await opening.start(ctx)
        return
    ctx.ask_aside("ulang_yakin", draft=draft.id, values={"permohonan": opening.draft_name(ctx, draft)})


async def restart_confirmed(ctx: TurnContext, side: Side, choice: str) -> None:
    """The answer to it."""
    draft = _meant(ctx, side)
    if choice != YES or draft is None or draft.state is not DraftState.OPEN:
        ctx.say("tetap_dilanjutkan")
        ctx.form = asking.SHORT
        return
    _remove(ctx, draft)
    fresh = Draft(contact=draft.contact, created_at=ctx.turn.at, updated_at=ctx.turn.at, agreed=True)
    ctx.record.drafts.insert(0, fresh)
    opening.take_up(ctx, fresh)
    ctx.say("mulai_dari_awal")
    ctx.form = asking.FULL


async def chosen_start(ctx: TurnContext, side: Side, choice: str) -> None:
    """Whether the unfinished draft is meant, or another child."""
    draft = _meant(ctx, side)
    if choice == "baru" or draft is None:
        await opening.begin(ctx)
        return
    opening.take_up(ctx, draft)
    ctx.say("dilanjutkan", permohonan=opening.draft_name(ctx, draft))
    ctx.form = asking.FULL


async def chosen_next(ctx: TurnContext, side: Side, choice: str) -> None:
    """Whether the case under way is asked about, or another child is to be registered."""
    await (opening.begin if choice == "baru" else status.tell)(ctx)


async def erase(ctx: TurnContext) -> None:
    """`hapus_data`: drafts at once after one confirmation; what the office has, an officer decides (the archive duty)."""
    if not ctx.record.drafts:
        ctx.say("tidak_ada_data")
        ctx.asks = False
        if not ctx.record.complaints:
            _forget_chat(ctx)
        return
    cases = [draft.number for draft in ctx.record.drafts if draft.number]
    key = "sisi_hapus_kasus" if cases else "sisi_hapus_yakin"
    ctx.ask_aside("hapus_yakin", key, values={"nomor": ", ".join(str(number) for number in cases)})


async def erase_confirmed(ctx: TurnContext, side: Side, choice: str) -> None:
    """The answer to it."""
    if choice != YES:
        ctx.say("tidak_dihapus")
        ctx.form = asking.SHORT
        return
    open_drafts = [draft for draft in ctx.record.drafts if draft.state is DraftState.OPEN]
    cases = [str(draft.number) for draft in ctx.record.drafts if draft.number]
    for draft in open_drafts:
        _remove(ctx, draft)
    if cases:
        number = await complaints.file(ctx, "hapus_data", ctx.text("isi_hapus", nomor=", ".join(cases)), cases[0])
        ctx.say("hapus_diteruskan", nomor=", ".join(cases), aduan=number)
    else:
        ctx.say("dihapus")
        _forget_chat(ctx)
    ctx.asks = False


def _forget_chat(ctx: TurnContext) -> None:
    """What was said goes, too: the bot's copy, the answers that we keep, and what the talk itself remembers of it."""
    ctx.reply.erase = ctx.changes.forgets = True
    talk = ctx.conversation
    talk.phone = talk.name = talk.undo = talk.story = None
    talk.heard, talk.last = [], []


def _meant(ctx: TurnContext, side: Side) -> Draft | None:
    return next((draft for draft in ctx.record.drafts if draft.id == side.data.get("draft")), None)


def _remove(ctx: TurnContext, draft: Draft) -> None:
    ctx.record.drafts.remove(draft)
    ctx.changes.deleted.append(draft)
    if ctx.conversation.draft == draft.id:
        ctx.conversation.draft = None
    ctx.conversation.asked = None
