"""Asks the open question of a draft: in full when it is new, short after a digression, explained when it was not understood."""

from collections.abc import Callable
from typing import Any

from actions import forms, offered_form, summary
from actions.catalogue import Option
from actions.context import STAMP, TurnContext, stamp_of
from intake.drafts.birth_letters import letter_name
from intake.drafts.disagreeing import name_in, untold
from intake.drafts.learning import by_item_fields, parent_called
from intake.drafts.model import Draft
from intake.questions.explaining import GO_ON, REPLACE, statuses
from intake.questions.letter_differs import LETTER, TOLD, asked_about
from intake.questions.parent_births import births_needed, births_wanted, parent_of
from intake.questions.question import Open
from intake.questions.table import forms as forms_missing
from intake.questions.table import missing_facts
from intake.questions.table import papers as papers_missing
from standard.clock import write_date
from standard.home import home_of
from standard.kinds import Item
from standard.requirements import possible_items

FULL, SHORT, EXAMPLE = "", "_singkat", "_contoh"
BRIEF = "_ringkas"
"""Of the consent alone: what must be known, for whoever was told the rest before."""
LADDER = {1: SHORT, 2: EXAMPLE, 3: SHORT}
DAY = "hari"
"""A text's value that is another each day."""
UNSTAMPED = frozenset({"setuju", "berkas", "formulir"})
"""Questions whose buttons say nothing of the values beside them."""
PATIENCE = 3
"""From as many misunderstandings in a row on, a person is offered."""


async def ask_open(ctx: TurnContext) -> None:
    """Says the open question below whatever was said, with its choices; nothing where none is open."""
    asked = ctx.open
    if asked is None or ctx.draft is None:
        ctx.conversation.asked = None
        return
    key = f"q_{asked.question.id}"
    form = ctx.form if ctx.form is not None else form_for(ctx, asked)
    by_form = offered_form.fits(ctx, ctx.draft, asked, fresh=ctx.conversation.asked != ctx.scope(asked))
    if by_form:
        form = offered_form.say(ctx, asked, form)
    await before_asking(ctx, asked)
    values = values_for(ctx, ctx.draft, asked)
    paragraph = unsaid(ctx, key, form, values)
    ctx.reply.paragraphs.append(paragraph)
    scope = ctx.conversation.shown = button_scope(ctx, ctx.draft, asked, values)
    ctx.conversation.shown_lines = _lines(values)
    if not by_form and offered_form.asks_which_way(ctx, asked):
        ctx.say_once(offered_form.WHICH_WAY)
        ctx.offer(scope, offered_form.WHICH_WAY)
    else:
        ctx.offer(scope, key, _choices(ctx, ctx.draft, asked))
    if by_form:
        offered_form.attach(ctx, ctx.draft)
    if ctx.conversation.misses >= PATIENCE and ctx.missed:
        ctx.say_once("tawar_petugas")
    ctx.conversation.asked = ctx.scope(asked)


def button_scope(ctx: TurnContext, draft: Draft, asked: Open, values: dict[str, Any] | None = None) -> str:
    """The scope of the open question's buttons, with a stamp of the values that its text shows: what was tapped is what was seen."""
    if asked.question.id not in _MORE or asked.question.id in UNSTAMPED:
        return ctx.scope(asked)
    shown = values_for(ctx, draft, asked) if values is None else values
    return f"{ctx.scope(asked)}{STAMP}{stamp_of({name: value for name, value in shown.items() if name != DAY})}"


def still_holds(ctx: TurnContext, draft: Draft, asked: Open, scope: str) -> bool:
    """Whether what stood beside a button holds: it is the same, or papers read since have only added lines to what was shown last."""
    if scope == button_scope(ctx, draft, asked):
        return True
    return scope == ctx.conversation.shown and set(ctx.conversation.shown_lines) <= set(_lines(values_for(ctx, draft, asked)))


def _lines(values: dict[str, Any]) -> list[str]:
    """A stamp of each line that the values make."""
    return [stamp_of(line) for name, value in values.items() if name != DAY for line in str(value).splitlines() if line.strip()]


def _choices(ctx: TurnContext, draft: Draft, asked: Open) -> tuple[str, ...] | None:
    """Which of a question's choices make sense; None: all of them."""
    if asked.question.id == "beda_surat" and len(asked_about(draft, asked.child)) == 1:
        return (LETTER, TOLD)
    if asked.question.id == "tidak_cocok" and not statuses(draft):
        return (REPLACE, GO_ON)
    return None


def form_for(ctx: TurnContext, asked: Open) -> str:
    """The form that fits: the ladder where the person was not understood, short where it was asked just before, else in full."""
    if ctx.missed:
        return LADDER[min(ctx.conversation.misses, PATIENCE)]
    return SHORT if ctx.conversation.asked == ctx.scope(asked) else FULL


def unsaid(ctx: TurnContext, key: str, form: str, values: dict[str, Any]) -> str:
    """The question in that form, or in the next that was not said just now."""
    last = ctx.conversation.last
    for option in dict.fromkeys((form, SHORT, FULL, EXAMPLE)):
        if ctx.catalogue.has(key + option) and (text := ctx.catalogue.fresh(key + option, last, **values)) is not None:
            return text
    return ctx.catalogue.text(key + form, **values)


async def before_asking(ctx: TurnContext, asked: Open) -> None:
    """What goes along with a question: the forms to sign, once."""
    if asked.question.id == "formulir" and ctx.draft is not None and not ctx.draft.forms_sent:
        await forms.attach(ctx, forms_missing(ctx.draft))
        ctx.draft.forms_sent = True


def values_for(ctx: TurnContext, draft: Draft, asked: Open) -> dict[str, Any]:
    """What a question's text names."""
    values: dict[str, Any] = {"nama": "", "anak_ke": ""}
    if asked.question.per_child:
        child = draft.children[asked.child]
        values["nama"] = child.nama or ""
        values["anak_ke"] = "" if len(draft.children) == 1 else f" ke-{asked.child + 1}"
    return {**values, **(_MORE.get(asked.question.id, _none)(ctx, draft, asked.child))}


def bullets(lines: list[str]) -> str:
    """Lines as a list."""
    return "\n".join(f"• {line}" for line in lines)


def item_name(ctx: TurnContext, item: Item) -> str:
    """A document as applicants call it; of the reporter's card, who that is."""
    who = ctx.draft.conditions.pelapor if ctx.draft is not None and item is Item.KTP_PELAPOR else None
    own = f"berkas_{item}_{who}"
    return ctx.text(own if ctx.catalogue.has(own) else f"berkas_{item}")


def items_text(ctx: TurnContext, items: tuple[Item, ...]) -> str:
    """Documents as a list; of a returned one why it is asked for again."""
    returned = ctx.draft.returned if ctx.draft else {}
    return bullets([f"*{item_name(ctx, item)}*{': ' + returned[item] if returned.get(item) else ''}" for item in items])


def requirement_lines(ctx: TurnContext, items: tuple[Item, ...]) -> str:
    """What is to be prepared, in the words of the requirement list; items that share a line have one text."""
    return bullets([ctx.text(f"syarat_{item}") for item in items if ctx.catalogue.has(f"syarat_{item}")])


def spelled(name: str) -> str:
    """A name letter by letter, so that a slip is seen: `S-I-T-I  A-M-I-N-A-H`."""
    return "  ".join("-".join(word) for word in name.split())


def _none(ctx: TurnContext, draft: Draft, child: int) -> dict[str, Any]:
    return {}


def _papers(ctx: TurnContext, draft: Draft, child: int) -> dict[str, Any]:
    papers = papers_missing(draft) if not draft.returned else draft.missing()
    later = forms_missing(draft) if not draft.returned else ()
    lines = items_text(ctx, papers)
    note = ctx.text("formulir_menyusul", formulir=", ".join(item_name(ctx, item) for item in later)) if later else ""
    return {"kurang": lines, "jumlah": len(papers), "formulir": f"\n\n{note}" if note else ""}


def _forms(ctx: TurnContext, draft: Draft, child: int) -> dict[str, Any]:
    return {"kurang": items_text(ctx, forms_missing(draft))}


def _spelling(ctx: TurnContext, draft: Draft, child: int) -> dict[str, Any]:
    remarks = [ctx.text(f"{flag}_catatan") for flag in draft.flags if flag.startswith("nama_")]
    letter = summary.letter_text(ctx, draft, child)
    read = [ctx.text("dari_surat", isi=letter)] if letter else []
    return {"eja": spelled(draft.children[child].nama or ""), "catatan": "".join(f"\n{line}" for line in [*remarks, *read])}


def _disagreeing(ctx: TurnContext, draft: Draft, child: int) -> dict[str, Any]:
    """What does not agree, a line each, with the name on the paper."""
    lines = []
    for one in untold(draft):
        name = name_in(draft, one)
        lines.append(ctx.text(f"tidak_cocok_{one.code}", nama=f" (*{name}*)" if name else "", berkas=item_name(ctx, one.items[0])))
    return {"beda": bullets(list(dict.fromkeys(lines)))}


def _offered(ctx: TurnContext, draft: Draft, child: int) -> dict[str, Any]:
    name = letter_name(draft, child) or ""
    return {"nama_surat": name, "eja": spelled(name), "isi": summary.letter_text(ctx, draft, child)}


def _differing(ctx: TurnContext, draft: Draft, child: int) -> dict[str, Any]:
    """What the letter says beside what was told, a line each."""
    rows = []
    for name, pair in asked_about(draft, child).items():
        stated, printed = (value if name == "nama_anak" else summary.fact_text(ctx.catalogue, name, value) for value in pair)
        rows.append(ctx.text("beda_surat_baris", apa=ctx.text(f"ubah_{name}"), surat=printed, tulis=stated))
    return {"beda": bullets(rows)}


def _facts(ctx: TurnContext, draft: Draft, child: int) -> dict[str, Any]:
    """The child's facts; with those of the first child, where and when the parents were born."""
    wanted = [ctx.text(f"isian_{name}") for name in missing_facts(draft, child)]
    parents = dict.fromkeys(parent_of(name) for name in births_wanted(draft)) if child == 0 else {}
    return {"kurang": bullets([*wanted, *(ctx.text(f"isian_lahir_{parent}") for parent in parents)])}


def _parents(ctx: TurnContext, draft: Draft, child: int) -> dict[str, Any]:
    """Whose birth is asked for, by name."""
    parents = dict.fromkeys(parent_of(name) for name in births_needed(draft))
    named = [ctx.text(f"siapa_{parent}", nama=parent_called(draft, parent) or "").strip() for parent in parents]
    joint = ctx.text("dan")
    return {"siapa": f" {joint} ".join(named)}


def _delivery(ctx: TurnContext, draft: Draft, child: int) -> dict[str, Any]:
    """The address that was read on the KK, to be confirmed by tapping it."""
    home = home_of(by_item_fields(draft).get(Item.KK, {}))
    note = ctx.text("alamat_kk_terbaca", alamat=home) if home else ""
    return {"alamat_kk": f"\n\n{note}" if note else ""}


def _summary(ctx: TurnContext, draft: Draft, child: int) -> dict[str, Any]:
    return {"ringkasan": summary.write(ctx, draft), "hari": write_date(ctx.turn.at.date())}


_MORE: dict[str, Callable[[TurnContext, Draft, int], dict[str, Any]]] = {
    "setuju": lambda ctx, draft, child: {"syarat": opening_list(ctx)},
    "berkas": _papers,
    "formulir": _forms,
    "nama_anak_surat": _offered,
    "beda_surat": _differing,
    "tidak_cocok": _disagreeing,
    "nama_anak_benar": _spelling,
    "data_kelahiran": _facts,
    "lahir_orang_tua": _parents,
    "alamat_kia": _delivery,
    "konfirmasi": _summary,
}


def opening_list(ctx: TurnContext) -> str:
    """Everything that may be asked of anybody, as the opening shows it."""
    return requirement_lines(ctx, possible_items())


def place_options(ctx: TurnContext, items: tuple[Item, ...]) -> list[Option]:
    """Places in the bundle as choices."""
    return [Option(item.value, ctx.text(f"pilih_{item}"), None, (ctx.text(f"berkas_{item}"),)) for item in items]
