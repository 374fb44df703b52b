"""Notices: what the back office has the bot tell an applicant, a shape for each kind, and what became of them."""

from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, ValidatorFunctionWrapHandler, WrapValidator, model_validator

from contracts.moments import ExactMoment, Moment
from contracts.shape import Sha256, Shape
from standard.kinds import Item

NoticeId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:-]{1,80}$")]
Text = Annotated[str, Field(max_length=10_000)]


class Attachment(Shape):
    """A file of the back office: where it is to be fetched, and in a turn the `blob` under which the bot keeps it, or a `problem`."""

    model_config = ConfigDict(extra="allow")

    filename: Annotated[str, Field(min_length=1, max_length=300)]
    mime: Annotated[str, Field(min_length=1, max_length=200)]
    sha256: Sha256 | None = None
    url: Annotated[str, Field(pattern=r"^/api/files/", max_length=2000)] | None = None
    blob: Sha256 | None = None
    problem: str | None = None

    @model_validator(mode="after")
    def _can_be_had(self) -> Self:
        """Raises ValueError for a file that neither was fetched nor can be."""
        if (self.url is None or self.sha256 is None) and self.blob is None and self.problem is None:
            raise ValueError("neither an address nor a blob")
        return self


class Nothing(Shape):
    """A kind that says all by its name."""


class Deadline(Shape):
    """`mail_code`: a code was mailed to the applicant's address, and is to be typed in the chat."""

    deadline: Moment | None = None
    mail_code: bool = False


class Returned(Shape):
    """A document that is asked for again: `reason` is a code of the standard's reasons."""

    item: Item
    reason: str
    note: Text | None = None


class ReturnedDocuments(Shape):
    documents: Annotated[list[Returned], Field(min_length=1)]


class StageEntered(Shape):
    stage: str


class Issued(Shape):
    """`signed`: every PDF bears an electronic signature that the office has checked."""

    signed: bool = False


class Shipment(Shape):
    """A parcel. `goods`: the child's card, or a parent's KTP-el that was made anew."""

    courier: str
    tracking: str
    goods: Literal["kia", "ktp"] = "kia"


class Ending(Shape):
    reason: str
    note: Text | None = None


class DeskAnswer(Shape):
    """`closed`: the complaint is done."""

    text: Text
    officer: str
    closed: bool = False


class ComplaintMoved(Shape):
    """`state` is one of `complaints.yml`, flow."""

    state: str


class OfficerMessage(Shape):
    text: Text
    officer: str


class Notice(Shape):
    """One notice. Of a kind that is not in `KINDS` the data are not looked at: the sender may be newer than the receiver."""

    model_config = ConfigDict(extra="allow")

    id: NoticeId
    contact: Annotated[str, Field(min_length=1, max_length=80)]
    kind: Annotated[str, Field(min_length=1, max_length=80)]
    number: Annotated[str, Field(max_length=80)] | None = None
    at: Moment | None = None
    data: Any = Field(default_factory=dict)
    attachments: Annotated[list[Attachment], Field(max_length=30)] = []


class BerkasDiterima(Notice):
    kind: Literal["berkas_diterima"]
    data: Deadline = Deadline()


class BerkasDikembalikan(Notice):
    kind: Literal["berkas_dikembalikan"]
    data: ReturnedDocuments


class Tahap(Notice):
    kind: Literal["tahap"]
    data: StageEntered


class DokumenTerbit(Notice):
    kind: Literal["dokumen_terbit"]
    data: Issued = Issued()


class KiaDikirim(Notice):
    kind: Literal["kia_dikirim"]
    data: Shipment


class KiaDiterima(Notice):
    kind: Literal["kia_diterima"]
    data: Nothing = Nothing()


class PermohonanDitolak(Notice):
    kind: Literal["permohonan_ditolak"]
    data: Ending


class JawabanAduan(Notice):
    kind: Literal["jawaban_aduan"]
    data: DeskAnswer


class TahapAduan(Notice):
    kind: Literal["tahap_aduan"]
    data: ComplaintMoved


class PesanPetugas(Notice):
    kind: Literal["pesan_petugas"]
    data: OfficerMessage


class Pengingat(Notice):
    kind: Literal["pengingat"]
    data: Nothing = Nothing()


class Survei(Notice):
    """The citizen may say how content they are with the service."""

    kind: Literal["survei"]
    data: Nothing = Nothing()


class CeritaUsai(Notice):
    """From the intake itself: a complaint that was being told is not gone on with."""

    kind: Literal["cerita_usai"]
    data: Nothing = Nothing()


KnownNotice = (
    BerkasDiterima | BerkasDikembalikan | Tahap | DokumenTerbit | KiaDikirim | KiaDiterima | PermohonanDitolak | JawabanAduan
    | TahapAduan | PesanPetugas | Pengingat | CeritaUsai | Survei
)  # fmt: skip
KINDS: dict[str, type[Notice]] = {
    shape.model_fields["kind"].annotation.__args__[0]: shape  # type: ignore[union-attr]
    for shape in (
        BerkasDiterima, BerkasDikembalikan, Tahap, DokumenTerbit, KiaDikirim, KiaDiterima, PermohonanDitolak, JawabanAduan, PesanPetugas,
        Pengingat, CeritaUsai, Survei, TahapAduan,
    )
}  # fmt: skip


def _by_kind(given: Any, general: ValidatorFunctionWrapHandler) -> Notice:
    """The notice in its kind's own shape. A known one is not looked at again."""
    if isinstance(given, Notice):
        return given
    shape = KINDS.get(str(given.get("kind"))) if isinstance(given, dict) else None
    read: Notice = general(given) if shape is None else shape.model_validate(given)
    return read


def data_of(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """The data of a notice as JSON, held to its kind's shape. Raises ValidationError, KeyError for an unknown kind."""
    shape: type[Shape] = KINDS[kind].model_fields["data"].annotation  # type: ignore[assignment]
    return shape.model_validate(data).model_dump(mode="json", exclude_unset=True)


AnyNotice = Annotated[Notice, WrapValidator(_by_kind)]
"""A notice of any kind, read in its kind's own shape."""


_READER: TypeAdapter[Notice] = TypeAdapter(AnyNotice)


def read_notice(body: bytes) -> Notice:
    """The notice of a JSON body, in its kind's own shape. Raises ValidationError."""
    return _READER.validate_json(body)


class NoticeReport(Shape):
    """What became of a notice's message."""

    state: Literal["sent", "delivered", "read", "failed", "waiting_window"]
    at: ExactMoment


class NoticeStanding(Shape):
    """The state that the back office keeps, after merging."""

    state: str
