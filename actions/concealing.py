"""Says which turns of a chat staff must not read beside a case: those of a story that is told, and of a complaint that is kept secret.

Only this side knows which messages a complaint is made of, before it is filed and after. The bot marks the turns (docs/contracts.md).
"""

from dataclasses import dataclass

from actions import weighing
from actions.context import TurnContext
from intake.drafts.model import Side, Story
from standard.complaints import categories


@dataclass(frozen=True)
class Before:
    """What stood open when the turn began."""

    story: Story | None
    side: Side | None


def before(ctx: TurnContext) -> Before:
    """To be taken before the turn is handled."""
    return Before(ctx.conversation.story, ctx.conversation.side)


def mark(ctx: TurnContext, then: Before) -> None:
    """Notes in the answer what is concealed from now on, and what may be read again: the story of a complaint that is no secret."""
    story, stated = ctx.conversation.story, set(then.story.turns) if then.story else set()
    if then.story is not None and then.story is not story:
        if _stays_secret(ctx, then.story):
            ctx.reply.conceals.add(ctx.turn.id)
        else:
            ctx.reply.reveals |= stated
    if story is not None and (ctx.turn.kind != "notice" or story is not then.story):
        story.turns = sorted({*story.turns, *(part.turn for part in story.parts), ctx.turn.id})
        ctx.reply.conceals |= set(story.turns)
    if _touches_secret(ctx, then):
        ctx.reply.conceals.add(ctx.turn.id)
    ctx.reply.reveals -= ctx.reply.conceals


def _stays_secret(ctx: TurnContext, story: Story) -> bool:
    """Whether a story that ended in this turn is filed as a secret, or was not filed and accuses somebody all the same."""
    filed = [new for new in ctx.changes.complaints if not categories()[new.category].wish]
    if filed:
        return any(new.restricted for new in filed)
    if story.addition_to is not None:
        return story.addition_to in _secret_numbers(ctx)
    return story.hidden or story.anonymous or weighing.accuses(story.parts)


def _secret_numbers(ctx: TurnContext) -> set[str]:
    of_before = {row.number for row in ctx.record.complaints if row.restricted}
    return of_before | {new.number for new in ctx.changes.complaints if new.restricted} | set(ctx.changes.restricted)


def _touches_secret(ctx: TurnContext, then: Before) -> bool:
    """Whether the turn adds to, asks about, or names a complaint that is kept secret."""
    secret = _secret_numbers(ctx)
    if not secret:
        return False
    named = {dispatch.stream for dispatch in ctx.changes.dispatches}
    named |= {str(side.data.get("number")) for side in (then.side, ctx.conversation.side) if side is not None}
    named |= {str(ctx.turn.notice.number)} if ctx.turn.notice else set()
    said = " ".join([ctx.turn.text or "", *ctx.reply.paragraphs]).upper()
    return bool(secret & named) or any(number in said for number in secret)
