"""Fuzzes what strangers and neighbours reach, for a bounded time: webhook, files, service API: `python -m bench.fuzz --seconds 60`.

- webhook: Meta's own payloads, changed by Hypothesis and signed, to a real bot. Any 5xx, parked update or error in its log is a find.
- files: specimens changed by atheris, led by the coverage of our decoder. Any exception but the named refusals is a find, and any crash.
- api: what schemathesis makes of our own OpenAPI document, to a real back office. Any 5xx is a find.

Exit status 1 where there is a find; what was found lies under `var/bench/fuzz/`.
"""

import argparse
import asyncio
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from bench import fuzz_api, fuzz_files, fuzz_webhook

OUT = Path("var/bench/fuzz.json")
FOLDER = Path("var/bench/fuzz")
PARTS = {"webhook": fuzz_webhook.run, "files": fuzz_files.run, "api": fuzz_api.run}
"""Each takes a folder of its own and seconds, and returns `tried` and `finds`, the latter a list of sentences."""


async def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS, action="append", help="one of them, or several; else all")
    parser.add_argument("--seconds", type=int, default=60, help="for each part")
    chosen = parser.parse_args()
    result: dict[str, Any] = json.loads(OUT.read_text()) if OUT.exists() else {}
    for name in chosen.part or PARTS:
        folder = (FOLDER / name).resolve()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        result[name] = {"seconds": chosen.seconds, **await PARTS[name](folder, chosen.seconds)}
        print(f"{name:<8} {result[name]['tried']:>8} tried in {chosen.seconds} s, {len(result[name]['finds'])} finds", flush=True)
        print(*(f"    {find}" for find in result[name]["finds"][:20]), sep="\n", end="\n" if result[name]["finds"] else "")
        OUT.write_text(json.dumps(result, indent=1, ensure_ascii=False))
    return 1 if any(result[name]["finds"] for name in chosen.part or PARTS) else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
