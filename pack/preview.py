"""Shows what a pack becomes before anybody meets it: the office's words, the checklists of typical families, the way of a case."""

from collections.abc import Iterator
from datetime import UTC, datetime

from standard import facts, stages
from standard.clock import write_moment
from standard.deadlines import office_calendar, service_deadline
from standard.requirements import Conditions, FamilyCard, KtpStatus, Reporter, checklist
from standard.roles import roles

FAMILIES = (
    ("married, both papers, the father reports", Conditions(Reporter.AYAH, 1, True, True, None, KtpStatus.KAWIN, KtpStatus.KAWIN)),
    ("married, the mother's KTP not yet KAWIN", Conditions(Reporter.AYAH, 1, True, True, None, KtpStatus.KAWIN, KtpStatus.BELUM_KAWIN)),
    ("no surat kelahiran", Conditions(Reporter.IBU, 1, False, True, None, KtpStatus.KAWIN, KtpStatus.KAWIN)),
    (
        "no surat nikah, a couple in the KK",
        Conditions(Reporter.AYAH, 1, True, False, FamilyCard.KEPALA_ISTRI, KtpStatus.BELUM_KAWIN, KtpStatus.BELUM_KAWIN),
    ),
    ("a mother alone", Conditions(Reporter.IBU, 1, True, False, FamilyCard.TIDAK, None, KtpStatus.BELUM_KAWIN)),
    ("somebody else reports", Conditions(Reporter.LAIN, 1, True, True, None, KtpStatus.BELUM_KAWIN, KtpStatus.BELUM_KAWIN)),
)
EXAMPLE = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
"""A Friday morning: its deadline shows what a weekend does."""


def preview() -> Iterator[str]:
    """Line by line. The pack has to be whole."""
    office, names = facts.load("office"), facts.load("sheets")["items"]
    yield f"{office['kantor']} ({office['layanan']})"
    yield f"  {office['kantor_alamat']} · {office['kantor_jam']}"
    yield f"  numbers: {office['awalan_permohonan']}-…, complaints {office['awalan_pengaduan']}-…"
    due = service_deadline([EXAMPLE])
    open_then = "open" if office_calendar().is_open(EXAMPLE) else "closed"
    yield f"  all papers right on {write_moment(EXAMPLE)} (the office is {open_then}): due {write_moment(due)}"
    yield "\nWhat families are asked for"
    for family, conditions in FAMILIES:
        yield f"  {family}: {', '.join(names[item] for item in checklist(conditions))}"
    yield "\nThe way of a case"
    for stage in stages.stages().values():
        yield f"  {stage.label} ({stage.id}): „{stage.status}“"
        for row in stages.transitions().values():
            if stage.id in row.at:
                who = ", ".join(roles()[role].label for role in sorted(row.roles)) or "the program"
                leads = f" → {row.to}" if row.to else ""
                yield f"    {row.label} [{who}]{leads}{f', tells {row.notice}' if row.notice else ''}"
        if stage.next:
            yield f"    then {stage.next}, when {' and '.join(sorted(stage.done_when))}"
