"""Weighs the name that the rules read against the one that the tagger finds: both agree, one is surer, or it is asked again."""

from intake.drafts.model import Draft
from intake.reading import Name, is_question, read_name, slips
from intake.reading.name_tagger import tagged_names
from intake.reading.names import announces, without_patronym
from language.name_tags import person_of
from language.phrases import words
from standard.names import official_name, without_titles

TAKEN = 0.6
"""How sure the tagger is at least of a name where the rules read none."""
RATHER = 0.5
"""From here on its name is taken rather than another that the rules read."""
NONE = 0.96
"""How sure it is at least that there is no name where the rules read one."""
BESIDE = 0.65
"""How sure it is at least of a parent's name that nobody asked for."""
FEW = 2
"""Words at the end of a bare name that the tagger may not cut off."""
LONGEST = 60
"""Characters of a name that is taken so: a longer one is told to be too long where it is asked for."""


def weighed(text: str, question: str) -> Name | None:
    """The name that answers the open question; None where there is none, or it is not clear which."""
    ruled = read_name(text)
    if "?" in text or slips.put_right(text):
        return ruled
    said = tagged_names(text, question)
    asked = said.asked
    if ruled is not None and any(official_name(name.text) == ruled.official for name in asked):
        return ruled
    whole = ruled is not None and words(ruled.typed) == words(text)  # nothing but the name: it is spelled back, and may be called wrong
    if ruled is not None and whole and len(asked) == 1 and _cut_short(ruled.typed, asked[0].text):
        return ruled
    if len(asked) == 1 and asked[0].sure >= (TAKEN if ruled is None else RATHER):
        return Name(asked[0].text, official_name(asked[0].text))
    if ruled is not None and not whole and not announces(text) and (len(asked) > 1 or said.none >= NONE):
        return None
    return ruled


def _cut_short(ruled: str, tagged: str) -> bool:
    """Whether the tagger leaves out the last word or two of a bare name, and they stand for no person (`Sari Spesimen`)."""
    all_words, some = words(ruled), words(tagged)
    left = all_words[len(some) :]
    return all_words[: len(some)] == some and len(left) <= FEW and all(word.isalpha() and person_of(word) is None for word in left)


def weighed_twins(text: str, count: int) -> dict[int, Name]:
    """The names of all children, in the order in which they are told; empty where not each of them is told whole."""
    asked = tagged_names(text, "nama_anak", several=True).asked
    whole = len(asked) == count and all(name.sure >= TAKEN and len(name.text.split()) > 1 for name in asked)
    return {at: Name(name.text, official_name(name.text)) for at, name in enumerate(asked)} if whole and not is_question(text) else {}


def parents_named(text: str, question: str, draft: Draft) -> dict[str, str]:
    """The parents' names that a message tells beside what was asked, `nama_ibu` and `nama_ayah`, where they are not written so already."""
    if is_question(text):
        return {}
    found: dict[str, str] = {}
    for name in tagged_names(text, question, several=len(draft.children) > 1).names:
        official = without_titles(without_patronym(official_name(name.text)))
        if name.key in PARENTS and name.sure >= BESIDE and len(official) <= LONGEST and official != getattr(draft, name.key):
            if name.key in found:
                return {}
            found[name.key] = official
    return found


PARENTS = ("nama_ibu", "nama_ayah")
