"""Knows what goes to a family by courier: where to, what beside the KIA, and that one tracking number is of one parcel under way."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.models import Case, IssuedNumber
from backoffice.errors import Invalid

KIA, KTP = 0, 1
"""The two parcels that a case can have."""
TRACKED = "resi"
SENT = {"kia_dikirim": KIA, "resi_diperbaiki": KIA, "ktp_dikirim": KTP}
NO_LONGER = {
    "kia_diterima": KIA, "pemohon_menerima": KIA, "kia_cetak_ulang": KIA, "ktp_diserahkan": KTP, "ktp_cetak_ulang": KTP,
}  # fmt: skip
"""After these a number is free again: the parcel has arrived, or came back."""
NEW_KTP = "ktp_lama_ditukar:"
"""The flag of a parent whose KTP-el is made anew."""
UNWRITTEN = ("Sesuai alamat di KK", "Titik lokasi yang dikirim")
"""What bundles of before said in place of an address."""

_TRACKING = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9./-]{4,29}")


def address_of(bundle: Mapping[str, Any]) -> str | None:
    """Where the KIA goes, in words; None where nobody has written it yet."""
    written = (bundle.get("alamat_kia") or {}).get("alamat")
    return None if not written or written in UNWRITTEN else str(written)


def address_known(bundle: Mapping[str, Any]) -> bool:
    """Whether a courier can be told where to go."""
    return address_of(bundle) is not None


def wants_ktp(bundle: Mapping[str, Any]) -> bool:
    """Whether a parent's KTP-el is made anew with this case."""
    return any(str(flag).startswith(NEW_KTP) for flag in bundle.get("flags") or ())


def read_tracking(typed: str) -> str:
    """A courier's number as it is kept: capitals without spaces, 5 to 30. Raises Invalid."""
    tracking = re.sub(r"\s", "", typed).upper()
    if not _TRACKING.fullmatch(tracking):
        raise Invalid(field="tracking", sentence="invalid.parcel.form")
    return tracking


async def follow(session: AsyncSession, case: Case, transition: str, kia: Mapping[str, Any]) -> None:
    """Notes the number of a parcel that is sent, and forgets that of one that is not under way any more.

    Raises Invalid where another parcel under way has that number. The caller holds the case locked.
    """
    parcel = SENT.get(transition, NO_LONGER.get(transition))
    if parcel is None:
        return
    own = (IssuedNumber.case_id == case.id) & (IssuedNumber.kind == TRACKED) & (IssuedNumber.child == parcel)
    await session.execute(delete(IssuedNumber).where(own))
    tracking = kia.get("ktp_tracking" if parcel == KTP else "tracking") if transition in SENT else None
    if tracking is None or kia.get("together"):
        return
    held = select(Case.number).join(IssuedNumber, IssuedNumber.case_id == Case.id)
    other = await session.scalar(held.where(IssuedNumber.kind == TRACKED, IssuedNumber.number == tracking))
    if other is None:  # parcels sent before their numbers were noted
        older = select(Case.number).where(Case.stage == "kia_antar", Case.id != case.id)
        other = await session.scalar(older.where(Case.kia["tracking"].as_string() == tracking).limit(1))
    if other is not None:
        raise Invalid(field="tracking", sentence="invalid.parcel.used", tracking=tracking, other=other)
    session.add(IssuedNumber(kind=TRACKED, number=tracking, case_id=case.id, child=parcel))
    try:
        await session.flush()
    except IntegrityError as error:  # somebody else has sent one with it in this very moment
        raise Invalid(field="tracking", sentence="invalid.parcel.used", tracking=tracking, other="–") from error
