"""Takes what was photographed into a draft and finds the place of each document."""
