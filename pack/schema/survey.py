"""What `standard/survey.yml` may hold."""

from typing import Annotated

from pydantic import Field, model_validator

from contracts.whatsapp import FLOW_BUTTON, FLOW_LABEL, FLOW_OPTION, FLOW_OPTIONS
from pack.schema.base import Id, Label, Row, Whole, between, matching, wrong


class UnsurRow(Row):
    id: Id
    label: Label
    question: Label


class GradeRow(Row):
    grade: Annotated[str, Field(pattern="^[A-D]$")]
    least: Annotated[float, Field(ge=25, le=100)]
    label: Label


class AskingRow(Row):
    after_minutes: Annotated[Whole, between(0, 1200)]
    within_hours: Annotated[Whole, between(1, 23)]
    awake: Annotated[list[Annotated[Whole, between(0, 24)]], Field(min_length=2, max_length=2)]

    @model_validator(mode="after")
    def _fits(self) -> "AskingRow":
        if self.awake[0] >= self.awake[1]:
            said = f"People are awake from {self.awake[0]} to {self.awake[1]}."
            raise wrong(said, "Allowed: first the earlier hour, [7, 20].", at="awake")
        if self.after_minutes > self.within_hours * 60 - 60:
            raise wrong(
                f"It is asked after {self.after_minutes} minutes and no more after {self.within_hours} hours.",
                "Allowed: at least an hour between them.",
            )
        return self


class FlowRow(Row):
    id: Annotated[str, matching(r"\d{0,30}", "id of a Flow", "Allowed: figures, or nothing.")]
    button: Annotated[str, Field(min_length=1, max_length=FLOW_BUTTON)]


class ChoiceRow(Row):
    id: Id
    label: Annotated[str, Field(min_length=1, max_length=FLOW_OPTION)]


class RespondentRow(Row):
    id: Id
    label: Annotated[str, Field(min_length=1, max_length=FLOW_LABEL)]
    choices: Annotated[list[ChoiceRow], Field(min_length=2, max_length=FLOW_OPTIONS)]


class SurveyFile(Row):
    """`survey.yml`."""

    unsur: Annotated[list[UnsurRow], Field(min_length=9, max_length=9)]
    grades: Annotated[list[GradeRow], Field(min_length=4, max_length=4)]
    asking: AskingRow
    flow: FlowRow
    respondent: list[RespondentRow]

    @model_validator(mode="after")
    def _descend(self) -> "SurveyFile":
        if [row.least for row in self.grades] != sorted((row.least for row in self.grades), reverse=True):
            raise wrong("The grades do not stand from the best to the worst.", "Allowed: A to D, falling.")
        return self
