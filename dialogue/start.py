"""Runs Rasa's command line with our logging instead of its own: `python -m dialogue.start run …`.

Rasa writes a citizen's words into its log (the REST channel does, when the caller hangs up), so nothing of its own set-up is left.
Deprecation warnings of its pinned libraries are off: Sanic 21.12 and Rasa turn some on again, whatever PYTHONWARNINGS says.
"""

import os
import sys
import warnings
from typing import Any

import sanic  # first, so that what it sets is set back below

from runtime.process import begin
from runtime.tokens import Tokens, TokenWrong

warnings.filterwarnings("ignore", category=DeprecationWarning)

import matplotlib  # noqa: E402, F401 (now, before Rasa shows user warnings, as which pyparsing's pass)
import rasa.__main__ as rasa_command  # noqa: E402
import rasa.server  # noqa: E402
import rasa.utils.io  # noqa: E402
import sanic.log  # noqa: E402

SERVING = {"run"}
"""Commands that see what citizens write. The others (train, test, data) speak to a developer, as Rasa means them to."""


def show_token() -> None:
    """Puts the header for the action server where endpoints.yml finds it. Ends the process with one sentence where there is no token."""
    for name in ("BOT_DIALOGUE_TOKEN", "DIALOGUE_ACTIONS_TOKEN"):
        try:
            os.environ["ACTIONS_AUTHORIZATION"] = Tokens(os.environ.get(name, "")).authorization
        except TokenWrong as fault:
            sys.exit(f"The dialogue can't start. {name}: {fault}.")


def keep_rasa_out() -> None:
    """Takes from Rasa and its Sanic what puts log handlers of their own in place of ours, and the page that tells its version."""

    def nothing(*_args: Any, **_kwargs: Any) -> None:
        """What Rasa would set up is set up."""

    rasa_command.configure_structlog = nothing
    rasa.utils.io.configure_colored_logging = nothing
    rasa.server.add_root_route = nothing
    sanic.log.LOGGING_CONFIG_DEFAULTS.clear()
    rasa.server.add_root_route = nothing
    sanic.log.LOGGING_CONFIG_DEFAULTS.update(version=1, disable_existing_loggers=False)


if __name__ == "__main__":
    if SERVING.intersection(sys.argv[1:2]):
        begin("dialogue")
        show_token()
        keep_rasa_out()
    sys.exit(rasa_command.main())
