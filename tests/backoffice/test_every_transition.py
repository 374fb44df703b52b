"""Every transition on the server: for every role allowed, 403 or 409; what the applicant is told; pressed thrice; by two at once."""

import asyncio
import uuid
from collections import Counter

import pytest
from sqlalchemy import select, update

from backoffice.cases.documents import CaseDocument
from backoffice.cases.models import Case, CaseEvent
from backoffice.cases.products import Phase, Product
from backoffice.cases.repository import CaseRepository
from backoffice.cases.service import CaseService, Request
from backoffice.errors import Problem
from backoffice.notices.models import Notice
from standard import roles, stages
from tests.backoffice.office import make_actor, make_bundle, make_document, make_picture, send_bundle
from tests.backoffice.test_chain import NUMBER

FORMS = {
    "dokumen_salah": {"reason": "buram"}, "tolak": {"reason": "sudah_tercatat"},
    "izinkan_final": {"reason": "dibandingkan", "note": "Sudah dibandingkan."},
    "tarik_final_kk": {"reason": "salah_isi"}, "tarik_final_akta": {"reason": "salah_isi"},
    "siak_diinput": {"no_kk": "3316990101260001", "akta_0": "3316-LU-23112026-0001"},
    "nomor_diperbaiki": {"no_kk": "3316990101260001", "akta_0": "3316-LU-23112026-0001", "reason": "salah_ketik"},
    "nomor_diperbaiki_akhir": {"no_kk": "3316990101260001", "akta_0": "3316-LU-23112026-0001", "reason": "salah_ketik"},
    "data_diperbaiki": {"reason": "salah_tulis"}, "data_diperbaiki_draf": {"reason": "salah_tulis"},
    "data_diperbaiki_akhir": {"reason": "salah_tulis"},
    "batal_kembalikan": {"reason": "laporan_pemohon"}, "batal_tutup": {"reason": "laporan_pemohon"},
    "buka_kembali": {"reason": "laporan_pemohon"}, "tutup_koreksi": {"reason": "sudah_benar"},
    "lanjutkan_proses": {"reason": "pemohon_setuju"},
    "nik_dicatat": {"nik_0": "3316990111260001"},
    "kia_dikirim": {"courier": "Pos Indonesia", "tracking": "P2611230001"}, "kia_diterima": {"received_by": "Ibu"},
    "resi_diperbaiki": {"courier": "JNE", "tracking": "JNE2611230001", "reason": "salah_resi"},
    "ktp_dikirim": {"courier": "JNE", "tracking": "JNE2611230002"}, "ktp_diserahkan": {"received_by": "Siti", "old_ktp": "ya"},
    "kia_cetak_ulang": {"reason": "salah_cetak"}, "kia_belum_diterima": {"reason": "salah_resi"},
    "ktp_cetak_ulang": {"reason": "salah_cetak"},
    "pdf_diserahkan": {"received_by": "Siti"}, "pdf_belum_diserahkan": {"reason": "salah_cetak"},
    **{row.id: {"reason": "salah_nama"} for row in stages.transitions().values() if row.reason == "draf"},
}  # fmt: skip
"""What the form of a transition brings."""
KEPT = {
    "dokumen_dikirim", "siak_diinput", "pesan_baru", "ditahan_pemohon",
    "paraf_kk", "paraf_akta", "setuju_kk", "setuju_akta", "setuju_kadis", "final_diizinkan", "kia_dikirim", "kia_diterima", "ktp_dicetak",
    "pdf_tertahan", "pdf_di_kantor",
}  # fmt: skip
"""Facts that a transition needs and that stand in the case itself."""
SIAK = {"no_kk": "3316990101260001", "anak": [{"akta": "3316-LU-23112026-0001", "nik": "3316990111260001"}]}
DOCUMENTS = {"kembalikan_berkas": "salah", "lengkap": "benar"}
BEFORE = {
    "paraf_kk": ["paraf_akta"], "paraf_akta": ["paraf_kk"], "setuju_kk": ["setuju_akta"], "setuju_akta": ["setuju_kk"],
    "kk_terbaru": ["kk_lama"],
    "kirim_ulang": ["dokumen_dikirim"], "tarik_final_kk": ["dokumen_dikirim"], "tarik_final_akta": ["dokumen_dikirim"],
}  # fmt: skip
"""Facts that hold before, so that the transition leads on."""
TOLD = {
    "kembalikan_berkas": "berkas_dikembalikan", "lengkap": "berkas_diterima", "tolak": "permohonan_ditolak",
    "kirim_dokumen": "dokumen_terbit", "kirim_ulang": "dokumen_terbit",
    "tarik_final_kk": "pesan_petugas", "tarik_final_akta": "pesan_petugas", "lanjutkan_proses": "pesan_petugas",
    "tutup_koreksi": "pesan_petugas", "batal_kembalikan": "pesan_petugas", "batal_tutup": "pesan_petugas",
    "kia_dikirim": "kia_dikirim", "kia_diterima": "kia_diterima", "resi_diperbaiki": "kia_dikirim", "ktp_dikirim": "kia_dikirim",
    "kia_alamat": "pesan_petugas",
}  # fmt: skip
"""What the applicant is told of each transition, written down a second time by hand; of all others nothing."""
BY_STAFF = [row for row in stages.transitions().values() if row.roles]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: what SQL may do differently is tried in the other modules."""
    return sqlite_url


@pytest.fixture
async def stand(api, services):
    """Puts the case where a transition may be done, with all that it needs."""
    await send_bundle(api, make_bundle(documents=[make_document("kk", make_picture("kk"))], flags=["ktp_lama_ditukar:ktp_ibu"]))

    async def put(transition, stage, holder=None):
        row = stages.transitions()[transition]
        async with services.database.write() as session:
            case = await session.scalar(select(Case))
            kept = [fact for fact in row.needs if fact in KEPT]
            values = {"stage": stage, "facts": BEFORE.get(transition, kept), "told": [], "siak": SIAK}
            if holder:
                values |= {"taken_by": holder.id, "taken_until": services.clock().replace(year=2027)}
            await session.execute(update(Case).values(**values))
            await session.execute(update(CaseDocument).values(state=DOCUMENTS.get(transition, "baru"), reason="buram"))
            doubtful = ["name_missing"] if transition == "izinkan_final" else []
            await session.execute(update(Product).where(Product.phase == Phase.FINAL).values(warnings=doubtful, replaced_at=None))
            for phase in Phase:
                if not await session.scalar(select(Product.id).where(Product.phase == phase)):
                    session.add_all([_product(case, holder, phase, kind, services.clock()) for kind in ("kk", "akta")] if holder else [])

    return put


def _product(case, holder, phase, kind, now):
    return Product(
        id=str(uuid.uuid4()), case_id=case.id, kind=kind, child=0, phase=phase, blob="0" * 64, filename=f"{kind}.pdf", pages=1, warnings=[],
        uploaded_by=holder.id, uploaded_at=now,
    )  # fmt: skip


async def press(services, actor, transition, key=None, version=None):
    """The status that the server answers."""
    async with services.database.write() as session:
        service = CaseService(session, services.clock(), 30)
        case = await service.repository.lock(NUMBER)
        row = stages.transitions()[transition]
        document = (await service.repository.documents(case))[0] if row.about in ("document", "paper") else None
        try:
            await service.act(case, actor, Request(transition, version or case.version, key, FORMS.get(transition, {}), document))
        except Problem as problem:
            await session.rollback()
            return problem.status
        return 200


async def test_each_role_is_allowed_or_refused_and_elsewhere_it_is_a_conflict(stand, services):
    actors = {role: await make_actor(services, role) for role in roles.roles()}
    for row in BY_STAFF:
        stage, elsewhere = min(row.at), min(set(stages.stages()) - row.at, default=None)
        for role, actor in actors.items():
            if role in row.roles and elsewhere is not None:
                await stand(row.id, elsewhere, actor)
                assert await press(services, actor, row.id) == 409, f"{row.id} by {role} at {elsewhere}"
            await stand(row.id, stage, actor)
            assert await press(services, actor, row.id) == (200 if role in row.roles else 403), f"{row.id} by {role} at {stage}"


async def test_what_the_applicant_is_told_of_it_once_however_often_it_is_pressed(stand, services):
    for row in BY_STAFF:
        mover, before = await actor_of(services, row), await counted(services)
        await stand(row.id, min(row.at), mover)
        key = str(uuid.uuid4())
        assert await asyncio.gather(*(press(services, mover, row.id, key) for _ in range(3))) == [200, 200, 200], row.id
        after = await counted(services)
        assert after["events"][row.id] == 1, row.id
        assert after["notices"] - before["notices"] == Counter([TOLD[row.id]] if row.id in TOLD else []), row.id


async def test_of_two_at_once_one_moves_the_case_and_the_other_is_told_so(stand, services):
    for row in (row for row in BY_STAFF if row.to or row.gives):
        first, second = await actor_of(services, row), await actor_of(services, row, "rekan")
        await stand(row.id, min(row.at), first)
        async with services.database.read() as session:
            version = (await CaseRepository(session).get(NUMBER)).version
        answers = await asyncio.gather(*(press(services, actor, row.id, str(uuid.uuid4()), version) for actor in (first, second)))
        assert sorted(answers) == [200, 409], row.id


async def counted(services):
    """How many events and notices of each kind there are."""
    async with services.database.read() as session:
        return {
            "events": Counter(await session.scalars(select(CaseEvent.kind))),
            "notices": Counter(await session.scalars(select(Notice.kind))),
        }


async def actor_of(services, row, name=""):
    """Somebody new in the first of the transition's roles, who has approved nothing yet."""
    return await make_actor(services, min(row.roles), username=f"{row.id}{name}")
