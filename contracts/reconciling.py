"""What the back office has of the applicant's side, told after a restore so that neither side waits for what the other has lost."""

from contracts.case import AskedAgain
from contracts.moments import Moment
from contracts.shape import Contact, Shape


class KnownCase(Shape):
    """A case by the draft that it was handed over as. `over`: nothing more is to be done for the applicant."""

    draft: str
    number: str
    contact: Contact
    submitted_at: Moment
    deadline: Moment | None = None
    over: bool = False
    returned: list[AskedAgain] = []


class KnownComplaint(Shape):
    number: str
    contact: Contact
    category: str
    created_at: Moment
    closed: bool = False
    restricted: bool = False


class KnownCases(Shape):
    """A page; `next` is the following page's `after`, null at the end."""

    cases: list[KnownCase]
    next: str | None = None


class KnownComplaints(Shape):
    """A page; `next` is the following page's `after`, null at the end."""

    complaints: list[KnownComplaint]
    next: str | None = None
