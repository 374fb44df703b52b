"""Says whether somebody has proved who they are lately enough to sign, or proves it with this very form."""

from sanic import Request

from backoffice.actor import SignedIn
from backoffice.services import Services
from backoffice.staff.proof import prove_code, prove_password
from backoffice.staff.service import StaffService
from backoffice.staff.throttle import at_proof


async def has_proof(request: Request) -> bool:
    """True where the session's proof is fresh, or where the form's `password` field (password or code) is right and makes it so.

    Raises TooManyAttempts.
    """
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    given = request.form.get("password", "") if request.form else ""
    if signed_in.confirmed or not given:
        return signed_in.confirmed
    if signed_in.passkey and not signed_in.code:
        return False  # a passkey signs on a form of its own, which makes the session's proof fresh
    prove = prove_code if signed_in.code else prove_password
    if not await prove(services, signed_in.staff_id, given, at_proof(services.settings, signed_in.session_hash)):
        return False
    async with services.database.write() as session:
        await StaffService(session, services.settings, services.clock()).confirm(signed_in.session_hash)
    return True
