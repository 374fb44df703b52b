"""The list of KIA and KTP-el: taken at once, printed with what stands on a card, sent with courier and number, received."""

import re
import uuid

from sqlalchemy import select, update

from backoffice.cases.models import Case, CaseEvent
from backoffice.cases.repository import CaseRepository
from backoffice.cases.service import NEVER
from tests.backoffice.office import make_bundle, send_bundle

NUMBERS = ("LM-261123-AAAA", "LM-261123-CCCC")


async def bring_to_the_printer(api, services):
    """Two cases whose akta and KK are with the applicant; of one the mother gets a new KTP-el."""
    for place, number in enumerate(NUMBERS):
        flags = ["ktp_lama_ditukar:ktp_ibu"] if place else []
        await send_bundle(api, make_bundle(number, flags=flags), draft=f"d{place}")
    async with services.database.write() as session:
        siak = {"no_kk": "3316990101260001", "anak": [{"akta": "3316-LU-23112026-0001", "nik": "3316990111260001"}]}
        values = {"stage": "kia_cetak", "siak": siak, "delivered_at": services.clock(), "deadline": None}
        await session.execute(update(Case).values(**values))
        for case in await session.scalars(select(Case)):
            await CaseRepository(session).set_tasks(case, ["operator_kia"], NEVER)


async def test_a_batch_is_taken_printed_sent_and_received_from_one_list(api, services, sign_in):
    await bring_to_the_printer(api, services)
    kia = await sign_in("operator_kia")
    page = (await kia.open("/kia")).text
    assert "ANAK A SPESIMEN" not in page and "Jalan Contoh" not in page and page.count('data-testid="kia-row"') == 2
    await kia.post("/kia/ambil", tahap="kia_cetak")
    assert kia.page.count("ANAK A SPESIMEN") == 2 and "3316-LU-23112026-0001" in kia.page and "Jalan Contoh 1" in kia.page
    assert kia.page.count("KTP-el lama ditarik") == 1 and "KTP ibu" in kia.page
    chosen = re.findall(r'name="pilih" value="([^"]+)"', kia.page)
    key = str(uuid.uuid4())
    for _ in range(2):
        await kia.post("/kia/dicetak", pilih=chosen, key=key)
    await kia.open("/kia?tahap=kia_kirim")
    for number in NUMBERS:
        version = re.search(rf'{number}/laku/kia_dikirim".*?name="version" value="(\d+)"', kia.page, re.S).group(1)
        form = {"version": version, "key": str(uuid.uuid4()), "courier": "Pos Indonesia", "tracking": "P1", "kembali": "kia_kirim"}
        answer = await kia.post(f"/permohonan/{number}/laku/kia_dikirim", **form)
        assert answer.headers["location"].startswith("/kia?tahap=kia_kirim")
    await kia.open("/kia?tahap=kia_antar")
    version = re.search(rf'{NUMBERS[1]}/laku/kia_diterima".*?name="version" value="(\d+)"', kia.page, re.S).group(1)
    form = {"version": version, "key": str(uuid.uuid4()), "received_by": "Ibu", "old_ktp": "ya", "kembali": "kia_antar"}
    await kia.post(f"/permohonan/{NUMBERS[1]}/laku/kia_diterima", **form)
    state = (await api.get(f"/api/cases/{NUMBERS[1]}")).json()
    assert state["stage"] == "selesai"
    async with services.database.read() as session:
        kinds = list(await session.scalars(select(CaseEvent.kind).join(Case).where(Case.number == NUMBERS[1]).order_by(CaseEvent.id)))
        kia_of = await session.scalar(select(Case.kia).where(Case.number == NUMBERS[1]))
    assert [kind for kind in kinds if kind.startswith("kia_")] == ["kia_dicetak", "kia_dikirim", "kia_diterima"] and "dilihat" in kinds
    assert kia_of["old_ktp_exchanged"] is True and kia_of["received_by"] == "Ibu"


async def test_a_colleagues_cards_stay_hidden_and_can_not_be_marked(api, services, sign_in):
    await bring_to_the_printer(api, services)
    first, second = await sign_in("operator_kia", username="ani"), await sign_in("operator_kia", username="ita")
    await first.open(f"/permohonan/{NUMBERS[0]}")
    await first.take(NUMBERS[0])
    page = (await second.open("/kia")).text
    assert "Dipegang Ani SPESIMEN" in page and "ANAK A SPESIMEN" not in page
    await second.post("/kia/dicetak", pilih=f"{NUMBERS[0]}:1", key=str(uuid.uuid4()))
    assert (await api.get(f"/api/cases/{NUMBERS[0]}")).json()["stage"] == "kia_cetak"


async def test_the_list_is_for_who_prints_cards(sign_in):
    for role in ("petugas", "kepala_dinas", "inspektorat"):
        assert (await (await sign_in(role)).open("/kia")).status_code == 403
