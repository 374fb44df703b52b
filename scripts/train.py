"""Trains the dialogue model when what it learns from has changed, and names the model after that."""

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (
    "config.yml",
    "domain.yml",
    "data/nlu",
    "data/complaints",
    "data/moments",
    "data/questions",
    "data/rules",
    "dialogue/understanding",
    "language/normaliser.py",
    "data/language/spelling",
    "dialogue/requirements.lock",
)
"""What the model is made of; how Rasa is started and reached changes nothing in it, nor does a text of `data/responses`."""


RASA = (str(ROOT / "dialogue" / ".venv" / "bin" / "python"), "-m", "dialogue.start")
"""Rasa's command line, in its own Python."""


def sources() -> list[Path]:
    """Every file that decides what the model becomes, sorted."""
    found: list[Path] = []
    for name in SOURCES:
        place = ROOT / name
        files = [place] if place.is_file() else place.rglob("*")
        found += [f for f in files if f.is_file() and ".venv" not in f.parts and "__pycache__" not in f.parts]
    return sorted(found)


def model_path() -> Path:
    """Where the model of the present sources lies, or will: `models/landa-mewa-<first 12 hex of their SHA-256>.tar.gz`."""
    digest = hashlib.sha256()
    for file in sources():
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return ROOT / "models" / f"landa-mewa-{digest.hexdigest()[:12]}.tar.gz"


def dialogue_environment() -> dict[str, str]:
    """The environment that Rasa's commands run in: quiet, no telemetry, our components importable."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("WHATSAPP_")},
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "LOG_LEVEL": os.environ.get("DIALOGUE_LOG_LEVEL", "WARNING"),
    }


def train(force: bool = False) -> Path:
    """Trains unless the model of these sources is there. Older models are kept for a way back, the newest three of them."""
    model = model_path()
    if model.exists() and not force:
        print(f"[train] {model.name} is up to date", flush=True)
        return model
    print(f"[train] training {model.name}: a few minutes on two cores", flush=True)
    command = [*RASA, "train", "--domain", "domain.yml", "--data", "data/nlu", "data/rules", "--config", "config.yml"]
    subprocess.run(
        [*command, "--out", "models", "--fixed-model-name", model.name.split(".")[0]], cwd=ROOT, env=dialogue_environment(), check=True
    )
    for old in sorted(model.parent.glob("landa-mewa-*.tar.gz"), key=lambda f: f.stat().st_mtime)[:-4]:
        old.unlink()
    return model


def main() -> int:
    """`--path` prints the model's path without training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--force", action="store_true", help="train even if the model is up to date")
    parser.add_argument("--path", action="store_true", help="only print where the model lies")
    arguments = parser.parse_args()
    if arguments.path:
        print(model_path())
        return 0
    try:
        train(arguments.force)
    except subprocess.CalledProcessError as error:
        print(f"[train] It failed (exit status {error.returncode}); what stands above says why.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
