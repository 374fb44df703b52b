"""A random walk of messages, photos and interruptions: never the same sentence twice in a row, never a lost document."""

import asyncio
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.catalogue import Catalogue
from actions.routes import TOPICS
from intake.drafts.tables import Base
from intake.handover.backoffice import BackOffice
from intake.service import Intake
from storage.database import Database
from storage.keyring import Keyring
from storage.opening import open_blobs
from tests.actions.conftest import KEY, RESPONSES, Chat, FakeBackOffice, FakeChecker, Office, photo
from tests.actions.families import ALBUM, FACTS, MOTHER, kk, ktp

TEXTS = (
    "ya", "nggih", "tidak", "dereng", "1", "2", "ayah", "ibu", "Siti Aminah", "Bayu Aji", FACTS, "3100 gram", "jam 4 sore", "blora",
    "Jalan Mawar 3 RT 01 RW 02 Desa Tempelan", "menu", "petugas", "batal", "formulir", "lanjut", "asdf", "?", "🙏", "suami istri", "kembar",
    "bayinya lahir mati", "saya diminta uang 50 ribu oleh calo di kantor desa", "perempuan", "1 november 2026", "x" * 500,
    "tanggal lahirnya salah", "nama anak salah", "bukan kembar, satu saja", "bukan", "jumlah anak keliru", "kembar tiga",
    "kembar 2, Bagus Prasetyo lahir jam 10.05 sm Bagas Prasetya jam 10.20", "jam lahire 07.05 dudu 08.05", "alamat salah, sesuai kk saja",
)  # fmt: skip
PHOTOS = (
    *ALBUM, kk(complete=False, mark="2"), ktp(MOTHER, "BELUM KAWIN"), photo("kk", "retake", ("BLUR",)), photo("other"),
    photo("none", "retake", ("NO_DOCUMENT",)), photo("ktp", "officer", mark="unsure"), photo("ktp", mark="nobody"), b"broken",
    photo("sptjm_kelahiran"), photo("sptjm_pasutri"),
)  # fmt: skip
OTHERS = ("audio", "sticker", "location", "reaction", "edit", "contacts", "call", "revoke", "something_new")

TYPED = {
    "hubungan_pelapor": "nenek",
    "nama_anak": "Siti Aminah",
    "data_kelahiran": f"perempuan, 1 november 2026, {FACTS}",
    "tanggal_lahir": "1 nov 2026",
    "pukul": "jam 4 sore",
    "berat": "3 kg",
    "panjang": "49 cm",
    "nama_ibu": "Sari Spesimen",
    "nama_ayah": "Budi Spesimen",
}
"""What a patient applicant answers where there is nothing to tap; photos where photos are asked for."""

STEPS = st.lists(
    st.one_of(
        *[st.tuples(st.just("go"))] * 6,
        st.tuples(st.just("text"), st.sampled_from(TEXTS), st.sampled_from(sorted(TOPICS)), st.sampled_from([0.3, 0.6, 0.95])),
        st.tuples(st.just("tap"), st.integers(0, 9)),
        st.tuples(st.just("tap"), st.integers(0, 9)),
        st.tuples(st.just("photos"), st.lists(st.sampled_from(PHOTOS), min_size=1, max_size=4)),
        st.tuples(st.just("other"), st.sampled_from(OTHERS)),
        st.tuples(st.just("old"), st.integers(0, 99)),
    ),
    min_size=10,
    max_size=40,
)


async def walk(folder: Path, steps: list[tuple[object, ...]]) -> None:
    database = Database.open(f"sqlite:///{folder}/walk-{uuid4()}.db", Keyring(KEY))
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    client = BackOffice(httpx.AsyncClient(transport=httpx.MockTransport(FakeBackOffice()), base_url="http://backoffice"))
    made: list[Office] = []
    intake = Intake(database, open_blobs(f"file:{folder}/blobs", KEY, "intake"), FakeChecker(), client, lambda: made[0].now)
    office = Office(intake, FakeBackOffice(), Catalogue(RESPONSES))
    made.append(office)
    chat = office.chat()
    seen: list[str] = []
    try:
        for step in steps:
            before = await documents(office)
            chat.messages = []
            await one(chat, step, seen)
            seen += chat.options().values()
            await holds(office, chat)
            await loses_nothing_unsaid(office, chat, before, photos=step[0] == "photos")
        await leads_on(office, chat)
    finally:
        await intake.close()


async def one(chat: Chat, step: tuple[object, ...], seen: list[str]) -> None:
    match step:
        case ("text", str() as text, str() as intent, float() as confidence):
            await chat.say(text, intent, confidence)
        case ("go",):
            await forward(chat)
        case ("tap", int() as number):
            options = list(chat.options().items())
            if options:
                title, choice = options[number % len(options)]
                await chat.tap_id(choice, title)
        case ("photos", list() as pictures):
            await chat.send(*pictures)
        case ("other", str() as kind):
            await chat.other(kind, latitude=-7.0, longitude=111.4)
        case ("old", int() as number) if seen:
            await chat.tap_id(seen[number % len(seen)])


async def forward(chat: Chat) -> None:
    """One step of a patient applicant."""
    conversation = (await chat.office.intake.record("c1")).conversation
    asked = (conversation.asked or "").split("@")[0].split(":")[0]
    if asked in TYPED:
        await chat.say(TYPED[asked])
    elif asked == "berkas":
        await chat.send(*ALBUM)
    elif asked == "formulir":
        await chat.send(*PHOTOS[-2:])
    elif chat.options():
        title, choice = next(iter(chat.options().items()))
        await chat.tap_id(choice, title)
    else:
        await chat.say("menu")


async def holds(office: Office, chat: Chat) -> None:
    """Nothing that was taken is lost: every page of every open draft still lies in the store, every place has one document."""
    record = await office.intake.record("c1")
    for draft in record.drafts:
        if draft.number is None:
            for document in draft.documents:
                assert all([await office.intake.blobs.store.exists(page.blob) for page in document.pages])
        places = [document.item for document in draft.documents if document.item]
        assert len(places) == len(set(places))
    if record.conversation.officer is None and record.conversation.side is None and record.draft is not None and chat.messages:
        assert chat.messages[-1]["text"] or "document" in chat.messages[-1]


async def documents(office: Office) -> set[str]:
    """The documents of all drafts that are still open."""
    return {
        document.submission for draft in (await office.intake.record("c1")).drafts if draft.number is None for document in draft.documents
    }


PARTING = (
    "sudah dibatalkan", "sudah dihapus", "mulai dari awal", "tidak kami pakai", "langsung di loket", "permohonan sudah kami terima",
    "tidak ada permohonan yang berjalan", "Tidak ada yang perlu dibatalkan",
)  # fmt: skip
"""After these sentences a document may be gone: the person wished it, or it went to the office."""


async def loses_nothing_unsaid(office: Office, chat: Chat, before: set[str], *, photos: bool) -> None:
    """A document goes only where the answer says so; another photo may take its place, never leave fewer."""
    after = await documents(office)
    if photos or before <= after:
        assert len(after) >= len(before)
        return
    read = "\n".join(message["text"] for message in chat.messages)
    assert any(parting in read for parting in PARTING), f"gone unsaid, after: {read}"


async def leads_on(office: Office, chat: Chat) -> None:
    """Whatever happened, `menu` and `lanjut` bring an open question or an end with choices."""
    await chat.say("menu")
    await chat.say("lanjut")
    conversation = (await office.intake.record("c1")).conversation
    assert conversation.officer is None
    assert chat.messages and (conversation.asked or conversation.side or chat.options())


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(start=st.integers(0, 13), steps=STEPS)
def test_no_walk_repeats_itself_or_loses_a_document(tmp_path: Path, start: int, steps: list[tuple[object, ...]]) -> None:
    asyncio.run(walk(tmp_path, [("text", "halo", "salam", 0.9), *[("go",)] * start, *steps]))
