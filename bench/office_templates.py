"""Takes some hundred SPESIMEN cases through the office by its own code, of every fate, to every stage: their copies fill it."""

import io
import random
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.cases import holding, ledger
from backoffice.cases.arrival import Arrival
from backoffice.cases.documents import CaseDocument, DocumentState
from backoffice.cases.models import Case
from backoffice.cases.repository import CaseRepository
from backoffice.cases.service import CaseService, Request
from backoffice.delivery.service import UPLOADS, Looked, Place, put_in_place
from backoffice.services import Services
from backoffice.staff import passwords
from backoffice.staff.service import StaffService
from contracts.bundle import Bundle, Document
from standard import reasons, stages
from tests.backoffice.office import PASSWORD, make_bundle, make_child, make_document, make_pdf

STAFF = {
    "petugas": 10, "operator": 8, "kasi_identitas": 1, "kasi_kelahiran": 1, "kabid_yandafduk": 1, "kabid_yancapil": 1, "kepala_dinas": 1,
    "operator_kia": 3, "petugas_pengaduan": 1, "supervisor": 2, "inspektorat": 1,
}  # fmt: skip
"""Thirty people."""

PLACEHOLDERS = {
    "QANAKA": "child_first", "QANAKB": "child_last", "QIBUA": "mother_first", "QIBUB": "mother_last", "QAYAHA": "father_first",
    "QAYAHB": "father_last", "3316994101900001": "mother_nik", "3316990101900001": "father_nik", "81230000001": "phone", "QTEMPAT": "place",
    "QSAKSI": "father_last", "2001-02-03": "born",
}  # fmt: skip
"""What a template says, and the column of a copy that stands there instead."""

CHILD, MOTHER, FATHER = "QANAKA QANAKB SPESIMEN", "QIBUA QIBUB SPESIMEN", "QAYAHA QAYAHB SPESIMEN"
MOTHER_NIK, FATHER_NIK, PHONE = "3316994101900001", "3316990101900001", "+6281230000001"
PLACE, BORN = "QTEMPAT", "2001-02-03"

OPEN = {
    "diterima": 400, "dikembalikan": 300, "lengkap": 150, "draf": 100, "verifikasi": 120, "persetujuan_kabid": 120,
    "persetujuan_kadis": 150, "penerbitan": 100, "kia_cetak": 150, "kia_kirim": 110, "kia_antar": 300,
}  # fmt: skip
"""How many of the cases stand at each stage now."""

STEPS = (
    ("siak_diinput", "operator", 50), ("unggah_draf_kk", "operator", 6), ("unggah_draf_akta", "operator", 5),
    ("ajukan_verifikasi", "operator", 3), ("paraf_kk", "kasi_identitas", 30), ("paraf_akta", "kasi_kelahiran", 20),
    ("setuju_kk", "kabid_yandafduk", 60), ("setuju_akta", "kabid_yancapil", 40), ("setuju_kadis", "kepala_dinas", 110),
    ("unggah_final_kk", "operator", 20), ("unggah_final_akta", "operator", 4), ("kirim_dokumen", "operator", 3),
    ("kia_dicetak", "operator_kia", 200), ("kia_dikirim", "operator_kia", 300), ("kia_diterima", "operator_kia", 1800),
)  # fmt: skip
"""Act, role, and about how many minutes it takes."""
RETURNED = ["kk", "surat_kelahiran", "ktp_saksi_1", "surat_nikah"]
FORMS = {
    "siak_diinput": {"no_kk": "3316990101260001", "akta_0": "3316-LU-23112026-0001", "nik_0": "3316990302010001", "seen": "ya"},
    "kia_dikirim": {"courier": "Pos Indonesia"},
    "kia_diterima": {"received_by": "Ibu"},
}


def form_of(transition: str, number: str) -> dict[str, str]:
    """What the form of an act brings; each parcel has a tracking number of its own."""
    form = FORMS.get(transition, {})
    return {**form, "tracking": f"P{number}"} if transition == "kia_dikirim" else form


@dataclass(frozen=True)
class Template:
    """A case to copy: `stage` is where it stands."""

    id: int
    stage: str


class Way:
    """Takes one case after another through the office."""

    def __init__(self, services: Services, actors: dict[str, list[Actor]], chance: random.Random) -> None:
        self._services, self._actors, self._chance = services, actors, chance
        self._pictures: dict[str, bytes] = {}
        self._blobs: dict[str, str] = {}

    async def prepare(self) -> None:
        """Puts the pictures and PDFs into the blob store."""
        for document in make_bundle()["documents"]:
            self._pictures[document["item"]] = picture = _picture(document["item"])
            await self._services.blobs.put(picture)
        for name in UPLOADS:
            data = make_pdf("3316990101260001" if name.endswith("kk") else "3316-LU-23112026-0001", name)
            self._blobs[name] = await self._services.blobs.put(data)

    async def go(self, session: AsyncSession, number: int, begin: datetime, until: str, now: datetime) -> Case:
        """One case that came in at `begin` and stands at the stage `until`, or as far as it got by `now`."""
        chance, at = self._chance, begin
        bundle = Bundle.model_validate(self._bundle(number, begin))
        case, _ = await Arrival(session, at).accept(f"contoh-{number}", bundle)
        if until == "diterima":
            return case
        petugas = chance.choice(self._actors["petugas"])
        stays = until == "dikembalikan"
        wrong = chance.sample(RETURNED, k=1 + (chance.random() < 0.3)) if stays or chance.random() < 0.22 else []
        at = await self._check(session, case, petugas, at, wrong, stays)
        if until == "ditolak":
            await self._act(session, case, petugas, "tolak", at, {"reason": "sudah_tercatat"})
        if case.stage != "diterima":
            return case
        await self._act(session, case, petugas, "lengkap", at)
        slow = chance.choice((0.4, 0.7, 1, 1, 1, 1.3, 1.6, 3 if chance.random() < 0.5 else 1))
        for transition, role, minutes in STEPS:
            at += timedelta(minutes=minutes * slow * chance.uniform(0.4, 1.8))
            if case.stage == until or at > now:
                break
            await self._act(session, case, chance.choice(self._actors[role]), transition, at, form_of(transition, case.number))
        return case

    async def _check(self, session: AsyncSession, case: Case, petugas: Actor, at: datetime, wrong: list[str], stays: bool) -> datetime:
        """Each document is looked at; where some are wrong the case goes back, and unless it `stays` there, comes again."""
        codes = [row.code for row in reasons.reasons(reasons.ReasonList.BERKAS).values() if not row.note_needed and row.applies_to("kk")]
        at += timedelta(minutes=self._chance.uniform(4, 50))
        repository = CaseRepository(session)
        for document in await repository.documents(case):
            at += timedelta(minutes=self._chance.uniform(0.3, 3))
            decision = "dokumen_salah" if document.item in wrong else "dokumen_benar"
            await self._act(session, case, petugas, decision, at, {"reason": self._chance.choice(codes)}, document)
        if wrong:
            await self._act(session, case, petugas, "kembalikan_berkas", at)
        for item in [] if stays else wrong:
            at += timedelta(minutes=self._chance.uniform(20, 600))
            again = make_document(item, self._pictures[item], received_at=at)
            await Arrival(session, at).replace_document(case.number, again["submission"], Document.model_validate(again))
        for document in [] if stays else await repository.documents(case):
            if document.state == DocumentState.NEW:
                at += timedelta(minutes=self._chance.uniform(1, 9))
                await self._act(session, case, petugas, "dokumen_benar", at, {}, document)
        return at

    async def _act(
        self,
        session: AsyncSession,
        case: Case,
        actor: Actor,
        transition: str,
        at: datetime,
        form: dict[str, str] | None = None,
        document: CaseDocument | None = None,
    ) -> None:
        service = CaseService(session, at, 30)
        if actor.takes_cases and holding.holder(case, at) != actor.id:
            holding.release(case)
            holding.take(case, actor, at, 30)
            ledger.record(session, case, "diambil", actor, at, {"from_staff": None})
        wanted = Request(transition, case.version, str(uuid.UUID(int=self._chance.getrandbits(128))), form or {}, document)
        if transition in UPLOADS:
            kind, phase = UPLOADS[transition]
            place, looked = Place(kind, 0, phase), Looked(1, [])
            await put_in_place(session, service, case, actor, wanted, place, self._blobs[transition], looked, at)
        else:
            await service.act(case, actor, wanted)
        await session.flush()

    def _bundle(self, number: int, begin: datetime) -> dict[str, Any]:
        documents = [make_document(item, picture, received_at=begin) for item, picture in self._pictures.items()]
        for document in documents:
            witness = document["item"].startswith("ktp_saksi")
            nik = f"331699020290000{document['item'][-1]}" if witness else FATHER_NIK
            document["check"]["fields"] = {"nik": nik, "nama": "QSAKSI SPESIMEN" if witness else FATHER}
        return make_bundle(
            f"LM-000000-{number:04}",
            contact={"id": f"contoh-{number}", "phone": PHONE, "name": FATHER},
            submitted_at=begin.isoformat(),
            anak=[make_child(CHILD) | {"tanggal_lahir": BORN}],
            answers={
                "ayah_nama": {"value": FATHER, "source": "ktp_pelapor"},
                "ibu_nama": {"value": MOTHER, "source": "chat"},
                "ibu_nik": {"value": MOTHER_NIK, "source": "kk"},
                "pelapor_nik": {"value": FATHER_NIK, "source": "ktp_pelapor"},
                "kecamatan": {"value": PLACE, "source": "chat"},
            },
            flags=["perlu_cek_petugas:kk"] if self._chance.random() < 0.3 else [],
            documents=documents,
        )


def _picture(text: str) -> bytes:
    """A photo of the size and weight of a telephone's, with some grain."""
    picture = Image.effect_noise((1600, 1100), 24).convert("RGB")
    ImageDraw.Draw(picture).text((80, 90), f"{text}\nSPESIMEN", fill=(20, 40, 60))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=70)
    return out.getvalue()


async def make_staff(services: Services) -> dict[str, list[Actor]]:
    """Thirty accounts, `petugas1` to `inspektorat1`, by role."""
    actors: dict[str, list[Actor]] = {}
    hashed = await passwords.make_hash(PASSWORD)
    async with services.database.write() as session:
        staff = StaffService(session, services.settings, services.clock())
        for role, count in STAFF.items():
            for place in range(1, count + 1):
                row = await staff.create(f"{role}{place}", f"{role.title()} {place} SPESIMEN", [role], hashed, must_change=False)
                actors.setdefault(role, []).append(Actor(row.id, row.name, frozenset({role})))
    return actors


async def make_templates(services: Services, now: datetime, done: int, each_stage: int) -> list[Template]:
    """The templates, those that are done first. Done ones came in four days ago, open ones within the last day."""
    chance = random.Random(5)
    way = Way(services, await make_staff(services), chance)
    await way.prepare()
    made: list[Template] = []
    wanted = ["ditolak" if place % 25 == 7 else "selesai" for place in range(done)] + [stage for stage in OPEN for _ in range(each_stage)]
    for number, stage in enumerate(wanted):
        ended = stages.stages()[stage].clock is stages.CaseClock.ENDED
        begin = now - (timedelta(days=5, hours=chance.uniform(0, 24)) if ended else timedelta(hours=chance.uniform(9, 28)))
        async with services.database.write() as session:
            case = await way.go(session, number, begin, stage, now)
            holding.release(case)
            made.append(Template(case.id, case.stage))
    return made
