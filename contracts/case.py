"""Where a case stands, as the back office tells it."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from contracts.complaint import Picture
from contracts.moments import Moment
from contracts.shape import Shape


class BundleTaken(Shape):
    """The answer to a bundle, the first time and each time after."""

    number: str
    stage: str
    deadline: Moment | None = None


class AskedAgain(Shape):
    """A document that was returned, why, and the officer's note."""

    item: str
    reason: str | None = None
    note: str | None = None


class KiaState(Shape):
    """How far the child's card is: `menunggu`, `dicetak`, `dikirim`, `diterima`."""

    state: str = "menunggu"
    courier: str | None = None
    tracking: str | None = None


class MailState(StrEnum):
    """How far the e-mail address of a case is: its code is waited for, is worth nothing any more, or was right."""

    WAITING = "waiting"
    ENDED = "ended"
    CONFIRMED = "confirmed"


class CaseState(Shape):
    """One case. `stage` is an id of the standard's stages; `deadline` counts while the clock is running; `pin` opens its tracking page."""

    number: str = ""
    stage: str
    stage_since: Moment | None = None
    submitted_at: Moment | None = None
    clock: Literal["running", "stopped", "ended"] | None = None
    deadline: Moment | None = None
    returned: list[AskedAgain] = []
    delivered_at: Moment | None = None
    kia: KiaState = KiaState()
    pin: str | None = None
    siak_down_since: Moment | None = None
    """Since when the central SIAK, which this case waits for, can't be used."""
    mail: MailState | None = None
    """Whether the e-mail address was confirmed by its code; None where there is nothing to confirm."""


class WorkAhead(Shape):
    """How many minutes of open office the work takes, at the least, that stands before an application which comes in now."""

    minutes: Annotated[int, Field(ge=0)]


class MessageKind(StrEnum):
    """What an applicant says about a case under way."""

    CORRECTION = "koreksi"
    HOLD = "tahan"
    """It shall not go on until an officer has looked: a name is wrong, the application is withdrawn."""
    ANSWER = "jawaban"
    """An answer to an officer who wrote."""
    RECEIVED = "diterima"
    """The KIA has arrived."""
    HELD_BACK = "tertahan"
    """Not said but so: akta and KK wait in the chat until whoever reads there has said who they are."""
    GIVEN = "diberikan"
    """Not said but so: what waited has gone out."""


class CaseMessage(Shape):
    """What the applicant says about a case: it stands in that case at once, before whoever has it in hand."""

    kind: MessageKind
    text: Annotated[str, Field(max_length=10_000)]
    at: Moment
    attachments: Annotated[list[Picture], Field(max_length=30)] = []


class CaseMessageTaken(Shape):
    """The answer: `held` says whether the case now waits for an officer because of it."""

    number: str
    stage: str
    held: bool


class MailCode(Shape):
    """What was typed in the chat to confirm the e-mail address of one of these cases; `code` null asks for another code."""

    numbers: Annotated[list[Annotated[str, Field(min_length=1, max_length=20)]], Field(min_length=1, max_length=20)]
    code: Annotated[str, Field(pattern=r"^[0-9]{6}$")] | None = None


class MailCodeTaken(Shape):
    """What came of it: `nothing` where no address of these cases waits for a code; `left` counts the tries after a wrong one."""

    state: Literal["confirmed", "wrong", "ended", "sent", "too_often", "nothing"]
    number: str | None = None
    left: int = 0
