"""Keeps what is told before it is asked for, from the first message on: who reports, the papers, how many children, names, facts."""

from dataclasses import replace

from actions import understanding
from actions.context import TurnContext
from actions.topics import changes
from intake.drafts.model import Draft, DraftState
from intake.placing.arranging import arrange
from intake.questions.answers import reporter_of, store_reporter
from intake.questions.papers import CONDITIONS, papers_mentioned
from intake.questions.question import Open, Phase
from intake.questions.reporter import reporter_told
from intake.questions.volunteered import LONGEST, store_early, volunteered
from intake.reading import is_question, slips
from intake.reading.frame import read_frame

OTHER_MATTERS = frozenset({"pengaduan", "saran", "minta_petugas", "hapus_data", "batal", "mulai_ulang", "cek_status"})
"""Wishes in which a birth may be told of by the way."""
UNHEARD = frozenset({"di_luar_topik", "nlu_fallback", "saran"})
"""What the language model hears in a name that stands alone."""


def told(ctx: TurnContext, draft: Draft, asked: Open | None, *, bare: bool = False) -> bool:
    """Whether the message told of the children or the birth before that was asked; it is kept, said back, and not asked again.

    `asked`: the open question; None at the first message. `bare`: it answers nothing else, so that a name alone may be the child's.
    """
    if draft.state is not DraftState.OPEN or (asked is not None and asked.question.phase > Phase.NAMES):
        return False
    said = ctx.said()
    of_person = asked is not None and asked.question.of_person
    named = asked is None or asked.question.phase is not Phase.NAMES
    found = volunteered(said, draft, bare=bare and not of_person and ctx.turn.intent in UNHEARD, named=named)
    if not found and found.again:
        return _again(ctx)
    clear = ctx.turn.intent in OTHER_MATTERS and ctx.turn.confidence >= understanding.CLEAR
    if not found or (clear and not (found.names and ctx.turn.intent == "saran")):
        return False
    store_early(draft, found)
    ctx.touch()
    arrange(draft)
    return True


def _again(ctx: TurnContext) -> bool:
    """What is known already was told once more: said otherwise it is put right, else it is said that it stands so."""
    if not changes.given(ctx):
        ctx.say_once("sudah_dicatat")
    return True


def opening(ctx: TurnContext, draft: Draft, asked: Open | None = None) -> bool:
    """The same of a message before anything was agreed to, with who reports and what there is of the papers. A no erases it all."""
    if ctx.turn.kind != "text":
        return False
    rest = slips.beside_question(ctx.turn.text) if is_question(ctx.turn.text) else ctx.turn.text
    turn, ctx.turn = ctx.turn, replace(ctx.turn, text=rest)
    try:
        kept = told(ctx, draft, asked, bare=True)
    finally:
        ctx.turn = turn
    relation = reporter_told(rest) if draft.conditions.pelapor is None else None
    if relation is not None:
        store_reporter(draft, 0, reporter_of(relation))
    papers = papers_mentioned(rest, draft)
    for item, has in papers.items():
        setattr(draft.conditions, CONDITIONS[item], has)
    arrange(draft)
    return kept or relation is not None or bool(papers)


def tells(ctx: TurnContext) -> bool:
    """Whether the message names a child or tells of a birth, though nothing that is open asks for it: it is no other topic."""
    turn, said = ctx.turn, ctx.said()
    if turn.kind != "text" or len(turn.text) > LONGEST:
        return False
    blank = Draft(contact=ctx.conversation.contact, created_at=turn.at, updated_at=turn.at)
    return bool(volunteered(said, blank, bare=True) or read_frame(said.text, said.today).said())
