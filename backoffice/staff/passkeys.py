"""Passkeys as a second factor (WebAuthn): what a browser is asked to sign, and whether it did. The account's password comes before."""

import secrets
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Exists, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import AuthenticatorSelectionCriteria, PublicKeyCredentialDescriptor, UserVerificationRequirement

from backoffice.audit.service import Audit
from backoffice.errors import Invalid, NotSignedIn
from backoffice.services import Services
from backoffice.settings import Settings
from backoffice.staff import throttle
from backoffice.staff.models import Passkey, Staff, StaffSession
from backoffice.staff.throttle import Attempt, Throttle
from backoffice.staff.totp import issuer

VALID_FOR = timedelta(minutes=5)
MOST = 10
"""Passkeys of one account."""

LONGEST = 20_000
"""Characters of what a browser sends back."""


def site(settings: Settings) -> tuple[str, str]:
    """For whom a passkey is made: the host of PUBLIC_URL, and the origin that has to ask for it."""
    parts = urlsplit(settings.public_url)
    return parts.hostname or "", f"{parts.scheme}://{parts.netloc}"


async def of_account(session: AsyncSession, staff_id: str) -> list[Passkey]:
    """An account's passkeys, the oldest first."""
    return list(await session.scalars(select(Passkey).where(Passkey.staff_id == staff_id).order_by(Passkey.created_at, Passkey.id)))


def has_one(staff_id: Any) -> Exists:
    """Whether an account has any, as part of a question."""
    return exists().where(Passkey.staff_id == staff_id)


async def registration(session: AsyncSession, settings: Settings, now: datetime, staff: Staff, session_hash: str) -> str:
    """What the browser is asked in order to make a new passkey, as JSON."""
    known = [PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.id)) for key in await of_account(session, staff.id)]
    options = generate_registration_options(
        rp_id=site(settings)[0],
        rp_name=issuer(),
        user_name=staff.username,
        user_id=staff.id.encode(),
        user_display_name=staff.name,
        challenge=await _challenge(session, session_hash, now),
        exclude_credentials=known,
        authenticator_selection=AuthenticatorSelectionCriteria(user_verification=UserVerificationRequirement.PREFERRED),
    )
    return options_to_json(options)


async def register(
    session: AsyncSession, settings: Settings, now: datetime, staff: Staff, session_hash: str, answer: str, label: str
) -> None:
    """Keeps a new passkey. Raises Invalid (`passkey`) where the answer is not to what was asked, or the account has too many."""
    host, origin = site(settings)
    try:
        made = verify_registration_response(
            credential=answer[:LONGEST],
            expected_challenge=await _asked(session, session_hash, now),
            expected_rp_id=host,
            expected_origin=origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as fault:
        raise Invalid(field="passkey") from fault
    key_id = bytes_to_base64url(made.credential_id)
    if len(await of_account(session, staff.id)) >= MOST or await session.get(Passkey, key_id) is not None:
        raise Invalid(field="passkey")
    session.add(
        Passkey(
            id=key_id,
            staff_id=staff.id,
            label=label.strip()[:60] or "–",
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            created_at=now,
        )
    )
    await Audit(session, now).note("kunci_dipasang", staff.id, staff.username, {})


async def question(session: AsyncSession, settings: Settings, now: datetime, staff_id: str, session_hash: str) -> str:
    """What the browser is asked in order to sign with one of the account's passkeys, as JSON."""
    known = [PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.id)) for key in await of_account(session, staff_id)]
    options = generate_authentication_options(
        rp_id=site(settings)[0],
        challenge=await _challenge(session, session_hash, now),
        allow_credentials=known,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return options_to_json(options)


async def prove(
    services: Services, staff_id: str, session_hash: str, answer: str, attempt: Attempt, failed: str = "konfirmasi_gagal"
) -> bool:
    """Whether a passkey of the account signed what this session was asked: counted, forgiven when right.

    `failed` is the act that a wrong one is noted as. Raises TooManyAttempts.
    """
    await throttle.admit(services, attempt)
    now = services.clock()
    async with services.database.write() as session:
        right = await _is_right(session, services.settings, now, staff_id, session_hash, answer)
        if right:
            await Throttle(session, now).forgive(attempt)
        else:
            await Audit(session, now).note(failed, staff_id, None, {})
    return right


async def remove(session: AsyncSession, now: datetime, staff: Staff, key_id: str) -> None:
    """Takes one passkey off the account; nothing where it has none of that id."""
    key = await session.get(Passkey, key_id)
    if key is not None and key.staff_id == staff.id:
        await session.delete(key)
        await Audit(session, now).note("kunci_dilepas", staff.id, staff.username, {})


async def _is_right(session: AsyncSession, settings: Settings, now: datetime, staff_id: str, session_hash: str, answer: str) -> bool:
    host, origin = site(settings)
    keys = {key.id: key for key in await session.scalars(select(Passkey).where(Passkey.staff_id == staff_id).with_for_update())}
    try:
        asked = await _asked(session, session_hash, now)
        named = _id_in(answer)
        if (key := keys.get(named)) is None:
            return False
        proven = verify_authentication_response(
            credential=answer[:LONGEST],
            expected_challenge=asked,
            expected_rp_id=host,
            expected_origin=origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
        )
    except (WebAuthnException, Invalid, ValueError, KeyError, TypeError):
        return False
    key.sign_count, key.used_at = proven.new_sign_count, now
    return True


def _id_in(answer: str) -> str:
    return bytes_to_base64url(parse_authentication_credential_json(answer[:LONGEST]).raw_id)


async def _challenge(session: AsyncSession, session_hash: str, now: datetime) -> bytes:
    row = await session.get(StaffSession, session_hash)
    if row is None:
        raise NotSignedIn
    fresh = secrets.token_bytes(32)
    row.challenge, row.challenge_until = bytes_to_base64url(fresh), now + VALID_FOR
    return fresh


async def _asked(session: AsyncSession, session_hash: str, now: datetime) -> bytes:
    """What was asked last; it counts once. Raises Invalid where nothing was, or too long ago."""
    row = await session.get(StaffSession, session_hash)
    if row is None or row.challenge is None or row.challenge_until is None or row.challenge_until < now:
        raise Invalid(field="passkey")
    asked, row.challenge, row.challenge_until = base64url_to_bytes(row.challenge), None, None
    return asked
