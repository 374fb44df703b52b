"""Fuzzes the webhook of a real bot: Meta's payloads with parts taken away, put elsewhere or replaced, signed as Meta would."""

import asyncio
import json
import re
import sqlite3
import time
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bench.bot_process import BotProcess
from bench.stand_ins import NUMBER, SECRET, StandIns
from bot.webhook.signature import sign

FIXTURES = Path("tests/fixtures/meta")
EXPECTED = frozenset({200, 400, 401, 413, 415})
SETTLED_WITHIN = 60.0
ROUND = 200
"""Bodies between two looks at the clock."""
ENVELOPE = 6
"""Steps to what an update says; what lies about it is changed once in ten times."""
ODD = ("\0", "\ud800", "9" * 400, "-1", "١", NUMBER)

scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=40), st.sampled_from(ODD))
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4), max_leaves=12
)


def payloads() -> list[dict[str, Any]]:
    """Every fixture of Meta's that is a webhook body."""
    read = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(FIXTURES.rglob("*.json"))]
    bodies = [body for told in read for body in (told if isinstance(told, list) else [told]) if isinstance(body, dict)]
    return [json.loads(_ours(json.dumps(body if "entry" in body else _wrapped(body)))) for body in bodies]


def _ours(body: str) -> str:
    """Addressed to our number: what goes to another is put aside unread."""
    return re.sub(r'("phone_number_id": ?)"[^"]*"', rf'\1"{NUMBER}"', body)


def _wrapped(value: dict[str, Any]) -> dict[str, Any]:
    inner = value if "messages" in value or "statuses" in value else {"messages": [value]}
    told = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": NUMBER}, **inner}
    return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages", "value": told}]}]}


def places(part: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of everything inside a body."""
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [place for key, value in inner for place in ((*path, key), *places(value, (*path, key)))]


@st.composite
def changed(draw: st.DrawFn) -> bytes:
    """A payload with one to four changes, as it is sent."""
    body: dict[str, Any] = json.loads(json.dumps(draw(st.sampled_from(payloads()))))
    for _ in range(draw(st.integers(1, 4))):
        if not (known := places(body)):
            break
        deep = [place for place in known if len(place) > ENVELOPE]
        *way, last = draw(st.sampled_from(known if not deep or draw(st.integers(0, 9)) == 0 else deep))
        holder: Any = body
        for step in way:
            holder = holder[step]
        match draw(st.sampled_from(["replace", "remove", "repeat", "deepen"])):
            case "replace":
                holder[last] = draw(anything)
            case "remove":
                del holder[last]
            case "repeat" if isinstance(holder, list):
                holder.extend([holder[last]] * draw(st.integers(1, 30)))
            case _:
                for _ in range(draw(st.sampled_from([1, 5, 400]))):
                    holder[last] = [holder[last]]
    raw = re.sub(r'"wamid\.[^"]*"', f'"wamid.{uuid.uuid4().hex}"', json.dumps(body, allow_nan=True))  # else it is known already
    return raw.encode("utf-8", "surrogatepass")


async def run(folder: Path, seconds: int) -> dict[str, Any]:
    """Posts until the time is over, waits until the bot has read all of it, and looks what became of it."""
    async with StandIns() as others:
        bot = BotProcess(folder, others.url)
        await bot.start()
        others.webhooks = [bot.url]
        try:
            tried, finds = await asyncio.to_thread(_post, bot.url, seconds)
            async with httpx.AsyncClient(base_url=bot.url, trust_env=False) as client:
                finds += await _settled(client)
        finally:
            bot.stop()
    read, faults = _faults(folder / "intake.db")
    logged = {json.loads(line).get("event", "") for line in _log(folder) if '"level": "error"' in line or '"level":"error"' in line}
    return {"tried": tried, "updates": read, "finds": finds + faults + [f"in the log: {event}" for event in sorted(logged)]}


def _post(url: str, seconds: int) -> tuple[int, list[str]]:
    finds: list[str] = []
    tried, ends = 0, time.monotonic() + seconds

    with httpx.Client(base_url=url, trust_env=False, timeout=30) as client:

        @settings(max_examples=ROUND, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(raw=changed())
        def post(raw: bytes) -> None:
            nonlocal tried
            headers = {"content-type": "application/json", "x-hub-signature-256": sign(raw, SECRET)}
            answer = client.post("/webhooks/whatsapp", content=raw, headers=headers)
            tried += 1
            if answer.status_code not in EXPECTED:
                finds.append(f"{answer.status_code}: {raw[:2000].decode(errors='replace')}")

        while time.monotonic() < ends:
            post()
    return tried, finds


async def _settled(client: httpx.AsyncClient) -> list[str]:
    """Waits until nothing lies unread, and tells what was parked."""
    ends = time.monotonic() + SETTLED_WITHIN
    while True:
        figures = dict(
            line.rsplit(" ", 1) for line in (await client.get("/metrics")).text.splitlines() if line and not line.startswith("#")
        )
        if not float(figures["bot_oldest_unsplit_seconds"]):
            break
        if time.monotonic() > ends:
            return ["a body lies unread"]
        await asyncio.sleep(0.5)
    return []


def _faults(database: Path) -> tuple[int, list[str]]:
    """The updates that were read, and why any of them was parked for a fault of ours; what a sender did wrong has another reason."""
    with closing(sqlite3.connect(database)) as rows:
        read = rows.execute("SELECT count(*) FROM bot_update").fetchone()[0]
        faults = rows.execute("SELECT kind, reason, count(*) FROM bot_update WHERE reason LIKE 'fault:%' GROUP BY 1, 2").fetchall()
    return read, [f"{count} updates ({kind}) were parked for {reason}" for kind, reason, count in faults]


def _log(folder: Path) -> list[str]:
    return [line for file in folder.glob("bot-*.log") for line in file.read_text(errors="replace").splitlines() if line.startswith("{")]
