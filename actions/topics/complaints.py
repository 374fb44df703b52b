"""Takes complaints, suggestions and requests for the desk at any moment: a category, the text, a number at once, the hand-over behind."""

import re

from actions.talk import Talk
from contracts.complaint import PICTURES_MOST, Complaint, ComplaintMessage, Picture
from intake.drafts.model import Side
from intake.handover.bundle import contact_of
from intake.handover.dispatches import Dispatch
from language.phrases import plain
from standard.clock import today, write_date
from standard.complaints import categories, complaint_deadlines
from standard.registration import COMPLAINT

TELLING = 6
"""Words from which on a message is the complaint itself, not the wish to complain."""

SIGNS = {category: re.compile(signs) for category, signs in (
    (
        "pungli",
        r"\b(?:pungli|pungut\w*|calo\w*|suap\w*|sogok\w*|uang\s+rokok|dimintai?\s+(?:uang|bayar\w*|duit|biaya)|disuruh\s+bayar"
        r"|diminta\s+membayar|minta\s+(?:uang|duit|imbalan|bayaran)|njaluk\s+(?:duit|bayar\w*)|dijaluki|nyuwun\s+arto|tarik\w*\s+biaya)\b",
    ),
    ("ancaman", r"\b(?:di|meng|ng)?ancam\w*\b"),
    ("privasi", r"\b(?:disalahgunakan|penyalahgunaan|pinjol|bocor|data\s+(?:saya|kulo|kula)\s+(?:disebar|dipakai))\b"),
    ("tidak_dibalas", r"\b(?:(?:tidak|gak|ga|ndak|ora|mboten)\s+(?:di)?(?:balas|bales|respon|direspon|jawab|dijawab)|dicuekin|centang)\b"),
    ("sikap_petugas", r"\b(?:kasar|jutek|judes|galak|(?:kurang|tidak|gak|ora)\s+(?:sopan|ramah)|marah\w*|dibentak|cuek|ketus|sikap)\b"),
    ("belum_diterima", r"\b(?:belum|blm|durung|dereng)\s+(?:sampai|nyampe|terima|diterima|datang|teko|dugi|nampi)\b"),
    ("data_salah", r"\b(?:salah\s+(?:nama|tanggal|ketik|tulis|data|eja)|keliru|kleru)\b"),
    ("ditolak", r"\b(?:ditolak|dikembalikan|tolak)\b"),
    ("gangguan_sistem", r"\b(?:error|eror|sistem|server|gangguan|tidak\s+bisa\s+(?:dibuka|kirim|upload))\b"),
    ("lama", r"\b(?:lama|suwe|dangu|lambat|lelet|molor|kok\s+(?:belum|blm|durung|dereng)|berhari|seminggu|telat|terlambat)\b"),
)}  # fmt: skip
"""Which category a complaint's own words name, the gravest first; a restricted one needs no more than its sign."""


async def complain(talk: Talk) -> None:
    """`pengaduan`: what was written is the complaint where it tells something; else its category and text are asked."""
    text = talk.turn.text
    guessed = category_of(text)
    if len(text.split()) >= TELLING and guessed is not None:
        await file_and_tell(talk, guessed, text)
    elif len(text.split()) >= TELLING:
        talk.ask_aside("aduan_jenis", text=text)
    elif guessed is not None:
        talk.ask_aside("aduan_isi", category=guessed)
    else:
        talk.ask_aside("aduan_jenis")


async def suggest(talk: Talk) -> None:
    """`saran`: a suggestion or a compliment; a short one is thanked for and noted as it is."""
    await file_and_tell(talk, "saran", talk.turn.text)


async def chosen_category(talk: Talk, side: Side, choice: str) -> None:
    """The category; then the text, where it was not told yet."""
    text = side.data.get("text")
    if text:
        await file_and_tell(talk, choice, text)
    else:
        talk.ask_aside("aduan_isi", category=choice)


async def written(talk: Talk, side: Side, text: str) -> None:
    """The text of the complaint. A graver category that it names goes before the one that was picked."""
    guessed = category_of(text)
    grave = guessed if guessed and categories()[guessed].restricted else None
    await file_and_tell(talk, grave or side.data["category"], text, side.data.get("attachments"))


async def evidence(talk: Talk) -> bool:
    """Whether the files that came belong to a complaint that is being written: then they are kept for it."""
    side = talk.conversation.side
    if side is None or side.id != "aduan_isi":
        return False
    side.data["attachments"] = [*side.data.get("attachments", []), *await attachments_of(talk)]
    talk.say("bukti_diterima")
    talk.asks = False
    return True


async def attachments_of(talk: Talk) -> list[dict[str, str]]:
    """The pages of the files that came; the files themselves are not passed on."""
    return [page for upload in talk.turn.uploads for page in await talk.intake.keep_pages(talk.turn.id, upload)]


async def file_and_tell(talk: Talk, category: str, text: str, attachments: list[dict[str, str]] | None = None) -> None:
    """Files a complaint, with what was sent along, and says its number and by when it is answered first."""
    case = talk.draft.number if talk.draft else None
    number = await file(talk, category, text, case)
    if attachments:
        add_message(talk, number, talk.text("isi_lampiran"), attachments)
    row = categories()[category]
    own = f"aduan_{category}"
    general = "aduan_rahasia" if row.restricted else "saran_diterima" if category == "saran" else "aduan_diterima"
    key = own if talk.catalogue.has(own) else general
    day = complaint_deadlines(category, talk.turn.at).first_reply
    talk.say(key, aduan=number, tanggal=write_date(today(day)))


async def file(talk: Talk, category: str, text: str, case: str | None) -> str:
    """Gives a complaint its number and sends it on its way to the desk; the turn's transaction keeps both."""
    number = await talk.intake.new_number(COMPLAINT)
    complaint = Complaint(
        number=number,
        contact=contact_of(talk.conversation),
        category=category,
        text=text,
        case=case,
        restricted=categories()[category].restricted,
        created_at=talk.turn.at,
    )
    talk.changes.complaints.append((number, category))
    talk.changes.dispatches.append(Dispatch(f"complaint:{number}", number, f"/api/complaints/{talk.turn.id}", complaint.body()))
    return number


def add_message(talk: Talk, number: str, text: str, attachments: list[dict[str, str]]) -> None:
    """Sends what was written, and the pages that came with it, into the thread of that number; many pages go in several messages."""
    for part in range(0, max(1, len(attachments)), PICTURES_MOST):
        pages, name = attachments[part : part + PICTURES_MOST], f"{talk.turn.id}{f'-{part}' if part else ''}"
        message = ComplaintMessage(text=text, at=talk.turn.at, attachments=[Picture(**page) for page in pages])
        path = f"/api/complaints/{number}/messages/{name}"
        talk.changes.dispatches.append(Dispatch(f"message:{name}", number, path, message.body(), tuple(pages)))


def category_of(text: str) -> str | None:
    """The category that the words name, or None."""
    return next((category for category, sign in SIGNS.items() if sign.search(plain(text))), None)
