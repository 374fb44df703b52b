"""Says who works at the office and what each may do besides moving a case on (Seed B, H, I, K; `roles.yml`)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from standard import facts


class Permission(StrEnum):
    """What a role may do that is no transition of a case."""

    SEE_CASES = "lihat_permohonan"
    SEARCH = "cari"
    SEE_IDENTITY = "lihat_identitas"
    """See identity data of any case; who takes cases sees those of the case taken."""
    ASSIGN = "tunjuk_petugas"
    """Assign officers to the service by a decision (Seed B.4, L)."""
    TAKE_OVER = "ambil_alih"
    """Take a case out of a colleague's hands, or hand it to another."""
    WRITE_TO_APPLICANT = "balas_pemohon"
    COMPLAINTS = "pengaduan"
    ANSWER_COMPLAINTS = "jawab_aduan"
    RESTRICTED_COMPLAINTS = "aduan_terbatas"
    ANSWER_RESTRICTED_COMPLAINTS = "jawab_aduan_terbatas"
    MANAGE_STAFF = "kelola_staf"
    AUDIT = "audit"
    REPORTS = "laporan"


@dataclass(frozen=True)
class Role:
    """One row of `roles.yml`, which explains the flags.

    `takes`: works on one case at a time; `superior`: the role told when a stage is late, or None.
    """

    id: str
    label: str
    takes: bool
    superior: str | None
    permissions: frozenset[Permission]
    guarded: bool = False
    alone: bool = False


@cache
def roles() -> dict[str, Role]:
    """Every role by id, in the order of the way of a case."""
    return {
        row["id"]: Role(
            row["id"],
            row["label"],
            row["takes"],
            row["superior"],
            frozenset(Permission(permission) for permission in row["permissions"]),
            row.get("guarded", False),
            row.get("alone", False),
        )
        for row in facts.load("roles")["roles"]
    }


def may(held: Iterable[str], permission: Permission) -> bool:
    """Whether somebody who holds these roles has the permission."""
    return any(permission in roles()[role].permissions for role in held if role in roles())


def guarded(held: Iterable[str]) -> bool:
    """Whether one of these roles signs, or looks after accounts."""
    return any(roles()[role].guarded for role in held if role in roles())


def can_be_held(wanted: Collection[str]) -> bool:
    """Whether one person may hold just these roles: at least one, known ones, and none that stands alone beside others."""
    known = [roles()[role] for role in wanted if role in roles()]
    return 0 < len(known) == len(wanted) and (len(known) == 1 or not any(role.alone for role in known))


def told_when_late(waiting: Iterable[str]) -> frozenset[str]:
    """Whom it concerns that these roles are late: those above them; where nobody is, those who may take any case over (Seed I)."""
    above = {roles()[role].superior for role in waiting if role in roles()}
    overseers = {role.id for role in roles().values() if Permission.TAKE_OVER in role.permissions}
    return frozenset(role for role in above if role) | (frozenset(overseers) if None in above else frozenset())


def watches(held: Iterable[str]) -> bool:
    """Whether somebody who holds these roles is told when others are late."""
    return bool(told_when_late(roles()).intersection(held))


def takes_cases(held: Iterable[str]) -> bool:
    """Whether somebody who holds these roles takes cases one at a time."""
    return any(roles()[role].takes for role in held if role in roles())
