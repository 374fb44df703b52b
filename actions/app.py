"""Builds the action server: rasa-sdk's webhook with our actions, over an intake that is opened when it starts and closed when it stops."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import structlog
from prometheus_client import Gauge, generate_latest
from rasa_sdk import Action, Tracker
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher
from rasa_sdk.types import DomainDict
from sanic import Request, Sanic

from actions import limits, pipeline, problems
from actions.catalogue import Catalogue
from actions.routes import TOPICS, handler_of
from actions.settings import Settings
from actions.turn import turn_of
from intake.opening import of_documents, open_intake
from intake.service import Intake
from intake.upkeep import Upkeep
from runtime.bodies import SMALL, Allowance, Bodies, CarefulRequest, receive_bodies
from runtime.calling import http_client
from runtime.entrance import FIRST, is_caller, keep_private, know_callers, only_callers, require_host
from runtime.health import PATHS, Health, health_routes
from runtime.patience import SILENT_SECONDS

log = structlog.get_logger()

OPEN = PATHS | {"/health"}
"""What is answered without a token: whether the process lives and can work, and its figures."""

LARGEST_TURN = 16 * 1024 * 1024
"""Bytes of a tracker and Rasa's domain with it; they have some hundreds of thousands."""

LOST_PAGES = Gauge("intake_lost_pages", "Hand-overs that wait for a page that is gone")
DISPATCHES = Gauge("intake_dispatches", "Hand-overs to the back office that wait, or were refused for good", ["state"])
OLDEST_DISPATCH = Gauge("intake_oldest_dispatch_seconds", "For how long the oldest of them has been due")
JOBS = Gauge("intake_jobs_due", "Jobs that are due or in work", ["jobs"])
OLDEST_JOB = Gauge("intake_jobs_oldest_seconds", "For how long the oldest of them has been due", ["jobs"])
LAST_BACKUP = Gauge("intake_last_backup_timestamp_seconds", "Until when a back-up holds everything, Unix time; 0: there is none")


class Answer(Action):  # type: ignore[misc]
    """The one action of `domain.yml`: whatever a turn's intent is, it answers through the pipeline."""

    def __init__(self, app: Sanic[Any, Any], catalogue: Catalogue, offers: pipeline.Offers) -> None:
        self._app, self._catalogue, self._offers = app, catalogue, offers

    def name(self) -> str:
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        turn = turn_of(tracker.sender_id, tracker.latest_message)
        try:
            messages = await pipeline.answer(turn, handler_of(turn.intent), self._catalogue, self._app.ctx.intake, TOPICS, self._offers)
        except Exception as error:
            # Raised further, rasa-sdk would hand the whole tracker to Rasa's log. No answer at all makes the bot try the turn again.
            log.error("turn.failed", kind=turn.kind, intent=turn.intent, exc_info=error)
            return []
        for message in messages:
            dispatcher.utter_message(json_message=message)
        return []


def make_app(
    settings: Settings, catalogue: Catalogue, intake: Intake | None = None, confinement: Mapping[str, Any] | None = None
) -> Sanic[Any, Any]:
    """The server. `intake` is given by tests; else it is opened from the settings. `confinement`: what `documents.probe` found."""
    executor = ActionExecutor()
    app: Sanic[Any, Any] = create_app(executor, cors_origins=None)  # no page of a browser reads from it
    executor.register_action(Answer(app, catalogue, pipeline.Offers(settings.by_page, settings.birth_flow)))
    app.blueprint(health_routes(health_of))
    app.ctx.confinement, app.ctx.folder = confinement or {}, settings.landa_mewa_var
    app.request_class = CarefulRequest
    receive_bodies(app, Bodies(LARGEST_TURN, allowance_of))
    app.config.REQUEST_TIMEOUT = SILENT_SECONDS
    know_callers(app, dialogue=settings.dialogue_actions_token)
    app.on_request(require_host, priority=FIRST)
    app.on_request(keep_private(), priority=FIRST)
    app.on_request(only_callers("dialogue", open_paths=OPEN))  # only Rasa gives turns; rasa-sdk asks nobody who they are
    problems.install(app)
    bot = http_client(settings.bot_url, settings.actions_bot_token)
    backoffice = http_client(settings.backoffice_url, settings.actions_backoffice_token)

    @app.before_server_start
    async def begin(app: Sanic[Any, Any]) -> None:
        app.ctx.intake = intake or await open_intake(
            settings.intake_database_url,
            settings.blob_url,
            settings.blob_key.get_secret_value(),
            backoffice,
            settings.readers,
            settings.unconfined_workers,
            bot,
        )
        limits.watch()
        Upkeep(app.ctx.intake, bot).schedule()
        app.ctx.intake.start()

    @app.after_server_stop
    async def end(app: Sanic[Any, Any]) -> None:
        await app.ctx.intake.close()
        for client in (bot, backoffice):
            await client.aclose()

    return app


def health_of(request: Request) -> Health:
    """What operators ask of the actions; `alarms` are jobs that have waited for long."""
    intake: Intake = request.app.ctx.intake
    facts = {"confinement": request.app.ctx.confinement}
    return Health(intake.checks, intake.alarms, partial(figures, intake), request.app.ctx.folder, facts)


async def figures(intake: Intake) -> bytes:
    """What this process counted, and what waits in the database."""
    now = intake.clock()
    LOST_PAGES.set(await intake.courier.count_lost())
    standing = await intake.courier.standing()
    DISPATCHES.labels("waiting").set(standing.waiting)
    DISPATCHES.labels("refused").set(standing.refused)
    OLDEST_DISPATCH.set(max(0.0, (now - standing.oldest).total_seconds()) if standing.oldest else 0)
    for name, backlog in (await intake.jobs.backlogs()).items():
        JOBS.labels(name).set(backlog.jobs)
        OLDEST_JOB.labels(name).set((now - backlog.oldest).total_seconds() if backlog.oldest else 0)
    backed_up = await intake.backed_up()
    LAST_BACKUP.set(backed_up.timestamp() if backed_up else 0)
    return generate_latest() + of_documents()


async def allowance_of(request: Request) -> Allowance:
    """Only Rasa brings trackers."""
    return Allowance(LARGEST_TURN) if is_caller(request) else Allowance(SMALL, stranger=True)
