"""The survey of satisfaction: what a citizen answered of the nine unsur."""

from typing import Annotated

from pydantic import Field, model_validator

from contracts.moments import Moment
from contracts.shape import Shape
from standard.survey import HIGHEST, LOWEST, respondent, unsur

Value = Annotated[int, Field(ge=LOWEST, le=HIGHEST)]


class SurveyAnswer(Shape):
    """One value for each unsur in its order, None where it was left out."""

    values: list[Value | None]
    about: dict[str, str] = {}
    """What was said of the respondent, by question: the ids of `survey.yml`, respondent."""
    at: Moment

    @model_validator(mode="after")
    def _says_something(self) -> "SurveyAnswer":
        """Raises ValueError where there is not one place for each unsur, or nothing was said at all."""
        if len(self.values) != len(unsur()) or all(value is None for value in self.values):
            raise ValueError("one value for each unsur, and at least one of them")
        known = {row.id: row.choices for row in respondent()}
        if any(choice not in known.get(question, {}) for question, choice in self.about.items()):
            raise ValueError("about: an unknown question or choice")
        return self


class SurveyTaken(Shape):
    """The answer: whether it was counted; a second one is not."""

    counted: bool
