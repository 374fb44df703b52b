"""The bundle: a whole application as the intake hands it over, and one document sent again."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from contracts.moments import Moment
from contracts.shape import CaseNumber, Contact, Id, Sha256, Shape
from standard.clock import FIRST_DAY, LAST_DAY, read_day
from standard.kinds import Item, Kind
from standard.requirements import FamilyCard, KtpStatus, Reporter

Scalar = Annotated[str, Field(max_length=2000)] | int | float | bool | None
"""What a field of the form can hold."""
Flag = Annotated[str, Field(min_length=1, max_length=200)]
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
NO_DAY = PydanticCustomError("no_day", "no day of the calendar")
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class Page(Shape):
    """One re-encoded page; its size in pixels, and the line of the chat that brought it (`contracts.chat.ChatLine`) where that is known."""

    blob: Sha256
    mime: Literal["image/jpeg", "image/png", "image/webp"] = "image/jpeg"
    width: Annotated[int, Field(gt=0, le=20_000)]
    height: Annotated[int, Field(gt=0, le=20_000)]
    line: Annotated[str, Field(max_length=40)] | None = None


class Box(Shape):
    """Where a field stands: its page from 0, its corners in pixels of that page."""

    page: Annotated[int, Field(ge=0)] = 0
    left: int
    top: int
    right: int
    bottom: int


class Check(Shape):
    """What the document check says of a document. `fields` by the names of its kind; what is unsure is absent."""

    verdict: str = ""
    kind: str = ""
    kind_confidence: float = 0.0
    reasons: list[str] = []
    fields: dict[str, Any] = {}
    confidence: dict[str, float] = {}
    boxes: dict[str, Box] = {}
    quality: dict[str, Any] = {}


class Document(Shape):
    """One document in its place. `submission` makes it unique; `retakes` counts the photos that were asked for again."""

    item: Item
    submission: Id
    kind: Kind
    received_at: Moment
    retakes: Annotated[int, Field(ge=0)] = 0
    flagged: bool = False
    pages: Annotated[list[Page], Field(min_length=1, max_length=50)]
    check: Check = Check()


class Conditions(Shape):
    """What the requirement rows ask of a family, as answered or read (`standard.requirements.Conditions`)."""

    pelapor: Reporter | None = None
    jumlah_anak: Annotated[int, Field(ge=1, le=8)] | None = None
    ada_surat_kelahiran: bool | None = None
    ada_surat_nikah: bool | None = None
    hubungan_kk: FamilyCard | None = None
    status_ktp_ayah: KtpStatus | None = None
    status_ktp_ibu: KtpStatus | None = None


class Child(Shape):
    """One child's record; further fields are those of the form F-2.01."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Scalar] = Field(init=False)

    nama: Annotated[str, Field(max_length=200)] | None = None
    jenis_kelamin: Literal["L", "P"] | None = None
    tanggal_lahir: Day | None = None
    pukul: Clock | None = None


class Answer(Shape):
    """One field of the form, and where it came from: the chat, or an item."""

    value: Scalar = None
    source: Annotated[str, Field(max_length=80)] | None = None


def _dates_are_days(answers: dict[str, Answer]) -> dict[str, Answer]:
    """A field that is called a date holds a day of the calendar. Raises ValidationError naming each that does not."""
    dates = {name: answer.value for name, answer in answers.items() if name.endswith("tanggal_lahir") and answer.value not in (None, "")}
    odd = [InitErrorDetails(type=NO_DAY, loc=(name, "value"), input=None) for name, value in dates.items() if read_day(value) is None]
    if odd:
        raise ValidationError.from_exception_data("answers", odd)
    return answers


class Location(Shape):
    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class Delivery(Shape):
    """Where the KIA goes, in words and as a point of the map, and who takes it.

    `source`: as the KK says, told in the chat, or written by an officer.
    `alamat` is null where the words are still to be found: a KK whose address could not be read, a point of the map.
    """

    alamat: Annotated[str, Field(max_length=5000)] | None = None
    source: Literal["kk", "chat", "petugas"] | None = None
    location: Location | None = None
    penerima: Annotated[str, Field(max_length=200)] | None = None


class Warning(Shape):
    """What answers and documents disagree on."""

    code: Annotated[str, Field(min_length=1, max_length=80)]
    items: list[str] = []
    told: bool = False
    """Whether the applicant was told before sending, and went on."""
    said: Annotated[str, Field(max_length=2000)] | None = None
    """What they wrote of it."""


class BundleAsKept(Shape):
    """A bundle without its documents, as the back office keeps it.

    `number` was allotted by the intake and promised to the applicant before the back office answers.
    """

    number: CaseNumber
    service: Literal["kelahiran"] = "kelahiran"
    form: Annotated[str, Field(max_length=40)] = "F-2.01"
    contact: Contact
    submitted_at: Moment
    conditions: Conditions
    anak: Annotated[list[Child], Field(min_length=1, max_length=8)]
    answers: Annotated[dict[str, Answer], AfterValidator(_dates_are_days)] = {}
    alamat_kia: Delivery | None = None
    email: Annotated[str, Field(max_length=254)] | None = None
    flags: list[Flag] = []
    warnings: list[Warning] = []


class Bundle(BundleAsKept):
    """One application, whole."""

    documents: Annotated[list[Document], Field(min_length=1, max_length=40)]
