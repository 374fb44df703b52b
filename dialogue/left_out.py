"""Runs in Rasa's environment: teaches the complaint model of a trained model file anew, without one file of what it learns from.

`python -m dialogue.left_out MODEL OUT [LEFT_OUT]`. The other steps of the pipeline learn nothing from `data/complaints`.
"""

import logging
import sys
import tarfile
import tempfile
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)


def teach(model: Path, out: Path, left_out: str | None) -> None:
    """Writes `out`: the model file with another complaint model in it."""
    from rasa.shared.nlu.training_data.loading import load_data

    from dialogue.understanding.complaint_classifier import learnt_complaints

    learnt = learnt_complaints(load_data("data/nlu"), left_out)
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(model) as packed:
            packed.extractall(folder, filter="data")
        (place,) = Path(folder).glob("components/*ComplaintClassifier*")
        learnt.save(place)
        with tarfile.open(out, "w:gz") as packed:
            packed.add(folder, arcname="/")


if __name__ == "__main__":
    teach(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)
