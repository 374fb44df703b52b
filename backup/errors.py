"""Why a back-up or a restore was not done, in one sentence for the operator."""


class NotDone(Exception):
    """The message says why, and what to do."""
