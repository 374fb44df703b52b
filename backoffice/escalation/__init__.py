"""Cases that are near or past a deadline, brought before the superior of whom they wait for."""
