"""How a case goes and who works on it: stages and transitions, roles, reasons, complaints, moments for an officer."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from pack.schema.asking import condition_group
from pack.schema.base import Distinct, Flag, Id, Label, Row, Text, Whole, among, between, wrong
from standard.complaints import Answer
from standard.kinds import Item
from standard.reasons import PHOTO_REASONS, ReasonList
from standard.roles import Permission
from standard.stages import CaseClock

Ids = Annotated[list[Id], Distinct]


class StageRow(Row):
    id: Id
    label: Label
    status: Text
    tell: Flag = False
    clock: Annotated[str, among([clock.value for clock in CaseClock])]
    steps: list[Annotated[Whole, between(1, 30)]]
    minutes: Annotated[Whole, between(1, 60 * 24 * 366)] | None
    done_when: Ids = Field(default_factory=list)
    next: Id | None = None

    @model_validator(mode="after")
    def _leads_on(self) -> "StageRow":
        if bool(self.done_when) != bool(self.next):
            raise wrong(f"The stage {self.id} has only one of done_when and next.", "Allowed: both, or neither.")
        return self


class TransitionRow(Row):
    id: Id
    label: Label
    past: Label
    roles: Ids
    at: Ids
    needs: Ids = Field(default_factory=list)
    unless: Ids = Field(default_factory=list)
    gives: Ids = Field(default_factory=list)
    clears: Ids = Field(default_factory=list)
    to: Id | None = None
    track: Annotated[str, among(("kk", "akta", "semua"))] | None = None
    task: Flag = False
    reason: Annotated[str, among([one.value for one in ReasonList])] | None = None
    notice: Id | None = None
    about: Annotated[str, among(("document", "product", "numbers", "data", "message", "address", "parcel", "paper"))] | None = None
    sees: Annotated[str, among(("draf", "final"))] | None = None
    second_person: Flag = False
    once_ready: Flag = False

    @model_validator(mode="after")
    def _can_be_done(self) -> "TransitionRow":
        if not self.at:
            raise wrong(f"{self.id} can be done at no stage.", "Name at least one under at.")
        if both := set(self.gives) & set(self.clears):
            raise wrong(f"{self.id} both gives and clears {min(both)}.", "Leave one of them.")
        return self


class StagesFile(Row):
    """`stages.yml`."""

    stages: list[StageRow]
    transitions: list[TransitionRow]


class RoleRow(Row):
    id: Id
    label: Label
    takes: Flag
    guarded: Flag = False
    alone: Flag = False
    superior: Id | None
    permissions: Annotated[list[Annotated[str, among([one.value for one in Permission])]], Distinct]


class RolesFile(Row):
    """`roles.yml`."""

    least_on_duty: Annotated[Whole, between(0, 1000)]
    roles: list[RoleRow]


class ReasonRow(Row):
    code: Id
    label: Label
    sentence: Text | None = None
    items: Annotated[list[Annotated[str, among([item.value for item in Item])]], Distinct] = Field(default_factory=list)
    note: Flag = False
    breach: Flag = False
    photo: Annotated[str, among(PHOTO_REASONS)] | None = None


class ReasonsFile(Row):
    """`return_reasons.yml`: a list for each thing that can go back."""

    berkas: list[ReasonRow]
    draf: list[ReasonRow]
    tutup: list[ReasonRow]
    izin: list[ReasonRow]
    tarik: list[ReasonRow]
    nomor: list[ReasonRow]
    data: list[ReasonRow]
    lanjut: list[ReasonRow]
    paket: list[ReasonRow]
    buka: list[ReasonRow]
    koreksi: list[ReasonRow]


class CategoryRow(Row):
    id: Id
    label: Label
    answer: Annotated[str, among([answer.value for answer in Answer])]
    restricted: Flag = False
    urgent: Flag = False
    wish: Flag = False


class TellingRow(Row):
    quiet_minutes: Annotated[Whole, between(1, 60)]
    together_minutes: Annotated[Whole, between(0, 24 * 60)]
    addition_hours: Annotated[Whole, between(0, 24 * 30)]
    closings: list[Label]
    polite: list[Label]


class RestrictionRow(Row):
    integrity_officers: list[Label]
    reader_role: Id
    heads: list[Label]
    doubt_days: Annotated[Whole, between(1, 10)]


class ComplaintStateRow(Row):
    id: Id
    open: Flag = False
    reopens: Flag = False


class ComplaintActRow(Row):
    id: Id
    come_from: list[Id] = Field(alias="from")
    to: Id
    by: Annotated[str, among(("desk", "citizen", "clock"))]
    reason: Flag = False
    tells: Flag = False


class ComplaintFlowRow(Row):
    states: list[ComplaintStateRow]
    acts: list[ComplaintActRow]


class ReadyAnswerRow(Row):
    id: Id
    label: Label
    text: Text
    only_for: list[Id] = Field(alias="for")


class ChannelRow(Row):
    id: Id
    label: Label
    answers: Annotated[str, among(("hand", "mail"))]


class ComplaintsFile(Row):
    """`complaints.yml`."""

    categories: list[CategoryRow]
    telling: TellingRow
    restriction: RestrictionRow
    flow: ComplaintFlowRow
    channels: list[ChannelRow]
    escalation: list[Id]
    answers: list[ReadyAnswerRow]


class MomentRow(Row):
    id: Id
    way: Annotated[str, among(("officer", "go_on"))]
    knows: Annotated[dict[str, Any], BeforeValidator(condition_group)] = Field(default_factory=dict)
    label: Label
    mind: Text


class SensitiveFile(Row):
    """`sensitive.yml`."""

    moments: list[MomentRow]
