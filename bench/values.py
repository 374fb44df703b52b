"""Plays single messages against the real readers and actions, and counts what is stored: right, asked back, silently wrong, lost."""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import yaml

from actions import pipeline
from actions.catalogue import Catalogue
from actions.routes import TOPICS, handler_of
from actions.turn import turn_of
from bench.values_state import DOCUMENTS, NOW, SUMMARY, draft_at, standing, stored
from documents import Check, Kind
from intake.drafts.model import DraftState
from intake.drafts.tables import Base
from intake.handover.backoffice import BackOffice
from intake.questions.table import open_question
from intake.reading import read_relation
from intake.service import Changes, Intake
from runtime.responses import read_responses
from scripts import train
from storage.database import Database
from storage.keyring import Keyring
from storage.opening import open_blobs

SET = Path(__file__).parent / "values" / "development.yml"
RESULT = train.ROOT / "var" / "bench" / "values.json"
INTENTS = train.ROOT / "var" / "bench" / "values_intents.json"
KEY = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="
TARGETS = {"wrong": 0.005, "lost": 0.01, "needless": 0.08}
KINDS = ("right", "asked", "needless", "wrong_shown", "wrong", "lost", "failed")
"""right: as a clerk would write it, with nothing left to ask. asked: asked back where a clerk would have. needless: asked again what was
said. wrong: a value that nobody said, or a change that was not meant, `_shown` where the answer says it back. lost: said beside the
answer, and neither stored nor asked about."""


@dataclass(frozen=True)
class Outcome:
    """What became of one message."""

    id: str
    question: str
    kind: str
    stated: str


async def play(entry: dict[str, Any], intake: Intake, catalogue: Catalogue, intents: dict[str, Any]) -> Outcome:
    """One entry of the set, in a chat of its own."""
    draft = draft_at(entry["question"], entry.get("known") or {})
    draft.id, draft.contact = entry["id"], entry["id"]
    record = await intake.record(entry["id"])
    record.drafts.append(draft)
    record.conversation.draft, record.conversation.question_shown = draft.id, True
    asked = open_question(draft)
    assert asked is not None
    record.conversation.asked = f"{asked.name}@{draft.id[:4]}"
    await intake.save(f"{entry['id']}-begun", record, [], Changes())
    before, answer = standing(draft), ""
    says = entry["says"] if isinstance(entry["says"], list) else [entry["says"]]
    for at, text in enumerate(map(str, says)):
        heard = intents.get(text) or {"intent": "nlu_fallback", "confidence": 0.0}
        turn = {"turn": f"{entry['id']}-{at}", "kind": "text", "text": text, "at": (NOW + timedelta(minutes=at)).isoformat()}
        message = {"text": text, "intent": {"name": heard["intent"], "confidence": heard["confidence"]}, "metadata": turn}
        sent = await pipeline.answer(turn_of(entry["id"], message), handler_of(heard["intent"]), catalogue, intake, TOPICS)
        answer = "\n".join([answer, *(part.get("text", "") for part in sent)])
    record = await intake.record(entry["id"])
    now = next((found for found in record.drafts if found.id == draft.id), None)
    if now is None:
        return Outcome(entry["id"], entry["question"], "wrong", "the draft is gone")
    return _judged(entry, before, now, record.conversation.side, answer)


def _judged(entry: dict[str, Any], before: dict[str, Any], draft: Any, side: Any, answer: str) -> Outcome:
    after, expect = standing(draft), entry["expect"]
    wanted = {key: stored(key, value) for key, value in (expect.get("values") or {}).items()}
    changed = {key: after.get(key) for key in {*before, *after} if before.get(key) != after.get(key)}
    wrong = {key: value for key, value in changed.items() if not _fits(key, value, wanted, expect, before)}
    if entry["question"] == "nama_anak_benar" and entry.get("act") == "deny" and wrong.get("nama_anak", "") is None:
        del wrong["nama_anak"]  # called wrong: it is asked for anew
    missing = [key for key, value in wanted.items() if not _same(key, after.get(key), value)]
    sent = draft.state is not DraftState.OPEN
    if sent != (entry["question"] == SUMMARY and entry.get("act") == "confirm" and not wanted):
        wrong |= {"submitted": True} if sent else {}
        missing += [] if sent else ["submitted"]
    confirmed = entry["question"] == "nama_anak_benar" and draft.children and draft.children[0].confirmed
    if entry["question"] == "nama_anak_benar" and confirmed != (entry.get("act") == "confirm"):
        wrong |= {"confirmed": True} if confirmed else {}
        missing += [] if confirmed else ["confirmed"]
    return Outcome(entry["id"], entry["question"], _kind(entry, wrong, missing, draft, side, answer), f"wrong {wrong} missing {missing}")


def _fits(key: str, value: Any, wanted: dict[str, Any], expect: dict[str, Any], before: dict[str, Any]) -> bool:
    """Whether a change was meant: the value that was said; a value that was called wrong may be gone."""
    if key in wanted:
        return value is None or _same(key, value, wanted[key])  # gone: it is asked again, and missing
    return value is None and key in (expect.get("ask") or ())


def _same(key: str, value: Any, wanted: Any) -> bool:
    if key == "hubungan_pelapor" and value is not None:
        relation = read_relation(str(wanted))
        return str(value).lower() == str(wanted).lower() or (relation is not None and relation.value == value)
    if key == "alamat_kia" and value is not None:
        return " ".join(str(value).upper().replace(",", " ").replace(".", " ").split()) == " ".join(
            str(wanted).upper().replace(",", " ").replace(".", " ").split()
        )
    return bool(value == wanted)


def _kind(entry: dict[str, Any], wrong: dict[str, Any], missing: list[str], draft: Any, side: Any, answer: str) -> str:
    if wrong:
        return "wrong_shown" if all(str(value).lower() in answer.lower() for value in wrong.values()) else "wrong"
    if missing:
        asked = open_question(draft)
        own = entry["question"] in (SUMMARY, DOCUMENTS) or side is not None
        names = {key[:-2] if key[-2:] in ("_1", "_2", "_3") else key for key in missing}
        again = asked is not None and (entry["question"] == "data_kelahiran" or asked.question.id in names or entry["question"] in names)
        papers = entry["question"] == "surat_ada" and names <= {"ada_surat_kelahiran", "ada_surat_nikah"}
        return "needless" if own or again or papers or "submitted" in names or "confirmed" in names else "lost"
    return "asked" if entry["expect"].get("ask") else "right"


def heard(sentences: list[str]) -> dict[str, Any]:
    """What the trained model makes of each sentence; kept until model or sentences change."""
    kept = json.loads(INTENTS.read_text("utf-8")) if INTENTS.exists() else {}
    rows = dict(kept["rows"]) if kept.get("model") == train.model_path().name else {}
    new = [sentence for sentence in sentences if sentence not in rows]
    if not new:
        return rows
    model = train.train()
    command = [train.RASA[0], "-m", "bench.nlu_parse", str(model)]
    lines = "".join(json.dumps(sentence) + "\n" for sentence in new)
    ran = subprocess.run(
        command, input=lines, cwd=train.ROOT, env=train.dialogue_environment(), text=True, stdout=subprocess.PIPE, check=True
    )
    rows |= dict(zip(new, map(json.loads, ran.stdout.splitlines()), strict=True))
    INTENTS.parent.mkdir(parents=True, exist_ok=True)
    INTENTS.write_text(json.dumps({"model": model.name, "rows": rows}) + "\n", encoding="utf-8")
    return rows


async def run(entries: list[dict[str, Any]], intents: dict[str, Any]) -> list[Outcome]:
    """Every entry, one after another, over one database."""
    catalogue = Catalogue(read_responses())
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(f"sqlite:///{folder}/intake.db", Keyring(KEY))
        async with database.engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        office = BackOffice(httpx.AsyncClient(transport=httpx.MockTransport(_office), base_url="http://office"))
        intake = Intake(database, open_blobs(f"file:{folder}/blobs", KEY, "intake"), NoChecker(), office, lambda: NOW)
        try:
            return [await _outcome(entry, intake, catalogue, intents) for entry in entries]
        finally:
            await intake.close()


async def _outcome(entry: dict[str, Any], intake: Intake, catalogue: Catalogue, intents: dict[str, Any]) -> Outcome:
    try:
        return await play(entry, intake, catalogue, intents)
    except Exception as error:
        return Outcome(entry["id"], entry["question"], "failed", repr(error))


def _office(request: httpx.Request) -> httpx.Response:
    return httpx.Response(404, json={"error": {"code": "unknown", "message": ""}})


class NoChecker:
    """No photo comes."""

    ready = True

    async def check(self, data: bytes, expect: Kind | None = None, filename: str | None = None, *, share: str = "") -> Check:
        raise NotImplementedError

    async def read_all(self, data: bytes, kind: Kind, *, share: str = "") -> Check:
        raise NotImplementedError

    async def close(self) -> None:
        return None


def main() -> int:
    """0 when the targets are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, default=SET, help="another set of messages")
    parser.add_argument("--show", action="store_true", help="every entry that is not right")
    parser.add_argument("--only", nargs="+", help="only entries whose id or question is among these")
    options = parser.parse_args()
    entries = yaml.safe_load(options.set.read_text("utf-8"))
    if options.only:
        entries = [entry for entry in entries if {entry["id"], entry["question"]} & set(options.only)]
    sentences = [str(text) for entry in entries for text in (entry["says"] if isinstance(entry["says"], list) else [entry["says"]])]
    outcomes = asyncio.run(run(entries, heard(list(dict.fromkeys(sentences)))))
    return report(outcomes, {entry["id"]: entry for entry in entries}, show=options.show)


def report(outcomes: list[Outcome], entries: dict[str, Any], *, show: bool) -> int:
    """Prints the table, per question and in all; returns how many targets are missed."""
    rows = {question: Counter(one.kind for one in outcomes if one.question == question) for question in {one.question for one in outcomes}}
    whole = Counter(one.kind for one in outcomes)
    print(f"{'question':22}" + "".join(f"{kind:>13}" for kind in KINDS))
    for question, counted in [*sorted(rows.items()), ("all", whole)]:
        print(f"{question:22}" + "".join(f"{counted[kind]:13}" for kind in KINDS))
    if show:
        for one in outcomes:
            if one.kind not in ("right", "asked"):
                print(f"{one.kind:12} {one.id} {one.question} | {entries[one.id]['says']} | {entries[one.id]['expect']} | {one.stated}")
    shares = {name: whole[name] / len(outcomes) for name in (*KINDS,)}
    shares["wrong"] += shares["wrong_shown"]
    print("  ".join(f"{name} {shares[name]:.1%} (at most {most:.1%})" for name, most in TARGETS.items()))
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps({"shares": shares, "questions": {q: dict(c) for q, c in rows.items()}}, indent=1) + "\n")
    return sum(shares[name] > most for name, most in TARGETS.items())


if __name__ == "__main__":
    sys.exit(main())
