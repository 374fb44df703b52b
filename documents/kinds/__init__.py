"""Says what kind of document a page is."""
