"""Makes a model whose complaints have not been learnt from one file, so that it can be measured by just that one."""

import subprocess
from pathlib import Path

from scripts import train

FOLDER = train.ROOT / "var" / "bench"


def train_without(left_out: str) -> Path:
    """The trained model, but for its complaints: those have learnt from every file under `data/complaints` but that one."""
    if not any((train.ROOT / "data" / "complaints").rglob(f"{left_out}.yml")):
        raise SystemExit(f"{left_out}.yml is no file under data/complaints")
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = FOLDER / f"without-{left_out}.tar.gz"
    command = [train.RASA[0], "-m", "dialogue.left_out", str(train.train()), str(made), left_out]
    subprocess.run(command, cwd=train.ROOT, env=train.dialogue_environment(), check=True)
    return made
