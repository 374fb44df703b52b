"""Who acts: a signed-in member of staff with the roles held now, or the program itself."""

from dataclasses import dataclass

from standard import roles
from standard.roles import Permission
from standard.stages import SYSTEM


@dataclass(frozen=True)
class Actor:
    """`roles` are those held at this moment, deputies included; `id` is None for the program itself."""

    id: str | None
    name: str | None
    roles: frozenset[str]

    def may(self, permission: Permission) -> bool:
        """Whether one of the roles has that permission."""
        return roles.may(self.roles, permission)

    @property
    def takes_cases(self) -> bool:
        """Whether this person works on one case at a time, and takes it before acting."""
        return roles.takes_cases(self.roles) and not self.may(Permission.TAKE_OVER)

    def role_among(self, wanted: frozenset[str]) -> str:
        """The role in which an act is done: one of the wanted that is held, else the first held."""
        return min(self.roles & wanted or self.roles)


THE_SYSTEM = Actor(None, None, frozenset({SYSTEM}))
