"""Offers a location that somebody sends as the address to which the KIA goes."""

from actions import asking
from actions.talk import Talk
from intake.drafts.model import Draft, DraftState, Side
from intake.questions.question import NOTHING
from intake.questions.table import BY_ID

DELIVERY = BY_ID["alamat_kia"]
YES = "ya"


async def sent(talk: Talk) -> None:
    """The delivery address, where that is the question; else it is offered as it. Without a draft there is nothing to deliver yet."""
    draft, place = talk.draft, talk.turn.other
    if draft is None or not draft.agreed or draft.state is not DraftState.OPEN or not {"latitude", "longitude"} <= place.keys():
        talk.say("lain_location")
        talk.form = asking.SHORT
        return
    if talk.open is not None and talk.open.question is DELIVERY:
        _keep(talk, draft)
        return
    talk.ask_aside("lokasi_alamat", draft=draft.id, location=place)


async def chosen(talk: Talk, side: Side, choice: str) -> None:
    """The answer to the offer."""
    draft = next((known for known in talk.desk.drafts if known.id == side.data.get("draft")), None)
    if choice != YES or draft is None or draft.state is not DraftState.OPEN:
        talk.say("lokasi_tidak_dicatat")
        talk.form = asking.SHORT
        return
    _keep(talk, draft, side.data["location"])
    talk.form = asking.SHORT


def _keep(talk: Talk, draft: Draft, location: dict[str, object] | None = None) -> None:
    value = DELIVERY.read(talk.said(location=location), draft, 0)
    if value is NOTHING:
        return
    talk.touch()
    DELIVERY.store(draft, 0, value)
    talk.say("lokasi_dicatat")
