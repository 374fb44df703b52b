"""A form that came back is judged at the edge: short texts by name and its token, whatever else somebody put into it."""

import json
from typing import Any

import pytest

from bot.inbox.reading import FIELD, FIELDS, Unreadable, read


def form(content: Any) -> dict[str, Any]:
    """What the turn holds of an `nfm_reply` with this JSON."""
    given = content if isinstance(content, str) else json.dumps(content)
    reply = {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": given}}
    message = read({"type": "interactive", "interactive": reply}).message
    assert message is not None
    other: dict[str, Any] = message.body["other"]
    return other


def test_its_token_and_its_texts_come_through() -> None:
    found = form({"flow_token": "lahir:1", "nama_anak_1": "Siti Aminah", "alamat_lain": "Jl. Pemuda 3 RT 02 RW 01"})
    assert (found["type"], found["token"]) == ("form", "lahir:1")
    assert found["fields"] == {"nama_anak_1": "Siti Aminah", "alamat_lain": "Jl. Pemuda 3 RT 02 RW 01"}


@pytest.mark.parametrize("value", [3, True, None, 2.5, [], {}, ["3100"], {"a": "b"}, "x" * (FIELD + 1)])
def test_a_value_of_another_kind_or_too_long_is_left_out(value: object) -> None:
    assert form({"flow_token": "lahir:1", "berat_1": value, "panjang_1": "49"})["fields"] == {"panjang_1": "49"}


def test_of_many_fields_the_first_are_read() -> None:
    assert len(form({"flow_token": "x", **{f"a{n}": "1" for n in range(300)}})["fields"]) == FIELDS


@pytest.mark.parametrize("text", ["\x00a\x1bb", "a\ud800b", "a \n\n\n\n b"])
def test_what_a_form_holds_can_be_kept(text: str) -> None:
    (value,) = form({"flow_token": "x", "nama_anak_1": text})["fields"].values()
    assert value.encode() and not {"\x00", "\x1b"} & set(value)


@pytest.mark.parametrize(
    "given",
    ["", "{", "[]", "3", "null", '{"flow_token": 3}', '{"nama": "x"}', "[" * 3000, json.dumps({"flow_token": "x", "a": "y" * 5000})],
)
def test_what_is_no_form_is_parked(given: str) -> None:
    with pytest.raises(Unreadable):
        form(given)
