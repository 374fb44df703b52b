"""What anybody may open: where an application stands, by its number and PIN, and how a paper is verified. On a listener of its own."""
