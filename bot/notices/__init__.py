"""Takes the back office's notices and tells it what became of them."""
