"""Measures how the questions that have an answer of their own are heard, on sentences that no training pattern makes."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from bench import nlu
from bench.moments import BELIEVED, NONE
from scripts import train

UNSEEN = nlu.HELD_OUT / "questions_unseen.yml"
TAUGHT = train.ROOT / "data" / "questions"
RESULT = train.ROOT / "var" / "bench" / "questions.json"
RECALL = 0.9
FALSE_ALARMS = 0.02


def unseen() -> list[tuple[str, str]]:
    """The held-out sentences with the questions that they ask, NONE for those without an answer of their own."""
    held = yaml.safe_load(UNSEEN.read_text("utf-8"))
    return [(text, label) for label, texts in held.items() for text in texts]


def heard(model: Path, sentences: list[str]) -> list[dict[str, Any]]:
    """What the model's pipeline says of each sentence."""
    command = [str(nlu.RASA_PYTHON), "-m", "bench.nlu_parse", str(model)]
    given = "\n".join(json.dumps(sentence) for sentence in sentences)
    ran = subprocess.run(command, input=given, cwd=train.ROOT, env=train.dialogue_environment(), capture_output=True, text=True, check=True)
    return [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]


def label_of(row: dict[str, Any]) -> str:
    """The question that is believed, or NONE."""
    stated = row["question"] or {}
    return str(stated["name"]) if stated.get("confidence", 0.0) >= BELIEVED else NONE


def main() -> int:
    """0 when as many are heard rightly, and as few wrongly, as aimed at."""
    held = unseen()
    others = [example.text for part in nlu.SETS for example in nlu.examples(part)]
    said = [label_of(row) for row in heard(train.train(), [*(text for text, _ in held), *others])]
    rows = [(text, wanted, got) for (text, wanted), got in zip(held, said, strict=False)]
    asked = [row for row in rows if row[1] != NONE]
    alike = [row for row in rows if row[1] == NONE]
    right = sum(wanted == got for _, wanted, got in asked) / len(asked)
    another = sum(got not in (wanted, NONE) for _, wanted, got in asked) / len(asked)
    false = sum(got != NONE for *_, got in alike) / len(alike)
    raised = Counter(got for got in said[len(held) :] if got != NONE)
    print(
        f"questions: right {right:.3f}, taken for another {another:.3f} of {len(asked)}; heard in {false:.3f} of {len(alike)} that ask none"
    )
    print(f"in {len(others)} sentences of the intents' sets {sum(raised.values())}: {dict(raised.most_common())}")
    for text, wanted, got in rows:
        if wanted != got:
            print(f"  {wanted} -> {got}: {text}")
    if "--others" in sys.argv:
        for text, got in zip(others, said[len(held) :], strict=True):
            if got != NONE:
                print(f"  {got}: {text}")
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    figures = {"right": round(right, 3), "another": round(another, 3), "false_alarms": round(false, 3), "sentences": len(held)}
    RESULT.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0 if right >= RECALL and false <= FALSE_ALARMS else 1


if __name__ == "__main__":
    sys.exit(main())
