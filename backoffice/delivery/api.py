"""The service API of what the office sends: the bytes of a final PDF, and files of the complaints desk."""

from sanic import HTTPResponse, Request, raw

from backoffice.api.routes import api
from backoffice.cases.products import Phase, Product
from backoffice.complaints.files import find_file
from backoffice.errors import NotFound
from backoffice.services import Services


@api.get("/files/<file_id:str>", ctx_callers=("bot",))
async def get_file(request: Request, file_id: str) -> HTTPResponse:
    """The bytes of a file that a notice names."""
    services: Services = request.app.ctx.services
    async with services.database.read() as session:
        product = await session.get(Product, file_id)
        file = await find_file(session, file_id) if product is None else None
    if file is not None:
        return raw(await services.blobs.get(file["blob"]), content_type=file["mime"], headers={"Cache-Control": "no-store"})
    if product is None or product.phase != Phase.FINAL:
        raise NotFound
    return raw(await services.blobs.get(product.blob), content_type="application/pdf", headers={"Cache-Control": "no-store"})
