"""Counts the slips between two words, with the standard library alone: Rasa's environment has no rapidfuzz."""


def slips(one: str, other: str, most: int) -> int:
    """How many letters are dropped, added, changed or swapped with their neighbour (optimal string alignment); above `most`: `most + 1`."""
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        earlier, before, row = before, row, [at]
        for to, known in enumerate(other, 1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != known))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == known:
                cost = min(cost, earlier[to - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
