"""The base of every service's settings: the environment over `.env`, one rule for paths, one sentence for what is missing or wrong."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import quote, urlsplit

from dotenv import dotenv_values
from pydantic import AfterValidator, Field, PlainValidator, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from runtime.tokens import Tokens

ROOT = Path(__file__).resolve().parent.parent
"""The project's root. Every relative path of a setting counts from here, wherever the command is started."""

SQLITE = "sqlite:///"
KEY_ID, KEY = "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"
"""The environment's names for the keys of an S3 store."""
ABSENT = frozenset({"missing", "too_short", "string_too_short"})


class SettingsWrong(Exception):
    """Settings are missing or wrong; the message names each of them and no value."""


def _path(path: Path) -> Path:
    return ROOT / path


def _database(url: str) -> str:
    if not url.startswith(SQLITE) or url == f"{SQLITE}:memory:":
        return url
    return f"{SQLITE}{ROOT / url.removeprefix(SQLITE)}"


def _blobs(url: str) -> str:
    """Raises ValueError where the keys of an S3 store are neither in the URL nor in the environment or `.env`."""
    scheme, _, rest = url.partition(":")
    if scheme == "s3":
        known = {**dotenv_values(ROOT / ".env"), **os.environ}
        return with_keys(url, known.get(KEY_ID), known.get(KEY))
    return f"file:{ROOT / rest.removeprefix('//')}" if scheme == "file" and rest else url


ServiceTokens = Annotated[Tokens, PlainValidator(Tokens)]
"""One token, or the present and the former one, apart by a blank (`runtime.tokens`). `<CALLER>_<CALLED>_TOKEN` is the name of each."""
FORMER_TOKEN = "SERVICE_TOKEN"  # noqa: S105 - a name
"""What once opened everything between three processes."""
SettingPath = Annotated[Path, AfterValidator(_path)]
DatabaseUrl = Annotated[str, AfterValidator(_database)]
"""`sqlite:///<file>` or `postgresql://…`."""
BlobUrl = Annotated[str, AfterValidator(_blobs)]
"""`file:<folder>` or `s3://<bucket>/<folder>?endpoint=…`, which then bears its keys."""


def with_keys(url: str, key_id: str | None, key: str | None) -> str:
    """An S3 URL with these keys, where it brings none of its own. Raises ValueError where there are none at all."""
    parts = urlsplit(url)
    if parts.username and parts.password:
        return url
    if not key_id or not key:
        raise ValueError(f"the keys of the S3 store are missing: set {KEY_ID} and {KEY}")
    return parts._replace(netloc=f"{quote(key_id, safe='')}:{quote(key, safe='')}@{parts.netloc.rpartition('@')[2]}").geturl()


class RoomSettings(BaseSettings):
    """What every service has. A field's name in the environment is its own in capitals, unless its alias says another."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", hide_input_in_errors=True, alias_generator=str.upper)

    def __init__(self, **given: Any) -> None:
        """`given` are values by field, for tests. In the environment only aliases count: many a machine has a HOST or a PORT of its own."""
        fields = type(self).model_fields
        super().__init__(**{str(fields[name].alias) if name in fields else name: value for name, value in given.items()})

    landa_mewa_var: SettingPath = ROOT / "var"
    """Where an installation keeps what it makes: databases and blobs lie here unless their own settings say otherwise."""

    unconfined_workers: bool = False
    """Whether strangers' files are opened even where this machine can't confine the process that opens them (docs/operations.md)."""


FOLLOWS = {"default_factory_not_called"}
"""Kinds of faults that only follow from another: a value that would have been made of those that are wrong."""


def under_var(url: str, **given: Any) -> Any:
    """A field that by default is a URL of something in the installation's own folder: `under_var("sqlite:///{var}/intake.db")`."""
    return Field(default_factory=lambda known: url.format(var=known["landa_mewa_var"]), **given)


def token_names(settings: type[RoomSettings]) -> list[str]:
    """The settings that hold the tokens between this process and others."""
    return [str(field.alias) for field in settings.model_fields.values() if field.annotation is Tokens]


def refuse_former_token(environment: Mapping[str, str | None], names: Iterable[str]) -> None:
    """Raises SettingsWrong where the one token of all processes is still set: who set it thinks that it still opens something."""
    if environment.get(FORMER_TOKEN):
        raise SettingsWrong(
            f"{FORMER_TOKEN} is not used any more: each pair of processes has a token of its own. "
            f"Set {', '.join(names)} (docs/operations.md), and take {FORMER_TOKEN} away."
        )


Room = TypeVar("Room", bound=RoomSettings)


def read(settings: type[Room], process: str, **given: Any) -> Room:
    """The settings of a process. Raises SettingsWrong with one sentence for whoever started it."""
    file = given.get("_env_file", ROOT / ".env")
    if own := token_names(settings):
        refuse_former_token({**(dotenv_values(file) if file else {}), **os.environ}, own)
    try:
        return settings(**given)
    except ValidationError as error:
        found = [fault for fault in error.errors(include_input=False, include_url=False) if fault["type"] not in FOLLOWS]
        faults = {str(fault["loc"][0]).upper(): fault for fault in found}
        wrong = [f"{name} ({'missing' if fault['type'] in ABSENT else fault['msg']})" for name, fault in sorted(faults.items())]
        raise SettingsWrong(f"{process} can't start. Set in the environment or in {ROOT / '.env'}: {', '.join(wrong)}.") from None
