"""What crosses a wall between rooms, as models that both ends use (docs/contracts.md)."""
