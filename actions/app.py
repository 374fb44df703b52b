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
from sanic import HTTPResponse, Request, Sanic
from sanic.response import json as json_response

from actions import limits, pipeline
from actions.catalogue import Catalogue
from actions.routes import TOPICS, handler_of
from actions.settings import Settings
from actions.turn import turn_of
from intake.opening import open_intake
from intake.service import Intake
from intake.upkeep import Upkeep
from runtime.calling import http_client
from runtime.health import PATHS, Health, health_routes
from runtime.tokens import Tokens

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
    tokens = Tokens(settings.dialogue_actions_token.get_secret_value())

    @app.on_request
    async def refuse_others(request: Request) -> HTTPResponse | None:
        """Only Rasa gives turns; rasa-sdk asks nobody who they are."""
        if request.path in OPEN or tokens.accept(request.headers.get("authorization")):
            return None
        return json_response({"error": {"code": "unauthorized", "message": "The token is missing or wrong."}}, status=401)

    services = Tokens(settings.service_token.get_secret_value())
    bot, backoffice = (http_client(url, services) for url in (settings.bot_url, settings.backoffice_url))

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
