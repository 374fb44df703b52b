"""The office packs that tests stand on: what an office changes in its own (`data/`) fails no test.

`blora` is what the tests' conversations and cases were written for; `wanakerta` is a kota that does not exist, in another zone.
"""

from pathlib import Path

BLORA = Path(__file__).parent / "blora"
WANAKERTA = Path(__file__).parent / "wanakerta"
