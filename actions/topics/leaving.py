"""Stops, restarts or erases on the applicant's wish; whatever loses something is confirmed first, by an answer to that very question."""

from actions import asking
from actions.talk import Talk
from actions.topics import case_messages, complaints, opening, status
from contracts.case import MessageKind
from intake.drafts.model import Draft, DraftState, Side

YES = "ya"


async def cancel(talk: Talk) -> None:
    """`batal`: of a draft after a confirmation; a case under way is withdrawn by an officer; of nothing, nothing is to cancel."""
    draft = talk.draft
    if draft is None or (draft.state is DraftState.OPEN and not draft.agreed):
        await _forget_unbegun(talk, draft)
        return
    name = opening.draft_name(talk, draft)
    key = "sisi_batal_yakin" if draft.state is DraftState.OPEN else "sisi_batal_kasus"
    talk.ask_aside("batal_yakin", key, draft=draft.id, values={"permohonan": name})


async def _forget_unbegun(talk: Talk, draft: Draft | None) -> None:
    if draft is not None:
        _remove(talk, draft)
    talk.say("tidak_ada_dibatalkan")
    talk.asks = False


async def cancel_confirmed(talk: Talk, side: Side, choice: str) -> None:
    """The answer to it."""
    draft = _meant(talk, side)
    if choice != YES or draft is None:
        talk.say("tetap_dilanjutkan")
        talk.form = asking.SHORT
        return
    if draft.state is DraftState.OPEN:
        _remove(talk, draft)
        talk.say("dibatalkan")
    else:
        case_messages.send(talk, draft.number or "", MessageKind.HOLD, talk.text("isi_batal", nomor=draft.number))
        talk.say("batal_diteruskan", nomor=draft.number)
    talk.asks = False


async def restart(talk: Talk) -> None:
    """`mulai_ulang`: everything of the draft in hand is lost, so it is confirmed."""
    draft = talk.draft
    if draft is None or draft.state is not DraftState.OPEN or not draft.agreed:
        await opening.start(talk)
        return
    talk.ask_aside("ulang_yakin", draft=draft.id, values={"permohonan": opening.draft_name(talk, draft)})


async def restart_confirmed(talk: Talk, side: Side, choice: str) -> None:
    """The answer to it."""
    draft = _meant(talk, side)
    if choice != YES or draft is None or draft.state is not DraftState.OPEN:
        talk.say("tetap_dilanjutkan")
        talk.form = asking.SHORT
        return
    _remove(talk, draft)
    fresh = Draft(contact=draft.contact, created_at=talk.turn.at, updated_at=talk.turn.at, agreed=True)
    talk.desk.drafts.insert(0, fresh)
    opening.take_up(talk, fresh)
    talk.say("mulai_dari_awal")
    talk.form = asking.FULL


async def chosen_start(talk: Talk, side: Side, choice: str) -> None:
    """Whether the unfinished draft is meant, or another child."""
    draft = _meant(talk, side)
    if choice == "baru" or draft is None:
        await opening.begin(talk)
        return
    opening.take_up(talk, draft)
    talk.say("dilanjutkan", permohonan=opening.draft_name(talk, draft))
    talk.form = asking.FULL


async def chosen_next(talk: Talk, side: Side, choice: str) -> None:
    """Whether the case under way is asked about, or another child is to be registered."""
    await (opening.begin if choice == "baru" else status.tell)(talk)


async def erase(talk: Talk) -> None:
    """`hapus_data`: drafts at once after one confirmation; what the office has, an officer decides (the archive duty)."""
    if not talk.desk.drafts:
        talk.say("tidak_ada_data")
        talk.asks = False
        if not talk.desk.complaints:
            _forget_chat(talk)
        return
    cases = [draft.number for draft in talk.desk.drafts if draft.number]
    key = "sisi_hapus_kasus" if cases else "sisi_hapus_yakin"
    talk.ask_aside("hapus_yakin", key, values={"nomor": ", ".join(str(number) for number in cases)})


async def erase_confirmed(talk: Talk, side: Side, choice: str) -> None:
    """The answer to it."""
    if choice != YES:
        talk.say("tidak_dihapus")
        talk.form = asking.SHORT
        return
    open_drafts = [draft for draft in talk.desk.drafts if draft.state is DraftState.OPEN]
    cases = [str(draft.number) for draft in talk.desk.drafts if draft.number]
    for draft in open_drafts:
        _remove(talk, draft)
    if cases:
        number = await complaints.file(talk, "hapus_data", talk.text("isi_hapus", nomor=", ".join(cases)), cases[0])
        talk.say("hapus_diteruskan", nomor=", ".join(cases), aduan=number)
    else:
        talk.say("dihapus")
        _forget_chat(talk)
    talk.asks = False


def _forget_chat(talk: Talk) -> None:
    """What was said goes, too: the bot's copy, and the answers that we keep."""
    talk.reply.erase = talk.changes.forgets = True
    talk.conversation.phone = talk.conversation.name = None


def _meant(talk: Talk, side: Side) -> Draft | None:
    return next((draft for draft in talk.desk.drafts if draft.id == side.data.get("draft")), None)


def _remove(talk: Talk, draft: Draft) -> None:
    talk.desk.drafts.remove(draft)
    talk.changes.deleted.append(draft)
    if talk.conversation.draft == draft.id:
        talk.conversation.draft = None
    talk.conversation.asked = None
