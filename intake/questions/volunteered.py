"""Takes what is told before it is asked for: the child's announced name and facts of the birth, in the middle of another question. Pure."""

import re
from typing import Any

from intake.drafts.learning import note_facts
from intake.drafts.model import Child, Draft, DraftState
from intake.questions.birth_facts import read_facts
from intake.questions.child_names import read_child_name, store_child_name
from intake.questions.question import Said
from intake.reading import is_question, weighs
from intake.reading.frame import read_frame
from language.phrases import plain
from standard.birth_form import birth_fields

ENOUGH = 2
"""From as many facts in one message on, it tells of the birth, whatever else was asked."""

SURE = frozenset({"jenis_kelamin", "berat", "panjang"})
"""Of these one alone tells of the birth: nobody says them of anything else."""

_NAMED = re.compile(
    r"(?:(?:anak|bayi|putra|putri|lare)\w*\s+(?:(?:saya|kulo|kula|kami|pertama|kedua|ketiga|kapisan|mbarep|ragil|ke\s?\d|laki|lanang|wedok|perempuan)\s+){0,3})?"
    r"(?:nama|jeneng|asma|asmo|nami)\w*\s+(?!ibu|ayah|bapak|saksi|saya|kulo|kula|pelapor|pemohon|petugas|bidan|dokter|suami|istri|kakak|adik)"
    r"|(?:dijeneng|dinama|diparingi\s+asm)\w*\s"
)
_OF_A_BIRTH = re.compile(
    r"\b(?:lahir\w*|lair\w*|babar\w*|putr[iao]\w*|cah|ditolong|ditulung\w*|anak\w*|bayi\w*|lare\w*|berat\w*|abot\w*|bobot\w*|bb|gram|gr|kg|kilo)\b"
)
"""An hour and a place alone may be those of a promise (`jam 7 saya foto di rumah`)."""
_WITH = re.compile(r"\b(?:kaliyan|kalian|karo|sama|ditolong|ditulung\w*|dibantu|nolong|nulungi)\b")
_BORN_AT = re.compile(
    r"\b(?:lahir|lahirnya|lahiran|lahire|lair|laire|lairipun|babaran|mbrojol)\s(?:di|neng|nang|ning|ten|teng|wonten|ing)\b"
)
_TWINS = re.compile(r"\b(?:kembar|kmbar|dampit)")
_PARTS = re.compile(r"[,;\n]|\.\s|\s(?:lahir|lair|dan|lan)\w*\s")


def volunteered(said: Said, draft: Draft) -> dict[str, Any]:
    """`nama`: the name and its remarks; fields of the birth: their facts. Only of a single child, and nothing that is known already."""
    if draft.state is not DraftState.OPEN or not draft.agreed or (draft.conditions.jumlah_anak or 1) > 1 or len(draft.children) > 1:
        return {}
    if is_question(said.text) or weighs(said.text) or _TWINS.search(plain(said.text)):
        return {}
    child = draft.children[0] if draft.children else Child()
    name = _name(said, draft) if child.nama is None else None
    rest = said.text if name is None else _without(said.text, name[0])
    facts = read_facts(rest, [field.name for field in birth_fields() if field.name not in child.fields], said.today)
    if name is not None:
        return {"nama": name, **facts}
    stated = len(facts) >= ENOUGH or "tanggal_lahir" in facts
    helped = "penolong" in facts and _WITH.search(plain(said.text)) is not None
    housed = "tempat_dilahirkan" in facts and _BORN_AT.search(plain(said.text)) is not None
    alone = (bool(facts.keys() & SURE) or helped or housed) and not read_frame(said.text, said.today).marks & {
        "promise",
        "waiting",
        "supposed",
    }
    return facts if (stated or alone) and _OF_A_BIRTH.search(plain(said.text)) else {}


def store_early(draft: Draft, stated: dict[str, Any]) -> None:
    """Keeps it; the name is spelled back when its turn comes."""
    if not draft.children:
        draft.children.append(Child())
    if "nama" in stated:
        store_child_name(draft, 0, stated["nama"])
    note_facts(draft, 0, {name: fact for name, fact in stated.items() if name != "nama"}, "chat")


def _without(text: str, name: str) -> str:
    """The text without the words of a name that was read in it."""
    line = " ".join(text.split())
    at = line.upper().find(name)
    return line if at < 0 else f"{line[:at]} {line[at + len(name) :]}"


def _name(said: Said, draft: Draft) -> tuple[str, tuple[str, ...]] | None:
    """The name in the part of the message that announces one."""
    for part in _PARTS.split(said.text):
        if _NAMED.match(plain(part).strip()):
            name = read_child_name(Said(part.strip(), said.today), draft, 0)
            return name if isinstance(name, tuple) else None
    return None
