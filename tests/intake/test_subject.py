"""A person gets the copy of their drafts, and a complaint without a name is in nobody's."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.drafts.tables import ComplaintRow, ConversationRow, DraftRow, TurnRow
from intake.subject import write_copy
from storage.database import Database
from storage.keyring import Keyring
from storage.opening import open_blobs
from storage.subject import write_json

KEY = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture
def migrations() -> str:
    return "intake/migrations"


async def test_the_copy_holds_the_draft_of_that_person_alone(sqlite_url: str, tmp_path: Path) -> None:
    database = Database.open(sqlite_url, Keyring(KEY))
    async with database.write() as session:
        for who in ("one", "other"):
            session.add(ConversationRow(contact=who, content={"draft": f"d-{who}"}))
            session.add(DraftRow(id=f"d-{who}", contact=who, state="open", content={"ibu_nama": f"SITI {who}"}, updated_at=NOW))
        session.add(ComplaintRow(number="ADU-1", contact="one", category="lama", created_at=NOW))
        session.add(ComplaintRow(number="ADU-2", contact="one", category="pungli", created_at=NOW, anonymous=True))
    write_json(tmp_path / "salinan", "contact.json", {"ids": ["one"]})
    await write_copy(database, open_blobs(f"file:{tmp_path}/blobs", KEY, "intake"), tmp_path / "salinan")
    text = (tmp_path / "salinan" / "draft.json").read_text()
    assert json.loads(text)["drafts"][0]["content"] == {"ibu_nama": "SITI one"}
    assert "other" not in text and "ADU-1" in text and "ADU-2" not in text
    await database.close()


async def test_what_may_tell_of_a_complaint_without_a_name_is_in_no_copy(sqlite_url: str, tmp_path: Path) -> None:
    database = Database.open(sqlite_url, Keyring(KEY))
    part = {"turn": "t1", "text": "dia minta uang", "at": NOW.isoformat()}
    told = {"story": {"parts": [part], "last_at": NOW.isoformat()}, "heard": [part], "last": ["ADU-2 dicatat."], "officer": "ADU-2"}
    beside = {"side": {"id": "aduan_golongan", "data": {"number": "ADU-2"}}, "told_forwarded": "ADU-2", "telling": True}
    async with database.write() as session:
        session.add(ConversationRow(contact="one", content={"contact": "one", "name": "SPESIMEN Siti", **told, **beside}))
        session.add(TurnRow(turn="t1", contact="one", answer=[{"text": "ADU-2 dicatat."}], at=NOW))
    write_json(tmp_path / "salinan", "contact.json", {"ids": ["one"]})
    await write_copy(database, open_blobs(f"file:{tmp_path}/blobs", KEY, "intake"), tmp_path / "salinan")
    text = (tmp_path / "salinan" / "draft.json").read_text()
    assert "SPESIMEN Siti" in text and "ADU-2" not in text and "uang" not in text
    await database.close()
