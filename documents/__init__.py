"""Looks at one photo or PDF and says what it is, whether it can be read, and what stands on it.

Three doors: `check` here in this process (for the worker, the shell and the benchmark), `Pool`, which does the same in confined
child processes and is what services use, and `Opener`, whose confined processes show a page or look through a PDF without reading it.
Answers are `documents.model.Check`.
"""

from documents.files.types import Examined
from documents.model import Box, Check, Page, Reason, Verdict
from documents.sandbox.figures import figures
from documents.sandbox.opener import THUMBNAIL, Corners, Opener, Unopened
from documents.sandbox.pool import Busy, Pool
from documents.sandbox.probing import NotConfined, probe
from standard.kinds import Kind

__all__ = [
    "THUMBNAIL", "Box", "Busy", "Check", "Corners", "Examined", "Kind", "NotConfined", "Opener", "Page", "Pool", "Reason", "Unopened",
    "Verdict", "check", "figures", "probe",
]  # fmt: skip


def check(data: bytes, *, expect: Kind | None = None, filename: str | None = None) -> Check:
    """One file looked at in this process, unprotected: meant for the worker and for files that are trusted.

    `expect` is the kind that was asked for. `filename` is only for messages: names are not believed.
    """
    from documents.reader import shared  # loads the engine, which a service that only talks to a pool never needs

    return shared().check(data, expect=expect)
