"""What tells one document from another, and when it can be read (`data/documents/`)."""

from typing import Annotated

from pydantic import Field, RootModel, StrictStr

from pack.schema.base import Label, Number, Row, Text, among, between
from standard.kinds import Kind

Printed = Annotated[StrictStr, Field(min_length=1, max_length=80)]
"""Words as they are printed."""
Wording = Annotated[StrictStr, Field(min_length=1, max_length=300)]
"""Words, as a pattern."""
KindName = Annotated[str, among([kind.value for kind in Kind if kind not in (Kind.OTHER, Kind.NONE)])]


class KindRow(Row):
    enough: Annotated[Number, between(1, 50)]
    title_weight: Annotated[Number, between(1, 50)] = 5
    title: list[Printed]
    alone: list[Printed] = Field(default_factory=list)
    sentence: list[Printed] = Field(default_factory=list)
    sign: list[Printed]
    needs: list[Printed] = Field(default_factory=list)
    unless: list[Printed] = Field(default_factory=list)


class DecisiveRow(Row):
    heading: list[Printed] = Field(default_factory=list)
    sentence: list[Printed] = Field(default_factory=list)


class KindsFile(Row):
    """`documents/kinds.yml`."""

    readable_lines: Annotated[int, between(1, 100)]
    kinds: dict[KindName, KindRow]
    decisive: dict[Label, DecisiveRow]
    other: dict[Label, list[Printed]]


class LabelsFile(RootModel[dict[Label, dict[Label, list[Printed]]]]):
    """`documents/labels.yml`."""


class BirthFactsFile(Row):
    """`documents/birth_facts.yml`."""

    penolong: dict[Label, Wording]
    tempat_dilahirkan: dict[Label, Wording]
    orders: list[list[Printed]]


class WordingFile(RootModel[dict[Label, list[Wording]]]):
    """`documents/wording.yml`."""


class ThresholdRow(Row):
    limit: Number
    means: Text


class ThresholdsFile(RootModel[dict[Label, ThresholdRow]]):
    """`documents/thresholds.yml`."""
