"""Measures what strangers' large and dripping posts cost bot and back office in memory: `python -m bench.strangers`.

Without a signature, a token or a session, so many at once post 25 MB each as fast as they can, and as many again send a body of which a
few bytes come each second. The resident memory of each process is read before, twice a second meanwhile, and after.
"""

import argparse
import asyncio
import contextlib
import json
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.bot_process import BotProcess
from bench.office_server import make_settings, running
from bench.stand_ins import StandIns

OUT = Path("var/bench/strangers.json")
SIZE = 25 * 1024 * 1024
PIECE = bytes(64 * 1024)
DRIP = b"x" * 16
MIB = 1024 * 1024


def resident(process: int) -> float:
    """Resident memory of a process and its children, MiB."""
    pages = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if process in (int(folder.name), parent):
                pages += int((folder / "statm").read_text().split()[1])
    return pages * 4096 / MIB


async def post(address: str, path: str, drips: bool, seconds: float) -> int:
    """One stranger's post; returns the bytes that the other side took before it ended the connection."""
    target, sent = urlsplit(address), 0
    try:
        _, writer = await asyncio.open_connection(target.hostname, target.port)
    except OSError:
        return 0
    head = f"POST {path} HTTP/1.1\r\nHost: {target.netloc}\r\nContent-Type: application/json\r\nContent-Length: {SIZE}\r\n\r\n"
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(seconds):
            writer.write(head.encode())
            while sent < SIZE:
                writer.write(DRIP if drips else PIECE)
                await writer.drain()
                sent += len(DRIP if drips else PIECE)
                if drips:
                    await asyncio.sleep(1)
    writer.close()
    return sent


async def attack(address: str, path: str, process: int, many: int, seconds: float) -> dict[str, Any]:
    """Memory before, at its most, and ten seconds after; the bytes that were pushed at the process."""
    before = peak = resident(process)
    posts = asyncio.gather(*(post(address, path, drips, seconds) for drips in (False, True) for _ in range(many)))
    while not posts.done():
        peak = max(peak, resident(process))
        await asyncio.sleep(0.5)
    await asyncio.sleep(10)
    told = {"before_mib": before, "peak_mib": peak, "after_mib": resident(process), "pushed_mib": sum(await posts) / MIB}
    return {name: round(value, 1) for name, value in told.items()}


async def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.strangers", description=__doc__)
    parser.add_argument("--many", type=int, default=60, help="so many post at once, and as many drip")
    parser.add_argument("--seconds", type=int, default=40)
    chosen = parser.parse_args()
    folder = Path("var/bench/strangers").resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    result: dict[str, Any] = {"many": chosen.many, "seconds": chosen.seconds}
    async with running(make_settings(f"sqlite:///{folder}/backoffice.db", folder)) as office:
        result["office_sign_in"] = await attack(office.address, "/masuk", office.process, chosen.many, chosen.seconds)
        result["office_api"] = await attack(office.address, "/api/bundles/x", office.process, chosen.many, chosen.seconds)
    async with StandIns() as stand_ins:
        bot = BotProcess(folder, stand_ins.url)
        await bot.start()
        try:
            result["bot_webhook"] = await attack(bot.url, "/webhooks/whatsapp", bot.process, chosen.many, chosen.seconds)
        finally:
            bot.kill()
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(result, indent=1))
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    asyncio.run(main())
