"""Says whether somebody has proved who they are lately enough to sign, or proves it with this very form."""

from sanic import Request

from backoffice.services import Services
from backoffice.staff.service import SignedIn, StaffService


async def has_proof(request: Request) -> bool:
    """True where the session's proof is fresh, or where the form's `password` field (password or code) is right and makes it so."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    given = request.form.get("password", "") if request.form else ""
    if signed_in.confirmed or not given:
        return signed_in.confirmed
    async with services.database.write() as session:
        return await StaffService(session, services.settings, services.clock()).confirm(signed_in.session_hash, signed_in.actor, given)
