"""The offices at which the births are registered: what differs between them on a screen."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.packs import BLORA as BLORA_PACK
from tests.packs import WANAKERTA as WANAKERTA_PACK


@dataclass(frozen=True)
class There:
    """An office by its pack. `code`: its four figures; `application`, `complaint`: how numbers begin; `witnesses`: are asked for."""

    pack: Path
    town: str
    code: str
    application: str
    complaint: str
    zone: str
    witnesses: bool

    def number(self, text: str) -> str:
        """The application's number in a text. Raises AssertionError where none stands there."""
        return self._number(self.application, text)

    def complaint_number(self, text: str) -> str:
        """The complaint's number in a text. Raises AssertionError where none stands there."""
        return self._number(self.complaint, text)

    def _number(self, prefix: str, text: str) -> str:
        found = re.search(rf"{prefix}-\d{{6}}-[0-9A-Z]{{4}}", text)
        assert found, text
        return found[0]


BLORA = There(BLORA_PACK, "Blora", "3316", "LM", "ADU", "WIB", witnesses=True)
WANAKERTA = There(WANAKERTA_PACK, "Wanakerta", "7279", "WK", "PGD", "WITA", witnesses=False)
