"""Puts the security headers on every answer, and lets a form through only from our own page."""

import hmac
from urllib.parse import urlsplit

from sanic import HTTPResponse, Request

from backoffice.errors import FormExpired
from backoffice.web.edge import host_of, require_readable_form

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


async def add_headers(request: Request, response: HTTPResponse) -> None:
    """Pages and pictures are never kept by browser or proxy; static files, whose address changes with their content, are."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.app.ctx.services.settings.secure_cookies:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        response.headers.setdefault("Cache-Control", "no-store")


def require_own_form(request: Request, expected: str) -> None:
    """Raises FormExpired unless the form carries this session's token and comes from this site."""
    require_readable_form(request)
    given: str = (request.form.get("csrf") if request.form else None) or request.headers.get("x-csrf-token") or ""
    origin = request.headers.get("origin")
    own = {request.host, urlsplit(request.app.ctx.services.settings.public_url).netloc}
    if origin is not None and host_of(origin) not in own - {""}:
        raise FormExpired
    if not expected or not hmac.compare_digest(given.encode(), expected.encode()):
        raise FormExpired


def form_of(request: Request) -> dict[str, str]:
    """The fields of a form, single values, stripped."""
    return {name: (request.form.get(name) or "").strip() for name in request.form} if request.form else {}
