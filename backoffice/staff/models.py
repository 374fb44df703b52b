"""Tables of accounts: staff, the roles they hold and when, their sessions, and counted attempts at passwords and codes."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, String, or_
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.tables import Base


class Staff(Base):
    """A person who signs in. Never deleted, only made inactive: events name them."""

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=True)
    active: Mapped[bool] = mapped_column(default=True)
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    """Sealed (`staff.totp`); null where no second factor is enrolled."""
    totp_step: Mapped[int | None]
    """The time step of the last code taken: no code counts twice."""
    created_at: Mapped[datetime]
    signed_in_at: Mapped[datetime | None]
    email: Mapped[str | None] = mapped_column(String(254))
    """Where a superior is written to of cases near or past a deadline; null for nowhere."""


class StaffRole(Base):
    """A role that somebody holds, for good or (a deputy, Plt.) for a time."""

    __tablename__ = "staff_roles"
    __table_args__ = (Index(None, "staff_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    role: Mapped[str] = mapped_column(String(40))
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    deputy: Mapped[bool] = mapped_column(default=False)
    stands_for: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    """Whom a deputy stands in for."""


def held_at(now: datetime) -> ColumnElement[bool]:
    """That a row of StaffRole counts at that moment."""
    return (StaffRole.valid_from <= now) & or_(StaffRole.valid_until.is_(None), StaffRole.valid_until > now)


class StaffSession(Base):
    """A signed-in browser. The row holds a keyed hash of the cookie's token, never the token."""

    __tablename__ = "staff_sessions"
    __table_args__ = (Index(None, "staff_id"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    confirmed_at: Mapped[datetime]
    """When the person last proved who it is: signing in does, and the password asked for again before a signature."""
    address: Mapped[str] = mapped_column(String(64))
    browser: Mapped[str] = mapped_column(String(200))
    code_due: Mapped[bool] = mapped_column(default=False)
    """The password was right, the code of the second factor is still to come: nothing else is open to this session."""
    challenge: Mapped[str | None] = mapped_column(String(100))
    """What a passkey has to sign next (base64url); it counts once."""
    challenge_until: Mapped[datetime | None]
    roles: Mapped[list[Any]]
    """The roles held when it began: with one more it ends, and the person signs in anew."""


class Passkey(Base):
    """A passkey of an account (WebAuthn): the public half, which proves who holds the other."""

    __tablename__ = "staff_passkeys"
    __table_args__ = (Index(None, "staff_id"),)

    id: Mapped[str] = mapped_column(String(1400), primary_key=True)
    """The credential's id, base64url; an authenticator may choose up to 1023 bytes."""
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    label: Mapped[str] = mapped_column(String(60))
    public_key: Mapped[bytes]
    sign_count: Mapped[int]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class AttemptCount(Base):
    """Failed attempts of one kind, counted together (`staff.throttle`)."""

    __tablename__ = "attempt_counts"
    __table_args__ = (Index(None, "last_at"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    """A keyed hash: neither name nor address stands here."""
    failures: Mapped[int]
    last_at: Mapped[datetime]
    opens_at: Mapped[datetime | None]
    """When the next attempt is let through; null before the first, and where the count only lengthens other waits."""


class AccountRequest(Base):
    """A change of a guarded account that waits for a second administrator (`staff.four_eyes`)."""

    __tablename__ = "account_requests"
    __table_args__ = (Index(None, "asked_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    act: Mapped[str] = mapped_column(String(40))
    username: Mapped[str] = mapped_column(String(60))
    form: Mapped[dict[str, Any]]
    """What the act needs to know; never a password."""
    asked_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None]
    granted: Mapped[bool | None]
