"""Names what the complaint model tells apart: the acts, and the kinds that accuse somebody or tell of misused data."""

COMPLAINS = "keluhan"
"""The act of every message that tells of something wrong, asks for information or suggests something."""

OTHER = "bukan"
"""The kind and the act of whatever is neither a complaint nor about one."""

PRAISE = "pujian"

ANSWER = "jawaban"
"""What is said of a registration: an answer, a number, a question beside. No complaint; what it would be behind one is not said by it."""

ACTS = ("status_pengaduan", "buka_lagi", "cabut_pengaduan", "rahasiakan", "kanal_pengaduan")
"""What is said of a complaint: how far it is, take it up again, withdraw it, keep my name to yourselves, where else can I complain."""

ADDITION = "tambahan"
"""Something more of a complaint that is filed."""

CONTENT = "puas"
"""All is well now, or a courtesy behind an answer: nothing is wanted of it."""

LATER = (*ACTS, ADDITION, CONTENT)
"""What is said to somebody who has complained; the other kinds are a new complaint or none."""

GRAVE = frozenset({"pungli", "sikap_petugas", "privasi", "ancaman"})
"""The kinds that are restricted (`data/standard/complaints.yml`; a test holds them together)."""


def act_of(kind: str) -> str | None:
    """The act of a kind: a category is `keluhan`; praise and answers are `bukan`. An addition by itself is none: `tadi jam 9, loket 3`."""
    if kind in (OTHER, PRAISE, CONTENT, ANSWER):
        return OTHER
    if kind == ADDITION:
        return None
    return kind if kind in ACTS else COMPLAINS
