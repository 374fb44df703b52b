"""All states that a case can come to by `stages.yml`, what can be wrong in each, and the shortest way by which staff put it right. Pure."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from backoffice.cases.computed import ALLOWED
from standard import roles, stages
from standard.stages import COMPUTED, HOLD, Refused, Transition

UNIMPORTANT = frozenset({"berkas_dicetak", "pesan_baru", "draf_dikembalikan", "kk_lama", "pdf_di_tangan"})
"""Facts left out of the states: nothing but their own rows asks for them."""
APPROVALS = ("paraf_kk", "paraf_akta", "setuju_kk", "setuju_akta", "setuju_kadis")
EVERYBODY = tuple(roles.roles())
SENT = "dokumen_dikirim"
DONE_WITH_KTP = "ktp_selesai"


@dataclass(frozen=True)
class Spot:
    """A state: stage, stored facts, the state of the documents, which papers there are (`phase kind`), which finals bear a mark."""

    stage: str
    facts: frozenset[str] = frozenset()
    documents: str = "baru"
    papers: frozenset[str] = frozenset()
    marked: frozenset[str] = frozenset()
    ktp: bool = False
    """Whether the parents get new KTP-el."""

    @property
    def all_facts(self) -> frozenset[str]:
        """With those that follow from documents and papers, as the office works them out; NIK are known."""
        found = {
            "semua_diperiksa": self.documents != "baru",
            "ada_yang_salah": self.documents == "salah",
            "semua_benar": self.documents == "benar",
            "perbaikan_lengkap": self.documents != "salah",
            "draf_lengkap": {"draf kk", "draf akta"} <= self.papers,
            "final_lengkap": {"final kk", "final akta"} <= self.papers,
            "nik_lengkap": True,
            "alamat_kia": True,
            DONE_WITH_KTP: not self.ktp,
            "pdf_di_tangan": "pdf_tertahan" not in self.facts,
        }
        doubtful = bool(self.marked) and ALLOWED not in self.facts
        found |= {"final_diragukan": found["final_lengkap"] and doubtful, "final_sesuai": found["final_lengkap"] and not doubtful}
        return self.facts | {fact for fact, holds in found.items() if holds}


@dataclass(frozen=True)
class Move:
    """A transition with what the model lets it bring: a marked paper, or a clean one."""

    row: Transition
    marked: bool = False


def moves(spot: Spot, staff_only: bool = False) -> Iterator[tuple[Move, Spot]]:
    """All that can be done here, with where it leads."""
    for row in stages.transitions().values():
        if (staff_only and not row.roles) or (row.gives | row.clears <= UNIMPORTANT and (row.gives or row.clears) and not row.to):
            continue
        final = row.about == "product" and "final" in row.id
        for marked in (False, True) if final else (False,):
            if (after := taken(spot, Move(row, marked))) is not None:
                yield Move(row, marked), after


def taken(spot: Spot, move: Move) -> Spot | None:
    """Where a move leads, None where it is refused."""
    row = move.row
    try:
        step = stages.take(row.id, spot.stage, spot.all_facts | UNIMPORTANT - row.unless, row.roles or (stages.SYSTEM,))
    except Refused:
        return None
    stored = step.facts - COMPUTED - UNIMPORTANT - (frozenset() if spot.ktp else {DONE_WITH_KTP})
    after = replace(spot, stage=step.stage, facts=stored)
    if "setuju_kadis" in spot.facts - after.facts:
        after = replace(after, papers=frozenset(paper for paper in after.papers if paper.startswith("draf")), marked=frozenset())
    match row.id:
        case "dokumen_benar":
            return replace(after, documents="benar")
        case "dokumen_salah":
            return replace(after, documents="salah")
        case "berkas_dilengkapi":
            return replace(after, documents="baru")
    if row.about == "product":
        kind = row.id.rpartition("_")[2]
        phase = "draf" if "draf" in row.id else "final"
        marked = after.marked if phase == "draf" else after.marked - {kind} | ({kind} if move.marked else frozenset())
        return replace(after, papers=after.papers | {f"{phase} {kind}"}, marked=marked)
    return after


def reachable() -> dict[Spot, tuple[Spot, Move] | None]:
    """Every state, with the state and the move by which it was first come to. What the applicant sends again arrives, too."""
    first = [Spot(stages.first_stage(), ktp=ktp) for ktp in (False, True)]
    found: dict[Spot, tuple[Spot, Move] | None] = dict.fromkeys(first)
    queue = deque(first)
    while queue:
        here = queue.popleft()
        around = list(moves(here))
        if here.stage == "dikembalikan":
            around += [(move, after) for move, after in moves(replace(here, documents="baru")) if move.row.id == "berkas_dilengkapi"]
        for move, after in around:
            if after not in found:
                found[after] = (here, move)
                queue.append(after)
    return found


Right = Callable[[Spot, Move, Spot], bool]
"""Whether this move from one state to another puts the wrong thing right."""


@dataclass(frozen=True)
class Wrong:
    """Something that can be wrong: in which states, and which move puts it right."""

    name: str
    where: Callable[[Spot], bool]
    righted: Right


def _brings(*ids: str) -> Right:
    return lambda _before, move, _after: move.row.id in ids


def _about(what: str) -> Right:
    return lambda _before, move, _after: move.row.about == what or (what == "numbers" and move.row.id == "siak_diinput")


def _loses(fact: str) -> Right:
    return lambda before, _move, after: fact in before.facts and fact not in after.facts


def _in_house(spot: Spot) -> bool:
    return SENT not in spot.facts


WRONGS = (
    Wrong("a declared value", lambda spot: True, _about("data")),
    Wrong("a number from SIAK", lambda spot: True, _about("numbers")),
    Wrong("a document taken for right", lambda spot: spot.documents == "benar" and _in_house(spot), _brings("dokumen_salah")),
    Wrong("a document asked for again", lambda spot: spot.documents == "salah" and _in_house(spot), _brings("dokumen_benar")),
    *(
        Wrong(
            f"the draft of the {kind}",
            lambda spot, k=kind: f"draf {k}" in spot.papers and _in_house(spot),
            _brings(f"unggah_draf_{kind}"),
        )
        for kind in ("kk", "akta")
    ),
    *(
        Wrong(
            f"the final {kind}",
            lambda spot, k=kind: f"final {k}" in spot.papers and (spot.stage == "penerbitan" or not _in_house(spot)),
            _brings(f"unggah_final_{kind}", f"tarik_final_{kind}"),
        )
        for kind in ("kk", "akta")
    ),
    *(Wrong(f"the approval {fact}", lambda spot, f=fact: f in spot.facts and _in_house(spot), _loses(fact)) for fact in APPROVALS),
    Wrong("a word that lets a marked final go", lambda spot: ALLOWED in spot.facts, _loses(ALLOWED)),
    Wrong("a hold that was misunderstood", lambda spot: HOLD in spot.facts, _loses(HOLD)),
    Wrong("the data entered into SIAK", lambda spot: "siak_diinput" in spot.facts and _in_house(spot), _loses("siak_diinput")),
    Wrong("a return to the applicant", lambda spot: spot.stage == "dikembalikan", lambda _b, _m, after: after.stage == "diterima"),
    Wrong("the end without papers", lambda spot: spot.stage == "ditolak", lambda _b, _m, after: after.stage == "diterima"),
    Wrong("a parcel's number", lambda spot: spot.stage == "kia_antar" and "kia_diterima" not in spot.facts, _about("parcel")),
    Wrong("a KIA that was printed", lambda spot: "kia_dicetak" in spot.facts, _brings("kia_cetak_ulang")),
    Wrong("a KIA taken for received", lambda spot: "kia_diterima" in spot.facts, _loses("kia_diterima")),
    Wrong("papers taken for handed over", lambda spot: "pdf_di_kantor" in spot.facts, _loses("pdf_di_kantor")),
    Wrong("the end of a case", lambda spot: spot.stage == "selesai", lambda _b, _m, after: after.stage == "koreksi"),
)  # fmt: skip


def way(spot: Spot, wrong: Wrong) -> list[Move] | None:
    """The shortest way by staff alone to put it right, None where there is none."""
    seen, queue = {spot}, deque([(spot, [])])
    while queue:
        here, done = queue.popleft()
        for move, after in moves(here, staff_only=True):
            if wrong.righted(here, move, after):
                return [*done, move]
            if after not in seen:
                seen.add(after)
                queue.append((after, [*done, move]))
    return None


def stuck(states: dict[Spot, tuple[Spot, Move] | None], wrong: Wrong) -> set[Spot]:
    """The states where it can be wrong and no way by staff leads to putting it right."""
    back: dict[Spot, set[Spot]] = {}
    good: set[Spot] = set()
    for here in states:
        for move, after in moves(here, staff_only=True):
            back.setdefault(after, set()).add(here)
            if wrong.righted(here, move, after):
                good.add(here)
    queue = deque(good)
    while queue:
        for before in back.get(queue.popleft(), ()):
            if before not in good:
                good.add(before)
                queue.append(before)
    return {spot for spot in states if wrong.where(spot) and spot not in good}
