"""Fuzzes the service API of a real back office by what schemathesis makes of our own OpenAPI document.

schemathesis is no part of our environments: uv runs it in one of its own, its version is fixed here.
"""

import asyncio
import hashlib
import os
import re
from pathlib import Path
from typing import Any

import httpx

from bench.office_server import make_settings, running
from runtime.settings import ROOT
from tests.backoffice.office import ITEMS, TOKEN, make_bundle, make_picture
from tests.backoffice.test_api import COMPLAINT

SCHEMATHESIS = "schemathesis==4.32.5"
DOCUMENT = ROOT / "docs" / "backoffice-api.json"
CHECKS = "not_a_server_error,content_type_conformance,response_schema_conformance"


CASE, BUNDLE, COMPLAINT_ID = "LM-261123-7K4F", "draft-1", "c-1"
KNOWN = {"CASE": CASE, "COMPLAINT": str(COMPLAINT["number"]), "PICTURE": hashlib.sha256(make_picture("kk")).hexdigest()}
HOOKS = """
import random
import schemathesis

KNOWN = {known!r}
CHANCE = random.Random(1)  # one of its own: Hypothesis gives the common one the same seed for each example

@schemathesis.hook
def map_path_parameters(context, path_parameters):
    \"\"\"Half the requests name what there is: else nearly every one would end at "unknown".\"\"\"
    if path_parameters and "number" in path_parameters and CHANCE.random() < 0.5:
        kind = "COMPLAINT" if "/complaints/" in context.operation.path else "CASE"
        return {{**path_parameters, "number": KNOWN[kind]}}
    return path_parameters

@schemathesis.hook
def map_body(context, body):
    \"\"\"Half the pages of documents are pictures that there are.\"\"\"
    return _put(body) if CHANCE.random() < 0.5 else body

def _put(value):
    if isinstance(value, dict):
        return {{name: KNOWN["PICTURE"] if name == "blob" else _put(inner) for name, inner in value.items()}}
    return [_put(inner) for inner in value] if isinstance(value, list) else value
"""


async def fill(address: str) -> None:
    """A case, a complaint and the pictures of both. Raises HTTPStatusError."""
    async with httpx.AsyncClient(base_url=address, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60) as api:
        for item in ITEMS:
            data = make_picture(item)
            (await api.put(f"/api/blobs/{hashlib.sha256(data).hexdigest()}", content=data)).raise_for_status()
        (await api.put(f"/api/bundles/{BUNDLE}", json=make_bundle(CASE, email="ibu@contoh.test"))).raise_for_status()
        (await api.put(f"/api/complaints/{COMPLAINT_ID}", json=COMPLAINT)).raise_for_status()


async def run(folder: Path, seconds: int) -> dict[str, Any]:
    """`tried` requests, and each operation for which a check failed."""
    settings = make_settings(f"sqlite:///{folder}/backoffice.db", folder)
    (folder / "known.py").write_text(HOOKS.format(known=KNOWN))
    async with running(settings) as office:
        await fill(office.address)
        command = [
            "uv", "tool", "run", "--from", SCHEMATHESIS, "schemathesis", "run", str(DOCUMENT), "--url", office.address,
            "--header", f"Authorization: Bearer {TOKEN}", "--checks", CHECKS, "--phases", "fuzzing",
            "--max-time", str(seconds), "--no-color", "--continue-on-failure",
        ]  # fmt: skip
        child = await asyncio.create_subprocess_exec(
            *command,
            cwd=folder,
            env={**os.environ, "SCHEMATHESIS_HOOKS": "known", "PYTHONPATH": str(folder)},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        told = (await child.communicate())[0].decode(errors="replace")
    (folder / "schemathesis.txt").write_text(told)
    logged = [line for line in (folder / "backoffice.log").read_text(errors="replace").splitlines() if '"level": "error"' in line]
    tried = sum(int(number) for number in re.findall(r"(\d+) (?:generated|test cases)", told)[:1])
    failed = re.findall(r"^_{3,} (.+?) _{3,}$", told, re.MULTILINE)
    finds = [f"{operation} (see {folder / 'schemathesis.txt'})" for operation in failed]
    if (child.returncode or not tried) and not finds:
        finds = [told[-500:]]
    return {"tried": tried, "finds": finds + [f"in the log: {line[:200]}" for line in logged[:5]]}
