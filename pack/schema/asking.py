"""What is asked of a family: the requirements and their conditions, the form F-2.01, and how the chat asks for it."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StrictStr, model_validator

from pack.faults import one_of
from pack.schema.base import Distinct, Flag, Id, Label, Row, Whole, among, between, matching, wrong
from standard.f201 import FieldType, Scope
from standard.kinds import Item
from standard.requirements import FamilyCard, KtpStatus, Reporter

FormCode = Annotated[StrictStr, matching(r"F-\d\.\d{2}[A-Z]?", "code of a form", "Allowed: F-2.03.")]


class SettingsRow(Row):
    """What the office switches."""

    ktp_orang_tua: Annotated[str, among(("belum_kawin", "selalu"))]
    ktp_saksi: Annotated[str, among(("wajib", "tidak"))]
    retakes: Annotated[Whole, between(0, 9)]
    late_days: Annotated[Whole, between(1, 3660)]
    draft_days: Annotated[Whole, between(1, 366)]


CONDITIONS: dict[str, tuple[object, ...]] = {
    "pelapor": tuple(one.value for one in Reporter),
    "jumlah_anak": (1, 2, 3, 4, 5),
    "ada_surat_kelahiran": (True, False),
    "ada_surat_nikah": (True, False),
    "hubungan_kk": tuple(one.value for one in FamilyCard),
    "status_ktp_ayah": tuple(one.value for one in KtpStatus),
    "status_ktp_ibu": tuple(one.value for one in KtpStatus),
    "setting_ktp_orang_tua": ("belum_kawin", "selalu"),
    "setting_ktp_saksi": ("wajib", "tidak"),
    "setting_retakes": tuple(range(10)),
    "setting_late_days": tuple(range(1, 3661)),
    "setting_draft_days": tuple(range(1, 367)),
}
"""What a row may ask, and the values that it may name; besides, `null` is "not known yet"."""


def condition_group(group: Any) -> Any:
    """Conditions with values that they can have."""
    if not isinstance(group, dict):
        raise wrong(f"'{group}' is no row of conditions.", "Allowed: {condition: value}, or {} for always.")
    for name, wanted in group.items():
        if name not in CONDITIONS:
            raise wrong(f"There is no condition '{name}'.", one_of(CONDITIONS, name))
        for value in wanted if isinstance(wanted, list) else [wanted]:
            allowed = CONDITIONS[name]
            if value is not None and not any(value is one or (value == one and type(value) is type(one)) for one in allowed):
                told = [str(one).lower() if isinstance(one, bool) else one for one in allowed[:12]]
                raise wrong(f"'{value}' is no value of {name}.", one_of([*told, "null"], value))
    return group


class ItemRow(Row):
    item: Annotated[str, among([item.value for item in Item])]
    form: FormCode | None = None
    when: list[Annotated[dict[str, Any], BeforeValidator(condition_group)]]

    @model_validator(mode="after")
    def _asked_at_all(self) -> "ItemRow":
        if not self.when:
            raise wrong(f"{self.item} is never asked.", "Name at least one row under when, or leave the whole item out.")
        return self


class RequirementsFile(Row):
    """`requirements.yml`."""

    service: Annotated[str, among(("kelahiran",))]
    form: FormCode
    settings: SettingsRow
    items: list[ItemRow]


class ChoiceRow(Row):
    id: StrictStr
    label: Label


class FieldRow(Row):
    id: Id
    label: Label
    type: Annotated[str, among([one.value for one in FieldType])]
    required: Flag
    choices: list[ChoiceRow] = Field(default_factory=list)
    value: Label | None = None

    @model_validator(mode="after")
    def _choices_fit(self) -> "FieldRow":
        if (self.type == "choice") != bool(self.choices):
            raise wrong(f"The field {self.id} has the type {self.type}.", "Choices belong to the type choice, and only to it.")
        return self


class SectionRow(Row):
    id: Id
    label: Label
    scope: Annotated[str, among([one.value for one in Scope])]
    fields: list[FieldRow]


def _edition(value: Any) -> Any:
    if not isinstance(value, str):
        raise wrong(f"Without quotes YAML reads the edition {value} as a number.", f'Write "{value}".')
    return value


class F201File(Row):
    """`f201.yml`."""

    code: FormCode
    edition: Annotated[str, BeforeValidator(_edition)]
    title: Label
    law: Label
    report: Label
    sections: list[SectionRow]


class AskedField(Row):
    field: Id
    document: Id | None = None
    unknown: Flag = False


class BirthFormFile(Row):
    """`birth_form.yml`."""

    fields: list[AskedField]
    parents: Annotated[list[Annotated[str, among(("ibu", "ayah"))]], Distinct]


class SamePlaceRow(Row):
    item: Annotated[str, among([item.value for item in Item])]
    field: Id
    when: Annotated[str, among([one.value for one in Reporter])] | None = None
    member: Annotated[str, among(("ayah", "ibu"))] | None = None


class SameFieldsFile(Row):
    """`same_fields.yml`: by field of the form, the papers on which it stands."""

    child: dict[Id, list[SamePlaceRow]]
    bundle: dict[Id, list[SamePlaceRow]]
