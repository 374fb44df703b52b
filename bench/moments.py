"""Measures how the moments that need care are heard, on phrases that no training pattern makes: recall, and false alarms on look-alikes."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from bench import nlu
from scripts import train

UNSEEN = nlu.HELD_OUT / "moments_unseen.yml"
TAUGHT = train.ROOT / "data" / "moments"
RESULT = train.ROOT / "var" / "bench" / "moments.json"
NONE = "none"
BELIEVED = 0.5
RECALL = 0.95
FALSE_ALARMS = 0.01
PARENTS = {"ibu_meninggal": "orang_tua_meninggal", "ayah_meninggal": "orang_tua_meninggal"}
"""The chat asks which parent died, so that either is right."""


def patterns() -> list[str]:
    """All sentences that are taught, before they are filled."""
    moments: dict[str, list[str]]
    alike: list[str]
    moments, alike = (yaml.safe_load((TAUGHT / f"{name}.yml").read_text("utf-8")) for name in ("phrases", "look_alikes"))
    return [pattern for rows in moments.values() for pattern in rows] + alike


def unseen() -> list[tuple[str, str]]:
    """The held-out sentences and their moments, without those that a training pattern makes, too."""
    lists = yaml.safe_load((TAUGHT / "lists.yml").read_text("utf-8"))
    words = {name: "|".join(re.escape(word.strip()) for word in row.split(",")) for name, row in lists.items()}
    made = []
    for pattern in patterns():
        parts = re.split(r"\{(\w+)\}", pattern)
        made.append("".join(f"(?:{words[part]})" if place % 2 else re.escape(part) for place, part in enumerate(parts)))
    either = re.compile("|".join(made), re.IGNORECASE)
    held = yaml.safe_load(UNSEEN.read_text("utf-8"))
    return [(text, moment) for moment, texts in held.items() for text in texts if not either.fullmatch(text)]


def heard(model: Path, sentences: list[str]) -> list[str]:
    """The moment that the model believes in, or NONE, for each sentence."""
    command = [str(nlu.RASA_PYTHON), "-m", "bench.nlu_parse", str(model)]
    given = "\n".join(json.dumps(sentence) for sentence in sentences)
    ran = subprocess.run(command, input=given, cwd=train.ROOT, env=train.dialogue_environment(), capture_output=True, text=True, check=True)
    rows: list[dict[str, Any]] = [json.loads(line)["moment"] or {} for line in ran.stdout.splitlines() if line.startswith("{")]
    return [row["name"] if row.get("confidence", 0.0) >= BELIEVED else NONE for row in rows]


def main() -> int:
    """0 when recall and false alarms are within their targets."""
    model = train.train()
    held = unseen()
    others = [example.text for part in nlu.SETS for example in nlu.examples(part)]
    found = heard(model, [*(text for text, _ in held), *others])
    rows = [(text, moment, PARENTS.get(said, said)) for (text, moment), said in zip(held, found, strict=False)]
    marked = [row for row in rows if row[1] != NONE]
    alike = [row for row in rows if row[1] == NONE]
    recall = sum(said != NONE for _, _, said in marked) / len(marked)
    right = sum(said == moment for _, moment, said in marked) / len(marked)
    false = sum(said != NONE for _, _, said in alike) / len(alike)
    raised = [(text, said) for text, said in zip(others, found[len(held) :], strict=True) if said != NONE]
    print(
        f"moments: heard {recall:.3f} of {len(marked)} (as the right one {right:.3f}), false alarms {false:.3f} of {len(alike)} look-alikes"
    )
    print(f"on {len(others)} sentences of the intents' sets {len(raised)} are heard as a moment:")
    for text, said in raised:
        print(f"  {said}: {text}")
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    figures = {"recall": round(recall, 3), "right": round(right, 3), "false_alarms": round(false, 3), "in_other_sets": len(raised)}
    RESULT.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0 if recall >= RECALL and false <= FALSE_ALARMS else 1


if __name__ == "__main__":
    sys.exit(main())
