"""What `standard/survey.yml` may hold."""

from typing import Annotated

from pydantic import Field, model_validator

from pack.schema.base import Id, Label, Row


class UnsurRow(Row):
    id: Id
    label: Label
    question: Label


class GradeRow(Row):
    grade: Annotated[str, Field(pattern="^[A-D]$")]
    least: Annotated[float, Field(ge=25, le=100)]
    label: Label


class AskingRow(Row):
    after_minutes: Annotated[int, Field(ge=0, le=1200)]
    within_hours: Annotated[int, Field(ge=1, le=23)]
    awake: Annotated[list[int], Field(min_length=2, max_length=2)]


class SurveyFile(Row):
    """`survey.yml`."""

    unsur: Annotated[list[UnsurRow], Field(min_length=9, max_length=9)]
    grades: Annotated[list[GradeRow], Field(min_length=4, max_length=4)]
    asking: AskingRow

    @model_validator(mode="after")
    def _descend(self) -> "SurveyFile":
        """Raises ValueError where the grades do not stand from the best to the worst."""
        if [row.least for row in self.grades] != sorted((row.least for row in self.grades), reverse=True):
            raise ValueError("the grades stand from the best to the worst")
        return self
