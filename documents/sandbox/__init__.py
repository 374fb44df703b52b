"""Looks at a stranger's file in a confined child process, so that what is hostile in it reaches nothing."""
