"""The office pack: which files an office's rules and texts stand in, what each may hold, and what is wrong with them."""
