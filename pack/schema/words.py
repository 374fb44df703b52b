"""Word lists: how answers are read, titles in names, words that make a weak password."""

from typing import Annotated, Any

from pydantic import BeforeValidator, RootModel, StrictStr

from pack.schema.base import Row, matching, wrong

PlainWord = Annotated[StrictStr, matching(r"[^\sA-Z.,]+", "plain word", "Allowed: one word in small letters, without dots and commas.")]


def _section(value: Any) -> Any:
    """A section: phrases, or phrases by value."""
    for key, texts in value.items() if isinstance(value, dict) else [("", value)]:
        of = f"'{key}' has" if key != "" else "There are"
        if not isinstance(texts, str):
            raise wrong(f"{of} no phrases, but {texts!r}.", "Allowed: phrases parted by commas; put a lone yes, no or number in quotes.")
        if not any(phrase.strip() for phrase in texts.split(",")):
            raise wrong(f"{of} no phrases.", "Allowed: phrases parted by commas.")
    return value


def _name(value: Any) -> Any:
    if not isinstance(value, str):
        raise wrong(f"Without quotes YAML reads this name as {value}.", 'Write "yes" and "no" in quotes.')
    return value


class WordList(RootModel[dict[Annotated[str, BeforeValidator(_name)], Annotated[Any, BeforeValidator(_section)]]]):
    """A file of `language/`: phrases by section, or by section and value."""


class TitlesBefore(Row):
    academic: list[PlainWord]
    religious: list[PlainWord]


class TitlesAfter(Row):
    academic: list[PlainWord]


class NamesFile(Row):
    """`names.yml`."""

    titles_before: TitlesBefore
    titles_after: TitlesAfter
    abbreviations: list[PlainWord]


class WeakWordsFile(RootModel[dict[str, list[PlainWord]]]):
    """`weak_words.yml`: words by group."""
