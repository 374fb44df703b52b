"""Two families go through the real processes: one wishes to be erased, of the other the time is over. No file tells of them afterwards.

Files are read raw, the databases' own (tables, logs of changes, dead rows), logs and a back-up made after it among them.
"""

import asyncio
import base64
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, update

from backoffice.cases.models import Case
from backoffice.cases.retention import purge_ended
from backoffice.complaints.models import Complaint, ComplaintState
from backoffice.complaints.retention import forget_old_complaints
from backoffice.services import Services
from backoffice.settings import Settings as OfficeSettings
from backoffice.sweeping import sweep
from backup.__main__ import make_key
from backup.archive import opened, read_identity
from bot.contacts.models import Contact
from bot.retention.housekeeping import Housekeeping, Kept
from intake.drafts.model import DraftState
from intake.drafts.tables import ComplaintRow, DraftRow
from intake.opening import AREA
from intake.service import Intake
from intake.upkeep import Upkeep
from scripts import environment as env
from scripts import train
from standard.clock import now
from storage.database import Database
from storage.kept_blobs import KeptBlobs
from storage.keyring import Keyring
from storage.opening import open_blobs
from tests.backoffice.office import ITEMS, make_bundle, make_picture
from tests.e2e.citizen import Citizen
from tests.e2e.privacy import secrets_of
from tests.e2e.remains import in_files, in_rows, rule_of
from tests.e2e.stack import Stack
from tests.e2e.test_restore import command
from tests.postgres import POSTGRES_BIN, PostgresServer

FOLDER = "keluarga-1-menikah"
PAPERS = ("kk", "ktp_ayah", "surat_kelahiran", "surat_nikah", "ktp_saksi_1", "ktp_saksi_2")
ONE = ("Wargawish Kusumarahasia", "628111222333", "Jalan Kenangarahasia 3, kamar Dahliarahasia")
OTHER = ("Wargawaktu Prabarahasia", "628444555666", "Jalan Melatirahasia 9, belakang Warungrahasia")
COMPLAINT = "saya mau mengadu, petugas loket bernama Kartarahasia meminta uang kepada saya"
COMMON = frozenset({"SPESIMEN", "INDONESIA", "KELUARGA", "BLORA", "KARTU"})
SLOWEST = 420
"""Seconds for an album on two cores that others use, too."""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Stack, list[Path]]]:
    """All processes over databases of their own, and the folders that hold whatever they write."""
    stack = Stack(tmp_path / "var", train.model_path())
    stack.settings["SIMULATOR_SPECIMEN"] = str(env.ROOT / "var" / "specimen")  # drawing them takes a minute; they are not the families'
    server, place = None, Path(tempfile.mkdtemp(prefix="pg"))
    if request.param == "postgres":
        if POSTGRES_BIN is None:
            pytest.skip("PostgreSQL's server is not installed (apt-get install postgresql)")
        server = PostgresServer(POSTGRES_BIN, place)
        server.start()
        for name in ("INTAKE_DATABASE_URL", "BACKOFFICE_DATABASE_URL"):
            stack.settings[name] = server.create_database()
    try:
        stack.prepare()
        stack.start()
        stack.wait_ready(within=400)
        yield stack, [stack.folder, place]
    finally:
        stack.stop()
        if server is not None:
            server.stop()
        shutil.rmtree(place, ignore_errors=True)


def begin(citizen: Citizen, *papers: str) -> None:
    """From the greeting to the papers."""
    citizen.ask("assalamualaikum, mau bikin akte lahir anak saya", SLOWEST)
    for option in ("Ya, lanjutkan", "Ayah"):
        citizen.answer_to_tap(option, SLOWEST)
    citizen.ask("satu", SLOWEST)
    for option in ("Ada keduanya", "Sudah KAWIN"):
        citizen.answer_to_tap(option, SLOWEST)
    before = asked = len(citizen.incoming())
    citizen.send_specimen(*(f"{paper}.jpg" for paper in papers))
    deadline, settled = time.monotonic() + SLOWEST, time.monotonic()
    while len(citizen.incoming()) == asked or time.monotonic() < settled + 15 or "Sedang kami periksa" in citizen.texts()[-1]:
        assert time.monotonic() < deadline, citizen.texts()[before:]
        if (now_there := len(citizen.incoming())) > before:
            before, settled = now_there, time.monotonic()
        time.sleep(1)


def hand_over(stack: Stack, contact: str) -> set[str]:
    """A case of that contact, by the office's own API as the actions hand one over; returns what nobody else says."""
    said = {
        "name": "Kotakrahasia Wargabaru",
        "mother": "Ibundarahasia Setyowati",
        "street": "Gang Anggrekrahasia 7",
        "nik": "3316994509900077",
    }
    bundle = make_bundle()
    bundle["contact"] = {"id": contact, "phone": f"+{OTHER[1]}", "name": said["name"]}
    bundle["answers"] |= {"ibu_nama": {"value": said["mother"], "source": "chat"}, "ibu_nik": {"value": said["nik"], "source": "chat"}}
    bundle["alamat_kia"] = {"alamat": said["street"], "location": None, "penerima": said["mother"]}
    bundle["warnings"] = [{"code": "nama_beda", "items": ["kk"], "told": True, "said": "di KK ditulis Ibundarahasia saja"}]
    for document in bundle["documents"]:
        document["check"]["fields"] = {"nik": said["nik"], "nama": said["mother"]}
    headers = stack.calling("actions", "backoffice")
    with httpx.Client(base_url=stack.url("backoffice"), headers=headers, timeout=60) as api:
        for item, document in zip(ITEMS, bundle["documents"], strict=True):
            put = api.put(f"/api/blobs/{document['pages'][0]['blob']}", content=make_picture(item), headers={"Content-Type": "image/jpeg"})
            assert put.status_code in (200, 201), put.text
        answer = api.put("/api/bundles/draft-e2e", json=bundle)
        assert answer.status_code == 201, answer.text
    return {"Kotakrahasia", "Wargabaru", "Ibundarahasia", "Setyowati", "Anggrekrahasia", said["nik"]}


async def contact_of(settings: dict[str, str], number: str) -> str:
    """The bot's own id of who has that number."""
    database = Database.open(settings["INTAKE_DATABASE_URL"], Keyring(settings["BLOB_KEY"]))
    async with database.read() as session:
        found = await session.scalar(select(Contact.id).where(Contact.wa_id == number))
    await database.close()
    assert found, "nobody has that number"
    return str(found)


def wait_for_the_office(settings: dict[str, str]) -> None:
    """Until case and complaint have arrived."""

    async def counts() -> tuple[int | None, int | None]:
        database = Database.open(settings["BACKOFFICE_DATABASE_URL"])
        async with database.read() as session:
            found = [await session.scalar(select(func.count()).select_from(table)) for table in (Case, Complaint)]
        await database.close()
        return found[0], found[1]

    deadline = time.monotonic() + 120
    while 0 in asyncio.run(counts()):
        assert time.monotonic() < deadline, "nothing arrives"
        time.sleep(1)


@pytest.mark.timeout(2400)
def test_nothing_is_left_of_who_wished_it_and_of_whose_time_is_over(house: tuple[Stack, list[Path]], tmp_path: Path) -> None:
    stack, folders = house
    families = json.loads((Path(stack.settings["SIMULATOR_SPECIMEN"]) / "families.json").read_text())["families"]
    one = {*texts_of(families["keluarga-2-sptjm"]), *words_of(ONE)} - texts_of(families[FOLDER])
    secrets = {*one, *texts_of(families[FOLDER]), *words_of(OTHER), "Kartarahasia"}

    first = Citizen(stack.url("simulator"), ONE[0], f"+{ONE[1]}")
    begin(first, "keluarga-2-sptjm/kk", "keluarga-2-sptjm/ktp_ayah", "keluarga-2-sptjm/ktp_ibu")
    first.ask(f"alamat saya {ONE[2]}", SLOWEST)
    other = Citizen(stack.url("simulator"), OTHER[0], f"+{OTHER[1]}")
    begin(other, *(f"{FOLDER}/{paper}" for paper in PAPERS))
    other.ask(f"{COMPLAINT}, rumah saya {OTHER[2]}", SLOWEST)
    other.ask("sudah", SLOWEST)
    secrets |= hand_over(stack, asyncio.run(contact_of(stack.settings, OTHER[1])))
    wait_for_the_office(stack.settings)
    assert len(one) > 15 and len(secrets) > 40

    held = asyncio.run(in_rows(stack.settings, secrets))
    assert {room for room, _, _ in held} == {"bot", "intake", "backoffice"}
    assert len(set().union(*held.values())) > 20, "there is something to look for"
    assert in_files(folders, secrets) == {}, "nothing is readable before anything is erased"

    first.ask("hapus data saya", SLOWEST)
    first.answer_to_tap("Ya, hapus", SLOWEST)
    time.sleep(8)
    stack.stop("bot", "actions", "dialogue", "backoffice")
    left = asyncio.run(in_rows(stack.settings, one))
    assert {place: words for place, words in left.items() if rule_of(*place)["wish"]} == {}, "the table says that the wish erases it"

    asyncio.run(after_years(stack.settings))
    left = asyncio.run(in_rows(stack.settings, secrets))
    assert {place: words for place, words in left.items() if rule_of(*place)["by"] is not None} == {}, "the table says what erases it"
    assert set().union(*left.values()) & one <= {ONE[1]}, "whom to answer"

    stack.settings["BACKUP_RECIPIENT"] = make_key(tmp_path / "office.key").removeprefix("BACKUP_RECIPIENT=")
    made = Path(command(stack, "backup", "make").split(": as of")[0])
    with opened(made, read_identity(tmp_path / "office.key")) as archive:
        archive.extractall(tmp_path / "archive", filter="data")
    assert in_files([*folders, tmp_path / "archive"], secrets) == {}
    assert len(list((tmp_path / "archive").rglob("*.dump"))) == 2
    (tmp_path / "archive" / "control").write_bytes(b"x" + base64.b64encode(b"id" + ONE[1].encode()) + ONE[2].encode())
    assert in_files([tmp_path / "archive"], secrets) != {}, "the search finds what is there"


def texts_of(family: dict[str, Any]) -> set[str]:
    """The names, numbers and addresses on a family's papers; not the words that every paper bears."""
    return {word for word in secrets_of(family) if len(word) > 5 and word.upper() not in COMMON}


def words_of(person: tuple[str, str, str]) -> set[str]:
    """The profile's name, the number and the address that nobody else has."""
    return {person[1], *(word for part in person for word in part.split() if "rahasia" in word)}


async def after_years(settings: dict[str, str]) -> None:
    """The housekeeping of every process, with all that was open ended long ago."""
    ended, later = now(), now() + timedelta(days=800)
    keyring = Keyring(settings["BLOB_KEY"])
    chats = Database.open(settings["INTAKE_DATABASE_URL"], keyring)
    async with chats.write() as session:
        await session.execute(update(DraftRow).values(state=DraftState.CLOSED))
        await session.execute(update(ComplaintRow).values(closed=True))
    blobs = open_blobs(settings["BLOB_URL"], settings["BLOB_KEY"], AREA)
    kept = Kept(timedelta(days=14), timedelta(days=90), timedelta(days=7))
    await Housekeeping(chats, KeptBlobs(chats, blobs, lambda: later), lambda: later, kept).sweep()
    nobody: Any = None
    await Upkeep(Intake(chats, blobs, nobody, nobody, lambda: later), nobody).erase()
    await chats.close()

    fields = {name: settings[name.upper()] for name in OfficeSettings.model_fields if name.upper() in settings}
    office = replace(Services.open(OfficeSettings(**fields)), clock=lambda: later)
    async with office.database.write() as session:
        await session.execute(update(Case).values(stage="selesai", stage_since=ended, delivered_at=ended))
        await session.execute(update(Complaint).values(state=ComplaintState.CLOSED, closed_at=ended))
    await purge_ended(office)
    await forget_old_complaints(office)
    await sweep(office)
    await office.database.close()
