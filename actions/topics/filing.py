"""Files a story that has been told, adds it to the complaint of before, or lets it go."""

from actions import weighing
from actions.context import TurnContext
from actions.topics import complaints
from intake.drafts.model import Story


async def finish(ctx: TurnContext, *, proposes: bool = False) -> None:
    """Files the story, or adds it to the complaint of before; one that is only doubted, or only wished, is let go.

    What may accuse an officer who has the conversation, or had it when the story began, is filed in doubt, too: nobody else has read it.

    `proposes`: whether the citizen is asked if the category is right; where the turn goes on to something else, they are not.
    """
    story = ctx.conversation.story
    side = ctx.conversation.side
    assert story is not None
    if side is not None and side.id == "aduan_tambahan" and story.addition_to is None:
        story.addition_to = str(side.data["number"])  # unanswered: there it is kept as safe as what it may belong to
    drop(ctx)
    text = "\n".join(part.text for part in story.parts)
    accusing = weighing.accuses(story.parts) or (not story.sure and story.officer is not None)  # only such a one was kept from them
    kept = story.sure or (unread(ctx, story) and accusing)
    tells = story.attachments or story.addition_to or any(not weighing.is_bare(part) for part in story.parts)
    if not kept or not tells:
        return
    if story.addition_to and _as_safe_there(ctx, story, story.addition_to):
        complaints.add_message(ctx, story.addition_to, text or ctx.text("isi_lampiran"), story.attachments)
        ctx.say("aduan_ditambah", aduan=story.addition_to)
        return
    ranked = weighing.about(story.parts)
    category = story.category or (ranked[0] if ranked else "lainnya")
    number = await complaints.file_and_tell(
        ctx,
        category,
        text or ctx.text("isi_lampiran"),
        story.attachments,
        restricted=accusing or story.hidden,
        anonymous=story.anonymous,
        doubtful=accusing,
        unnamed=story.hidden,
    )
    if proposes:
        complaints.propose(ctx, number, category, weighing.choices(story.parts))


def unread(ctx: TurnContext, story: Story) -> bool:
    """Whether nobody read a doubted story: an officer has the conversation, or had it when the story began, and was not shown it."""
    return story.officer is not None or ctx.conversation.officer is not None


def _as_safe_there(ctx: TurnContext, story: Story, number: str) -> bool:
    """Whether a story may go into that complaint: an accusation into none that the desk reads, it becomes a report of its own."""
    restricted = {row.number for row in ctx.record.complaints if row.restricted}
    return number in restricted or not weighing.accuses(story.parts)


def drop(ctx: TurnContext) -> None:
    """The story is told no more, nor asked about."""
    ctx.conversation.story = None
    if ctx.conversation.side is not None and ctx.conversation.side.id == "aduan_tambahan":
        ctx.conversation.side = None
