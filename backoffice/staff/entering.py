"""What follows a right second factor, whichever it was: the session opens, and the browser is known from now on."""

from sanic import HTTPResponse, Request

from backoffice.actor import SignedIn
from backoffice.services import Services
from backoffice.staff import cookies
from backoffice.staff.service import StaffService
from backoffice.web import navigation
from backoffice.web.pages import see_other


async def let_in(request: Request) -> HTTPResponse:
    """Opens the waiting session; to one's own account where something was changed by others, else to the page that one's work begins on."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    now = services.clock()
    async with services.database.write() as session:
        opened = await StaffService(session, services.settings, now).open_session(signed_in.session_hash, request.client_ip[:64])
    response = see_other("/akun" if opened.news else navigation.home(signed_in.actor))
    cookies.write(request, response, cookies.SESSION, opened.token)
    cookies.remember_device(request, response, signed_in.username, now)
    return response
