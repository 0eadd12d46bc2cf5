"""The hall's services: read by everybody, changed by those who run the hall."""

from flask import Blueprint, Response, request

from queue_server.domain.errors import BadRequest
from queue_server.domain.service_search import LONGEST
from queue_server.parts import parts
from queue_server.services import catalogue
from queue_server.services.orders import Order
from queue_server.web import assets
from queue_server.web.access import Principal
from queue_server.web.bodies import ServiceChange
from queue_server.web.orders import order, read

bp = Blueprint("catalogue", __name__, url_prefix="/api/halls/<hall:hall>")


@read(bp, "/services", "read_public")
def show_services(who: Principal, hall: str) -> Response:
    """The hall's services; with ``text`` those that a search for it finds, best first."""
    text = request.args.get("text")
    if text is not None and len(text) > LONGEST:
        raise BadRequest(field="text", problem=f"longer than {LONGEST} characters")
    with parts().store.reading() as connection:
        found = parts().catalogues.read(connection, hall, text)
    response = Response(found.text, mimetype="application/json")
    response.set_etag(found.tag)
    response.make_conditional(request)
    return assets.pack(response)


@order(bp, "/services/<service:service>", "manage_services", ServiceChange, method="PUT", status=200)
def change_service(who: Principal, body: ServiceChange, service: str) -> Order:
    """Switch a service on or off, or change its guide, fee or papers; what is not given stays."""
    wanted = body.model_dump(include=body.model_fields_set)
    return lambda uow: catalogue.change(uow, service, wanted)
