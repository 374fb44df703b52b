"""Counts what a registration costs: the messages that Meta charges from greeting to receipt, with real Rasa, actions and document check."""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml

from scripts import environment as env
from scripts import train
from storage.opening import open_blobs
from tests.conversation.office_double import OfficeDouble
from tests.conversation.phone import Phone
from tests.conversation.script import Player
from tests.e2e.stack import Stack

FAMILIES = Path(__file__).with_name("families.yml")
RESULT = env.ROOT / "var" / "bench" / "conversation.json"
ROOMS = ("dialogue", "actions")
RECEIPT = "Tanda Terima"
ANSWER_WITHIN = 300


@dataclass(frozen=True)
class Cost:
    """One family's way. Times are seconds per turn: `text` of what is typed or tapped, `photos` of those with their check."""

    family: str
    at_most: int | None
    finished: bool
    messages: int
    turns: int
    characters: int
    text_p50: float
    text_p95: float
    photos_p50: float
    photos_p95: float

    @property
    def kept(self) -> bool:
        """Whether the receipt came, within the target."""
        return self.finished and (self.at_most is None or self.messages <= self.at_most)


def specimen() -> dict[str, bytes]:
    """The SPESIMEN documents by `family/document`, drawn where they are missing."""
    folder = env.ROOT / "var" / "specimen"
    subprocess.run([sys.executable, "-m", "simulator.specimen", "families", "--out", str(folder)], cwd=env.ROOT, check=True)
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.glob("keluarga-*/*.jpg")}


def cost_of(family: dict[str, Any], player: Player) -> Cost:
    """Plays a family's way. One that breaks off is shown, and counts as not finished."""
    photos: list[float] = []
    texts: list[float] = []
    for step in family["steps"]:
        read = player.act(step)
        (photos if "foto" in step else texts).append(read.seconds)
    history = player.phone.history
    finished = any(name.startswith(RECEIPT) for name in history[-1].files)
    if not finished:
        print(player.phone.transcript())
    return Cost(
        family["name"],
        family["at_most"],
        finished,
        sum(len(read.messages) for read in history),
        len(history),
        sum(len(message.get("text") or "") for read in history for message in read.messages),
        *spread(texts),
        *spread(photos),
    )


def spread(seconds: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    ordered = sorted(seconds)
    return round(statistics.median(ordered), 3), round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 3)


def table(costs: list[Cost]) -> str:
    """The costs as they are printed."""
    head = f"{'family':<15}{'messages':>9}{'target':>8}{'turns':>7}{'characters':>12}{'text p50':>10}{'p95':>7}{'photos p50':>12}{'p95':>7}"
    rows = [
        f"{cost.family:<15}{cost.messages:>9}{cost.at_most or '–':>8}{cost.turns:>7}{cost.characters:>12}{cost.text_p50:>10.2f}"
        f"{cost.text_p95:>7.2f}{cost.photos_p50:>12.2f}{cost.photos_p95:>7.2f}{'' if cost.kept else '   MISSED'}"
        for cost in costs
    ]
    return "\n".join(["Messages that Meta charges, from greeting to receipt; seconds per turn", head, *rows])


def main() -> int:
    """0 when every family got its receipt within its target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help="a trained model, in place of the one of the present sources")
    model = parser.parse_args().model or train.train()
    families = yaml.safe_load(FAMILIES.read_text(encoding="utf-8"))
    pictures = specimen()
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder), model)
        office = OfficeDouble(env.port("backoffice", stack.settings))
        blobs = open_blobs(stack.settings["BLOB_URL"], stack.settings["BLOB_KEY"], "intake")
        try:
            stack.start(*ROOMS)
            stack.wait_ready(*ROOMS)
            with httpx.Client(base_url=stack.url("dialogue"), headers=stack.to_dialogue, timeout=ANSWER_WITHIN) as dialogue:
                Player(Phone(dialogue, blobs, "warm"), office, pictures).act({"orang": "halo"})  # the first turn of all loads what is lazy
                costs = [cost_of(family, Player(Phone(dialogue, blobs, family["name"]), office, pictures)) for family in families]
        finally:
            stack.stop()
            office.close()
    print(table(costs))
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(
        json.dumps({"at": int(time.time()), "families": [{**asdict(cost), "kept": cost.kept} for cost in costs]}, indent=1) + "\n"
    )
    return 0 if all(cost.kept for cost in costs) else 1


if __name__ == "__main__":
    sys.exit(main())
