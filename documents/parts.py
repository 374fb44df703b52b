"""Says which pages of one file are one document: people send all their papers in one PDF."""

from collections.abc import Sequence

from documents.model import Verdict
from documents.page import Seen
from documents.quality.judgement import WANTED
from standard.kinds import Kind
from standard.sameness import are_distinct

BARE = 3
"""Lines of text up to which a page is a blank one, or a card's back."""


def together(seen: Sequence[Seen]) -> list[list[int]]:
    """The numbers of the pages of each document, in the file's order; a file with one wanted paper in it is that paper."""
    groups: list[list[int]] = []
    for number, page in enumerate(seen):
        if groups and _continues(seen[groups[-1][0]], page):
            groups[-1].append(number)
        else:
            groups.append([number])
    wanted = sum(any(seen[number].guess.kind in WANTED for number in group) for group in groups)
    return groups if wanted > 1 else [list(range(len(seen)))]


def _continues(first: Seen, page: Seen) -> bool:
    """Whether a page goes on with the paper that began before it: a bare page, or the same kind where nothing on it differs.

    A birth letter that is whole by itself is another one: twins have one each, alike but for the hour.
    """
    if page.findings.lines <= BARE:
        return True
    kind = page.guess.kind
    if kind not in WANTED or kind is not first.guess.kind or kind is Kind.KTP:
        return False
    whole = kind is Kind.SURAT_KELAHIRAN and page.judgement.verdict is Verdict.OK
    return not whole and not are_distinct(_plain(first), _plain(page))


def _plain(seen: Seen) -> dict[str, object]:
    return {name: value.value for name, value in seen.fields.values.items()}
