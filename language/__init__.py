"""Words as people write them: one normaliser, one phrase book, one reader of document names. Runs in both Pythons (3.10 and 3.11)."""
