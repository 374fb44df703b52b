"""What is kept of a bundle while it grows: its shapes, its tables, and what its documents say."""
