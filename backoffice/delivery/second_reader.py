"""Asks Tesseract what stands on a page that was written anew, in a child process with a limit, where the first reader is in doubt."""

import asyncio
import os
import shutil

import structlog

LIMIT = 30.0
"""Seconds for one page; it takes two."""
LONGEST = 2400

log = structlog.get_logger()


async def read_page(jpeg: bytes, limit: float = LIMIT) -> tuple[str, ...]:
    """The page's lines; none where Tesseract is not installed, fails, or takes longer than `limit` seconds."""
    program = shutil.which("tesseract")
    if program is None:
        return ()
    child = await asyncio.create_subprocess_exec(
        program, "stdin", "stdout", "-l", "ind", "--psm", "4",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", ""), "OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip
    try:
        async with asyncio.timeout(limit):
            text, _ = await child.communicate(jpeg)
    except TimeoutError:
        log.warning("second_reader_too_slow")
        return ()
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return tuple(line for line in text.decode(errors="replace").splitlines() if line.strip())
