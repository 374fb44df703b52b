"""What is told as a complaint is concealed from staff turn by turn, before it is filed; what proves to be no secret is shown again."""

from tests.actions.conftest import Chat, Office, photo
from tests.actions.test_complaints import BRIBE, number_in


class Marks:
    """What the bot would conceal, turn by turn."""

    def __init__(self, chat: Chat) -> None:
        self.chat, self.concealed, self.texts = chat, set[str](), dict[str, str]()

    def note(self, said: str) -> None:
        """After a turn: the marks of its answer."""
        turn, answer = self.chat.answers[-1]
        self.texts[turn] = said
        for message in answer:
            self.concealed |= set(message.get("conceals", []))
            self.concealed -= set(message.get("reveals", []))

    def shown(self) -> set[str]:
        """What a colleague could read beside a case."""
        return {text for turn, text in self.texts.items() if turn not in self.concealed}


async def tell(marks: Marks, text: str, intent: str = "nlu_fallback", kind: str | None = None) -> str:
    answer = await marks.chat.say(text, intent, kind=kind)
    marks.note(text)
    return answer


async def test_a_report_on_somebody_is_concealed_from_its_first_word_and_stays_so(office: Office) -> None:
    marks = Marks(office.chat())
    await tell(marks, "selamat pagi", "salam")
    await tell(marks, BRIBE, kind="pungli")
    assert marks.shown() == {"selamat pagi"}
    await marks.chat.send(photo("other"))
    marks.note("foto amplop")
    number = number_in(await tell(marks, "sudah"))
    await marks.chat.tap("Ya, tepat")
    marks.note("Ya, tepat")
    await marks.chat.notice("jawaban_aduan", number, text="sudah kami tindak", officer="Ibu Rahayu", closed=False)
    marks.note("jawaban petugas")
    assert marks.shown() == {"selamat pagi"}
    await tell(marks, "terima kasih", "terima_kasih")
    assert "jawaban petugas" not in marks.shown()


async def test_what_led_to_it_is_concealed_too(office: Office) -> None:
    marks = Marks(office.chat())
    await tell(marks, "kemarin saya di balai desa sama pak modin")
    await tell(marks, BRIBE, kind="pungli")
    assert marks.shown() == set()


async def test_a_complaint_that_is_no_secret_is_concealed_only_while_it_is_told(office: Office) -> None:
    marks = Marks(office.chat())
    await tell(marks, "mau komplain! sudah 3 hari akta belum jadi", kind="lama")
    await tell(marks, "tadi pagi saya tanya loket, besok terus", kind="lama")
    assert marks.shown() == set()
    await tell(marks, "sudah")
    assert "mau komplain! sudah 3 hari akta belum jadi" in marks.shown()
    assert "tadi pagi saya tanya loket, besok terus" in marks.shown()


async def test_without_a_name_everything_of_it_is_concealed(office: Office) -> None:
    marks = Marks(office.chat())
    await tell(marks, "mau komplain akta belum jadi 3 hari lho pak", kind="lama")
    await marks.chat.tap_id("cerita=anonim")
    marks.note("Tanpa nama")
    await tell(marks, "petugas loket bilang besok terus", kind="lama")
    number = number_in(await tell(marks, "sudah"))
    await tell(marks, f"sampai mana {number}?", "cek_status")
    assert marks.shown() == set()


async def test_silence_files_it_and_reveals_nothing_of_a_secret(office: Office) -> None:
    marks = Marks(office.chat())
    await tell(marks, BRIBE, kind="pungli")
    await marks.chat.quiet()
    marks.note("nomor laporan")
    assert marks.shown() == set()
