"""Learns the name tagger of `data/names/` from annotated messages, in Rasa's Python: `dialogue/.venv/bin/python -m scripts.learn_names`.

`--from SETS` first replaces the annotated messages by those of sets of `bench/values`: such a set proves nothing about names any more.
"""

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

import yaml

from language.name_tags import ASKED, ASKS_FOR, KEYS, OUTSIDE, STOPS, features_of, words_of
from language.phrases import plain

NAMES = Path(__file__).resolve().parent.parent / "data" / "names"
MESSAGES, MODEL = NAMES / "messages.yml", NAMES / "tagger.json"
L1, L2, TURNS = 0.1, 0.02, 60
"""Chosen by leaving one set out (docs/measurements/values.md)."""
LEAST = 2
"""Times that a feature has to occur."""
ONE_IN = 5
"""Of messages that have nothing to do with names, one in so many is learnt from."""
DIGITS = 4
_OF_NAMES = re.compile(r"(?i)\b(?:nama|jeneng|asma|nami)")
_OPEN = frozenset({"bin", "binti", "atau", "opo", "utawa", "apa"})
"""Words beside which a name is there and yet asked about: whether it is one, the set does not say."""


def annotated(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """The messages of an entry of `bench/values` with their names in place; none where a name is not said in one piece."""
    says = [str(text) for text in (entry["says"] if isinstance(entry["says"], list) else [entry["says"]])]
    values = {name: value for name, value in (entry["expect"].get("values") or {}).items() if re.sub(r"_\d$", "", name) in KEYS}
    asks = [name for name in entry["expect"].get("ask") or [] if name.startswith("nama_")]
    unclear = asks and any(set(plain(text).split()) & _OPEN or re.search(r"\b[^\W\d_]{1,3}\.", text) for text in says)
    if unclear or (len(says) > 1 and values):
        return []
    question = re.sub(r"_\d$", "", entry["question"])
    several = int((entry.get("known") or {}).get("jumlah_anak", 1)) > 1
    rows = []
    for text in says:
        names = _placed(text, values, question)
        if names is None or not (names or question in ASKS_FOR or _OF_NAMES.search(text) or _one_in(text)):
            continue
        row: dict[str, Any] = {"question": question, "text": text, "names": names}
        rows.append(row | {"several": True} if several else row)
    return rows


def _placed(text: str, values: dict[str, Any], question: str) -> list[list[str]] | None:
    """`[label, name as typed]` of each value, in the message's order; None where one does not stand there in one piece."""
    words = [word for word in words_of(text) if word.text[0].isalnum()]
    typed = [_flat(word.text) for word in words]
    found: list[tuple[int, list[str]]] = []
    taken: set[int] = set()
    for name, value in values.items():
        key = re.sub(r"_\d$", "", name)
        wanted = _flat(str(value)).split()
        begin = next(
            (
                at
                for at in range(len(words) - len(wanted), -1, -1)
                if typed[at : at + len(wanted)] == wanted and not taken & {*range(at, at + len(wanted))}
            ),
            None,
        )
        if begin is None:
            return None
        taken |= {*range(begin, begin + len(wanted))}
        start, end = words[begin].start, words[begin + len(wanted) - 1].end
        found.append((start, [ASKED if key == ASKS_FOR.get(question) else key, text[start:end]]))
    return [row for _, row in sorted(found)]


def _flat(text: str) -> str:
    return plain(text).replace(".", "").replace("’", "'").replace("`", "'")


def _one_in(text: str) -> bool:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % ONE_IN == 0


def labels_of(row: dict[str, Any]) -> list[str]:
    """The label of each word of an annotated message. Raises ValueError where a name does not stand in it."""
    text, labels = row["text"], [OUTSIDE] * len(words_of(row["text"]))
    place = 0
    for label, name in row["names"]:
        start = text.rindex(name) if len(row["names"]) == 1 else text.index(name, place)
        place = start + len(name)
        for at, word in enumerate(words_of(text)):
            if start <= word.start < place and word.text not in STOPS:
                labels[at] = label
    return labels


def in_each_manner(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The row as typed, and in small letters and in capitals, as others type."""
    made = [
        {**row, "text": turn(row["text"]), "names": [[key, turn(name)] for key, name in row["names"]]} for turn in (str.lower, str.upper)
    ]
    return [row, *(other for other in made if other["text"] != row["text"])]


def learn(messages: list[dict[str, Any]]) -> dict[str, Any]:
    """The model of `intake/reading/name_tagger.py`."""
    rows = [other for row in messages for other in in_each_manner(row)]
    import sklearn_crfsuite  # type: ignore[import-not-found,unused-ignore]  # Rasa's Python has it

    crf = sklearn_crfsuite.CRF("lbfgs", c1=L1, c2=L2, max_iterations=TURNS, all_possible_transitions=True, min_freq=LEAST)
    crf.fit(
        [features_of(row["text"], row["question"], several=row.get("several", False)) for row in rows], [labels_of(row) for row in rows]
    )
    labels = sorted(crf.classes_)
    weights: dict[str, dict[str, float]] = {}
    for (feature, label), weight in crf.state_features_.items():
        weights.setdefault(feature, {})[str(labels.index(label))] = round(weight, DIGITS)
    follows = [[round(crf.transition_features_.get((of, to), 0.0), DIGITS) for to in labels] for of in labels]
    return {"labels": labels, "follows": follows, "weights": dict(sorted(weights.items()))}


def main() -> int:
    """0 when the model is written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="sets", type=Path, nargs="+", help="sets of bench/values to annotate anew")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--messages", type=Path, default=MESSAGES)
    options = parser.parse_args()
    if options.sets:
        entries = [entry for path in options.sets for entry in yaml.safe_load(path.read_text("utf-8"))]
        rows = [row for entry in entries for row in annotated(entry)]
        head = "# Messages with their names in place, of the sets of bench/values; made by scripts.learn_names --from, learnt from by it.\n"
        lines = "".join(f"- {json.dumps(row, ensure_ascii=False)}\n" for row in rows)
        options.messages.write_text(head + lines, encoding="utf-8")
    rows = yaml.safe_load(options.messages.read_text("utf-8"))
    model = learn(rows)
    lines = ",\n".join(f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(row)}" for name, row in model["weights"].items())
    options.model.write_text(
        f'{{"labels": {json.dumps(model["labels"])},\n"follows": {json.dumps(model["follows"])},\n"weights": {{\n{lines}\n}}}}\n',
        encoding="utf-8",
    )
    print(f"{len(rows)} messages, {len(model['weights'])} features")
    return 0


if __name__ == "__main__":
    sys.exit(main())
