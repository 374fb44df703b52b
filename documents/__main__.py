"""The document check from a shell: `python -m documents check FILE… [--expect KIND] [--json]` (contract `runtime.md`), and `calibrate`."""

import argparse
import asyncio
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from documents.files.types import MAX_BYTES
from documents.model import Check, Reason, Verdict
from documents.sandbox.pool import Pool
from standard.kinds import Kind
from standard.kk_sheets import SHEETS, incomplete, joined_members


def main(arguments: list[str] | None = None) -> int:
    """0 when every file was looked at; argparse leaves with 2 on a usage error."""
    parser = argparse.ArgumentParser(prog="python -m documents", description="Looks at photos and PDFs of a birth's documents.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="what each file is, whether it can be read, what stands on it")
    check.add_argument("files", nargs="+", metavar="FILE", type=Path)
    check.add_argument("--expect", type=Kind, metavar="KIND", choices=list(Kind), help="the kind that was asked for")
    check.add_argument("--json", action="store_true", help="one object on a line, also on a terminal")
    calibration = commands.add_parser("calibrate", help="where the limits of legibility would stand by a corpus with its truth")
    calibration.add_argument(
        "source", type=Path,
        help="a folder that `python -m simulator.specimen corpus` wrote, or a file of `python -m backoffice export photos`",
    )  # fmt: skip
    calibration.add_argument("--write", action="store_true", help="put the proposed limits into data/documents/thresholds.yml")
    chosen = parser.parse_args(arguments)
    if chosen.command == "calibrate":
        from documents.calibrate import calibrate, calibrate_by_decisions  # loads the engine into this process

        if chosen.source.is_file() and chosen.write:
            parser.error("what officers decided proposes limits; --write goes with a corpus, whose truth is known")
        if not chosen.source.exists():
            parser.error(f"no such file or folder: {chosen.source}")
        table = calibrate_by_decisions(chosen.source) if chosen.source.is_file() else calibrate(chosen.source, chosen.write)
        print(*table, sep="\n")
        return 0
    for file in chosen.files:
        if not file.is_file():
            parser.error(f"no such file: {file}")
    asyncio.run(_check(chosen.files, chosen.expect, 2 if sys.stdout.isatty() and not chosen.json else None))
    return 0


async def _check(files: list[Path], expect: Kind | None, indent: int | None) -> None:
    async with Pool(workers=1) as pool:
        for file in files:
            with file.open("rb") as opened:
                data = opened.read(MAX_BYTES + 1)
            answer = await pool.check(data, expect=expect)
            if not answer.complete:
                sheets = [await pool.read_all(page.jpeg, answer.kind) for page in answer.pages[:SHEETS]]
                fields = answer.fields | sheets[0].fields
                if members := joined_members(sheet.fields.get("anggota") or [] for sheet in sheets):
                    fields["anggota"] = members
                lacking = incomplete([sheet.quality for sheet in sheets]) and answer.verdict is Verdict.OK
                answer = replace(
                    answer,
                    verdict=Verdict.OFFICER if lacking else answer.verdict,
                    reasons=(Reason.UNREADABLE_FIELD,) if lacking else answer.reasons,
                    fields=fields,
                    confidence=answer.confidence | sheets[0].confidence,
                    quality=sheets[0].quality | answer.quality,
                    seconds_all=round(answer.seconds + sum(sheet.seconds for sheet in sheets), 3),
                )
            print(json.dumps({"file": str(file), **_plain(answer)}, ensure_ascii=False, indent=indent))


def _plain(check: Check) -> dict[str, Any]:
    """The contract's object: a check without its pictures."""
    plain = {
        "verdict": check.verdict,
        "kind": check.kind,
        "kind_confidence": round(check.kind_confidence, 3),
        "reasons": list(check.reasons),
        "fields": check.fields,
        "confidence": check.confidence,
        "quality": check.quality,
        "seconds": check.seconds,
    }
    if check.others:
        plain["others"] = [_plain(other) | {"page": other.first_page + 1} for other in check.others]
    return plain | ({"seconds_all": check.seconds_all} if check.seconds_all is not None else {})


if __name__ == "__main__":
    sys.exit(main())
