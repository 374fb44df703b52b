"""Says whether the process lives and can work, and gives its figures: /healthz, /readyz, /metrics."""

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sanic import Blueprint, HTTPResponse, Request, json, raw

from backoffice.services import Services

operations = Blueprint("operations")

REGISTRY = CollectorRegistry()
REQUESTS = Counter("backoffice_requests_total", "Requests answered.", ["method", "route", "status"], registry=REGISTRY)
SECONDS = Histogram("backoffice_request_seconds", "Time to answer a request.", ["route"], registry=REGISTRY)
JOBS = Gauge("backoffice_jobs_due", "Jobs that are due or in work.", ["jobs"], registry=REGISTRY)
OLDEST = Gauge("backoffice_jobs_oldest_seconds", "For how long the oldest of them has been due.", ["jobs"], registry=REGISTRY)


@operations.get("/healthz")
async def alive(_request: Request) -> HTTPResponse:
    """The process lives."""
    return json({"status": "ok"})


@operations.get("/readyz")
async def ready(request: Request) -> HTTPResponse:
    """200 only when database and blob store take a write; else 503 with the list of what does not. The bot may be away: notices wait.

    `alarms` names the jobs that have waited for long.
    """
    services: Services = request.app.ctx.services
    failing = []
    for name, check in (("database", services.database.check), ("blobs", services.blobs.check)):
        try:
            await check()
        except Exception:  # whatever the driver raises, the answer is the same
            failing.append(name)
    alarms = {} if failing else await request.app.ctx.jobs.late()
    return json({"status": "failing" if failing else "ok", "failing": failing, "alarms": alarms}, status=503 if failing else 200)


@operations.get("/metrics")
async def metrics(request: Request) -> HTTPResponse:
    """Prometheus text: what this process counted, and what waits in the database."""
    services: Services = request.app.ctx.services
    for name, backlog in (await request.app.ctx.jobs.backlogs()).items():
        JOBS.labels(name).set(backlog.jobs)
        OLDEST.labels(name).set((services.clock() - backlog.oldest).total_seconds() if backlog.oldest else 0)
    return raw(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)
