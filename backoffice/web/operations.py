"""Says whether the process lives and can work, and gives its figures: /healthz, /readyz, /metrics."""

from functools import partial

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sanic import Request

from backoffice.services import Services
from runtime.health import Health
from standard.clock import Clock
from storage.jobs import Jobs

REGISTRY = CollectorRegistry()
REQUESTS = Counter("backoffice_requests_total", "Requests answered.", ["method", "route", "status"], registry=REGISTRY)
SECONDS = Histogram("backoffice_request_seconds", "Time to answer a request.", ["route"], registry=REGISTRY)
JOBS = Gauge("backoffice_jobs_due", "Jobs that are due or in work.", ["jobs"], registry=REGISTRY)
OLDEST = Gauge("backoffice_jobs_oldest_seconds", "For how long the oldest of them has been due.", ["jobs"], registry=REGISTRY)


def health_of(request: Request) -> Health:
    """What operators ask of the back office. The bot may be away: notices wait. `alarms` are jobs that have waited for long."""
    services: Services = request.app.ctx.services
    jobs: Jobs = request.app.ctx.jobs
    checks = {"database": services.database.check, "blobs": services.blobs.check}
    facts = {"confinement": getattr(request.app.ctx, "confinement", {})}
    return Health(checks, jobs.late, partial(figures, jobs, services.clock), facts)


async def figures(jobs: Jobs, clock: Clock) -> bytes:
    """What this process counted, and what waits in the database."""
    for name, backlog in (await jobs.backlogs()).items():
        JOBS.labels(name).set(backlog.jobs)
        OLDEST.labels(name).set((clock() - backlog.oldest).total_seconds() if backlog.oldest else 0)
    return generate_latest(REGISTRY)
