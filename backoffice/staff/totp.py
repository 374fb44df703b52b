"""The second factor: secrets kept sealed, their QR code, and codes that count once (RFC 6238, 30 seconds, 6 figures)."""

import base64
import os
from datetime import datetime

import pyotp
import segno

from standard.facts import office_facts
from storage.keyring import Box, Keyring

SECRET_BYTES = 20
STEP_SECONDS = 30
TOLERANCE = 1
"""Steps before and after the present one whose codes count: phones' clocks are a little off."""


class Seal:
    """Seals secrets for the database: whoever reads a dump can't make codes. A sealed secret fits one account only."""

    def __init__(self, keyring: Keyring) -> None:
        self._box = Box(keyring, "totp")

    def close(self, secret: str, staff_id: str) -> str:
        """The secret (base32) as it is stored: 64 characters."""
        return base64.urlsafe_b64encode(self._box.close(base64.b32decode(secret), staff_id)).decode()

    def renewed(self, sealed: str, staff_id: str) -> str | None:
        """The same under the newest key; None where it is already. Raises SealBroken."""
        closed = self._box.renewed(base64.urlsafe_b64decode(sealed), staff_id)
        return base64.urlsafe_b64encode(closed).decode() if closed else None

    def open(self, sealed: str, staff_id: str) -> str | None:
        """The secret, or None where it was not sealed by us for that account."""
        try:
            return base64.b32encode(self._box.open(base64.urlsafe_b64decode(sealed), staff_id)).decode()
        except ValueError:
            return None


def new_secret() -> str:
    """A fresh secret in base32, as authenticator apps take it."""
    return base64.b32encode(os.urandom(SECRET_BYTES)).decode()


def step_of(secret: str, code: str, now: datetime, after: int | None) -> int | None:
    """The time step whose code that is, or None. Steps up to `after` have been used."""
    digits = code.replace(" ", "")
    present = int(now.timestamp()) // STEP_SECONDS
    generator = pyotp.TOTP(secret)
    for step in range(present - TOLERANCE, present + TOLERANCE + 1):
        if step > (after or 0) and pyotp.utils.strings_equal(generator.generate_otp(step), digits):
            return step
    return None


def issuer() -> str:
    """Whose account it is, as the app shows it: `Landa Mewa Blora`."""
    return "{layanan} {wilayah}".format_map(office_facts())


def qr_code(secret: str, username: str) -> str:
    """An SVG picture of the secret for an authenticator app."""
    address = pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=issuer())
    return segno.make(address, error="m").svg_inline(scale=5, border=3, dark="#12292c", light="#fff", omitsize=True)
