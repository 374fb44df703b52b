"""The sentences keep the rules that make a measurement worth something, and the lists name what the contract names."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
OURS = {"open": 10, "sealed": 10, "fresh": 5}
"""The held-out sets by the author of the training sentences, with the sentences an intent that each has at least."""
ANOTHERS = sorted(path.stem for path in HERE.glob("second_author*.yml"))
"""Those by somebody who had read none of ours; a short message of theirs may well be one that we teach, as it will be with the public's."""
STYLES = {"plain", "slang", "javanese", "long", "short", "indirect"}
BOT_ONLY = {"kirim_berkas", "kirim_lain", "pemberitahuan"}
DOCUMENTS = {"kk", "ktp_pelapor", "ktp_saksi", "ktp_ayah", "ktp_ibu", "surat_kelahiran", "sptjm_kelahiran", "surat_nikah", "sptjm_pasutri"}


def _training() -> list[tuple[str, str]]:
    blocks = [b for path in sorted((ROOT / "data" / "nlu").glob("*.yml")) for b in yaml.safe_load(path.read_text("utf-8"))["nlu"]]
    rows = [(line.strip()[2:], block["intent"]) for block in blocks if "intent" in block for line in block["examples"].splitlines()]
    return [(text, intent) for text, intent in rows if intent not in BOT_ONLY]


def _held_out(part: str) -> list[tuple[str, str, str]]:
    intents = yaml.safe_load((HERE / f"{part}.yml").read_text("utf-8"))
    return [(text, intent, style) for intent, styles in intents.items() for style, texts in styles.items() for text in texts]


def _same(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s]", "", text.lower())).strip() or text


def _intents() -> set[str]:
    return set(yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["intents"]) - BOT_ONLY - {"nlu_fallback"}


def test_every_intent_has_its_sixty_sentences_and_out_of_scope_its_250() -> None:
    counts = Counter(intent for _, intent in _training())
    assert set(counts) == _intents()
    assert min(counts.values()) >= 60
    assert counts["di_luar_topik"] >= 250


def test_no_sentence_is_taught_twice_or_as_two_things() -> None:
    twice = [text for text, n in Counter(text.lower() for text, _ in _training()).items() if n > 1]
    assert twice == []


@pytest.mark.parametrize("part", OURS)
def test_no_held_out_sentence_is_taught(part: str) -> None:
    taught = {_same(text) for text, _ in _training()}
    assert [text for text, _, _ in _held_out(part) if _same(text) in taught] == []


def test_the_held_out_sets_share_no_sentence() -> None:
    counts = Counter(_same(text) for part in OURS for text, _, _ in _held_out(part))
    assert [text for text, n in counts.items() if n > 1] == []


@pytest.mark.parametrize("part", [*OURS, *ANOTHERS])
def test_each_set_asks_for_every_intent_in_every_style(part: str) -> None:
    rows = _held_out(part)
    assert {intent for _, intent, _ in rows} == _intents()
    assert {style for _, _, style in rows} == STYLES
    assert min(Counter(intent for _, intent, _ in rows).values()) >= OURS.get(part, 5)


def test_the_sets_together_hold_two_dozen_sentences_an_intent() -> None:
    assert min(Counter(intent for part in OURS for _, intent, _ in _held_out(part)).values()) >= 24


def test_captions_name_only_known_documents() -> None:
    captions = yaml.safe_load((HERE / "captions.yml").read_text("utf-8"))
    assert set(captions) == DOCUMENTS | {"none"}
