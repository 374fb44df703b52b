"""One case: its events, its derived state, who holds it, and its pages."""
