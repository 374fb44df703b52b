"""Answers every problem in the form that its caller reads: JSON for our services, a page for staff."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from sanic import HTTPResponse, Request, Sanic, json
from sanic.exceptions import SanicException

from backoffice.errors import FilesAway, Problem
from backoffice.services import Services
from backoffice.web.formats import write_wait
from backoffice.web.inline import is_inline, problem_response
from backoffice.web.pages import page
from backoffice.web.texts import catalogue, text
from storage.shelves import ShelfAway

log = structlog.get_logger()


NameOf = Callable[[Services, str], Awaitable[str]]
"""The name of a member of staff, by id."""


def install(app: Sanic[Any, Any], name_of: NameOf) -> None:
    """Registers the handlers."""
    app.ctx.name_of = name_of
    app.exception(Problem)(on_problem)
    app.exception(SanicException)(on_http_error)
    app.exception(ShelfAway)(on_files_away)
    app.exception(Exception)(on_fault)


async def on_problem(request: Request, problem: Problem) -> HTTPResponse:
    """A problem with a name."""
    if request.path.startswith("/api/"):
        return _json(problem.status, problem.code, sentence_of(problem), problem.values)
    if is_inline(request):
        return problem_response(problem, sentence_of(problem, holder=await _name(request, problem.values.get("staff_id"))))
    template = "stale.html" if problem.code == "stale" else "problem.html"
    values = {"events": [], "number": None, **problem.values}
    values["holder"] = await _name(request, values.get("staff_id"))
    return page(
        request, template, status=problem.status, code=problem.code, sentence=sentence_of(problem, holder=values["holder"]), values=values
    )


async def on_http_error(request: Request, error: SanicException) -> HTTPResponse:
    """Unknown addresses, wrong methods, bodies that are too large."""
    code = {404: "unknown", 405: "wrong_method", 413: "too_large"}.get(error.status_code, "bad_request")
    if request.path.startswith("/api/"):
        return _json(error.status_code, code, text(f"problem.{code}"), {})
    if is_inline(request):
        return json({"code": code, "sentence": text(f"problem.{code}"), "field": None, "reload": None}, status=error.status_code)
    return page(request, "problem.html", status=error.status_code, code=code, sentence=text(f"problem.{code}"), values={"number": None})


async def on_files_away(request: Request, error: ShelfAway) -> HTTPResponse:
    """Pictures and papers can't be read or kept now; nothing is lost, and the same works later."""
    log.warning("files_away", path=request.uri_template, cause=type(error).__name__)
    return await on_problem(request, FilesAway())


async def on_fault(request: Request, error: Exception) -> HTTPResponse:
    """A fault of ours: logged whole, told in one sentence."""
    log.error("request_failed", path=request.uri_template, method=request.method, exc_info=error)
    if request.path.startswith("/api/"):
        return _json(500, "fault", text("problem.fault"), {})
    if is_inline(request):
        return json({"code": "fault", "sentence": text("problem.fault"), "field": None, "reload": None}, status=500)
    return page(request, "problem.html", status=500, code="fault", sentence=text("problem.fault"), values={"number": None})


def _json(status: int, code: str, message: str, values: dict[str, object]) -> HTTPResponse:
    shown = {name: value for name, value in values.items() if name in ("field", "hashes", "missing")}
    return json({"error": {"code": code, "message": message, **shown}}, status=status)


def sentence_of(problem: Problem, **more: object) -> str:
    """What the person reads about it."""
    values = {"holder": "", "field": "", **problem.values, **more}
    if "seconds" in values:
        values["wait"] = write_wait(int(str(values["seconds"])))
    if "sentence" in values:
        return text(values["sentence"], **values)
    if problem.code == "doubtful":
        return " ".join(text(f"doubt.{code}") for code in values["doubts"])
    if problem.code == "invalid" and f"invalid.{values['field']}" in catalogue():
        return text(f"invalid.{values['field']}")
    if problem.code == "not_ready":
        known = [f"missing.{fact}" for fact in values["missing"] if f"missing.{fact}" in catalogue()]
        return " ".join(text(key) for key in known) or text("problem.not_ready")
    return catalogue()[f"problem.{problem.code}"].format(**values)


async def _name(request: Request, staff_id: object) -> str:
    name_of: NameOf = request.app.ctx.name_of
    return await name_of(request.app.ctx.services, str(staff_id)) if staff_id else ""
