"""Answers a browser with a page that was written anew in the confined worker, never kept and never as it came."""

from collections.abc import Awaitable

from sanic import HTTPResponse, raw

from backoffice.errors import NotFound, TooBusy
from documents import Busy, Page, Unopened


async def picture_response(shown: Awaitable[Page]) -> HTTPResponse:
    """The page as JPEG. Raises NotFound where it can't be shown, TooBusy where too many files wait."""
    try:
        page = await shown
    except Unopened as error:
        raise NotFound from error
    except Busy as error:
        raise TooBusy from error
    return raw(page.jpeg, content_type="image/jpeg", headers={"Cache-Control": "no-store"})
