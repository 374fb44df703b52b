"""Lets only our own processes in: each caller has tokens of its own, and each route names the callers that need it."""

from collections.abc import Callable, Collection
from ipaddress import ip_address
from typing import Any

from sanic import HTTPResponse, Request, Sanic, json
from sanic.exceptions import BadRequest

from runtime.health import PATHS
from runtime.tokens import Tokens

FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded", "via")
"""What reverse proxies put on a request. One that has any of them did not come straight from a process of ours."""

ALIVE = "/healthz"
"""Tells nothing but that the process answers: load balancers elsewhere may ask it."""

FIRST = 100
"""Priority of what is asked before any guard of a blueprint, so that its answer is the same whoever asks."""

Guard = Callable[[Request], HTTPResponse | None]


def know_callers(app: Sanic[Any, Any], **callers: Tokens) -> None:
    """Notes by which tokens the application knows each caller."""
    app.ctx.callers = callers


def is_caller(request: Request) -> bool:
    """Whether one of our processes asks, whichever."""
    shown = request.headers.get("authorization")
    return any([tokens.accept(shown) for tokens in request.app.ctx.callers.values()])


def path_of(request: Request) -> str:
    """The address as its route is written: the router takes `/metrics/` for `/metrics`, so a guard must, too."""
    return f"/{request.route.path}" if request.route else request.path


def only_callers(*everywhere: str, open_paths: Collection[str] = ()) -> Guard:
    """For `on_request` of an application or a blueprint: 401 unless a caller of the route shows one of its tokens.

    A route says who calls it (`ctx_callers=("bot",)`); where it says nothing, `everywhere` may, so a route that was forgotten is closed.
    """

    def guard(request: Request) -> HTTPResponse | None:
        if path_of(request) in open_paths:
            return None
        allowed = getattr(request.route.ctx, "callers", everywhere) if request.route else everywhere
        shown = request.headers.get("authorization")
        if any([tokens.accept(shown) for name, tokens in request.app.ctx.callers.items() if name in allowed]):
            return None
        return json({"error": {"code": "unauthorized", "message": "The token is missing or wrong."}}, 401)

    return guard


async def require_host(request: Request) -> None:
    """For `on_request` of an application: raises BadRequest where a request of HTTP/1.1 does not say which host it asks (RFC 9112, 3.2).

    Without a head there is no request: Sanic's own stand-in when one never came whole.
    """
    if request.head and request.version == "1.1" and len(request.headers.getall("host", [])) != 1:
        raise BadRequest("A request names one host.")


def keep_private(*prefixes: str) -> Guard:
    """For `on_request` of an application: 404 for readiness, figures and what lies under `prefixes`, unless asked from within.

    From within: straight, through no proxy, and from this machine or a private network. So what a proxy was to close is closed without it.
    """

    def guard(request: Request) -> HTTPResponse | None:
        path = path_of(request)
        private = (path in PATHS and path != ALIVE) or any(path == prefix or path.startswith(f"{prefix}/") for prefix in prefixes)
        if private and not _from_within(request):
            return json({"error": {"code": "unknown", "message": "There is nothing here."}}, 404)
        return None

    return guard


def _from_within(request: Request) -> bool:
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.ip.partition("%")[0]).is_private
    except ValueError:
        return False
