"""Fills a database with copies of the templates: a million cases of five years, each with names, numbers and a kecamatan of its own."""

import random
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Date, Table, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import CreateIndex, DropIndex

from backoffice.cases.terms import stored_term
from backoffice.metadata import METADATA
from backoffice.reports.keeping import keep_all
from backoffice.services import Services
from bench.office_templates import OPEN, PLACEHOLDERS, Template, make_templates
from standard import facts
from standard.clock import today
from storage.keyring import Keyring
from storage.model import Moment

NAMES = {word: column for word, column in PLACEHOLDERS.items() if column.endswith(("_first", "_last"))}
"""The placeholders that are words of names, which the table of words holds hidden."""

YEARS = 5
ERASED_AFTER = 85
"""Days after which the working copies of a photo have been erased: just before the service would do it by itself."""

FIRST_NAMES = (
    "SITI SRI DEWI RINA YULI ANI DWI EKA FITRI INDAH KARTIKA LESTARI MAYA NUR PUTRI RATNA SARI TRI WULAN ANISA AYU DIAN ENDAH MUHAMMAD "
    "AHMAD BUDI AGUS JOKO SLAMET BAMBANG HADI RIZKI BAYU GALIH FAJAR RAMA SATRIA ILHAM YUSUF RAKA ARYA DIMAS EKO WAHYU TEGUH NAYLA AISYAH "
    "ZAHRA SALMA KIRANA NADIA SYIFA HANA ALYA CITRA INTAN MELATI KINANTI LARAS"
)
FIRST = ("WIDA", "SUMA", "HARTO", "PRATA", "KUSU", "SETIA", "NUGRA", "WICAK", "SAPTA", "MULYA", "SANTO", "UTA")
LAST = ("NTI", "NINGSIH", "NO", "YANTO", "WATI", "MA", "YUDA", "RJO", "DINATA", "LESTI")
LAST_NAMES = [f"{begin}{end}" for begin in FIRST for end in LAST]
THIN = ("dokumen_benar", "diambil", "dilihat", "unggah_draf_kk", "unggah_draf_akta", "unggah_final_kk", "unggah_final_akta", "kia_dicetak")
"""Events that copies of ended cases do without: so a million cases have the twelve million events of the target."""

COPIED = (
    "cases", "case_events", "case_tasks", "case_terms", "case_documents", "products", "approvals", "notices", "stage_visits",
    "case_outcomes", "document_returns", "case_alarms",
)  # fmt: skip


async def fill(services: Services, cases: int) -> dict[str, float]:
    """Fills a migrated, empty database; returns the seconds that each part took."""
    seconds: dict[str, float] = {}
    began = time.monotonic()
    templates = await make_templates(services, services.clock(), done=100, each_stage=8)
    seconds["templates"] = time.monotonic() - began
    keyring = services.database.keyring
    copies = [
        copy | {f"{column}_hidden": stored_term(keyring, "nama", copy[column]) for column in set(NAMES.values())}
        for copy in make_copies(templates, cases - len(templates), services.clock())
    ]
    async with services.database.engine.begin() as connection:
        await connection.run_sync(_without_indices)
        await connection.execute(
            text(
                "CREATE TABLE copies (id bigint PRIMARY KEY, template bigint, shift integer, thin integer, number text, "
                + ", ".join(
                    f"{name} text" for name in (*dict.fromkeys(PLACEHOLDERS.values()), *(f"{n}_hidden" for n in set(NAMES.values())))
                )
                + ")"
            )
        )
        await _insert(connection, copies)
    seconds["copies"] = time.monotonic() - began - sum(seconds.values())
    for name in COPIED:
        async with services.database.engine.begin() as connection:
            if not services.database.is_sqlite:
                await connection.execute(text("SET LOCAL session_replication_role = replica"))
                await connection.execute(text("SET LOCAL enable_hashjoin = off"))
                await connection.execute(text("SET LOCAL enable_mergejoin = off"))
            await connection.execute(text(_multiply(METADATA.tables[name], services.database.is_sqlite, keyring)))
        seconds[name] = time.monotonic() - began - sum(seconds.values())
        print(f"  {name}: {seconds[name]:.0f} s", flush=True)
    async with services.database.engine.begin() as connection:
        await connection.run_sync(_with_indices)
        await connection.execute(text("DROP TABLE copies"))
        if not services.database.is_sqlite:
            await connection.execute(text("SET LOCAL session_replication_role = replica"))
        for name in reversed(COPIED):  # a hundred children of one name and mother would all be duplicates of each other
            key = "id" if name == "cases" else "case_id"
            await connection.execute(text(f"DELETE FROM {name} WHERE {key} <= {templates[-1].id}"))
    seconds["indices"] = time.monotonic() - began - sum(seconds.values())
    await keep_all(services.database, services.clock())
    seconds["months"] = time.monotonic() - began - sum(seconds.values())
    async with services.database.engine.connect() as connection:
        await (await connection.execution_options(isolation_level="AUTOCOMMIT")).execute(
            text("ANALYZE" if services.database.is_sqlite else "VACUUM ANALYZE")
        )
    seconds["analyze"] = time.monotonic() - began - sum(seconds.values())
    return seconds


def make_copies(templates: list[Template], count: int, now: datetime) -> Iterator[dict[str, Any]]:
    """What makes each copy one of its own, the oldest case first. The last 2,000 are open, the others ended up to five years ago."""
    chance = random.Random(7)
    places = list(facts.load("places")["kecamatan"].values())
    ended = [template for template in templates if template.stage in ("selesai", "ditolak")]
    standing = [(stage, [template for template in templates if template.stage == stage]) for stage in OPEN]
    share = min(1.0, count / 20 / sum(OPEN.values()))
    open_now = [chance.choice(here) for stage, here in standing if here for _ in range(round(OPEN[stage] * share))]
    chance.shuffle(open_now)
    old = count - len(open_now)
    for place in range(count):
        template = open_now[place - old] if place >= old else chance.choice(ended)
        shift = 0 if place >= old else -int(YEARS * 365 * (1 - place / old) ** 1.1)
        day, key = today(now) + timedelta(days=shift), len(templates) + place + 1
        yield {
            "id": key, "template": template.id, "shift": shift, "thin": int(place < old), "number": f"LM-{day:%y%m%d}-{_base36(key)}",
            "child_first": _name(chance), "child_last": chance.choice(LAST_NAMES), "mother_first": _name(chance),
            "mother_last": chance.choice(LAST_NAMES), "father_first": _name(chance), "father_last": chance.choice(LAST_NAMES),
            "mother_nik": _nik(key, 40), "father_nik": _nik(key, 0), "phone": f"812{30_000_000 + key:08}",
            "place": places[min(int(chance.expovariate(0.2)), 15)], "born": f"{day - timedelta(days=chance.randrange(2, 50))}",
        }  # fmt: skip


def _name(chance: random.Random) -> str:
    """A few names are very common, as they are."""
    names = FIRST_NAMES.split()
    return names[int(len(names) * chance.random() ** 2)]


def _nik(key: int, sex: int) -> str:
    """A number of the region 331699, which there is not, with a date that there is."""
    return f"331699{sex + 1 + key % 28:02}{1 + key // 28 % 12:02}{70 + key // 336 % 30:02}{1 + key // 10_080 % 9_999:04}"


def _base36(key: int) -> str:
    return "".join("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[key // 36**place % 36] for place in (3, 2, 1, 0))


def _multiply(table: Table, sqlite: bool, keyring: Keyring) -> str:
    """The statement that copies the templates' rows of a table, column by column."""
    columns = [column for column in table.columns if not _counted(column)]
    case = "id" if table.name == "cases" else "case_id"
    names = ", ".join(_quoted(column.name) for column in columns)
    values = ", ".join(_value(table.name, column, sqlite, keyring) for column in columns)
    kept = f" WHERE c.thin = 0 OR e.kind NOT IN {THIN}" if table.name == "case_events" else ""
    query = f"SELECT {values} FROM copies c JOIN {table.name} e ON e.{case} = c.template{kept} ORDER BY c.id"
    once = " ON CONFLICT DO NOTHING" if table.name == "case_terms" else ""  # mother and father may have one name
    return f"INSERT INTO {table.name} ({names}) {query}{once}"


def _counted(column: Column[Any]) -> bool:
    """Whether the database counts that key up by itself."""
    return column.name == "id" and column.table.name in ("case_events", "case_documents", "approvals", "document_returns")


def _value(table: str, column: Column[Any], sqlite: bool, keyring: Keyring) -> str:
    own = f"e.{_quoted(column.name)}"
    special = {
        ("cases", "id"): "c.id", ("cases", "number"): "c.number", ("cases", "draft_id"): "'salinan-' || c.id",
        ("cases", "contact"): "'warga-' || c.id", ("cases", "child_name"): _replaced("e.child_name"),
        ("cases", "bundle"): _replaced("e.bundle") if sqlite else f"({_replaced('e.bundle::text')})::jsonb",
        ("case_terms", "term"): f"CASE WHEN e.kind = 'gambar' THEN substr(e.term, 1, 40) || c.id "
        f"WHEN e.kind = 'nama' THEN CASE e.term {_hidden(keyring)} ELSE e.term END ELSE {_replaced('e.term')} END",
        ("case_documents", "check"): own if sqlite else f"CASE WHEN c.thin = 1 THEN {own} - 'boxes' - 'confidence' ELSE {own} END",
        ("case_documents", "erased_at"): f"CASE WHEN c.shift < -{ERASED_AFTER} THEN {_moved('e.received_at', sqlite)} ELSE {own} END",
        ("case_documents", "submission"): "'s' || c.id || '-' || e.id", ("products", "id"): "'p' || c.id || '-' || substr(e.id, 1, 12)",
        ("notices", "id"): "'n' || c.id || '-' || substr(e.id, 1, 12)", ("notices", "state"): "'read'",
        ("notices", "number"): "c.number", ("notices", "contact"): "'warga-' || c.id",
    }  # fmt: skip
    if (value := special.get((table, column.name))) is not None:
        return value
    if column.name == "case_id":
        return "c.id"
    if column.name == "kecamatan":
        return "c.place"
    if isinstance(column.type, Moment):
        return _moved(own, sqlite)
    if isinstance(column.type, Date):
        return f"date({own}, c.shift || ' days')" if sqlite else f"{own} + c.shift"
    return own


def _moved(moment: str, sqlite: bool) -> str:
    return f"strftime('%Y-%m-%d %H:%M:%f000', {moment}, c.shift || ' days')" if sqlite else f"{moment} + c.shift * interval '1 day'"


def _hidden(keyring: Keyring) -> str:
    """The template's words of names, each with the copy's own."""
    return " ".join(f"WHEN '{stored_term(keyring, 'nama', word)}' THEN c.{column}_hidden" for word, column in NAMES.items())


def _replaced(value: str) -> str:
    """The template's text with the copy's own names and numbers."""
    for placeholder, column in PLACEHOLDERS.items():
        value = f"replace({value}, '{placeholder}', c.{column})"
    return value


async def _insert(connection: AsyncConnection, copies: list[dict[str, Any]]) -> None:
    names = list(copies[0])
    if connection.dialect.name == "postgresql":
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await driver.copy_records_to_table("copies", columns=names, records=[tuple(copy.values()) for copy in copies])
    else:
        values = ", ".join(f":{name}" for name in names)
        await connection.execute(text(f"INSERT INTO copies ({', '.join(names)}) VALUES ({values})"), copies)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _without_indices(connection: Connection) -> None:
    """Rows go in several times as fast; constraints stay."""
    for table in (METADATA.tables[name] for name in COPIED):
        for index in table.indexes:
            connection.execute(DropIndex(index))


def _with_indices(connection: Connection) -> None:
    for table in (METADATA.tables[name] for name in COPIED):
        for index in table.indexes:
            connection.execute(CreateIndex(index))
