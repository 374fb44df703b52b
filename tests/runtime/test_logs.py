"""Tests that no log line holds what a person wrote, is called or can be reached at, whoever logs it and whatever went wrong."""

import ast
import asyncio
import json
import logging
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from pydantic import BaseModel
from sqlalchemy import create_engine, text

from runtime import logs
from runtime.redaction import FRAMES, HIDDEN, KEYS, NAME, redacted

ROOT = Path(__file__).parents[2]
ROOMS = ("actions", "backoffice", "bot", "dialogue", "documents", "intake", "runtime", "simulator", "storage")
RASA = ROOT / "dialogue" / ".venv" / "bin" / "python"
SECRETS = ("BUDI SANTOSO SPESIMEN", "Jl. Mawar 3 Kedungtuban", "3316990101900001", "081234567890", "budi@contoh.test")


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    """What was logged since, parsed; the whole set-up is undone after the test."""
    before = (sys.excepthook, sys.unraisablehook, threading.excepthook, logging.lastResort)
    root, handlers, level = logging.getLogger(), logging.getLogger().handlers[:], logging.getLogger().level
    logs.set_up("test")
    yield lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    sys.excepthook, sys.unraisablehook, threading.excepthook, logging.lastResort = before
    logging.captureWarnings(False)
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


class Draft(BaseModel):
    name: int
    address: int


def broken_draft() -> None:
    Draft.model_validate({"name": SECRETS[0], "address": SECRETS[1]})


def broken_statement() -> None:
    with create_engine("sqlite://").connect() as connection:
        connection.execute(text("INSERT INTO drafts VALUES (:name)"), {"name": SECRETS[0]})


def missing_key() -> None:
    {}[SECRETS[0]]


def odd_bytes() -> None:
    (SECRETS[0].encode() + b"\xff").decode()


def refused_url() -> None:
    httpx.Response(403, request=httpx.Request("GET", f"https://graph.test/x?access_token={SECRETS[2]}&name=BUDI")).raise_for_status()


def one_from_another() -> None:
    try:
        missing_key()
    except KeyError as error:
        raise ValueError(f"no {SECRETS[0]}") from error


CLASSES = {"ValidationError", "OperationalError", "KeyError", "UnicodeDecodeError", "HTTPStatusError", "ValueError"}
FAULTS = [broken_draft, broken_statement, missing_key, odd_bytes, refused_url, one_from_another]


def assert_nothing_personal(logged: Any) -> None:
    told = json.dumps(logged, ensure_ascii=False)
    for secret in (*SECRETS, "BUDI", "Mawar"):
        assert secret not in told


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f.__name__)
def test_an_error_is_told_by_its_class_and_its_frames_never_by_its_words(fault: Any, lines: Any) -> None:
    try:
        fault()
    except Exception:
        structlog.get_logger().exception("draft.broken")
    [line] = lines()
    assert_nothing_personal(line)
    assert line["error"]["type"].rsplit(".", 1)[-1] in CLASSES
    assert any(fault.__name__ in frame and ":" in frame for frame in line["error"]["frames"])


def test_the_error_behind_an_error_is_told_too(lines: Any) -> None:
    try:
        one_from_another()
    except ValueError as error:
        structlog.get_logger().error("draft.broken", exc_info=error)
    assert lines()[0]["error"]["from"]["type"] == "KeyError"


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f.__name__)
def test_a_library_that_logs_an_error_tells_no_value(fault: Any, lines: Any) -> None:
    try:
        fault()
    except Exception as error:
        logging.getLogger("some.library").exception("it broke")
        logging.getLogger("some.library").error(f"can't handle {error}")  # noqa: G004 (as libraries do)
        logging.getLogger("some.library").error("can't handle %s", error)
        logging.getLogger("some.library").error(error)
    logged = lines()
    assert_nothing_personal(logged)
    assert [line.get("says") for line in logged] == ["it broke", None, "can't handle %s", None]
    assert all(line["at"].startswith("test_logs:") and line["logger"] == "some.library" for line in logged)


def test_an_error_that_nobody_caught_tells_no_value(lines: Any) -> None:
    thread = threading.Thread(target=broken_draft)
    thread.start()
    thread.join()

    async def forget() -> None:
        async def fail() -> None:
            broken_draft()

        task = asyncio.create_task(fail())
        await asyncio.sleep(0)
        del task

    asyncio.run(forget())
    logged = lines()
    assert_nothing_personal(logged)
    assert logged[0]["event"] == "process_failed" and logged[0]["error"]["type"].endswith("ValidationError")
    assert [line["logger"] for line in logged[1:]] == ["asyncio"]


def test_a_process_that_ends_by_an_error_tells_no_value() -> None:
    code = "from runtime import logs; logs.set_up('x'); from tests.runtime import test_logs; test_logs.broken_draft()"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1 and ended.stderr == "" and "ValidationError" in ended.stdout
    assert_nothing_personal(ended.stdout)


def test_only_keys_that_are_known_are_written_and_the_others_are_named(lines: Any) -> None:
    structlog.get_logger().warning("rest.message.received.timeout", text=SECRETS[0], turn="t1", user_text=SECRETS[1])
    [line] = lines()
    assert_nothing_personal(line)
    assert line["turn"] == "t1" and line["withheld"] == ["text", "user_text"]
    assert (line["process"], line["level"], line["event"]) == ("test", "warning", "rest.message.received.timeout")
    assert line["timestamp"].endswith("Z")


def test_an_event_that_is_no_name_is_not_written(lines: Any) -> None:
    structlog.get_logger().warning(f"cannot read {SECRETS[0]}")
    assert lines()[0]["event"] == "unnamed"


@pytest.mark.parametrize(
    "personal",
    ["+62 812-0000-0001", "6281200000001", "3316990101900001", "NIK3316990101900001", "wamid.HBgLMTY1MDM4Nzk0MzkVAgA=", "Bearer abc.def",
     "budi@contoh.test", "https://graph.test/x?token=abc", "postgresql://landa:geheim@host/db"],
)  # fmt: skip
def test_the_last_net_hides_whatever_looks_personal(personal: str) -> None:
    secret = {"https://graph.test/x?token=abc": "token=abc", "postgresql://landa:geheim@host/db": "geheim"}.get(personal, personal)
    shown = redacted({"event": "x", "why": f"x {personal} y", "part": {"list": [personal]}, "size": 6281200000001, "bytes": 12})
    assert secret not in json.dumps(shown) and HIDDEN in shown["why"] and HIDDEN in shown["part"]["list"][0]
    assert shown["size"] == HIDDEN and shown["bytes"] == 12


@pytest.mark.parametrize("own", ["5f0c2b0e-8f62-4b3a-9d0c-331699010190", "2026-11-22T02:10:00Z", "LM-261122-7K4F", "sha" + "0f" * 3])
def test_ids_of_our_own_and_moments_stay_readable(own: str) -> None:
    assert redacted({"event": "x", "turn": own})["turn"] == own


def test_a_terminal_is_told_in_a_readable_form(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lines: Any) -> None:
    monkeypatch.setenv(logs.FORMAT, "console")
    logs.set_up("test")
    try:
        missing_key()
    except KeyError:
        structlog.get_logger().exception("turn.failed", kind="text")
    told = capsys.readouterr().out
    assert "turn.failed" in told and "kind" in told and "KeyError" in told and "BUDI" not in told


@pytest.mark.dialogue
def test_the_same_set_up_serves_rasas_python() -> None:
    code = (
        "from runtime import logs; logs.set_up('dialogue'); import structlog, logging;"
        "structlog.get_logger().error('rest.message.received.failure', text='BUDI SANTOSO SPESIMEN');"
        "logging.getLogger('rasa').error(f'{1}BUDI'); {}['BUDI']"
    )
    ended = subprocess.run([RASA, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert_nothing_personal(ended.stdout + ended.stderr)
    assert [json.loads(line)["event"] for line in ended.stdout.splitlines()] == [
        "rest.message.received.failure",
        "library",
        "process_failed",
    ]


def log_calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call of our own code that logs, with its place."""
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            if ".venv" in file.parts:
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                    continue
                if node.func.attr in {"debug", "info", "warning", "error", "exception", "critical"} and _is_logger(node.func.value):
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", node


def _is_logger(of: ast.expr) -> bool:
    return (isinstance(of, ast.Name) and of.id in {"log", "logger"}) or (
        isinstance(of, ast.Call) and ast.unparse(of.func).endswith("get_logger")
    )


def test_every_log_call_has_a_static_name_known_keys_and_no_words_of_an_error() -> None:
    calls, wrong = list(log_calls()), []
    assert len(calls) > 30
    for place, call in calls:
        name = call.args[0] if len(call.args) == 1 else None
        if not isinstance(name, ast.Constant) or not NAME.fullmatch(str(name.value)):
            wrong.append(f"{place}: the event is no static name")
        for keyword in call.keywords:
            if keyword.arg is not None and keyword.arg not in KEYS | {"exc_info"}:
                wrong.append(f"{place}: {keyword.arg} is not among runtime.redaction.KEYS")
            for node in ast.walk(keyword.value):
                if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Call) and ast.unparse(node.func) in {"str", "repr"}):
                    wrong.append(f"{place}: {keyword.arg} is a text put together")
    assert wrong == []


def test_an_error_of_the_database_bears_its_name_and_where_in_our_code_it_began(lines: Any) -> None:
    def ask(deep: int = 2 * FRAMES) -> None:
        ask(deep - 1) if deep else sqlite3.connect(":memory:").execute("SELECT 'Budi' FROM nowhere")

    try:
        ask()
    except sqlite3.OperationalError:
        structlog.get_logger().exception("draft.broken")
    [line] = lines()
    assert_nothing_personal(line)
    assert line["error"]["code"] == "SQLITE_ERROR" and "Budi" not in json.dumps(line)
    assert len(line["error"]["frames"]) == 2 * FRAMES, "the last ones, and ours before them"
