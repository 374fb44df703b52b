"""Counts what a registration costs: the messages that Meta charges from greeting to receipt and to the end of the case.

Rasa, actions and document check are real; the office's notices come at the hours of a usual case (`LIFE`).
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import yaml

from scripts import environment as env
from scripts import train
from standard.stages import stages
from storage.opening import open_blobs
from tests.conversation.office_double import OfficeDouble
from tests.conversation.phone import Phone
from tests.conversation.script import Player
from tests.e2e.stack import Stack

FAMILIES = Path(__file__).with_name("families.yml")
RESULT = env.ROOT / "var" / "bench" / "conversation.json"
ROOMS = ("dialogue", "actions")
RECEIPT = "Tanda Terima"
WINDOW = timedelta(hours=24)
"""So long after a person wrote, free words may be sent; later a template has to go ahead, and the words follow their answer."""
WHOLE_LIFE = 17
"""Messages from greeting to the end of the case at most, where the receipt's own target holds (survey and corrections apart)."""
ANSWER_WITHIN = 300


ALBUM = 12
"""Target of a family that sends one album: for these the whole life has its own."""


@dataclass(frozen=True)
class Cost:
    """One family's way. Times are seconds per turn: `text` of what is typed or tapped, `photos` of those with their check."""

    family: str
    at_most: int | None
    finished: bool
    messages: int
    whole_life: int
    turns: int
    characters: int
    text_p50: float
    text_p95: float
    photos_p50: float
    photos_p95: float

    @property
    def kept(self) -> bool:
        """Whether the receipt came, within the target."""
        whole = self.at_most != ALBUM or self.whole_life <= WHOLE_LIFE
        return self.finished and whole and (self.at_most is None or self.messages <= self.at_most)


def specimen() -> dict[str, bytes]:
    """The SPESIMEN documents by `family/document`, drawn where they are missing."""
    folder = env.ROOT / "var" / "specimen"
    subprocess.run([sys.executable, "-m", "simulator.specimen", "families", "--out", str(folder)], cwd=env.ROOT, check=True)
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.glob("keluarga-*/*.jpg")}


def cost_of(family: dict[str, Any], player: Player) -> Cost:
    """Plays a family's way. One that breaks off is shown, and counts as not finished."""
    photos: list[float] = []
    texts: list[float] = []
    read = None
    for step in family["steps"]:
        if read is not None and step.get("bila", "").lower() not in read.text.lower():
            continue  # it answers what was not asked
        read = player.act({name: value for name, value in step.items() if name != "bila"})
        (photos if "foto" in step else texts).append(read.seconds)
    history = player.phone.history
    finished = any(name.startswith(RECEIPT) for name in history[-1].files)
    if not finished:
        print(player.phone.transcript())
    to_receipt = sum(len(read.messages) for read in history)
    turns, characters = len(history), sum(len(message.get("text") or "") for read in history for message in read.messages)
    return Cost(
        family["name"],
        family["at_most"],
        finished,
        to_receipt,
        to_receipt + (rest_of_life(player) if finished else 0),
        turns,
        characters,
        *spread(texts),
        *spread(photos),
    )


def rest_of_life(player: Player) -> int:
    """Messages from the receipt to the end: what the office tells, at the hours of a usual case, and what a closed window adds."""
    phone, written, sent = player.phone, player.phone.now, 0
    paper = asyncio.run(phone.blobs.put(b"%PDF SPESIMEN"))
    files = [{"filename": f"{name}.pdf", "mime": "application/pdf", "blob": paper} for name in ("Akta Kelahiran", "Kartu Keluarga")]
    for hours, kind, stated in LIFE:
        if kind == "tahap" and not stages()[stated["stage"]].tell:
            continue
        phone.wait(timedelta(hours=hours))
        more = {"attachments": files} if kind == "dokumen_terbit" else {}
        read = player.act({"kabar": {"kind": kind, "data": dict(stated), **more}})
        if read.messages and phone.now - written > WINDOW:
            sent += 1  # the template; the words follow the answer to it
            written = phone.now
        sent += len(read.messages)
    return sent


LIFE: tuple[tuple[int, str, dict[str, Any]], ...] = (
    (2, "berkas_diterima", {"deadline": "2026-11-24T04:00:00Z"}),
    (3, "tahap", {"stage": "verifikasi"}),
    (3, "tahap", {"stage": "persetujuan_kadis"}),
    (4, "dokumen_terbit", {"signed": True}),
    (48, "kia_dikirim", {"courier": "Pos Indonesia", "tracking": "P2611220001"}),
    (72, "kia_diterima", {}),
)
"""Hours since the one before, and each notice of a case; a stage only where the office tells of it (`stages.yml`)."""


def spread(seconds: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    ordered = sorted(seconds)
    return round(statistics.median(ordered), 3), round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 3)


def table(costs: list[Cost]) -> str:
    """The costs as they are printed."""
    head = f"{'family':<15}{'messages':>9}{'target':>8}{'whole life':>12}{'turns':>7}{'characters':>12}"
    head += f"{'text p50':>10}{'p95':>7}{'photos p50':>12}{'p95':>7}"
    rows = [
        f"{cost.family:<15}{cost.messages:>9}{cost.at_most or '–':>8}{cost.whole_life:>12}{cost.turns:>7}{cost.characters:>12}"
        f"{cost.text_p50:>10.2f}{cost.text_p95:>7.2f}{cost.photos_p50:>12.2f}{cost.photos_p95:>7.2f}{'' if cost.kept else '   MISSED'}"
        for cost in costs
    ]
    return "\n".join(["Messages that Meta charges, from greeting to receipt and to the end; seconds per turn", head, *rows])


def play(families: list[dict[str, Any]], model: Path, pictures: dict[str, bytes], flow: str) -> list[Cost]:
    """The cost of each of these families; `flow`: the form that the number has, none where it is empty."""
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder), model)
        stack.settings["WHATSAPP_FLOW_PERMOHONAN"] = flow
        office = OfficeDouble(env.port("backoffice", stack.settings))
        blobs = open_blobs(stack.settings["BLOB_URL"], stack.settings["BLOB_KEY"], "intake")
        try:
            stack.start(*ROOMS)
            stack.wait_ready(*ROOMS)
            with httpx.Client(base_url=stack.url("dialogue"), headers=stack.to_dialogue, timeout=ANSWER_WITHIN) as dialogue:
                Player(Phone(dialogue, blobs, "warm"), office, pictures).act({"orang": "halo"})  # the first turn of all loads what is lazy
                return [cost_of(family, Player(Phone(dialogue, blobs, family["name"]), office, pictures)) for family in families]
        finally:
            stack.stop()
            office.close()


def main() -> int:
    """0 when every family got its receipt within its target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="one family, by its name")
    parser.add_argument("--model", type=Path, help="a trained model, in place of the one of the present sources")
    given = parser.parse_args()
    model = given.model or train.train()
    families = [row for row in yaml.safe_load(FAMILIES.read_text(encoding="utf-8")) if given.only in (None, row["name"])]
    pictures = specimen()
    costs: list[Cost] = []
    for flow in ("", env.DEMO_FLOW):
        if rows := [row for row in families if any("formulir" in step for step in row["steps"]) == bool(flow)]:
            costs += play(rows, model, pictures, flow)
    print(table(costs))
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(
        json.dumps({"at": int(time.time()), "families": [{**asdict(cost), "kept": cost.kept} for cost in costs]}, indent=1) + "\n"
    )
    return 0 if all(cost.kept for cost in costs) else 1


if __name__ == "__main__":
    sys.exit(main())
