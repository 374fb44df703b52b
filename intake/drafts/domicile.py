"""Tells by the photo of the KK whether a family is registered at another office. Pure."""

from intake.drafts.model import Draft
from standard.facts import load
from standard.issued import office_code
from standard.kinds import Item
from standard.numbers import digits_of

KEY = "kk_luar"
"""Under which it is kept what was said of a KK of another office."""


def registered_elsewhere(draft: Draft) -> bool:
    """Whether the KK bears another office's number and none of this office's kecamatan, and nobody has said yet that they moved.

    A number begins with the code of the kabupaten that issued the card; a family that moves gets a new one.
    """
    document = draft.document(Item.KK)
    number = digits_of(str(document.fields.get("no_kk") or "")) if document else None
    if document is None or number is None or number.startswith(office_code()) or key_of(draft) in draft.explained:
        return False
    printed = str(document.fields.get("kecamatan") or "").upper()
    return printed not in {name.upper() for name in load("places")["kecamatan"].values()}


def key_of(draft: Draft) -> str:
    """The key of what is said of the KK that lies there: of another photo it is asked anew."""
    document = draft.document(Item.KK)
    return f"{KEY}:{document.submission if document else ''}"
