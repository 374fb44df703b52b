"""Runs `rasa data validate` and fails on warnings too, which Rasa itself only prints."""

import subprocess
import sys

from scripts.train import ROOT, dialogue_environment


def main() -> int:
    """0 when the dialogue's data are in order and Rasa has nothing to warn of."""
    rasa = ROOT / "dialogue" / ".venv" / "bin" / "rasa"
    command = [
        str(rasa),
        "data",
        "validate",
        "--domain",
        "domain.yml",
        "--data",
        "data/nlu",
        "data/rules",
        "--config",
        "config.yml",
        "--fail-on-warnings",
    ]
    result = subprocess.run(command, cwd=ROOT, env=dialogue_environment(), capture_output=True, text=True, check=False)
    if result.returncode or "UserWarning" in result.stderr:
        print(result.stdout + result.stderr, file=sys.stderr)
        return 1
    print("rasa data validate: no warnings")
    return 0


if __name__ == "__main__":
    sys.exit(main())
