"""What the back office may send as a notice (contracts.md, "Notices")."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

ID = Field(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9._:-]+$")


class Attachment(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)

    filename: str = Field(min_length=1, max_length=300)
    mime: str = Field(min_length=1, max_length=200)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    url: str = Field(pattern=r"^/api/files/", max_length=2000)


class NoticeIn(BaseModel):
    """One notice. Its kind is not looked at here: the dialogue's side knows the kinds."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: str = ID
    contact: str = Field(min_length=1, max_length=80)
    kind: str = Field(min_length=1, max_length=80)
    number: str | None = None
    at: datetime
    data: dict[str, Any] = {}
    attachments: list[Attachment] = []
