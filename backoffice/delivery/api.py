"""The service API of what the office made: the bytes of a final PDF."""

from sanic import HTTPResponse, Request, raw

from backoffice.api.routes import api
from backoffice.cases.products import Phase, Product
from backoffice.errors import NotFound
from backoffice.services import Services


@api.get("/files/<file_id:str>", ctx_callers=("bot",))
async def get_file(request: Request, file_id: str) -> HTTPResponse:
    """The bytes of a final PDF that a notice names."""
    services: Services = request.app.ctx.services
    async with services.database.read() as session:
        product = await session.get(Product, file_id)
    if product is None or product.phase != Phase.FINAL:
        raise NotFound
    return raw(await services.blobs.get(product.blob), content_type="application/pdf", headers={"Cache-Control": "no-store"})
