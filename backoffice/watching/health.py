"""Says whether the process lives and can work, and gives its figures: /healthz, /readyz, /metrics."""

from functools import partial

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sanic import Request

from backoffice.services import Services
from backoffice.watching.figures import Watching
from documents import figures as of_documents
from runtime.health import Health
from standard.clock import Clock
from storage.backfills import progress
from storage.database import Database
from storage.jobs import Jobs
from storage.kept_blobs import stray_alarm

REGISTRY = CollectorRegistry()
REQUESTS = Counter("backoffice_requests_total", "Requests answered.", ["method", "route", "status"], registry=REGISTRY)
SECONDS = Histogram("backoffice_request_seconds", "Time to answer a request.", ["route"], registry=REGISTRY)
JOBS = Gauge("backoffice_jobs_due", "Jobs that are due or in work.", ["jobs"], registry=REGISTRY)
OLDEST = Gauge("backoffice_jobs_oldest_seconds", "For how long the oldest of them has been due.", ["jobs"], registry=REGISTRY)
WATCHING = Watching(REGISTRY)


def health_of(request: Request) -> Health:
    """What operators ask of the back office. The bot may be away: notices wait."""
    services: Services = request.app.ctx.services
    jobs: Jobs = request.app.ctx.jobs
    checks = {"database": services.database.check, "blobs": services.blobs.check}
    facts = {"confinement": getattr(request.app.ctx, "confinement", {})}
    alarms = partial(_alarms, jobs, services)
    return Health(checks, alarms, partial(figures, jobs, services.database, services.clock), services.settings.landa_mewa_var, facts)


async def _alarms(jobs: Jobs, services: Services) -> dict[str, str]:
    async with services.database.read() as session:
        filling = {each.name: f"being filled in after the update: {each.rows} rows" for each in await progress(session) if not each.done_at}
    return {**await jobs.late(), **filling, **await stray_alarm(services.blobs)}


async def figures(jobs: Jobs, database: Database, clock: Clock) -> bytes:
    """What this process counted, what waits in the database, and what runs out."""
    async with database.read() as session:
        await WATCHING.look(session, clock())
    for name, backlog in (await jobs.backlogs()).items():
        JOBS.labels(name).set(backlog.jobs)
        OLDEST.labels(name).set((clock() - backlog.oldest).total_seconds() if backlog.oldest else 0)
    return generate_latest(REGISTRY) + of_documents()
