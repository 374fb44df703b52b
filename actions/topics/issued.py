"""What is said of papers that were sent: "Ada yang salah?" under their message opens the case again, as long as the message stands."""

from actions.catalogue import Option
from actions.talk import SCOPE, Talk
from actions.topics import case_messages
from contracts.case import MessageKind
from intake.drafts.model import Side

SIDE = "terbit_salah"


def offer(talk: Talk, number: str, key: str) -> None:
    """The button of that text, which works however much is said after it: it names the case."""
    talk.offer_these(f"{SIDE}@{number}", list(talk.catalogue.options(key)))


def pressed(talk: Talk) -> bool:
    """Whether the button was tapped: then it is asked what is wrong."""
    scope, _, _choice = (talk.turn.choice or "").partition(SCOPE)
    side, _, number = scope.partition("@")
    if side != SIDE or not any(draft.number == number for draft in talk.desk.drafts):
        return False
    no_choice: list[Option] = []
    talk.ask_aside(SIDE, options=no_choice, number=number, values={"nomor": number})
    return True


async def said_what(talk: Talk, side: Side, text: str) -> None:
    """The words go into the case with its papers; within thirty days that opens a correction."""
    number = str(side.data["number"])
    case_messages.send(talk, number, MessageKind.CORRECTION, text)
    talk.say("koreksi_terbit", nomor=number)
    talk.asks = False
