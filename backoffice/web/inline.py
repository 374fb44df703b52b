"""Answers a form that its page sent by itself: what was not taken is said in the form, where all that was typed still stands.

The page (`forms.js`) sends the form with the header `X-Form: inline`. It reads where to go on from a header, a problem from JSON.
Without JavaScript the same routes answer with redirects and pages.
"""

from sanic import HTTPResponse, Request, json

from backoffice.errors import Problem

ASKED = ("x-form", "inline")
GOES_ON = "X-Location"


def is_inline(request: Request) -> bool:
    """Whether the page waits for the answer itself."""
    name, value = ASKED
    return request.method == "POST" and request.headers.get(name) == value


def problem_response(problem: Problem, sentence: str) -> HTTPResponse:
    """What was not taken and why.

    `field` names the field that it is about, `reload` the page of a case that has moved on meanwhile, `sign_in` where a session is opened.
    """
    number, stale = problem.values.get("number"), problem.code == "stale"
    reload = f"/permohonan/{number}" if stale and number else None
    field, sign_in = problem.values.get("field"), problem.values.get("sign_in")
    return json({"code": problem.code, "sentence": sentence, "field": field, "reload": reload, "sign_in": sign_in}, status=problem.status)


async def go_on(request: Request, response: HTTPResponse) -> None:
    """A redirect as the page can read it: a browser would follow it unseen, and fetch the next page twice."""
    if is_inline(request) and response.status == 303:
        response.status = 204
        response.headers[GOES_ON] = response.headers.pop("location")
