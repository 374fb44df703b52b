"""Reads what a message changes of what is stored already: one value at a time, and nothing that it does not name. Pure."""

from datetime import date

from intake.drafts.model import Draft
from intake.questions.changed_agreement import tell_agreement
from intake.questions.changed_dates import change_dates
from intake.questions.changed_facts import change_facts
from intake.questions.changed_family import change_address, change_children, change_family, change_papers, change_places, change_reporter
from intake.questions.changed_keys import Changes, Key
from intake.questions.changed_names import change_names
from intake.reading.frame import Sense, read_frame


def read_changes(text: str, draft: Draft, today: date) -> Changes:
    """Every change that a message asks for, against what stands in the draft."""
    names = [child.nama or "" for child in draft.children]
    frame = read_frame(text, today, names if len(names) > 1 else ())
    changes = Changes()
    if " ? " in frame.line and not frame.marks & {"wrong", "instead", "swapped"}:
        changes.speaks = True
    change_facts(frame, draft, changes)
    change_dates(frame, draft, changes)
    change_names(text, frame, draft, changes)
    change_papers(text, draft, changes)
    change_address(text, frame, draft, changes)
    change_children(text, frame, draft, changes)
    change_reporter(text, frame, draft, changes)
    change_family(text, frame, draft, changes)
    change_places(frame, draft, changes)
    changes.ask = [key for key in dict.fromkeys(changes.ask) if key not in changes.values]
    if " ? " in frame.line and not frame.marks & {"wrong", "swapped"}:
        changes.ask = []  # `kalau nanti mau ganti nama, masih bisa?`
    changes.corrects = (
        Key("pelapor") in changes.values
        or bool(frame.marks & {"wrong", "instead", "swapped", "withdraw"})
        or any(one.sense is Sense.DENIED for one in frame.items)
    )
    tell_agreement(text, frame, changes)
    return changes
