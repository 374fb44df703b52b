"""The kinds of value that the files of a pack are made of, each refusing what YAML would quietly turn into something else."""

import re
from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StrictBool, StrictInt, StrictStr
from pydantic_core import PydanticCustomError

from pack.faults import one_of


class Row(BaseModel):
    """A mapping of the file: an unknown key is a mistake, never passed over."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def wrong(sentence: str, allowed: str = "", at: str | None = None) -> PydanticCustomError:
    """A mistake in words of our own: braces in it are text. `at`: the key of the mapping at which it is told, else the mapping itself."""
    return PydanticCustomError("pack", "{sentence}", {"sentence": sentence, "allowed": allowed, "at": at})


def _text(value: str) -> str:
    if not value.strip():
        raise wrong("The text is empty.")
    if (control := re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]", value)) is not None:
        raise wrong(f"The text holds an invisible character (U+{ord(control[0]):04X}).", "Delete it and write the place anew.")
    return value


def _longest(most: int) -> Callable[[str], str]:
    def check(value: str) -> str:
        if len(value) > most:
            raise wrong(f"The text is {len(value)} characters long.", f"Allowed: at most {most}.")
        return value

    return check


def _id(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", value):
        raise wrong(f"'{value}' is no name.", "Allowed: small letters, figures and _, at most 40, a letter first.")
    return value


def _clock_time(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"(?:[01]\d|2[0-3]):[0-5]\d", value):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1440:
        raise wrong(f"Without quotes YAML reads this time as the number {value}.", f'Write "{value // 60:02d}:{value % 60:02d}".')
    raise wrong(f"'{value}' is no time of day.", 'Allowed: hours and minutes in quotes, "07:30".')


def _day(value: Any) -> date:
    try:
        day = value if isinstance(value, date) and not isinstance(value, datetime) else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise wrong(f"'{value}' is no day.", 'Allowed: year, month, day, "2026-12-24".') from None
    if not 2000 <= day.year < 2100:
        raise wrong(f"'{value}' is no day of these years.", 'Allowed: year, month, day, "2026-12-24".')
    return day


def _phrases(value: str) -> str:
    phrases = [phrase.strip() for phrase in value.split(",")]
    if not any(phrases):
        raise wrong("There is no phrase.", "Allowed: phrases parted by commas.")
    if ";" in value:
        raise wrong("Phrases are parted by a semicolon.", "Allowed: commas.")
    return value


def _distinct(values: list[Any]) -> list[Any]:
    for place, value in enumerate(values):
        if value in values[:place]:
            raise wrong(f"'{value}' stands in the list twice.", "Leave one of them.")
    return values


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong(f"'{value}' is no number.", "Allowed: a number without quotes, 0.75.")
    return value


def among(allowed: Collection[str]) -> BeforeValidator:
    """One of these names, told with all of them and the nearest where it is another."""

    def check(value: Any) -> Any:
        if not isinstance(value, str) or value not in allowed:
            hint = " (without quotes YAML reads yes, no, on and off as true and false)" if isinstance(value, bool) else ""
            raise wrong(f"'{value}' is not allowed here{hint}.", one_of(allowed, value))
        return value

    return BeforeValidator(check)


def between(least: float, most: float) -> AfterValidator:
    """A number within these bounds."""

    def check(value: float) -> float:
        if not least <= value <= most:
            raise wrong(f"{value} is not allowed here.", f"Allowed: {least:g} to {most:g}.")
        return value

    return AfterValidator(check)


def matching(pattern: str, kind: str, allowed: str) -> AfterValidator:
    """A text of that form."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise wrong(f"'{value}' is no {kind}.", allowed)
        return value

    return AfterValidator(check)


Text = Annotated[StrictStr, AfterValidator(_text), AfterValidator(_longest(1000))]
Label = Annotated[StrictStr, AfterValidator(_text), AfterValidator(_longest(120))]
Id = Annotated[StrictStr, AfterValidator(_id)]
ClockTime = Annotated[str, BeforeValidator(_clock_time)]
Day = Annotated[date, BeforeValidator(_day)]
Phrases = Annotated[StrictStr, AfterValidator(_phrases)]
"""Phrases parted by commas."""
Flag = StrictBool
Whole = StrictInt
Number = Annotated[float, BeforeValidator(_number)]
Distinct = AfterValidator(_distinct)
"""A list in which nothing stands twice."""
