"""Finds the cases that hold every word of a search, newest first, at a pace that does not hang on how common the words are.

A planner that misjudges a common name asks for minutes; so each word is counted first, no further than RARE, and the way is laid down here.
"""

from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.models import Case, CaseTerm
from backoffice.cases.search import Query
from backoffice.cases.terms import HASHED, wanted_terms
from storage.database import keyring_of
from storage.keyring import Keyring

RARE = 50_000
"""Up to here all cases of a word are read and put in order, in some 20 ms. A word that more cases hold is met so soon among the newest
ones that these are walked instead."""


async def keys_found(session: AsyncSession, query: Query, before: int | None) -> Select[Any]:
    """A question for the ids (`id`) that hold all words, the newest first, only those below `before`; the caller cuts it to a page."""
    if query.kind == "nomor":
        return _newest(select(Case.id).where(Case.number == query.words[0]), Case.id, before)
    keyring = keyring_of(session)
    ranges = {word: [CaseTerm.kind == query.kind, *_begins(keyring, query, word)] for word in query.words}
    counted = [select(func.count()).select_from(select(1).where(*here).limit(RARE + 1).subquery()) for here in ranges.values()]
    counts = dict(zip(ranges, (await session.execute(select(*[count.scalar_subquery() for count in counted]))).one(), strict=True))
    rarest, *others = sorted(ranges, key=lambda word: counts[word])
    if counts[rarest] > RARE:
        walked = select(Case.id).where(*[_holds(Case.id, ranges[word]) for word in (rarest, *others)])
        return _newest(walked, Case.id, before)
    holding = _before(select(CaseTerm.case_id).where(*ranges[rarest]), CaseTerm.case_id, before).cte("holding").prefix_with("MATERIALIZED")
    # OFFSET keeps both planners from doing what is outside before what is inside: only as many are probed as a page needs.
    ordered = select(holding.c.case_id).distinct().order_by(holding.c.case_id.desc()).offset(0).subquery("ordered")
    key = ordered.c.case_id
    return select(key.label("id")).where(*[_holds(key, ranges[word]) for word in others]).order_by(key.desc())


def _begins(keyring: Keyring, query: Query, word: str) -> list[ColumnElement[bool]]:
    """A NIK or a phone number is typed whole, for the database holds its hash; a name by its beginning, in every form that it may have."""
    if query.kind in HASHED:
        return [CaseTerm.term.in_(wanted_terms(keyring, query.kind, word))]
    return [or_(*[CaseTerm.term.between(form, form + "\uffff") for form in wanted_terms(keyring, query.kind, word)])]


def _holds(key: Any, here: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Whether that case holds a word: one look into the key of its words. No EXISTS, which PostgreSQL would turn into a join of its own."""
    probe: Select[int] = select(literal_column("1", Integer)).where(CaseTerm.case_id == key, *here).limit(1).correlate_except(CaseTerm)
    return probe.scalar_subquery().is_not(None)


def _newest(query: Select[Any], key: Any, before: int | None) -> Select[Any]:
    return _before(query, key, before).order_by(key.desc())


def _before(query: Select[Any], key: Any, before: int | None) -> Select[Any]:
    return query if before is None else query.where(key < before)
