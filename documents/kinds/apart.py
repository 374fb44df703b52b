"""Tells where two cards on one scanned page part: labels that stand on a KTP once stand there twice."""

from collections.abc import Sequence

import numpy as np

from documents.ocr.lines import Line
from documents.ocr.words import holds

ONCE = ("Tempat/Tgl Lahir", "Gol. Darah", "Kel/Desa", "Status Perkawinan", "Kewarganegaraan", "Berlaku Hingga", "Kecamatan", "Pekerjaan")
LEAST = 3
"""Labels that have to be found twice."""


def parting(lines: Sequence[Line]) -> tuple[int, float] | None:
    """The axis (0: one beside the other, 1: one above the other) and the place (x or y) between two cards; None where none is clear."""
    pairs = []
    for label in ONCE:
        found = [line for line in lines if holds(line.text, label)]
        if len(found) == 2:
            pairs.append([[(line.left + line.right) / 2, line.middle] for line in found])
    if len(pairs) < LEAST:
        return None
    places = np.array(pairs)
    axis = int(np.median(np.abs(places[:, 0, 1] - places[:, 1, 1])) > np.median(np.abs(places[:, 0, 0] - places[:, 1, 0])))
    if axis:
        place = float(np.median(places[:, :, 1].mean(axis=1)))
    else:  # labels stand at a card's left rim: the cards part before the second one's
        middle = places[:, :, 0].mean()
        seconds = [line.left for line in lines if line.left > middle and any(holds(line.text, label) for label in ONCE)]
        if not seconds:
            return None
        begins = min(seconds)
        place = (begins + max((line.right for line in lines if line.right < begins), default=0.0)) / 2
    return None if any(line.quad[:, axis].min() < place < line.quad[:, axis].max() for line in lines) else (axis, place)
