"""Makes one account per role for the demo, once, and writes their passwords to a file that only its owner reads.

Administrators are two: they confirm each other's work.
"""

from pathlib import Path

from backoffice.errors import Invalid
from backoffice.services import Services
from backoffice.staff.people_acts import FirstPassword
from backoffice.staff.service import StaffService
from standard import roles

NAMES = {
    "petugas": "Siti SPESIMEN",
    "operator": "Joko SPESIMEN",
    "kasi_identitas": "Endang SPESIMEN",
    "kasi_kelahiran": "Bambang SPESIMEN",
    "kabid_yandafduk": "Retno SPESIMEN",
    "kabid_yancapil": "Agus SPESIMEN",
    "kepala_dinas": "Sri SPESIMEN",
    "operator_kia": "Wahyu SPESIMEN",
    "petugas_pengaduan": "Lestari SPESIMEN",
    "supervisor": "Hadi SPESIMEN",
    "administrator": "Yuni SPESIMEN",
    "administrator2": "Dwi SPESIMEN",
    "inspektorat": "Ratna SPESIMEN",
}
SECOND = "administrator2"
FILE = "demo-accounts.txt"


async def make_demo_staff(services: Services) -> Path:
    """Creates the accounts that are missing and adds them to the file; doing it again changes nothing. Returns the file's path."""
    path = services.settings.landa_mewa_var / FILE
    lines = []
    wanted = {**{role.id: role for role in roles.roles().values()}, SECOND: roles.roles()["administrator"]}
    firsts = {username: await FirstPassword.make() for username in wanted}
    async with services.database.write() as session:
        staff = StaffService(session, services.settings, services.clock())
        for username, role in wanted.items():
            name, first = NAMES.get(username, f"{role.label} SPESIMEN"), firsts[username]
            try:
                await staff.create(username, name, [role.id], first.hashed, must_change=False)
            except Invalid:
                continue
            lines.append(f"{username:<18} {first.password:<30} {role.label}\n")
        if lines:
            _append(path, lines)
    return path


def _append(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
    with path.open("a", encoding="utf-8") as file:
        file.writelines(lines)
