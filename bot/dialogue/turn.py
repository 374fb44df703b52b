"""Writes a turn as the dialogue takes it (contracts.md, "A turn"). Pure."""

import re
from collections.abc import Sequence
from typing import Any

from bot.contacts.models import Contact
from bot.conversations.media import Media
from bot.conversations.models import Item
from contracts.notice import Notice
from contracts.turn import FileProblem, Sender, SentFile, Turn, TurnKind, TurnRequest

COMMANDS = {TurnKind.DOCUMENTS: "/kirim_berkas", TurnKind.OTHER: "/kirim_lain", TurnKind.NOTICE: "/pemberitahuan"}
"""What the dialogue reads of a turn without words of the person's own."""

_INTENT_MARK = re.compile(r"^[\s/]+")


def request(turn_id: str, contact: Contact, items: Sequence[tuple[Item, Sequence[Media]]], formerly: Sequence[str] = ()) -> dict[str, Any]:
    """The body of `POST /webhooks/rest/webhook` for items of one kind, in order; there is at least one.

    `formerly`: the ids under which the contact was known before it proved to be the same person.
    """
    first, last = items[0][0], items[-1][0]
    kind = TurnKind(first.kind)
    body = first.body
    if kind is TurnKind.TEXT:
        body = {**body, "text": "\n".join(item.body["text"] for item, _ in items)}
    message = spoken(kind, body)
    if not message:  # a lone "/": nothing that could be understood, and Rasa must not take it for a command
        kind, message, body = TurnKind.OTHER, COMMANDS[TurnKind.OTHER], {"other": {"type": "unsupported"}}
    captions = [item.body["caption"] for item, _ in items if kind is TurnKind.DOCUMENTS and item.body.get("caption")]
    metadata = Turn(
        turn=turn_id,
        kind=kind,
        messages=[item.wamid for item, _ in items if item.wamid],
        text="\n".join(captions) if captions else body.get("text") or body.get("title"),
        choice=body.get("choice"),
        documents=[_document(item, file) for item, files in items for file in files] if kind is TurnKind.DOCUMENTS else [],
        other=body.get("other"),
        notice=_notice(body["notice"], items[0][1]) if kind is TurnKind.NOTICE else None,
        contact=Sender(
            phone=contact.phone,
            name=contact.name,
            **({"formerly": list(formerly)} if formerly else {}),
            **({"changed_at": contact.changed_at} if contact.changed_at else {}),
        ),
        at=last.at,
        **({"cut": True} if any(item.body.get("cut") for item, _ in items) else {}),
    )
    return TurnRequest(sender=contact.id, message=message, metadata=metadata).body()


def spoken(kind: TurnKind, body: dict[str, Any]) -> str:
    """The sentence that Rasa reads. A leading `/` is taken off what a person wrote: only we may name an intent."""
    match kind:
        case TurnKind.TEXT:
            return _INTENT_MARK.sub("", body["text"]).strip()
        case TurnKind.CHOICE:
            return _INTENT_MARK.sub("", body["title"]).strip() or _INTENT_MARK.sub("", body["choice"]).strip()
    return COMMANDS[kind]


def _document(item: Item, file: Media) -> SentFile:
    return SentFile(
        blob=file.blob,
        mime=file.mime,
        filename=file.filename,
        caption=item.body.get("caption"),
        message=item.wamid,
        line=item.line,
        problem=None if file.problem is None else FileProblem(file.problem),
    )


def _notice(notice: dict[str, Any], files: Sequence[Media]) -> Notice:
    """The notice as it was taken in, each attachment with the blob under which it now lies, or its problem."""
    fetched = {f.position: f for f in files}
    attachments = [
        {**a, "blob": fetched[n].blob if n in fetched else None, "problem": fetched[n].problem if n in fetched else None}
        for n, a in enumerate(notice.get("attachments") or [])
    ]
    return Notice.model_validate({**notice, "attachments": attachments})
