"""Conversations as people have them, one file for each behaviour, through the real Rasa and the real action server."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conversation.conftest import Line
from tests.conversation.pictures import ALBUM, PICTURES
from tests.conversation.script import WAY, Conversation, Player, conversations, faults_of_any

WRITTEN = conversations()
BEHAVIOURS = 12
HELD_OUT = Path(__file__).parents[1] / "nlu" / "open.yml"
SENTENCES = [
    text for styles in yaml.safe_load(HELD_OUT.read_text(encoding="utf-8")).values() for texts in styles.values() for text in texts
]
"""What people write, of every intent and style: the model hears what it will."""

STEPS = st.lists(
    st.one_of(
        st.builds(lambda text: {"orang": text}, st.sampled_from(SENTENCES)),
        st.builds(lambda text: {"orang": text}, st.sampled_from(SENTENCES)),
        st.builds(lambda number: {"tap": number}, st.integers(0, 9)),
        st.builds(lambda names: {"foto": names}, st.lists(st.sampled_from(sorted(PICTURES)), min_size=1, max_size=3)),
        st.builds(lambda kind: {"lain": kind}, st.sampled_from(["audio", "sticker", "video", "reaction", "location", "call"])),
    ),
    min_size=10,
    max_size=14,
)


@pytest.mark.parametrize("conversation", WRITTEN, ids=lambda one: f"{one.file}: {one.title}")
def test_the_person_reads(line: Line, conversation: Conversation) -> None:
    line.player(f"{conversation.file}-{WRITTEN.index(conversation)}").play(conversation)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(start=st.integers(0, len(WAY) - 1), steps=STEPS)
def test_no_walk_among_real_sentences_repeats_itself_or_ends_nowhere(line: Line, start: int, steps: list[dict[str, Any]]) -> None:
    player = line.player(f"walk-{line.number()}")
    for step in [*(step for _, step in WAY[:start]), *steps, {"orang": "menu"}, {"orang": "lanjut"}]:
        before = player.read.text
        _walk(player, step)
        assert not (faults := list(faults_of_any(player.read, before))), f"{faults}\n{player.phone.transcript()}"
    assert player.read.options or "?" in player.read.text or "kami t" in player.read.text.casefold(), player.phone.transcript()


def _walk(player: Player, step: dict[str, Any]) -> None:
    titles = [row["title"] for row in player.read.options]
    if "tap" in step:
        step = {"ketuk": titles[step["tap"] % len(titles)]} if titles else {"foto": list(ALBUM)}
    if "ketuk" not in step or step["ketuk"] in titles:
        player.act(step)


@pytest.mark.parametrize(
    ("sentence", "intent", "documents"),
    [
        ("syaratnya apa aja min", "tanya_syarat", []),
        ("LM-261122-7K4F wis dadi durung", "cek_status", []),
        ("ini ktp saksi 1", None, ["ktp_saksi_1"]),
        ("matur nuwun pak", "terima_kasih", []),
        ("mau ngomong sama petugas", "minta_petugas", []),
    ],
)
def test_the_trained_model_names_numbers_documents_and_wishes(line: Line, sentence: str, intent: str | None, documents: list[str]) -> None:
    heard = line.dialogue.post("/model/parse", json={"text": sentence}).json()
    assert intent in (None, heard["intent"]["name"])
    assert [entity["value"] for entity in heard["entities"] if entity["entity"] == "jenis_berkas"] == documents


def test_a_draft_survives_the_action_server(line: Line) -> None:
    """Killed in the middle and started again: the next word goes on where the person was."""
    player = line.player("restart")
    for step in [step for _, step in WAY[:6]]:
        player.step(step)
    line.restart("actions")
    player.step({"foto": "kk", "bot": "Kartu Keluarga (KK)", "tanya": "KTP saksi kedua"})


def test_every_behaviour_is_written_and_a_quarter_in_javanese() -> None:
    """Issue 4: at least 40 conversations, 12 of them mostly Javanese, one file for each behaviour."""
    assert len({one.file for one in WRITTEN}) == BEHAVIOURS
    assert len(WRITTEN) >= 40
    assert Counter(one.language for one in WRITTEN)["jawa"] >= 12
    titles = Counter((one.file, one.title) for one in WRITTEN)
    assert titles.most_common(1)[0][1] == 1
