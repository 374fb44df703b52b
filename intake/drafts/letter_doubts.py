"""Says where a birth letter fits none of the children that were told of: another sex, another name. Pure."""

from dataclasses import dataclass

from intake.drafts.birth_letters import Letter, letters_of, printed_name
from intake.drafts.model import Child, Draft
from standard.crosscheck import same_name, sex_of


@dataclass(frozen=True)
class LetterDoubt:
    """A letter that seems to be of none of the children, and what of it is on no child: `nama_anak`, `jenis_kelamin`."""

    letter: Letter
    fields: tuple[str, ...]


def letter_doubts(draft: Draft) -> list[LetterDoubt]:
    """Every letter that fits no child, as far as the applicant told of them themself."""
    return [LetterDoubt(letter, fields) for letter in letters_of(draft) if (fields := _strange(draft, letter))]


def is_in_doubt(draft: Draft) -> bool:
    """Whether every letter that is here fits no child."""
    return bool(letters_of(draft)) and len(letter_doubts(draft)) == len(letters_of(draft))


def sex_told(child: Child) -> str | None:
    """The sex as the applicant told it."""
    told = child.fields.get("jenis_kelamin") if child.sources.get("jenis_kelamin") == "chat" else None
    return None if told is None else str(told)


def _strange(draft: Draft, letter: Letter) -> tuple[str, ...]:
    """The fields in which the letter differs from each child that was told of."""
    children = draft.children
    printed, name = sex_of(letter.get("jenis_kelamin")), printed_name(draft, letter)
    sexes, names = [sex_told(child) for child in children], [child.nama for child in children]
    found = []
    if name and names and all(names) and not any(same_name(told, name) for told in names if told):
        found.append("nama_anak")
    if printed is not None and sexes and all(sexes) and printed not in sexes:
        found.append("jenis_kelamin")
    return tuple(found)
