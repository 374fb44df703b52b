"""Plays single messages against the real readers and actions, and counts what is stored: right, asked back, silently wrong, lost."""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import yaml

from actions import noted, pipeline
from actions.catalogue import Catalogue
from actions.routes import TOPICS, handler_of
from actions.turn import turn_of
from bench.left_out import train_without
from bench.values_state import DOCUMENTS, NOW, SUMMARY, draft_at, key_of, standing, stored
from documents import Check, Kind
from intake.drafts.model import Draft, DraftState
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

SETS = sorted((Path(__file__).parent / "values").glob("*.yml"))
RESULT = train.ROOT / "var" / "bench" / "values.json"
INTENTS = train.ROOT / "var" / "bench" / "values_intents.json"
KEY = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="
LABELS = {"wrong": "silently wrong", "lost": "lost", "needless": "needless", "complaint": "taken for a complaint, or asked about as one"}
TARGETS = {"wrong": 0.005, "lost": 0.01, "needless": 0.08, "complaint": 0.005}
KINDS = ("right", "asked", "needless", "wrong_shown", "wrong", "lost", "failed")
"""right: as a clerk would write it, with nothing left to ask. asked: asked back where a clerk would have. needless: asked again what was
said. wrong: a value that nobody said, or a change that was not meant, `_shown` where the answer says it back in the words of
`actions.noted`. lost: said beside the answer, and neither stored nor asked about."""


@dataclass(frozen=True)
class Outcome:
    """What became of one message."""

    id: str
    question: str
    kind: str
    stated: str
    complains: bool = False
    """Whether it was taken for a complaint, or asked about as one: none of these messages is one."""
    raw: bool = False
    """Whether each wrong value stood in the answer as the draft writes it: how `wrong_shown` was counted until 30 November 2026."""


@dataclass(frozen=True)
class Played:
    """An entry as it was played: what stood in the draft before, the draft now (None: it is gone), and all that was answered."""

    before: dict[str, Any]
    draft: Draft | None
    side: Any
    answer: str
    complains: bool = False


async def play(entry: dict[str, Any], intake: Intake, catalogue: Catalogue, intents: dict[str, Any]) -> Played:
    """One entry of the set, in a chat of its own."""
    draft = draft_at(entry["question"], entry.get("known") or {})
    draft.id, draft.contact = f"{entry['id']}-draft", entry["id"]  # what was loaded is kept by both ids: they must differ
    record = await intake.record(entry["id"])
    record.drafts.append(draft)
    record.conversation.draft, record.conversation.question_shown = draft.id, True
    asked = open_question(draft)
    assert asked is not None
    record.conversation.asked = f"{asked.name}@{draft.id[:4]}"
    await intake.save(f"{entry['id']}-begun", record, [], Changes())
    before, answers, complains = standing(draft), [], False
    says = entry["says"] if isinstance(entry["says"], list) else [entry["says"]]
    for at, text in enumerate(map(str, says)):
        answers.append(await say(entry["id"], at, text, intake, catalogue, intents))
        complains = complains or (await intake.record(entry["id"])).conversation.story is not None
    record = await intake.record(entry["id"])
    now = next((found for found in record.drafts if found.id == draft.id), None)
    return Played(before, now, record.conversation.side, "\n".join(answers), complains)


async def say(contact: str, at: int, text: str, intake: Intake, catalogue: Catalogue, intents: dict[str, Any]) -> str:
    """The answer to one message, the one number `at` of that chat."""
    heard = intents.get(text) or {"intent": "nlu_fallback", "confidence": 0.0}
    turn = {"turn": f"{contact}-{at}", "kind": "text", "text": text, "at": (NOW + timedelta(minutes=at)).isoformat()}
    intent = {"name": heard["intent"], "confidence": heard["confidence"]}
    labels = {name: heard.get(name) for name in ("complaint", "moment", "question")}
    ranking = [{"name": name, "confidence": confidence} for name, confidence in heard.get("ranking", [])]
    message = {"text": text, "intent": intent, "intent_ranking": ranking, "metadata": turn, **labels}
    sent = await pipeline.answer(turn_of(contact, message), handler_of(heard["intent"]), catalogue, intake, TOPICS)
    return "\n".join(part.get("text", "") for part in sent)


def judged(entry: dict[str, Any], played: Played, catalogue: Catalogue) -> Outcome:
    """What became of an entry."""
    before, draft = played.before, played.draft
    if draft is None:
        return Outcome(entry["id"], entry["question"], "wrong", "the draft is gone")
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
    if wrong:
        shown = all(said_back(catalogue, draft, key, value, played.answer) for key, value in wrong.items())
        kind, raw = "wrong_shown" if shown else "wrong", all(str(value).lower() in played.answer.lower() for value in wrong.values())
    else:
        kind, raw = _kind(entry, missing, draft, played.side), False
    return Outcome(entry["id"], entry["question"], kind, f"wrong {wrong} missing {missing}", raw)


def said_back(catalogue: Catalogue, draft: Draft, name: str, value: Any, answer: str) -> bool:
    """Whether the answer says a change, in the very words in which the bot says it (`actions.noted`)."""
    return name not in ("submitted", "confirmed") and noted.stands_in(catalogue, draft, key_of(name), value, answer)


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


def _kind(entry: dict[str, Any], missing: list[str], draft: Draft, side: Any) -> str:
    if missing:
        asked = open_question(draft)
        own = entry["question"] in (SUMMARY, DOCUMENTS) or side is not None
        names = {key[:-2] if key[-2:] in ("_1", "_2", "_3") else key for key in missing}
        again = asked is not None and (entry["question"] == "data_kelahiran" or asked.question.id in names or entry["question"] in names)
        papers = entry["question"] == "surat_ada" and names <= {"ada_surat_kelahiran", "ada_surat_nikah"}
        return "needless" if own or again or papers or "submitted" in names or "confirmed" in names else "lost"
    return "asked" if entry["expect"].get("ask") else "right"


def heard(sentences: list[str], left_out: str | None = None) -> dict[str, Any]:
    """What the trained model makes of each sentence; kept until model or sentences change.

    `left_out`: the file under `data/complaints` that the complaint model has not learnt from; such a model is trained for it.
    """
    if left_out is not None:
        return parsed(train_without(left_out), sentences)
    kept = json.loads(INTENTS.read_text("utf-8")) if INTENTS.exists() else {}
    rows = dict(kept["rows"]) if kept.get("model") == train.model_path().name else {}
    new = [sentence for sentence in sentences if sentence not in rows]
    if not new:
        return rows
    model = train.train()
    rows |= parsed(model, new)
    INTENTS.parent.mkdir(parents=True, exist_ok=True)
    INTENTS.write_text(json.dumps({"model": model.name, "rows": rows}) + "\n", encoding="utf-8")
    return rows


def parsed(model: Path, sentences: list[str]) -> dict[str, Any]:
    """What that model makes of each sentence."""
    command = [train.RASA[0], "-m", "bench.nlu_parse", str(model)]
    lines = "".join(json.dumps(sentence) + "\n" for sentence in sentences)
    ran = subprocess.run(
        command, input=lines, cwd=train.ROOT, env=train.dialogue_environment(), text=True, stdout=subprocess.PIPE, check=True
    )
    return dict(zip(sentences, map(json.loads, ran.stdout.splitlines()), strict=True))


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
        played = await play(entry, intake, catalogue, intents)
        return replace(judged(entry, played, catalogue), complains=played.complains)
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
    parser.add_argument("--set", type=Path, nargs="+", default=SETS, help="other sets of messages; without it all of bench/values/")
    parser.add_argument("--show", action="store_true", help="every entry that is not right")
    parser.add_argument("--left-out", action="store_true", help="with a model whose complaints have not learnt from that set")
    parser.add_argument("--only", nargs="+", help="only entries whose id or question is among these")
    options = parser.parse_args()
    missed, shares = 0, {}
    for path in options.set:
        entries = yaml.safe_load(path.read_text("utf-8"))
        if options.only:
            entries = [entry for entry in entries if {entry["id"], entry["question"]} & set(options.only)]
        if not entries:
            continue
        sentences = [str(text) for entry in entries for text in (entry["says"] if isinstance(entry["says"], list) else [entry["says"]])]
        left_out = f"answers_{path.stem}" if options.left_out else None
        outcomes = asyncio.run(run(entries, heard(list(dict.fromkeys(sentences)), left_out)))
        print(f"\n{path.name}, {len(entries)} messages")
        shares[path.stem] = report(outcomes, {entry["id"]: entry for entry in entries}, show=options.show)
        missed += sum(shares[path.stem]["shares"][name] > most for name, most in TARGETS.items())
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(shares, indent=1) + "\n", encoding="utf-8")
    return missed


def report(outcomes: list[Outcome], entries: dict[str, Any], *, show: bool) -> dict[str, Any]:
    """Prints the table, per question and in all; returns the share of each kind, and the counts of each question."""
    rows = {question: Counter(one.kind for one in outcomes if one.question == question) for question in {one.question for one in outcomes}}
    whole = Counter(one.kind for one in outcomes)
    print(f"{'question':22}" + "".join(f"{kind:>13}" for kind in KINDS))
    for question, counted in [*sorted(rows.items()), ("all", whole)]:
        print(f"{question:22}" + "".join(f"{counted[kind]:13}" for kind in KINDS))
    if show:
        for one in outcomes:
            if one.kind not in ("right", "asked"):
                print(f"{one.kind:12} {one.id} {one.question} | {entries[one.id]['says']} | {entries[one.id]['expect']} | {one.stated}")
        for one in outcomes:
            if one.complains:
                print(f"complaint    {one.id} {one.question} | {entries[one.id]['says']}")
    shares = {name: whole[name] / len(outcomes) for name in (*KINDS,)}
    shares["complaint"] = sum(one.complains for one in outcomes) / len(outcomes)
    print("  ".join(f"{LABELS[name]} {shares[name]:.1%} (at most {most:.1%})" for name, most in TARGETS.items()))
    raw, all_wrong = sum(one.raw for one in outcomes) / len(outcomes), shares["wrong"] + shares["wrong_shown"]
    print(f"wrong, but said back {shares['wrong_shown']:.1%}; counted by the raw value: wrong {all_wrong - raw:.1%}, shown {raw:.1%}")
    return {"shares": shares, "questions": {question: dict(counted) for question, counted in rows.items()}}


if __name__ == "__main__":
    sys.exit(main())
