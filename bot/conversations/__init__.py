"""Keeps what waits for one person, in order: messages and notices, their files, and the turns made of them."""
