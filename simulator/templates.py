"""The approved message templates of the business: what they say and how many parameters they take."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.graph_errors import GraphError

APPROVED = Path(__file__).with_name("templates.json")
HOLE = re.compile(r"\{\{(\d+)\}\}")


@dataclass(frozen=True)
class Template:
    """One template in one language. `category` decides its price: utility, authentication or marketing."""

    name: str
    language: str
    category: str
    body: str
    buttons: tuple[str, ...] = ()

    def fill(self, parameters: list[str]) -> str:
        """The text that the citizen reads. Raises GraphError 132000 on a wrong number of parameters."""
        holes = len(set(HOLE.findall(self.body)))
        if len(parameters) != holes:
            raise GraphError(
                132000, f"body: number of localizable_params ({len(parameters)}) does not match the expected number of params ({holes})"
            )
        return HOLE.sub(lambda hole: parameters[int(hole[1]) - 1], self.body)


class Templates:
    """The templates by name and language."""

    def __init__(self, office: Path | None = None) -> None:
        """`office`: the file of `SIMULATOR_OFFICE`; without it those of `templates.json`."""
        self._office = office
        self._known: dict[tuple[str, str], Template] = {}
        self.reset()

    def reset(self) -> None:
        """Back to those that were approved at the start."""
        rows = json.loads((self._office or APPROVED).read_text(encoding="utf-8"))
        rows = rows["templates"] if self._office else rows
        self._known = {(row["name"], row["language"]): Template(**{**row, "buttons": tuple(row.get("buttons", ()))}) for row in rows}

    def all(self) -> list[Template]:
        """Every template."""
        return list(self._known.values())

    def put(self, template: Template) -> None:
        """Adds or replaces one."""
        self._known[template.name, template.language] = template

    def find(self, content: dict[str, Any]) -> Template:
        """The template that a message names. Raises GraphError 132001."""
        name, language = content["name"], content["language"]["code"]
        found = self._known.get((name, language))
        if found is None:
            raise GraphError(132001, f"template name ({name}) does not exist in {language}")
        return found


def body_parameters(content: dict[str, Any]) -> list[str]:
    """The body's parameters as text, in order."""
    texts = []
    for component in content.get("components", []):
        if component["type"] == "body":
            for parameter in component.get("parameters", []):
                kind = parameter["type"]
                texts.append(parameter["text"] if kind == "text" else str(parameter.get(kind, {}).get("fallback_value", kind)))
    return texts
