"""Who looks at a person leaves an event: pictures, chat, products and searches, each once for a while."""

from sqlalchemy import select

from backoffice.audit.models import AuditEvent
from backoffice.cases.models import CaseEvent
from standard import roles
from tests.backoffice.office import make_bundle, send_bundle

NUMBER = "LM-261123-7K4F"


async def looks(services) -> list[str]:
    async with services.database.read() as session:
        query = select(CaseEvent).where(CaseEvent.kind == "dilihat").order_by(CaseEvent.id)
        return [event.data["what"] for event in await session.scalars(query)]


async def test_a_picture_fetched_by_its_address_is_a_look_and_ten_minutes_long_no_second(api, sign_in, services, clock):
    bundle = make_bundle()
    await send_bundle(api, bundle)
    desk = await sign_in("kepala_dinas")
    kk = f"/permohonan/{NUMBER}/berkas/{bundle['documents'][0]['submission']}"
    item = bundle["documents"][0]["item"]
    for _ in range(2):
        assert (await desk.open(f"{kk}/halaman/0")).status_code == 200
    assert await looks(services) == [f"halaman:{item}"]
    clock.pass_by(minutes=11)
    await desk.open(f"{kk}/halaman/0")
    assert await looks(services) == [f"halaman:{item}"] * 2
    colleague = await sign_in("kabid_yancapil")
    await colleague.open(f"{kk}/halaman/0?kecil=1")
    assert await looks(services) == [f"halaman:{item}"] * 3


async def test_the_pages_of_a_case_and_of_a_document_stand_for_what_they_show(api, sign_in, services):
    bundle = make_bundle()
    await send_bundle(api, bundle)
    desk = await sign_in("kepala_dinas")
    document = bundle["documents"][0]
    kk = f"/permohonan/{NUMBER}/berkas/{document['submission']}"
    await desk.open(f"/permohonan/{NUMBER}")
    await desk.open(f"{kk}/halaman/0?kecil=1")
    assert await looks(services) == ["permohonan"]
    await desk.open(f"{kk}/halaman/0")
    assert await looks(services) == ["permohonan", f"halaman:{document['item']}"], "a small picture shows no number, a whole page does"
    await desk.open(f"/permohonan/{NUMBER}/percakapan")
    await desk.open(f"/permohonan/{NUMBER}/percakapan")
    assert (await looks(services))[2:] == ["percakapan"]


async def test_a_search_for_a_person_is_noted_without_the_words_and_not_when_the_page_shows_it_again(api, sign_in, services):
    await send_bundle(api)
    desk = await sign_in("petugas")
    for path in ("/antrean?q=Siti+Spesimen", "/antrean/isi?q=Siti+Spesimen", "/antrean?q=081230000001", f"/antrean?q={NUMBER}"):
        assert (await desk.open(path)).status_code == 200
    async with services.database.read() as session:
        query = select(AuditEvent).where(AuditEvent.action == "orang_dicari").order_by(AuditEvent.id)
        noted = [event.data for event in await session.scalars(query)]
    assert noted == [{"by": "nama"}, {"by": "telepon"}]


async def test_who_has_no_need_to_search_learns_of_no_nik_whether_it_is_known(api, sign_in, services):
    await send_bundle(api)
    without = [name for name, role in roles.roles().items() if roles.Permission.SEARCH not in role.permissions]
    assert without, "there is somebody to try it"
    for role in without:
        desk = await sign_in(role)
        known, unknown = [await desk.client.get(f"/antrean?q={nik}") for nik in ("3316990101900001", "3316990101900002")]
        assert known.status_code == unknown.status_code == 403
        assert known.text.replace("3316990101900001", "") == unknown.text.replace("3316990101900002", "")
