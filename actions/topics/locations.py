"""Offers a location that somebody sends as the address to which the KIA goes."""

from actions import asking
from actions.context import TurnContext
from intake.drafts.model import Draft, DraftState, Side
from intake.questions.question import NOTHING
from intake.questions.table import BY_ID

DELIVERY = BY_ID["alamat_kia"]
YES = "ya"


async def sent(ctx: TurnContext) -> None:
    """The delivery address, where that is the question; else it is offered as it. Without a draft there is nothing to deliver yet."""
    draft, place = ctx.draft, ctx.turn.other
    if draft is None or not draft.agreed or draft.state is not DraftState.OPEN or not {"latitude", "longitude"} <= place.keys():
        ctx.say("lain_location")
        ctx.form = asking.SHORT
        return
    if ctx.open is not None and ctx.open.question is DELIVERY:
        _keep(ctx, draft)
        return
    ctx.ask_aside("lokasi_alamat", draft=draft.id, location=place)


async def chosen(ctx: TurnContext, side: Side, choice: str) -> None:
    """The answer to the offer."""
    draft = next((known for known in ctx.record.drafts if known.id == side.data.get("draft")), None)
    if choice != YES or draft is None or draft.state is not DraftState.OPEN:
        ctx.say("lokasi_tidak_dicatat")
        ctx.form = asking.SHORT
        return
    _keep(ctx, draft, side.data["location"])
    ctx.form = asking.SHORT


def _keep(ctx: TurnContext, draft: Draft, location: dict[str, object] | None = None) -> None:
    value = DELIVERY.read(ctx.said(location=location), draft, 0)
    if value is NOTHING:
        return
    ctx.touch()
    DELIVERY.store(draft, 0, value)
    ctx.say("lokasi_dicatat")
