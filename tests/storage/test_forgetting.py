"""What was deleted or replaced is in no file of a SQLite database any more."""

from pathlib import Path

from sqlalchemy import text

from storage.database import Database

NIK = "3316994107900001"


def holding(folder: Path) -> list[str]:
    """The files in which the number stands."""
    return [path.name for path in folder.iterdir() if NIK.encode() in path.read_bytes()]


async def test_no_file_holds_a_row_that_was_deleted_or_replaced(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'data.db'}")
    async with database.write() as session:
        await session.execute(text("CREATE TABLE people (id INTEGER PRIMARY KEY, content TEXT)"))
        for row, filling in enumerate(("", "x" * 9000, "")):  # one of them on pages of its own
            await session.execute(text("INSERT INTO people VALUES (:row, :content)"), {"row": row, "content": NIK + filling})
    assert holding(tmp_path)
    async with database.write() as session:
        await session.execute(text("DELETE FROM people WHERE id < 2"))
        await session.execute(text("UPDATE people SET content = '{}'"))
    await database.forget_log()
    assert not holding(tmp_path)
    await database.close()
