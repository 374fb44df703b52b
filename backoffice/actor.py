"""Who acts: a signed-in member of staff with the roles held now, or the program itself."""

from dataclasses import dataclass

from standard import roles
from standard.roles import Permission
from standard.stages import SYSTEM

DEPUTY = "plt:"
"""Before a role that somebody holds only as a deputy (Plt.): so it stands in events and approvals."""


@dataclass(frozen=True)
class Actor:
    """`roles` are those held at this moment, deputies' included; `deputised` those of them held only for somebody else.

    `id` is None for the program itself.
    """

    id: str | None
    name: str | None
    roles: frozenset[str]
    deputised: frozenset[str] = frozenset()

    def may(self, permission: Permission) -> bool:
        """Whether one of the roles has that permission."""
        return roles.may(self.roles, permission)

    @property
    def takes_cases(self) -> bool:
        """Whether this person works on one case at a time, and takes it before acting."""
        return roles.takes_cases(self.roles) and not self.may(Permission.TAKE_OVER)

    @property
    def titles(self) -> list[str]:
        """The roles as events name them, one's own before those held for somebody else."""
        return sorted(self.roles - self.deputised) + [f"{DEPUTY}{role}" for role in sorted(self.deputised)]

    def role_among(self, wanted: frozenset[str]) -> str:
        """The role in which an act is done: one of the wanted that is held, one's own rather than a deputy's; else the first held."""
        fitting = self.roles & wanted or self.roles
        own = fitting - self.deputised
        return min(own) if own else f"{DEPUTY}{min(fitting)}"


THE_SYSTEM = Actor(None, None, frozenset({SYSTEM}))


@dataclass(frozen=True)
class SignedIn:
    """A valid session: who it is, the token of its forms, and whether the proof is fresh enough for a signature."""

    actor: Actor
    username: str
    csrf: str
    session_hash: str
    confirmed: bool
    must_change_password: bool
    second_factor: bool = False
    """Whether proofs are codes of an authenticator app or a passkey rather than the password."""
    code_due: bool = False
    """The code is still to come: nothing is open yet but the page that asks for it."""

    code: bool = False
    """Whether an authenticator app is enrolled."""
    passkey: bool = False

    @property
    def types_proof(self) -> bool:
        """Whether the next signature asks for password or code: where the last proof is old, and no passkey stands alone."""
        return not self.confirmed and (self.code or not self.passkey)

    @property
    def staff_id(self) -> str:
        """The account's id: a session is always somebody's."""
        return self.actor.id or ""
