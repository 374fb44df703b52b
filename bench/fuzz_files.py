"""Fuzzes the decoder of files: specimens changed by atheris, which is led by what of our code each one reaches.

atheris is no part of our environments: it is fetched once into `var/tools/atheris`, its version is fixed here.
"""

import asyncio
import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from runtime.settings import ROOT

ATHERIS = "atheris==3.0.0"
TOOLS = ROOT / "var" / "tools" / "atheris"
LARGEST = 200_000
MEMORY_MB = 2500
SLOWEST_SECONDS = 30


def seeds(folder: Path) -> None:
    """Small files of every kind that citizens send, and those made to break whoever opens them."""
    from tests.documents import hostile

    picture = Image.effect_noise((160, 120), 60).convert("RGB")
    for form in ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP"):
        stream = BytesIO()
        picture.save(stream, form)
        (folder / f"noise.{form.lower()}").write_bytes(stream.getvalue())
    stream = BytesIO()
    picture.save(stream, "PDF")
    (folder / "noise.pdf").write_bytes(stream.getvalue())
    made = folder / "made"
    made.mkdir()
    hostile.write(made)
    for file in made.iterdir():
        if file.stat().st_size <= LARGEST:
            file.rename(folder / file.name)
        else:
            file.unlink()
    made.rmdir()


def fuzz(arguments: list[str]) -> None:
    """In a process of its own, which atheris ends: each input is decoded, and examined as staff's PDFs are."""
    sys.path.insert(0, str(TOOLS))
    import atheris

    with atheris.instrument_imports(include=["documents"]):
        from documents.files.decode import decode
        from documents.files.examining import examine
        from documents.files.types import UnfitFileError

    def one(data: bytes) -> None:
        for look in (decode, examine):
            try:
                look(data)
            except UnfitFileError:
                continue

    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


async def run(folder: Path, seconds: int) -> dict[str, Any]:
    """`tried` inputs, and each that made more than a refusal."""
    if not (TOOLS / "atheris").exists():
        install = ["uv", "pip", "install", "-q", "--target", str(TOOLS), "--python", sys.executable, ATHERIS]
        await asyncio.to_thread(subprocess.run, install, check=True)
    (corpus := folder / "corpus").mkdir()
    await asyncio.to_thread(seeds, corpus)
    finds: list[str] = []
    tried, left = 0, float(seconds)
    while left > 1:  # the first find ends a round: go on with what time is left
        began = asyncio.get_running_loop().time()
        options = [
            str(corpus), f"-artifact_prefix={folder}/", f"-max_total_time={int(left)}", f"-rss_limit_mb={MEMORY_MB}",
            f"-max_len={LARGEST}", f"-timeout={SLOWEST_SECONDS}", "-close_fd_mask=1",
        ]  # fmt: skip
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.fuzz_files", *options, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        told = (await child.communicate())[1].decode(errors="replace")
        tried += max((int(number) for number in re.findall(r"^#(\d+)\s", told, re.MULTILINE)), default=0)
        left -= asyncio.get_running_loop().time() - began
        if child.returncode == 0:
            break
        (folder / f"find-{len(finds) + 1}.txt").write_text(told[-20_000:])
        cause = re.findall(r"^(?:\w+(?:\.\w+)*(?:Error|Exception): .*|==\d+== ERROR: .*)$", told, re.MULTILINE)[:1]
        finds.append((cause[-1] if cause else told[-300:])[:300])
        if not tried:
            break
    return {"tried": tried, "finds": finds}


if __name__ == "__main__":
    fuzz(sys.argv[1:])
