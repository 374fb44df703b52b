"""What a pack becomes is shown from the pack itself."""

import os
import subprocess
import sys

from standard.place import ROOT
from tests.packs import BLORA, WANAKERTA


def shown(office: object) -> str:
    command = [sys.executable, "-m", "pack", "preview"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "OFFICE": str(office)}, capture_output=True, text=True, check=True)
    return done.stdout


def test_checklists_deadlines_and_the_way_of_a_case_are_those_of_the_pack() -> None:
    blora, other = shown(BLORA), shown(WANAKERTA)
    assert "KTP-el saksi I" in blora and "KTP-el saksi I" not in other
    assert "due 28 November 2026 pukul 10.00 WIB" in blora, "24 clock hours"
    assert "WITA (the office is closed): due 2 Desember 2026 pukul 15.00 WITA" in other, "24 office hours: three, and three days of seven"
    assert "Nyatakan lengkap dan benar [Petugas Penerima Paket] → lengkap, tells berkas_diterima" in blora
    assert "blora" not in other.lower()
