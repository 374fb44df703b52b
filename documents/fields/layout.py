"""Tells by how its entries stand whether a page is the object that its words speak of: a printed card, a form that was filled in. Pure."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from documents.fields.pairs import Pair

Found = Mapping[str, Sequence[Pair]]

LEAST_ROWS = 5
STEEPEST = 0.6
"""How far the column of values may lean, as a card seen at a slant."""
COLUMN = 0.3
"""Heights of a label by which half the values may stand off their column. Cards: 0.11 at most (26 pictures, two hands); a list 0.6."""
LEAST_LABELS = 8
HARDLY = 0.2
"""Share of the labels after which something may be read on a blank form: print that runs on."""
WRITTEN = 2
"""Letters or digits from which on something stands after a label; dots do not count."""


def is_list(found: Found) -> bool:
    """Whether values follow their labels as in a typed list, in no common column: then it is no card, whatever the words."""
    pairs = [pair for group in found.values() for pair in group if pair.text]
    if len(pairs) < LEAST_ROWS:
        return False
    height = float(np.median([pair.label.height for pair in pairs]))
    starts = np.array([pair.quad[0] for pair in pairs], float)
    spreads = [
        _spread(starts, one, other) for one, other in combinations(range(len(starts)), 2) if _may_be_column(starts, one, other, height)
    ]
    return bool(spreads) and min(spreads) > COLUMN * height


def _may_be_column(starts: npt.NDArray[np.float64], one: int, other: int, height: float) -> bool:
    across, down = np.abs(starts[one] - starts[other])
    return bool(down >= height and across <= STEEPEST * down)


def _spread(starts: npt.NDArray[np.float64], one: int, other: int) -> float:
    """How far half the values stand from the line through two of them."""
    lean = (starts[one, 0] - starts[other, 0]) / (starts[one, 1] - starts[other, 1])
    return float(np.median(np.abs(starts[:, 0] - starts[one, 0] - lean * (starts[:, 1] - starts[one, 1]))))


def is_blank(found: Found) -> bool:
    """Whether a form's labels were read, and nothing stands after nearly all of them."""
    pairs = [pair for group in found.values() for pair in group]
    written = sum(sum(map(str.isalnum, pair.text)) >= WRITTEN for pair in pairs)
    return len(pairs) >= LEAST_LABELS and written <= HARDLY * len(pairs)
