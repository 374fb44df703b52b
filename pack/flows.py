"""Makes the forms within WhatsApp (Flows) from an office's pack, to be published at Meta: the survey, and a registration's questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pack.check import chat_files
from standard import birth_flow, survey_flow
from standard.facts import filled, office_facts

SURVEY, REGISTRATION = "survei", "permohonan"
FORMS = (SURVEY, REGISTRATION)


@dataclass(frozen=True)
class Offered:
    """An answer that a question offers."""

    id: str
    title: str


class ChatTexts:
    """The texts of an office's chat, the first variation of each."""

    def __init__(self, office: Path | None) -> None:
        self._rows = {key: rows[0] for file in chat_files(office) for key, rows in file.data["responses"].items()}

    def text(self, key: str, /, **values: Any) -> str:
        """A text with its values."""
        written: str = filled(self._rows[f"utter_{key}"]["text"], office_facts())
        return written.strip().format_map(values)

    def options(self, key: str, /) -> Sequence[Offered]:
        """The answers that a text offers."""
        rows = filled(self._rows[f"utter_{key}"].get("buttons") or [], office_facts())
        return [Offered(row["payload"], row["title"]) for row in rows]


def flow_json(form: str, office: Path | None) -> dict[str, Any]:
    """The JSON of one of `FORMS`."""
    return birth_flow.flow_json(ChatTexts(office)) if form == REGISTRATION else survey_flow.flow_json()
