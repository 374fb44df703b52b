"""Names what the complaint model tells apart: the acts, and the kinds that accuse somebody or tell of misused data."""

COMPLAINS = "keluhan"
"""The act of every message that tells of something wrong, asks for information or suggests something."""

OTHER = "bukan"
"""The kind and the act of whatever is neither a complaint nor about one."""

PRAISE = "pujian"

ACTS = ("status_pengaduan", "buka_lagi", "cabut_pengaduan", "rahasiakan", "kanal_pengaduan")
"""What is said of a complaint: how far it is, take it up again, withdraw it, keep my name to yourselves, where else can I complain."""

GRAVE = frozenset({"pungli", "sikap_petugas", "privasi", "ancaman"})
"""The kinds that are restricted (`data/standard/complaints.yml`; a test holds them together)."""


def act_of(kind: str) -> str:
    """The act of a kind: praise is `bukan`, every category is `keluhan`."""
    if kind in (OTHER, PRAISE):
        return OTHER
    return kind if kind in ACTS else COMPLAINS
