"""The service standard itself: what is asked, when, of whom, who approves it and how long it may take. Pure, no I/O."""
