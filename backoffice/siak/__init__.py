"""The times in which the central SIAK could not be used: a fact of their own, begun and ended by a member of staff."""
