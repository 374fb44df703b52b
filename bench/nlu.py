"""Measures the language understanding on sentences held out of training, beside Rasa's default pipeline with `--peer`.

`second_author`: by somebody who had read none of our sentences, whose mistakes nobody read. It says best how good the
understanding is. `second_author_dev`: by the same hand, its mistakes were read. `fresh`, `sealed`, `open`: by the author of the training
sentences; docs/measurements/understanding.md says what each was used for.
"""

import argparse
import json
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from language.normaliser import Normaliser

ROOT = Path(__file__).parents[1]
HELD_OUT = ROOT / "tests" / "nlu"
RASA_PYTHON = ROOT / "dialogue" / ".venv" / "bin" / "python"
RESULT = ROOT / "var" / "bench" / "nlu.json"
OUT_OF_SCOPE = "di_luar_topik"
SETS = ("second_author", "second_author_dev", "fresh", "sealed", "open")
"""The held-out sets, the most telling one first."""
STYLES = ("plain", "slang", "javanese", "long", "short", "indirect")
COURTESIES = Normaliser().courtesies
POLITE = {"wishes_as_typed": "{}", "wishes_greeted": "assalamualaikum pak {}", "wishes_thanked": "{}, matur nuwun pak"}
"""A greeting in front and a thank-you behind change no wish (contract, intents): all but courtesies are asked three times."""
BINS = 10
NEAR = 0.6
"""Share of common words from which on a held-out sentence counts as near one of the training sentences."""


@dataclass(frozen=True)
class Example:
    """A held-out sentence with what its writer wants."""

    text: str
    intent: str
    style: str


def examples(part: str) -> list[Example]:
    """The sentences of one of the `SETS`."""
    intents = yaml.safe_load((HELD_OUT / f"{part}.yml").read_text("utf-8"))
    return [Example(t, intent, style) for intent, styles in intents.items() for style, texts in styles.items() for t in texts]


def captions() -> list[tuple[str, str]]:
    """Captions with the value of `jenis_berkas`, or `none`."""
    kinds = yaml.safe_load((HELD_OUT / "captions.yml").read_text("utf-8"))
    return [(text, kind) for kind, texts in kinds.items() for text in texts]


def training_sentences() -> list[str]:
    """Every sentence under data/nlu."""
    blocks = [b for path in sorted((ROOT / "data" / "nlu").glob("*.yml")) for b in yaml.safe_load(path.read_text("utf-8"))["nlu"]]
    return [line.strip()[2:] for block in blocks if "intent" in block for line in block["examples"].splitlines()]


def is_near(text: str, known: list[frozenset[str]]) -> bool:
    """Whether some training sentence shares most of its words."""
    words = frozenset(text.lower().split())
    return any(len(words & other) / len(words | other) >= NEAR for other in known)


def parse(model: Path, sentences: list[str]) -> list[dict[str, Any]]:
    """What the model says of each sentence (`bench/nlu_parse.py`, in Rasa's environment)."""
    lines = "".join(json.dumps(sentence) + "\n" for sentence in sentences)
    command = [str(RASA_PYTHON), "bench/nlu_parse.py", str(model)]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, cwd=ROOT, check=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def f1(gold: list[str], said: list[str], intent: str) -> float:
    """Harmonic mean of the intent's precision and recall."""
    hits = sum(g == s == intent for g, s in zip(gold, said, strict=True))
    return 2 * hits / (gold.count(intent) + said.count(intent)) if hits else 0.0


def calibration_error(rows: list[dict[str, Any]], gold: list[str]) -> float:
    """Expected calibration error: how far confidence and share of right answers lie apart, over ten bins."""
    error = 0.0
    for b in range(BINS):
        inside = [
            (r["confidence"], r["best"] == g) for r, g in zip(rows, gold, strict=True) if min(int(r["confidence"] * BINS), BINS - 1) == b
        ]
        if inside:
            error += abs(sum(c for c, _ in inside) - sum(ok for _, ok in inside)) / len(rows)
    return error


def measure(rows: list[dict[str, Any]], held: list[Example], known: list[frozenset[str]]) -> dict[str, Any]:
    """All figures of one part. An answer that falls back counts as wrong."""
    gold, said = [e.intent for e in held], [r["intent"] for r in rows]
    right = [g == s for g, s in zip(gold, said, strict=True)]
    far = [ok for ok, e in zip(right, held, strict=True) if not is_near(e.text, known)]
    spread = math.sqrt(statistics.mean(right) * (1 - statistics.mean(right)) / len(right))
    caught = sum(g == s == OUT_OF_SCOPE for g, s in zip(gold, said, strict=True))
    return {
        "sentences": len(held),
        "accuracy": statistics.mean(right),
        "accuracy_95_percent": 1.96 * spread,
        "accuracy_far_from_training": statistics.mean(far),
        "sentences_far_from_training": len(far),
        "macro_f1": statistics.mean(f1(gold, said, intent) for intent in sorted(set(gold))),
        "styles": {s: statistics.mean(ok for ok, e in zip(right, held, strict=True) if e.style == s) for s in STYLES},
        "out_of_scope_recall": caught / gold.count(OUT_OF_SCOPE),
        "out_of_scope_precision": caught / max(said.count(OUT_OF_SCOPE), 1),
        "calibration_error": calibration_error(rows, gold),
        "fallbacks": said.count("nlu_fallback"),
        "fallbacks_that_were_right": sum(r["intent"] == "nlu_fallback" and r["best"] == g for r, g in zip(rows, gold, strict=True)),
        "milliseconds_median": 1000 * statistics.median(r["seconds"] for r in rows),
        "confusions": Counter(f"{g} -> {s}" for g, s in zip(gold, said, strict=True) if g != s).most_common(8),
    }


def run(model: Path, sets: list[str]) -> dict[str, Any]:
    """Every figure of one model."""
    known = [frozenset(t.lower().split()) for t in training_sentences()]
    held = {part: examples(part) for part in sets}
    under = captions()
    wishes = {part: [e for e in held[part] if e.intent not in COURTESIES] for part in sets}
    plain = [e.text for part in sets for e in held[part]]
    polite = [form.format(e.text) for part in sets for form in POLITE.values() for e in wishes[part]]
    rows = parse(model, [*plain, *polite, *(text for text, _ in under)])
    figures: dict[str, Any] = {}
    for part in sets:
        figures[part], rows = measure(rows[: len(held[part])], held[part], known), rows[len(held[part]) :]
    for part in sets:
        for name in POLITE:
            asked, rows = rows[: len(wishes[part])], rows[len(wishes[part]) :]
            figures[part][name] = statistics.mean(r["intent"] == e.intent for r, e in zip(asked, wishes[part], strict=True))
    named = [row["documents"] == ([] if kind == "none" else [kind]) for row, (_, kind) in zip(rows, under, strict=True)]
    return {**figures, "captions": statistics.mean(named)}


def train_peer(folder: Path) -> Path:
    """Rasa's default pipeline on our sentences; takes ten minutes or more on one core."""
    (folder / "data").mkdir()
    for path in (ROOT / "data" / "nlu").glob("*.yml"):
        shutil.copy(path, folder / "data")
    command = [
        str(RASA_PYTHON),
        "-m",
        "rasa",
        "train",
        "nlu",
        "--config",
        str(ROOT / "bench" / "nlu_peer.yml"),
        "--nlu",
        "data",
        "--out",
        "models",
    ]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return newest_model(folder / "models")


def newest_model(folder: Path) -> Path:
    """The model trained last, or an exit that says what to do."""
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        sys.exit("nlu: no model under models/ (make train)")
    return models[-1]


def table(results: dict[str, Any]) -> Iterator[str]:
    """The lines of the table, a column for each model and part."""
    columns = [(name, part) for name, figures in results.items() for part in figures if part != "captions"]
    yield f"{'language understanding':32}" + "".join(f"{name + ' ' + part:>24}" for name, part in columns)
    first = results[columns[0][0]][columns[0][1]]
    for row in [key for key, value in first.items() if isinstance(value, int | float)]:
        yield f"{row:32}" + "".join(f"{results[n][h][row]:24.3f}" for n, h in columns)
    for style in STYLES:
        yield f"{'accuracy ' + style:32}" + "".join(f"{results[n][h]['styles'][style]:24.3f}" for n, h in columns)
    for name, figures in results.items():
        if name == "ours":  # the peer was never taught the entity, so its figure would compare nothing
            yield f"captions named right: {figures['captions']:.3f}"
        for part in [h for h in figures if h != "captions"]:
            yield f"confusions, {name} {part}: " + ", ".join(f"{pair} {n}" for pair, n in figures[part]["confusions"])


def main(arguments: list[str] | None = None) -> dict[str, Any]:
    """Measure, print the table, keep the JSON; returns the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", action="store_true", help="train and measure Rasa's default pipeline, too (slow)")
    parser.add_argument("--peer-model", type=Path, help="measure this trained peer instead of training one")
    parser.add_argument("--model", type=Path, help="the model to measure; the newest under models/ if not given")
    parser.add_argument("--set", action="append", choices=SETS, help="measure this set only; may be given more than once")
    chosen = parser.parse_args(arguments)
    sets = chosen.set or [part for part in SETS if (HELD_OUT / f"{part}.yml").exists()]
    results = {"ours": run(chosen.model or newest_model(ROOT / "models"), sets)}
    if chosen.peer_model:
        results["peer"] = run(chosen.peer_model, sets)
    elif chosen.peer:
        with tempfile.TemporaryDirectory() as folder:
            results["peer"] = run(train_peer(Path(folder)), sets)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(results, indent=2), "utf-8")
    sys.stdout.write("\n".join(table(results)) + "\n")
    return results


if __name__ == "__main__":
    main()
