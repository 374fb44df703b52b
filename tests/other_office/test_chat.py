"""A whole application in the chat of another office: its own name, numbers, hours, places and settings, and nothing of Blora."""

from datetime import UTC, datetime
from typing import Any

from actions.catalogue import PREFIX, Catalogue
from intake.forms import receipt, sptjm_kelahiran, sptjm_pasutri
from intake.forms.paperwork import birth_statement, couple_statement
from intake.forms.sheets import Receipt, Received
from intake.reading import read_address, read_birthplace, read_complaint_number, read_registration_number
from standard import f201
from standard.clock import write_moment
from standard.deadlines import service_deadline
from standard.issued import office_code
from standard.kinds import Item
from standard.registration import APPLICATION, COMPLAINT, is_number, new_number
from tests.actions.conftest import RESPONSES, Office
from tests.actions.families import FATHER, birth_letter, kk, ktp, marriage_book
from tests.other_office.strange import of_blora, words_of

MONDAY = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)


def test_no_text_of_the_chat_speaks_of_blora() -> None:
    catalogue = Catalogue(RESPONSES)
    for rows in catalogue._responses.values():
        assert of_blora(str(rows)) == []
    assert "Sahabat Warga" in str(catalogue._responses[PREFIX + "perkenalan"])


async def test_a_whole_application_with_its_receipt(office: Office) -> None:
    chat = office.chat()
    read: list[str] = [await chat.say("assalamualaikum", "salam")]
    steps: list[Any] = ["Ya, lanjutkan", "Ayah", "Satu anak", "Ada keduanya", "Sudah KAWIN"]
    for title in steps:
        read.append(await chat.tap(title))
    assert "saksi" not in read[0].lower() + read[-1].lower(), "this office asks for no witnesses"
    read.append(await chat.send(kk(no_kk=f"{office_code()}990101200005"), ktp(FATHER), birth_letter(), marriage_book()))
    read.append(await chat.say("Siti Aminah"))
    read.append(await chat.tap("Sudah benar"))
    read.append(await chat.say("RSUD Wanakerta, jam 04.30 WITA, anak ke-2, bidan, 3100 gram, 49 cm"))
    read.append(await chat.say("Jalan Mawar RT 02 RW 01, Tanjung Harapan, Wanakerta"))
    while "Ya, kirim" not in chat.options():
        read.append(await chat.say("tidak"))
    done = await chat.tap("Ya, kirim")
    read.append(done)
    read.append(await chat.say("kantornya dimana", "tanya_kantor"))
    assert of_blora("\n".join(read)) == []
    number = done.split("*")[1]
    assert number.startswith("WK-") and is_number(number)
    assert "Jalan Merdeka 12" in read[-1] and "Senin–Kamis pukul 08.00–15.00 dan Jumat–Sabtu pukul 08.00–11.00 WITA" in read[-1]
    await office.hand_over()
    (bundle,) = office.backoffice.bodies("/api/bundles/")
    assert bundle["number"] == number and of_blora(str(bundle)) == []
    assert "'WANAKERTA'" in str(bundle["anak"])


async def test_forms_and_receipt_are_the_offices_own(office: Office) -> None:
    chat = office.chat()
    await chat.say("halo", "salam")
    await chat.tap("Ya, lanjutkan")
    draft = (await office.intake.record("c1")).drafts[0]
    for sheet in (words_of(sptjm_kelahiran(birth_statement(draft))), words_of(sptjm_pasutri(couple_statement(draft)))):
        assert "Wanakerta" in sheet and of_blora(sheet) == []
    paper = Receipt(
        number="WK-261123-7K4F",
        submitted_at=MONDAY,
        deadline=MONDAY,
        pelapor="Warga SPESIMEN",
        anak=("SITI AMINAH",),
        received=(Received(Item.KK),),
    )
    assert "Disdukcapil Wanakerta" in words_of(receipt(paper)) and of_blora(words_of(receipt(paper))) == []


def test_places_numbers_and_times_are_read_as_people_write_them_there() -> None:
    assert read_birthplace("RSUD Wanakerta") == read_birthplace("tanjung harapan") == "WANAKERTA"
    address = read_address("Jalan Mawar RT 2 RW 1, Wanakerta Utara, Kota Wanakerta, Nusa Harapan")
    assert address is not None and address.kecamatan == "WANAKERTA UTARA"
    assert read_registration_number("nomor saya wk 261123 7k4f") == "WK-261123-7K4F" and read_registration_number("LM-261123-7K4F") is None
    assert read_complaint_number("PGD-261123-3M8Q") == "PGD-261123-3M8Q"
    assert new_number(APPLICATION, MONDAY.date()).startswith("WK-261123-") and new_number(COMPLAINT, MONDAY.date()).startswith(
        "PGD-261123-"
    )
    assert write_moment(MONDAY) == "23 November 2026 pukul 10.10 WITA"
    assert service_deadline([MONDAY]) == datetime(2026, 11, 26, 5, 10, tzinfo=UTC), "24 office hours: five, seven, seven, and five more"
    assert f201.form().field("kabupaten").value == "WANAKERTA"
