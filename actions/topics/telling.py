"""Listens to a complaint until it is told: several messages and photos are one story, filed when it ends, by a word or by silence."""

from dataclasses import replace

from actions import understanding, weighing
from actions.talk import Talk
from actions.topics import complaints
from intake.drafts.model import Side, Story, Told
from language.phrases import words
from standard.complaints import categories, telling

SURE_AGAINST_ANSWER = 0.3
"""Margin from which on a complaint goes before an answer that could be read from the same words, where it is long enough to hold both."""

COURTESIES = frozenset({"salam", "terima_kasih", "pamit", "setuju"})
ELSEWHERE = 0.6
"""Confidence of another wish or question from which on nobody is asked whether it was a complaint."""

SEND, NOT_ONE, HIDE = "selesai", "bukan", "anonim"
ADDITION, NEW = "tambahan", "baru"
SCOPE = "cerita"
"""Scope of the buttons below a story that is being told."""


def told_of(talk: Talk) -> Told:
    """This message as a part of a story."""
    turn = talk.turn
    return Told(
        turn=turn.id,
        text=turn.text,
        at=turn.at,
        intent=turn.intent,
        confidence=turn.confidence,
        complains=turn.complains,
        kinds=turn.kinds,
        grave=turn.grave,
    )


def is_not_for_the_officer(talk: Talk) -> bool:
    """Whether a complaint begins here: no officer has answered yet, or it accuses somebody, who may be the very one."""
    part = told_of(talk)
    return part.complains >= weighing.SURE and (not talk.conversation.officer_spoke or weighing.accuses([part]))


async def noticed(talk: Talk) -> bool:
    """Whether the message complains; one in doubt is asked about. What does not is remembered for some minutes: a story may begin so."""
    turn = talk.turn
    if turn.kind != "text":
        return False
    part = told_of(talk)
    if part.complains >= _needed(talk):
        await begin(talk, sure=True)
        return True
    if _doubted(talk, part):
        await begin(talk, sure=False)
        return True
    if _may_belong(talk, part):
        await more(talk)
        return True
    _remember(talk, part)
    return False


def _doubted(talk: Talk, part: Told) -> bool:
    """Whether the citizen is asked if this is a complaint: the less else was understood, the sooner."""
    words = len(part.text.split())
    if part.complains >= weighing.NEAR:
        return not talk.reads_open() or words >= understanding.LONG
    if talk.reads_open():
        return False
    long = words >= weighing.LOST_WORDS
    if _elsewhere(talk):
        return long and part.complains >= weighing.DOUBT
    return part.complains >= (weighing.LOST if long else weighing.DOUBT)


def _may_belong(talk: Talk, part: Told) -> bool:
    """Whether words that nothing else was understood of come behind a complaint of this day."""
    other = _elsewhere(talk) or part.intent in COURTESIES or len(part.text.split()) < weighing.SHORT
    return not other and not talk.reads_open() and last_filed(talk) is not None


async def complain(talk: Talk) -> None:
    """`pengaduan`: the wish itself, typed or tapped; a message that says more, of which the complaint model is not sure, is asked about."""
    turn = talk.turn
    known = turn.kind != "text" or weighing.is_bare(told_of(talk))
    await begin(talk, sure=known or turn.complains >= weighing.SURE)


async def begin(talk: Talk, *, sure: bool) -> None:
    """The first message of a story, with what led to it. What follows a complaint of the same day may belong to that."""
    turn, conversation = talk.turn, talk.conversation
    since = turn.at - telling().together
    before = [part for part in conversation.heard if part.at >= since]
    conversation.heard, conversation.side = [], None
    own = [told_of(talk)] if turn.kind == "text" and turn.text else []
    conversation.story = Story(parts=[*before, *own], sure=sure, last_at=turn.at)
    earlier = last_filed(talk)
    talk.asks = False
    if earlier is not None and own and not weighing.is_bare(own[0]):
        conversation.story.sure = True  # unanswered it is kept with the complaint of before: nothing is lost, and no second one begun
        _ask_belonging(talk, earlier)
        return
    _invite(talk)


async def more(talk: Talk) -> None:
    """Something that was said behind a complaint and is no other wish: it may belong to it."""
    talk.conversation.story = Story(parts=[told_of(talk)], last_at=talk.turn.at)
    earlier = last_filed(talk)
    assert earlier is not None
    _ask_belonging(talk, earlier)


async def shown(talk: Talk) -> bool:
    """Photos that no registration waits for, behind a complaint of this day: they may belong to it."""
    earlier = last_filed(talk)
    if earlier is None:
        return False
    captions = [told_of(talk).model_copy(update={"text": caption}) for caption in talk.turn.captions if caption]
    talk.conversation.story = Story(parts=captions, attachments=await complaints.attachments_of(talk), last_at=talk.turn.at)
    _ask_belonging(talk, earlier)
    return True


def _ask_belonging(talk: Talk, number: str) -> None:
    talk.ask_aside("aduan_tambahan", number=number, values={"aduan": number})


def _invite(talk: Talk) -> None:
    story = talk.conversation.story
    assert story is not None
    if not story.sure:
        talk.say("aduan_atau_bukan")
        talk.offer(SCOPE, "aduan_atau_bukan")
        return
    bare = all(weighing.is_bare(part) for part in story.parts)
    grave = weighing.accuses(story.parts)
    key = "aduan_ceritakan" if bare else "aduan_simak_rahasia" if grave else "aduan_simak"
    talk.say(key)
    talk.offer(SCOPE, key)


def last_filed(talk: Talk) -> str | None:
    """The number of a complaint of the last day that is not closed."""
    since = talk.turn.at - telling().addition
    return next(
        (row.number for row in talk.desk.complaints if row.created_at >= since and not row.closed and not categories()[row.category].wish),
        None,
    )


async def goes_on(talk: Talk, wish: str | None) -> bool:
    """Whether the turn belongs to the story that is being told. A wish of its own ends the story and is done after."""
    story, turn = talk.conversation.story, talk.turn
    if story is None or turn.kind == "notice":
        return False
    if turn.kind == "choice":
        return await _tap(talk, story)
    if turn.at - story.last_at > telling().quiet:
        await finish(talk)
        return False
    if wish is not None:
        return await _wished(talk, wish)
    if turn.kind == "documents":
        story.attachments += await complaints.attachments_of(talk)
        _heard_more(talk, story)
        return True
    return turn.kind == "text" and await _said(talk, story)


async def _tap(talk: Talk, story: Story) -> bool:
    scope, _, choice = (talk.turn.choice or "").partition("=")
    if scope == SCOPE:
        await _tapped(talk, story, choice)
        return True
    if not scope.startswith("aduan_tambahan"):
        await finish(talk)
    return False


async def _wished(talk: Talk, wish: str) -> bool:
    """A single word that our texts taught."""
    if wish == "batal":
        _drop(talk)
        talk.say("aduan_tidak_jadi")
        return True
    await finish(talk)
    return False


async def _said(talk: Talk, story: Story) -> bool:
    turn = talk.turn
    thanks = turn.intent in COURTESIES and turn.confidence >= ELSEWHERE and len(turn.text.split()) <= weighing.SHORT
    if is_closing(turn.text) or thanks:
        if not story.sure or all(weighing.is_bare(part) for part in story.parts):
            return False
        await finish(talk, proposes=True)
        return True
    if turn.intent == "lanjutkan" and turn.confidence >= understanding.SURE and turn.complains < weighing.DOUBT:
        await finish(talk)
        return False
    if _other_business(talk, story):
        _drop(talk)
        return False
    story.parts.append(told_of(talk))
    story.hidden = story.hidden or turn.hides
    _heard_more(talk, story)
    return True


def _heard_more(talk: Talk, story: Story) -> None:
    """Nothing is said to each message; only after a mere wish, or a doubt that is none any more, how to end the story."""
    was_bare = all(weighing.is_bare(part) for part in story.parts[:-1]) if talk.turn.kind == "text" else False
    talk.asks = False
    story.last_at = talk.turn.at
    if not story.sure and talk.turn.complains >= weighing.NEAR:
        story.sure = True
        _invite(talk)
    elif was_bare and story.sure:
        _invite(talk)
    elif talk.turn.kind == "documents":
        talk.say_once("bukti_diterima")


def _other_business(talk: Talk, story: Story) -> bool:
    """Whether the person means something else after all: a wish behind nothing but `mau lapor`, or an answer behind a doubt."""
    turn = talk.turn
    if turn.complains >= weighing.DOUBT:
        return False
    begun = not story.sure or all(weighing.is_bare(part) for part in story.parts)
    return begun and (
        talk.reads_open() or (turn.intent in understanding.INTERRUPTING | {"mulai_permohonan"} and turn.confidence >= understanding.CLEAR)
    )


async def _tapped(talk: Talk, story: Story, choice: str) -> None:
    if choice == SEND:
        story.sure = True
        await finish(talk, proposes=True)
    elif choice == "ya":
        story.sure, story.last_at = True, talk.turn.at
        talk.asks = False
        _invite(talk)
    elif choice == HIDE:
        story.anonymous, story.last_at = True, talk.turn.at
        talk.asks = False
        talk.say("aduan_jadi_anonim")
        talk.offer(SCOPE, "aduan_jadi_anonim")
    else:
        part = story.parts[-1] if story.parts else None
        _drop(talk)
        if part is not None and part.intent not in ("pengaduan", "saran"):
            talk.turn = replace(talk.turn, kind="text", text=part.text, choice=None, intent=part.intent, confidence=part.confidence)
            talk.instead = part.intent
        else:
            talk.say("aduan_tidak_jadi")


async def chosen_belonging(talk: Talk, side: Side, choice: str) -> None:
    """Whether what is told belongs to the complaint of before: then it is restricted as that is."""
    story = talk.conversation.story
    if story is None:
        return
    talk.asks = False
    if choice == ADDITION:
        story.addition_to = str(side.data["number"])
        await finish(talk)
    elif choice == NEW:
        _invite(talk)
    else:
        _drop(talk)
        talk.asks = True
        if story.attachments:
            talk.say("aduan_foto_lagi")


async def quiet(talk: Talk) -> None:
    """A story was not gone on with: what was told is filed. Nothing is said where nothing was."""
    talk.asks = False
    story = talk.conversation.story
    if story is not None and talk.turn.at - story.last_at >= telling().quiet:
        await finish(talk, proposes=True)


async def finish(talk: Talk, *, proposes: bool = False) -> None:
    """Files the story, or adds it to the complaint of before; one that is only doubted, or only wished, is let go.

    `proposes`: whether the citizen is asked if the category is right; where the turn goes on to something else, they are not.
    """
    story = talk.conversation.story
    side = talk.conversation.side
    assert story is not None
    if side is not None and side.id == "aduan_tambahan" and story.addition_to is None:
        story.addition_to = str(side.data["number"])  # unanswered: there it is kept as safe as what it may belong to
    _drop(talk)
    text = "\n".join(part.text for part in story.parts)
    if not story.sure or not (story.attachments or any(not weighing.is_bare(part) for part in story.parts)):
        return
    if story.addition_to:
        complaints.add_message(talk, story.addition_to, text or talk.text("isi_lampiran"), story.attachments)
        talk.say("aduan_ditambah", aduan=story.addition_to)
        return
    ranked = weighing.about(story.parts)
    grave = weighing.accuses(story.parts)
    category = story.category or (ranked[0] if ranked else "lainnya")
    number = await complaints.file_and_tell(
        talk,
        category,
        text or talk.text("isi_lampiran"),
        story.attachments,
        restricted=grave or story.hidden,
        anonymous=story.anonymous,
        doubtful=grave,
    )
    if proposes:
        complaints.propose(talk, number, category, weighing.choices(story.parts))


def _drop(talk: Talk) -> None:
    talk.conversation.story = None
    if talk.conversation.side is not None and talk.conversation.side.id == "aduan_tambahan":
        talk.conversation.side = None


def is_closing(text: str) -> bool:
    """Whether the message only says that all is told: `sudah`, `itu saja pak`."""
    rules = telling()
    typed = words(text)
    for end in range(len(typed), 0, -1):
        if " ".join(typed[:end]) in rules.closings:
            return all(word in rules.polite or word in rules.closings for word in typed[end:])
    return False


def _needed(talk: Talk) -> float:
    if talk.open is not None and talk.conversation.asked is not None and talk.reads_open():
        return SURE_AGAINST_ANSWER if len(talk.turn.text.split()) >= understanding.LONG else float("inf")
    return weighing.SURE


def _elsewhere(talk: Talk) -> bool:
    turn = talk.turn
    return turn.confidence >= ELSEWHERE and turn.intent not in ("pengaduan", "saran", "di_luar_topik", "nlu_fallback")


def _remember(talk: Talk, part: Told) -> None:
    """Keeps it for some minutes, unless it is a courtesy, or answers what was asked."""
    conversation = talk.conversation
    since = talk.turn.at - telling().together
    conversation.heard = [earlier for earlier in conversation.heard if earlier.at >= since][-4:]
    if part.intent in COURTESIES and len(part.text.split()) <= weighing.SHORT:
        return
    if part.complains >= weighing.DOUBT or not (conversation.asked is not None and talk.reads_open()):
        conversation.heard.append(part)
