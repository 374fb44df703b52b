"""The public screen in the waiting room: numbers and stages, nothing personal (Seed G.8)."""
