"""The shapes of what actions and bot send (docs/contracts.md), checked at the door."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from standard.kinds import Item, Kind

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:=-]{1,64}$")]
CaseNumber = Annotated[str, StringConstraints(pattern=r"^LM-[0-9]{6}-[0-9A-Z]{4}$")]
ComplaintNumber = Annotated[str, StringConstraints(pattern=r"^ADU-[0-9]{6}-[0-9A-Z]{4}$")]


class Shape(BaseModel):
    """Fields that a newer sender adds are ignored, not refused."""

    model_config = ConfigDict(extra="ignore", use_enum_values=True, hide_input_in_errors=True)


class Contact(Shape):
    id: Annotated[str, Field(min_length=1, max_length=80)]
    phone: Annotated[str, Field(max_length=32)] | None = None
    name: Annotated[str, Field(max_length=200)] | None = None


class Page(Shape):
    blob: Sha256
    mime: Literal["image/jpeg", "image/png", "image/webp"] = "image/jpeg"
    width: Annotated[int, Field(gt=0, le=20_000)]
    height: Annotated[int, Field(gt=0, le=20_000)]


class Document(Shape):
    item: Item
    submission: Id
    kind: Kind
    received_at: AwareDatetime
    retakes: Annotated[int, Field(ge=0)] = 0
    flagged: bool = False
    pages: Annotated[list[Page], Field(min_length=1, max_length=50)]
    check: dict[str, Any] = {}


class Bundle(Shape):
    number: CaseNumber
    service: Literal["kelahiran"] = "kelahiran"
    form: str = "F-2.01"
    contact: Contact
    submitted_at: AwareDatetime
    conditions: dict[str, Any]
    anak: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=8)]
    answers: dict[str, dict[str, Any]] = {}
    alamat_kia: dict[str, Any] | None = None
    email: Annotated[str, Field(max_length=254)] | None = None
    flags: list[str] = []
    warnings: list[dict[str, Any]] = []
    documents: Annotated[list[Document], Field(min_length=1, max_length=40)]


class Complaint(Shape):
    number: ComplaintNumber
    contact: Contact
    category: str
    text: Annotated[str, Field(max_length=10_000)]
    case: CaseNumber | None = None
    restricted: bool = False
    created_at: AwareDatetime


class Attachment(Shape):
    blob: Sha256
    mime: str


class ComplaintText(Shape):
    text: Annotated[str, Field(max_length=10_000)] = ""
    at: AwareDatetime
    attachments: Annotated[list[Attachment], Field(max_length=30)] = []


class NoticeReport(Shape):
    state: Literal["sent", "delivered", "read", "failed", "waiting_window"]
    at: AwareDatetime


def write_moment(moment: datetime | None) -> str | None:
    """A moment as the contract writes it: ISO 8601 in UTC with Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
