"""The tokens that our processes show one another: one list for each pair, so that a token is changed without a stop.

A setting holds one token or several, apart by blanks or commas: the first is shown to the other side, each is accepted from it.
Runs on Rasa's Python 3.10, too, so it needs the standard library only.
"""

import hmac

SHORTEST = 16
"""Characters of a token; what is shorter can be guessed."""


class TokenWrong(ValueError):
    """A setting holds no token, or one that is too short. The message shows none."""


class Tokens:
    """The valid tokens of one pair of processes. Raises TokenWrong."""

    def __init__(self, setting: str) -> None:
        self._valid = [token.encode() for token in setting.replace(",", " ").split()]
        if not self._valid or min(map(len, self._valid)) < SHORTEST:
            raise TokenWrong(f"a token has at least {SHORTEST} characters; several stand apart by blanks")

    @property
    def shown(self) -> str:
        """The token with which the other side is called."""
        return self._valid[0].decode()

    @property
    def authorization(self) -> str:
        """The same as a header."""
        return f"Bearer {self.shown}"

    def accept(self, authorization: str | None) -> bool:
        """Whether a call carries one of the tokens, compared in constant time; the header may hold anything."""
        scheme, _, given = (authorization or "").partition(" ")
        shown = given.strip().encode("utf-8", "surrogatepass")
        return scheme.lower() == "bearer" and any([hmac.compare_digest(shown, token) for token in self._valid])
