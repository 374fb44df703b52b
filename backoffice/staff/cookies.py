"""The cookies of a staff browser: its session, the token of the sign-in form, and that it signed in to an account before."""

from datetime import datetime, timedelta

from sanic import HTTPResponse, Request

from backoffice.keys import keyed
from backoffice.settings import Settings
from backoffice.staff.origin import DEVICE_REMEMBERED_FOR, known_device, make_device_token

SESSION = "lm_sesi"
FORM = "lm_masuk"
"""Carries the token of the sign-in form, which has no session yet (double submit)."""

DEVICE = "lm_perangkat"


def read(request: Request, name: str) -> str:
    """The cookie's value, or nothing."""
    return request.cookies.get(_full_name(_settings(request), name)) or ""


def write(request: Request, response: HTTPResponse, name: str, value: str, lasting: timedelta | None = None) -> None:
    """Sets a cookie that scripts and other sites can't use, for a working day where nothing else is said."""
    settings = _settings(request)
    response.add_cookie(
        _full_name(settings, name), value, path="/", httponly=True, samesite="Lax", secure=settings.secure_cookies,
        max_age=int((lasting or timedelta(hours=settings.session_hours)).total_seconds()),
    )  # fmt: skip


def remove(request: Request, response: HTTPResponse, name: str) -> None:
    """Takes a cookie out of the browser."""
    write(request, response, name, "", timedelta())


def device_of(request: Request, username: str, now: datetime) -> str | None:
    """The name of the device, where this browser signed in to that account before."""
    settings = _settings(request)
    return known_device(settings, read(request, _device_name(settings, username)), username, now)


def remember_device(request: Request, response: HTTPResponse, username: str, now: datetime) -> None:
    """Makes this browser one that is known for that account; several people may share it."""
    settings = _settings(request)
    write(request, response, _device_name(settings, username), make_device_token(settings, username, now), DEVICE_REMEMBERED_FOR)


def _device_name(settings: Settings, username: str) -> str:
    return f"{DEVICE}_{keyed(settings, 'device-cookie', username)[:12]}"


def _full_name(settings: Settings, name: str) -> str:
    """`__Host-` keeps a neighbouring host of the domain from planting a cookie; browsers take it over HTTPS only."""
    return f"__Host-{name}" if settings.secure_cookies else name


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.ctx.services.settings
    return settings
