"""Runs `rasa test` on stories written for every intent of `data/rules/`: from a person's sentence to its intent and to the answer."""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from scripts import train

STORIES = train.ROOT / "tests" / "dialogue" / "test_stories.yml"
RULES = train.ROOT / "data" / "rules"
RESULT = train.ROOT / "var" / "bench" / "stories.json"
REPORT = "story_report.json"


def routes() -> set[str]:
    """The intents that are led to the answer."""
    rules = [rule for file in RULES.glob("*.yml") for rule in yaml.safe_load(file.read_text(encoding="utf-8"))["rules"]]
    return {step["intent"] for rule in rules for step in rule["steps"][0]["or"]}


def covered() -> set[str]:
    """The intents that the stories hold."""
    stories = yaml.safe_load(STORIES.read_text(encoding="utf-8"))["stories"]
    return {step["intent"] for story in stories for step in story["steps"] if "intent" in step}


def main() -> int:
    """0 when every story ends as written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help="a trained model, in place of the one of the present sources")
    model = parser.parse_args().model or train.train()
    with tempfile.TemporaryDirectory() as out:
        command = [*train.RASA, "test", "core", "--e2e", "--model", str(model), "--stories", str(STORIES), "--out", out, "--no-plot"]
        ran = subprocess.run(command, cwd=train.ROOT, env=train.dialogue_environment(), capture_output=True, text=True, check=False)
        report = Path(out) / REPORT
        if ran.returncode or not report.exists():
            print(ran.stdout[-2000:] + ran.stderr[-2000:], file=sys.stderr)
            return 1
        counted = json.loads(report.read_text(encoding="utf-8"))["conversation_accuracy"]
        failed = Path(out) / "failed_test_stories.yml"
        if counted["correct"] < counted["total"]:
            print(failed.read_text(encoding="utf-8"))
    print(
        f"rasa test: {counted['correct']} of {counted['total']} stories as written; {len(covered())} of {len(routes())} routes are covered"
    )
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps({"correct": counted["correct"], "total": counted["total"], "routes": len(routes())}, indent=1) + "\n")
    return 0 if counted["correct"] == counted["total"] else 1


if __name__ == "__main__":
    sys.exit(main())
