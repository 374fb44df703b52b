"""Says which pages somebody finds in the menu: one row per page, shown to whoever may open it."""

from dataclasses import dataclass

from backoffice.actor import Actor
from standard import roles, stages
from standard.complaint_flow import step_of
from standard.roles import Permission


@dataclass(frozen=True)
class Entry:
    """One page of the menu; `text` is a key of the catalogue, `icon` one of the sprite, `count` where the number beside it is fetched."""

    path: str
    text: str
    icon: str
    count: str | None = None


def is_approver(actor: Actor) -> bool:
    """Whether one of the roles approves drafts."""
    return any(row.track and row.roles & actor.roles for row in stages.transitions().values())


_ENTRIES = (
    (Entry("/persetujuan", "nav.approvals", "signature"), is_approver),
    (Entry("/antrean", "nav.queue", "list-check"), lambda actor: actor.may(Permission.SEE_CASES)),
    (Entry("/kia", "nav.kia", "id-badge-2"), lambda actor: bool(actor.roles & stages.transitions()["kia_dicetak"].roles)),
    (Entry("/perhatian", "nav.attention", "alert-triangle", "/perhatian/jumlah"), lambda actor: roles.watches(actor.roles)),
    (
        Entry("/tim", "nav.roster", "user-circle", "/tim/jumlah"),
        lambda actor: actor.may(Permission.ASSIGN) or actor.may(Permission.TAKE_OVER),
    ),
    (Entry("/pengaduan", "nav.complaints", "message-report"), lambda actor: actor.may(Permission.COMPLAINTS) or step_of(actor.roles) > 0),
    (Entry("/kebocoran", "nav.breaches", "shield-exclamation"), lambda actor: actor.may(Permission.RESTRICTED_COMPLAINTS)),
    (Entry("/laporan", "nav.reports", "chart-bar"), lambda actor: actor.may(Permission.REPORTS)),
    (Entry("/survei", "nav.survey", "mood-smile"), lambda actor: actor.may(Permission.REPORTS)),
    (Entry("/audit", "nav.audit", "history"), lambda actor: actor.may(Permission.AUDIT)),
    (Entry("/staf", "nav.people", "users"), lambda actor: actor.may(Permission.MANAGE_STAFF) or actor.may(Permission.AUDIT)),
)


def entries(actor: Actor) -> list[Entry]:
    """The menu of that person, the page of their daily work first."""
    return [entry for entry, shown in _ENTRIES if shown(actor)]


def home(actor: Actor) -> str:
    """Where a person's day begins."""
    if actor.roles == frozenset({"petugas_pengaduan"}):
        return "/pengaduan"
    menu = entries(actor)
    return menu[0].path if menu else "/antrean"
