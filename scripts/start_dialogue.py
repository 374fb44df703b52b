"""Starts Rasa alone with the trained model, for a service manager: the process becomes Rasa. `make run` and `make serve` do the same."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pack.check import require_whole
from pack.faults import PackBroken
from scripts import environment as env
from scripts import launch, train


def main() -> int:
    """Returns 1 with one sentence where the pack or the model is not there; else it never returns."""
    os.chdir(env.ROOT)
    settings = env.with_addresses(env.given())
    try:
        require_whole()
        launch.installed_model()
    except (PackBroken, launch.LaunchFault) as fault:
        print(fault, file=sys.stderr)
        return 1
    command = launch.processes(settings, train.model_path(), simulated=False)["dialogue"]
    os.execve(command[0], command, launch.process_environment("dialogue", settings))


if __name__ == "__main__":
    sys.exit(main())
