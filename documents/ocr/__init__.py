"""Finds the lines of text in a page's pixels and reads them."""
