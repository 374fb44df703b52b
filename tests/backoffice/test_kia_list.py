"""The list of KIA and KTP-el: taken at once, printed with what stands on a card, sent with courier and number, received."""

import re
import uuid

import pypdfium2 as pdfium
from sqlalchemy import select, update

from backoffice.cases.models import Case, CaseEvent, IssuedNumber
from backoffice.cases.repository import CaseRepository
from backoffice.cases.service import NEVER
from backoffice.delivery.label_pdf import Label, make_labels
from backoffice.notices.models import Notice
from tests.backoffice.office import make_bundle, send_bundle

NUMBERS = ("LM-261123-AAAA", "LM-261123-CCCC")


def text_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf))


async def bring_to_the_printer(api, services):
    """Two cases whose akta and KK are with the applicant; of one the mother gets a new KTP-el."""
    for place, number in enumerate(NUMBERS):
        flags = ["ktp_lama_ditukar:ktp_ibu"] if place else []
        await send_bundle(api, make_bundle(number, flags=flags), draft=f"d{place}")
    async with services.database.write() as session:
        siak = {"no_kk": "3316990101260001", "anak": [{"akta": "3316-LU-23112026-0001", "nik": "3316990111260001"}]}
        values = {
            "stage": "kia_cetak",
            "facts": ["siak_diinput", "dokumen_dikirim"],
            "siak": siak,
            "delivered_at": services.clock(),
            "deadline": None,
        }
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
    for place, number in enumerate(NUMBERS):
        version = re.search(rf'{number}/laku/kia_dikirim".*?name="version" value="(\d+)"', kia.page, re.S).group(1)
        form = {
            "version": version,
            "key": str(uuid.uuid4()),
            "courier": "Pos Indonesia",
            "tracking": f"P261123000{place}",
            "kembali": "kia_kirim",
        }
        answer = await kia.post(f"/permohonan/{number}/laku/kia_dikirim", **form)
        assert answer.headers["location"].startswith("/kia?tahap=kia_kirim")
    await kia.open("/kia?tahap=kia_antar")
    version = re.search(rf'{NUMBERS[1]}/laku/kia_diterima".*?name="version" value="(\d+)"', kia.page, re.S).group(1)
    form = {"version": version, "key": str(uuid.uuid4()), "received_by": "Ibu", "kembali": "kia_antar"}
    await kia.post(f"/permohonan/{NUMBERS[1]}/laku/kia_diterima", **form)
    assert (await api.get(f"/api/cases/{NUMBERS[1]}")).json()["stage"] == "kia_antar", "the mother's KTP-el is still to come"
    await kia.act(NUMBERS[1], "ktp_dicetak")
    await kia.act(NUMBERS[1], "ktp_dikirim", together="ya")
    refused = await kia.act(NUMBERS[1], "ktp_diserahkan", received_by="Siti Spesimen")
    assert refused.status_code == 422 and "KTP-el lama sudah ditarik" in refused.text
    await kia.act(NUMBERS[1], "ktp_diserahkan", received_by="Siti Spesimen", old_ktp="ya")
    state = (await api.get(f"/api/cases/{NUMBERS[1]}")).json()
    assert state["stage"] == "selesai"
    async with services.database.read() as session:
        kinds = list(await session.scalars(select(CaseEvent.kind).join(Case).where(Case.number == NUMBERS[1]).order_by(CaseEvent.id)))
        kia_of = await session.scalar(select(Case.kia).where(Case.number == NUMBERS[1]))
    assert [kind for kind in kinds if kind.startswith("kia_")] == ["kia_dicetak", "kia_dikirim", "kia_diterima"] and "dilihat" in kinds
    assert kia_of["old_ktp_exchanged"] is True and kia_of["received_by"] == "Ibu"


async def sent_to(api, services, kia, number, tracking):
    """One case with its KIA printed and handed to the courier under that number; the answer to it."""
    await kia.open(f"/permohonan/{number}")
    await kia.take(number)
    await kia.act(number, "kia_dicetak")
    return await kia.act(number, "kia_dikirim", courier="Pos Indonesia", tracking=tracking)


async def test_one_tracking_number_is_one_parcel_as_long_as_it_is_under_way(api, services, sign_in):
    await bring_to_the_printer(api, services)
    kia = await sign_in("operator_kia")
    await sent_to(api, services, kia, NUMBERS[0], "p261123 0001")
    twice = await sent_to(api, services, kia, NUMBERS[1], "P2611230001")
    assert twice.status_code == 422 and NUMBERS[0] in twice.text and 'value="P2611230001"' in twice.text, "said, and nothing typed is lost"
    await kia.act(NUMBERS[0], "resi_diperbaiki", courier="JNE", tracking="JNE-7", reason="salah_resi")
    assert (await kia.act(NUMBERS[1], "kia_dikirim", courier="Pos Indonesia", tracking="P2611230001")).status_code == 303
    async with services.database.read() as session:
        sent = [notice.data for notice in await session.scalars(select(Notice).where(Notice.kind == "kia_dikirim"))]
    assert {row["tracking"] for row in sent} == {"P2611230001", "JNE-7"}


async def test_nobody_named_is_nobody_who_received_it(api, services, sign_in):
    await bring_to_the_printer(api, services)
    kia = await sign_in("operator_kia")
    await sent_to(api, services, kia, NUMBERS[0], "P2611230001")
    for name in ("", "  ", "1"):
        assert (await kia.act(NUMBERS[0], "kia_diterima", received_by=name)).status_code == 422
    assert (await api.get(f"/api/cases/{NUMBERS[0]}")).json()["stage"] == "kia_antar"


async def test_the_applicants_word_is_enough_and_comes_once(api, services, sign_in):
    await bring_to_the_printer(api, services)
    kia = await sign_in("operator_kia")
    await sent_to(api, services, kia, NUMBERS[0], "P2611230001")
    body = {"kind": "diterima", "text": "KIA sudah sampai", "at": services.clock().isoformat()}
    for turn in ("turn-1", "turn-1", "turn-2"):
        assert (await api.put(f"/api/cases/{NUMBERS[0]}/messages/{turn}", json=body)).status_code == 200
    state = (await api.get(f"/api/cases/{NUMBERS[0]}")).json()
    assert state["stage"] == "selesai" and state["kia"]["state"] == "diterima"
    async with services.database.read() as session:
        kinds = list(await session.scalars(select(CaseEvent.kind).where(CaseEvent.kind.like("pemohon_%"))))
        assert not await session.scalar(select(IssuedNumber.number).where(IssuedNumber.kind == "resi"))
    assert kinds == ["pemohon_menerima", "pemohon_menulis"]


async def test_that_a_kia_did_not_come_after_all_is_offered_once_somebody_said_that_it_came(api, services, sign_in):
    await bring_to_the_printer(api, services)
    kia = await sign_in("operator_kia")
    await sent_to(api, services, kia, NUMBERS[1], "P2611230002")
    await kia.take(NUMBERS[1])
    taken_back = 'data-testid="form-kia_belum_diterima"'
    assert taken_back not in (await kia.open(f"/permohonan/{NUMBERS[1]}")).text
    assert (await kia.act(NUMBERS[1], "kia_diterima", received_by="Siti Spesimen")).status_code == 303
    await kia.take(NUMBERS[1])
    assert taken_back in (await kia.open(f"/permohonan/{NUMBERS[1]}")).text, "the new KTP-el is still under way"


async def test_a_misprint_and_a_lost_parcel_go_back_to_the_printer(api, services, sign_in):
    await bring_to_the_printer(api, services)
    kia = await sign_in("operator_kia")
    await sent_to(api, services, kia, NUMBERS[0], "P2611230001")
    await kia.act(NUMBERS[0], "kia_cetak_ulang", reason="hilang", note="Kurir tidak menemukannya.")
    state = (await api.get(f"/api/cases/{NUMBERS[0]}")).json()
    assert state["stage"] == "kia_cetak" and state["kia"]["tracking"] is None


async def test_a_card_goes_nowhere_before_its_address_is_written_and_the_applicant_reads_it(api, services, sign_in):
    await bring_to_the_printer(api, services)
    async with services.database.write() as session:
        case = await session.scalar(select(Case).where(Case.number == NUMBERS[0]))
        case.bundle = {**case.bundle, "alamat_kia": {"alamat": "Sesuai alamat di KK", "location": None, "penerima": "SITI SPESIMEN"}}
    kia = await sign_in("operator_kia")
    assert (await sent_to(api, services, kia, NUMBERS[0], "P2611230001")).status_code == 409
    page = (await kia.open("/kia?tahap=kia_kirim")).text
    assert "Alamat belum tertulis" in page and "Lihat KK" in page and 'data-action="kia_dikirim"' not in page
    short = await kia.act(NUMBERS[0], "kia_alamat", alamat="Blora")
    assert short.status_code == 422
    await kia.act(NUMBERS[0], "kia_alamat", alamat="Jalan Mawar 3 RT 001 RW 002, Kamolan, Blora", kembali="kia_kirim")
    assert "Jalan Mawar 3" in kia.page and 'data-action="kia_dikirim"' in kia.page
    async with services.database.read() as session:
        event = await session.scalar(select(CaseEvent).where(CaseEvent.kind == "kia_alamat"))
        told = await session.scalar(select(Notice).where(Notice.kind == "pesan_petugas"))
    assert "Mawar" not in str(event.data) and len(event.data["fields"]["alamat_kia"]) == 64
    assert "Jalan Mawar 3 RT 001 RW 002" in told.data["text"]
    assert (await kia.act(NUMBERS[0], "kia_dikirim", courier="JNE", tracking="JNE2611230001")).status_code == 303


async def test_labels_are_printed_of_what_is_in_ones_own_hands(api, services, sign_in):
    await bring_to_the_printer(api, services)
    kia = await sign_in("operator_kia")
    await kia.open("/kia")
    empty = await kia.open("/kia/label.pdf?tahap=kia_cetak")
    assert "tidak ada paket" in empty.text.lower()
    await kia.post("/kia/ambil", tahap="kia_cetak")
    answer = await kia.client.get("/kia/label.pdf?tahap=kia_cetak")
    assert answer.headers["content-type"] == "application/pdf"
    page = text_of(answer.content)
    assert page.count("Jalan Contoh 1, Blora") == 2 and all(number in page for number in NUMBERS) and "SITI SPESIMEN" in page
    async with services.database.read() as session:
        looks = [event.data["what"] for event in await session.scalars(select(CaseEvent).where(CaseEvent.kind == "dilihat"))]
    assert looks.count("label_kia") == 2


def test_what_is_too_long_for_a_label_is_set_smaller_and_eleven_take_two_sheets():
    long = Label("LM-261123-AAAA", "SITI " * 30, "Dukuh Krajan RT 002 RW 001, " * 12, "+6281230000001")
    made = make_labels([long] * 11)
    assert len(pdfium.PdfDocument(made)) == 2 and text_of(made).replace("\n", " ").count("+6281230000001") == 11


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
