"""Ways through the conversation that several tests begin with."""

from intake.handover.bundle import answers_of
from tests.actions.conftest import Chat, Office
from tests.actions.families import ALBUM, FACTS


async def begun(chat: Chat, reporter: str = "Ayah") -> str:
    """Greeted, agreed, the reporter known: the number of children is asked."""
    await chat.say("assalamualaikum", "salam")
    await chat.tap("Ya, lanjutkan")
    return await chat.tap(reporter)


async def until_documents(chat: Chat) -> str:
    """A married couple with both papers: the photos are asked for."""
    await begun(chat)
    await chat.tap("Satu anak")
    await chat.tap("Ada keduanya")
    return await chat.tap("Sudah KAWIN")


async def until_summary(chat: Chat) -> str:
    """Everything is given: the summary stands to be confirmed."""
    await until_documents(chat)
    await chat.send(*ALBUM)
    await chat.say("Siti Aminah")
    await chat.tap("Sudah benar")
    await chat.say(FACTS)
    return await chat.tap("Sesuai alamat KK")


async def submitted(chat: Chat) -> str:
    """Handed over; returns the application's number."""
    await until_summary(chat)
    done = await chat.tap("Ya, kirim")
    return done.split("*")[1]


async def papers(office: Office) -> list[dict[str, object]]:
    """What a notice of issued papers brings."""
    return [{"filename": "KK.pdf", "mime": "application/pdf", "blob": await office.intake.keep("t", b"kk")}]


def files_in(chat: Chat) -> list[str]:
    """The files of our last answer."""
    return [part["document"]["filename"] for part in chat.messages if "document" in part]


async def last_figures(office: Office, chat: Chat) -> str:
    """What the applicant alone knows: the end of their KK's number."""
    (draft,) = (await office.intake.record(chat.contact)).drafts
    return str(answers_of(draft)["pelapor_no_kk"]["value"])[-4:]
