"""Everything that a person's words can put into a draft, by key, so that two moments of it can be compared."""

from collections.abc import Mapping
from typing import Any

from intake.drafts.model import ConditionAnswers, Draft
from intake.questions.changed_keys import Key

CONDITIONS = tuple(ConditionAnswers.model_fields)
OF_THE_BUNDLE = ("hubungan_pelapor", "nama_ibu", "nama_ayah", "email")
PLACE_ONLY = "lokasi"
"""Stands for an address that is a point on the map."""


def standing(draft: Draft) -> dict[Key, Any]:
    """What is known: conditions as answered or read, names, births of the parents, the address, and per child its name and facts."""
    found: dict[Key, Any] = {Key(name): getattr(draft.known, name) for name in CONDITIONS}
    found = {key: getattr(value, "value", value) for key, value in found.items()}
    found |= {Key(name): getattr(draft, name) for name in OF_THE_BUNDLE}
    found |= {Key(name): value for name, value in draft.parent_births.items()}
    if draft.alamat_kia is not None:
        found[Key("alamat_kia")] = draft.alamat_kia.get("alamat") or PLACE_ONLY
    for at, child in enumerate(draft.children):
        found[Key("nama_anak", at)] = child.nama
        found |= {Key(name, at): value for name, value in child.fields.items()}
    return {key: value for key, value in found.items() if value is not None}


def changed(before: Mapping[Key, Any], after: Mapping[Key, Any]) -> dict[Key, Any]:
    """The keys that differ, with what stands there now; None: it was erased."""
    return {key: after.get(key) for key in {**after, **before} if before.get(key) != after.get(key)}
