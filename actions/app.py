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

from actions import limits, pipeline
from actions.catalogue import Catalogue
from actions.routes import TOPICS, handler_of
from actions.settings import Settings
from actions.turn import turn_of
from intake.opening import open_intake
from intake.service import Intake
from intake.upkeep import Upkeep
from runtime.calling import http_client
from runtime.entrance import know_callers, only_callers
from runtime.health import PATHS, Health, health_routes

log = structlog.get_logger()

OPEN = PATHS | {"/health"}
"""What is answered without a token: whether the process lives and can work, and its figures."""

LOST_PAGES = Gauge("intake_lost_pages", "Hand-overs that wait for a page that is gone")


class Answer(Action):  # type: ignore[misc]
    """The one action of `domain.yml`: whatever a turn's intent is, it answers through the pipeline."""

    def __init__(self, app: Sanic[Any, Any], catalogue: Catalogue) -> None:
        self._app, self._catalogue = app, catalogue

    def name(self) -> str:
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        turn = turn_of(tracker.sender_id, tracker.latest_message)
        try:
            messages = await pipeline.answer(turn, handler_of(turn.intent), self._catalogue, self._app.ctx.intake, TOPICS)
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
    app: Sanic[Any, Any] = create_app(executor)
    executor.register_action(Answer(app, catalogue))
    app.blueprint(health_routes(health_of))
    app.ctx.confinement = confinement or {}
    know_callers(app, dialogue=settings.dialogue_actions_token)
    app.on_request(only_callers("dialogue", open_paths=OPEN))  # only Rasa gives turns; rasa-sdk asks nobody who they are
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
    return Health(intake.checks, intake.alarms, partial(figures, intake), {"confinement": request.app.ctx.confinement})


async def figures(intake: Intake) -> bytes:
    """What is counted."""
    LOST_PAGES.set(await intake.courier.count_lost())
    return generate_latest()
