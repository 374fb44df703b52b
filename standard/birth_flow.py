"""The questions of a registration as a Flow, the form within WhatsApp: `python -m pack flow permohonan`. Pure.

Labels, answers and helps are those of the chat (`data/responses/`), what a field holds is F-2.01's (`f201.yml`): nothing stands twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from standard import flow_parts as parts
from standard.birth_form import birth_fields, parents_asked
from standard.f201 import FieldType
from standard.f201 import form as f201
from standard.flow_parts import Part

SCREEN, PARENTS, CHILDREN = "KELUARGA", "ORANG_TUA", ("ANAK_PERTAMA", "ANAK_KEDUA", "ANAK_KETIGA")
"""The screens; of more children than there are screens the chat asks."""

LINE, ADDRESS = 60, 200
"""Characters of a line and of an address."""

COUNT = "jumlah_anak"
OTHER_ADDRESS = "alamat_lain"
"""The address where it is not the KK's; both are the one answer `alamat_kia`."""


class Option(Protocol):
    """An answer that a question offers."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...


class Texts(Protocol):
    """The chat's texts, by key."""

    def text(self, key: str, /, **values: Any) -> str: ...

    def options(self, key: str, /) -> Sequence[Option]: ...


@dataclass(frozen=True)
class Field:
    """One field: its name within the form, whose value it is, of which child (from 0), and what it holds."""

    name: str
    of: str
    child: int | None
    type: FieldType


_FAMILY = (
    "pelapor", "hubungan_pelapor", COUNT, "ada_surat_kelahiran", "ada_surat_nikah", "hubungan_kk", "status_ktp_ayah", "status_ktp_ibu",
)  # fmt: skip
_SHOWN = {
    "hubungan_pelapor": "${form.pelapor} == 'lain'",
    "hubungan_kk": "${form.ada_surat_nikah} == 'belum'",
    "status_ktp_ayah": "${form.pelapor} != 'ayah'",
    "status_ktp_ibu": "${form.pelapor} != 'ibu'",
}
"""Fields that only some families are asked, as in the chat."""
_KEYBOARDS = {"kelahiran_ke": "number", "email": "email"}
"""Of any other field: words, for what may stay unknown can be said so (`tidak tahu`)."""


@cache
def family_fields() -> tuple[Field, ...]:
    """The conditions."""
    return tuple(Field(name, name, None, FieldType.TEXT if name == "hubungan_pelapor" else FieldType.CHOICE) for name in _FAMILY)


@cache
def parents_fields() -> tuple[Field, ...]:
    """The parents, where the KIA goes, and the e-mail address."""
    births = [
        Field(f"{parent}_{what}", f"{parent}_{what}", None, type_)
        for parent in parents_asked()
        for what, type_ in (("tempat_lahir", FieldType.TEXT), ("tanggal_lahir", FieldType.DATE))
    ]
    names = [Field(name, name, None, FieldType.TEXT) for name in ("nama_ibu", "nama_ayah")]
    return (
        *names,
        *births,
        Field("alamat_kia", "alamat_kia", None, FieldType.CHOICE),
        Field(OTHER_ADDRESS, "alamat_kia", None, FieldType.TEXT),
        Field("email", "email", None, FieldType.EMAIL),
    )


@cache
def child_fields(child: int) -> tuple[Field, ...]:
    """The name and the birth of one child, by its number from 0."""
    name = Field(f"nama_anak_{child + 1}", "nama_anak", child, FieldType.TEXT)
    return (name, *(Field(f"{row.name}_{child + 1}", row.name, child, f201().field(row.name).type) for row in birth_fields()))


@cache
def all_fields() -> tuple[Field, ...]:
    """Every field, in the order in which it is read."""
    return (*family_fields(), *parents_fields(), *(field for child in range(len(CHILDREN)) for field in child_fields(child)))


def group_of(field: Field) -> str:
    """Under which name the form is opened with what is known of it."""
    if field.child is not None:
        return f"anak_{field.child + 1}"
    return "keluarga" if field in family_fields() else "orang_tua"


def opened_with(known: dict[str, str]) -> dict[str, dict[str, str]]:
    """What is known by the fields' names, as the first screen takes it."""
    groups: dict[str, dict[str, str]] = {group_of(field): {} for field in all_fields()}
    for field in all_fields():
        if field.name in known:
            groups[group_of(field)][field.name] = known[field.name]
    return groups


def flow_json(texts: Texts) -> Part:
    """The family, its parents, then a screen for each child that was counted. It needs no endpoint of ours."""
    asked = [parts.body(texts.text("formulir_petunjuk")), *(_shown(texts, field) for field in family_fields()), _on(texts, PARENTS)]
    groups = {group: _declared([field for field in all_fields() if group_of(field) == group]) for group in opened_with({})}
    first = parts.screen(SCREEN, texts.text("formulir_judul_keluarga"), [parts.form(asked, "${data.keluarga}")], groups)
    second = parts.screen(
        PARENTS,
        texts.text("formulir_judul_orang_tua"),
        [parts.form([*(_part(texts, field) for field in parents_fields()), _on(texts, CHILDREN[0])], _known("orang_tua"))],
    )
    return parts.flow([first, second, *(_child_screen(texts, child) for child in range(len(CHILDREN)))])


def _child_screen(texts: Texts, child: int) -> Part:
    number = "" if child == 0 else f" ke-{child + 1}"
    fields = [_part(texts, field) for field in child_fields(child)]
    end = parts.footer(texts.text("formulir_kirim"), parts.complete(_filled_in(child)))
    last = child == len(CHILDREN) - 1
    more = [] if last else [_on(texts, CHILDREN[child + 1])]
    leads = [end] if last else [parts.shown_if(f"${{screen.{SCREEN}.form.{COUNT}}} == '{child + 1}'", [end], more)]
    title = texts.text("formulir_judul_anak", anak_ke=number)
    return parts.screen(CHILDREN[child], title, [parts.form([*fields, *leads], _known(f"anak_{child + 1}"))], terminal=True)


def _filled_in(child: int) -> dict[str, str]:
    """Everything up to this child, as it comes back."""
    before = {field.name: f"${{screen.{SCREEN}.form.{field.name}}}" for field in family_fields()}
    before |= {field.name: f"${{screen.{PARENTS}.form.{field.name}}}" for field in parents_fields()}
    for earlier in range(child):
        before |= {field.name: f"${{screen.{CHILDREN[earlier]}.form.{field.name}}}" for field in child_fields(earlier)}
    return before | {field.name: f"${{form.{field.name}}}" for field in child_fields(child)}


def _known(group: str) -> str:
    return f"${{screen.{SCREEN}.data.{group}}}"


def _declared(fields: list[Field]) -> Part:
    example = {fields[0].name: ""}
    return {"type": "object", "properties": {field.name: {"type": "string"} for field in fields}, "__example__": example}


def _on(texts: Texts, to: str) -> Part:
    return parts.footer(texts.text("formulir_lanjut"), parts.navigate(to))


def _shown(texts: Texts, field: Field) -> Part:
    part = _part(texts, field)
    return parts.shown_if(_SHOWN[field.name], [part]) if field.name in _SHOWN else part


def _part(texts: Texts, field: Field) -> Part:
    label = label_of(texts, field)
    if field.type is FieldType.CHOICE:
        offered = [(option.id, option.title) for option in texts.options(f"q_{field.of}")]
        return parts.choice(field.name, label, offered, required=field.of == COUNT)
    if field.type is FieldType.DATE:
        return parts.day(field.name, label)
    if field.name == OTHER_ADDRESS:
        return parts.lines(field.name, label, ADDRESS)
    helper = texts.text(f"formulir_contoh_{field.of}") if field.of in _EXAMPLES else ""
    return parts.line(field.name, label, LINE, _KEYBOARDS.get(field.of, "text"), helper)


_EXAMPLES = frozenset({"nama_anak", "tempat_kelahiran", "pukul", "berat", "panjang", "hubungan_pelapor"})
"""Fields of which an example says how they are written."""


_OWN_LABELS = frozenset({OTHER_ADDRESS, "hubungan_pelapor"})


def label_of(texts: Texts, field: Field) -> str:
    """What the field is called, as the chat calls it."""
    called = texts.text(f"formulir_{field.name}" if field.name in _OWN_LABELS else f"ubah_{field.of}")
    return called[:1].upper() + called[1:]
