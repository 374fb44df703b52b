"""Makes one account per role for the demo, once, and writes their passwords to a file that only its owner reads."""

from pathlib import Path

from backoffice.errors import Invalid
from backoffice.services import Services
from backoffice.staff import passwords
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
    "inspektorat": "Ratna SPESIMEN",
}
FILE = "demo-accounts.txt"


async def make_demo_staff(services: Services) -> Path:
    """Creates the accounts that are missing and adds them to the file; doing it again changes nothing. Returns the file's path."""
    path = services.settings.landa_mewa_var / FILE
    lines = []
    passwords_of = {role: passwords.make_password() for role in roles.roles()}
    hashes = {role: await passwords.make_hash(password) for role, password in passwords_of.items()}
    async with services.database.write() as session:
        staff = StaffService(session, services.settings, services.clock())
        for role in roles.roles().values():
            try:
                await staff.create(role.id, NAMES.get(role.id, f"{role.label} SPESIMEN"), [role.id], hashes[role.id], must_change=False)
            except Invalid:
                continue
            lines.append(f"{role.id:<18} {passwords_of[role.id]:<30} {role.label}\n")
        if lines:
            _append(path, lines)
    return path


def _append(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
    with path.open("a", encoding="utf-8") as file:
        file.writelines(lines)
