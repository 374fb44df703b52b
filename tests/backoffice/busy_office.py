"""Fills a database with some weeks of SPESIMEN work: cases at every stage, some late, some returned, and complaints."""

import random
import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import THE_SYSTEM, Actor
from backoffice.cases import ledger
from backoffice.cases.models import Case
from backoffice.cases.repository import CaseRepository
from backoffice.complaints.service import ComplaintService
from backoffice.escalation import planning
from backoffice.reports import counting
from backoffice.staff.models import Staff
from contracts.complaint import Complaint
from contracts.shape import Contact
from standard import facts, stages
from storage.database import Database
from storage.keyring import Keyring
from tests.backoffice.office import KEY, make_bundle

WAY = (
    ("lengkap", "petugas", "lengkap", 40),
    ("siak_diinput", "operator", "draf", 50),
    ("ajukan_verifikasi", "operator", "verifikasi", 15),
    ("paraf_akta", "kasi_kelahiran", "persetujuan_kabid", 45),
    ("setuju_kk", "kabid_yandafduk", "persetujuan_kadis", 90),
    ("setuju_kadis", "kepala_dinas", "penerbitan", 120),
    ("kirim_dokumen", "operator", "kia_cetak", 25),
    ("kia_dicetak", "operator_kia", "kia_kirim", 300),
    ("kia_dikirim", "operator_kia", "kia_antar", 600),
    ("kia_diterima", "operator_kia", "selesai", 4000),
)
"""Act, role, stage it leads to, and about how many minutes it takes."""
REASONS = ("buram", "silau", "terpotong", "buram", "gelap")
ITEMS = ("kk", "surat_kelahiran", "ktp_saksi_1", "surat_nikah", "kk")
COMPLAINTS = ("lama", "belum_diterima", "informasi", "data_salah", "minta_petugas", "pungli", "saran", "sikap_petugas")


async def fill(url: str, now: datetime, cases: int = 120, days: int = 60, seed: int = 1) -> None:
    """Adds the cases and complaints of the last days. Names, numbers and NIK are none that could be anybody's."""
    chance, database = random.Random(seed), Database.open(url, Keyring(KEY))
    async with database.write() as session:
        actors = {row.username: Actor(row.id, row.name, frozenset({row.username})) for row in await session.scalars(select(Staff))}
        places = list(facts.load("places")["kecamatan"].values())
        for number in range(cases):
            begin = now - timedelta(days=days * (1 - number / cases), minutes=-chance.randrange(600))
            await _case(session, actors, chance, number, min(begin, now - timedelta(minutes=5)), now, chance.choice(places[:7]))
        for number in range(14):
            await _complaint(session, chance, number, now - timedelta(days=chance.randrange(9), hours=number))
    await counting.rebuild(database)
    await planning.rebuild(database)
    await database.close()


async def _case(
    session: AsyncSession, actors: dict[str, Actor], chance: random.Random, number: int, at: datetime, now: datetime, place: str
) -> None:
    serial = f"LM-{at:%y%m%d}-{number:03}A"
    bundle = make_bundle(serial, contact={"id": f"busy-{number}", "phone": "+6281230000009", "name": "WARGA SPESIMEN"})
    bundle["answers"]["kecamatan"] = {"value": place, "source": "chat"}
    content = {name: value for name, value in bundle.items() if name != "documents"}
    case = Case(
        number=serial, draft_id=str(uuid.UUID(int=chance.getrandbits(128))), contact=f"busy-{number}", submitted_at=at,
        child_name="ANAK SPESIMEN", kecamatan=place, bundle=content, stage="", stage_since=at, facts=[], told=[], version=0, events=0,
        head_hash=ledger.GENESIS, kia={}, siak={},
    )  # fmt: skip
    session.add(case)
    await session.flush()
    due = at + timedelta(hours=24)
    ledger.record(session, case, "bundel_masuk", THE_SYSTEM, at, {"to": "diterima", "deadline": due.isoformat()}, bump=True)
    if chance.random() < 0.3:
        at = _returned(session, case, actors["petugas"], chance, at)
    slow = chance.choice((0.5, 0.8, 1, 1, 1.5, 2, 5 if chance.random() < 0.4 else 1))
    for kind, role, to, minutes in WAY:
        at += timedelta(minutes=minutes * slow * chance.uniform(0.4, 2.4))
        if at > now:
            break
        data: dict[str, Any] = {"from": case.stage, "to": to}
        if kind == "kirim_dokumen":
            data |= {"delivered": True, "deadline": None, "kia": {"state": "menunggu"}}
        ledger.record(session, case, kind, actors[role], at, data, role=role, bump=True)
    waiting = stages.waiting_for(case.stage, frozenset(case.facts))
    await CaseRepository(session).set_tasks(case, waiting, case.deadline or now + timedelta(days=20))


def _returned(session: AsyncSession, case: Case, petugas: Actor, chance: random.Random, at: datetime) -> datetime:
    at += timedelta(minutes=chance.randrange(5, 40))
    item, submission = chance.choice(ITEMS), str(uuid.UUID(int=chance.getrandbits(128)))
    wrong = {"item": item, "submission": submission, "reason": chance.choice(REASONS), "note": None}
    ledger.record(session, case, "dokumen_salah", petugas, at, wrong, role="petugas", bump=True)
    ledger.record(session, case, "kembalikan_berkas", petugas, at, {"to": "dikembalikan", "deadline": None}, role="petugas", bump=True)
    at += timedelta(minutes=chance.randrange(20, 900))
    ledger.record(session, case, "berkas_masuk", THE_SYSTEM, at, {"item": item, "submission": submission}, bump=True)
    data = {"to": "diterima", "deadline": (at + timedelta(hours=24)).isoformat()}
    ledger.record(session, case, "berkas_dilengkapi", THE_SYSTEM, at, data, bump=True)
    return at


async def _complaint(session: AsyncSession, chance: random.Random, number: int, at: datetime) -> None:
    given = Complaint(
        number=f"ADU-{at:%y%m%d}-{number:04}",
        contact=Contact(id=f"busy-{number}", phone="+6281230000009", name="WARGA SPESIMEN"),
        category=COMPLAINTS[number % len(COMPLAINTS)],
        text="SPESIMEN. Sudah dua hari akta anak saya belum datang, mohon bantuannya.",
        created_at=at,
    )
    await ComplaintService(session, at).accept(f"busy-{number}", given)
