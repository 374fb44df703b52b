"""The survey of satisfaction: what a citizen answered of the nine unsur."""

from typing import Annotated

from pydantic import Field, model_validator

from contracts.moments import Moment
from contracts.shape import Shape
from standard.survey import HIGHEST, LOWEST, unsur

Value = Annotated[int, Field(ge=LOWEST, le=HIGHEST)]


class SurveyAnswer(Shape):
    """One value for each unsur in its order, None where it was left out."""

    values: list[Value | None]
    at: Moment

    @model_validator(mode="after")
    def _says_something(self) -> "SurveyAnswer":
        """Raises ValueError where there is not one place for each unsur, or nothing was said at all."""
        if len(self.values) != len(unsur()) or all(value is None for value in self.values):
            raise ValueError("one value for each unsur, and at least one of them")
        return self


class SurveyTaken(Shape):
    """The answer: whether it was counted; a second one is not."""

    counted: bool
