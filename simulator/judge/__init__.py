"""Judges the body of `POST /<number>/messages` by Meta's written limits, without looking at the world around it."""

from simulator.judge.messages import judge
from simulator.judge.shapes import Objection

__all__ = ["Objection", "judge"]
