"""Takes files of the desk in for an answer, and finds them again for whoever sends them."""

import re

from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.blob_owners import new_arrival
from backoffice.complaints.models import ComplaintMessage
from backoffice.errors import Invalid, TooBusy
from backoffice.services import Services
from documents import Busy, Unopened

MOST, LARGEST = 5, 5_000_000
"""Files of one answer, and bytes of each."""

NAME_LONGEST = 80


async def take_in(services: Services, uploads: list[tuple[str, bytes]]) -> list[dict[str, str]]:
    """Stores pictures, written anew, and PDFs that can be opened: `{"blob", "mime", "filename"}`. Raises Invalid, TooBusy."""
    given = [(name, data) for name, data in uploads if data]
    if len(given) > MOST or any(len(data) > LARGEST for _, data in given):
        raise Invalid(field="files")
    taken = []
    for name, data in given:
        kind = "application/pdf" if data.startswith(b"%PDF") else "image/jpeg"
        try:
            if kind == "application/pdf":
                await services.opener.pdf_page(data, 0, 200)
            else:
                data = (await services.opener.picture(data)).jpeg
        except Unopened as error:
            raise Invalid(field="files") from error
        except Busy as error:
            raise TooBusy from error
        blob = await services.kept.put(data, new_arrival())
        taken.append({"blob": blob, "mime": kind, "filename": _name(name, kind)})
    return taken


def file_id(message_id: str, place: int) -> str:
    """How a notice names a file of an answer."""
    return f"a.{place}.{message_id}"


async def find_file(session: AsyncSession, wanted: str) -> dict[str, str] | None:
    """The file of an answer by that name; what citizens sent is not handed out by it."""
    found = re.fullmatch(r"a\.(\d)\.(.{1,80})", wanted)
    message = await session.get(ComplaintMessage, found[2]) if found else None
    if found is None or message is None or message.direction != "out" or int(found[1]) >= len(message.attachments):
        return None
    file: dict[str, str] = message.attachments[int(found[1])]
    return file


def _name(given: str, kind: str) -> str:
    stem = re.sub(r"[^\w .()-]+", " ", given.rsplit(".", 1)[0]).strip()[:NAME_LONGEST] or "lampiran"
    return f"{stem}.{'pdf' if kind == 'application/pdf' else 'jpg'}"
