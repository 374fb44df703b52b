"""The HTTP clients with which processes call one another and the world: one way for time limits, connections and tokens."""

import httpx

from runtime.tokens import Tokens

CONNECT_WITHIN = 3.0
"""Seconds until a process that is away is taken for away."""
ANSWER_WITHIN = 20.0

MOST_CONNECTIONS, MOST_KEPT = 200, 40


def http_client(
    base_url: str = "",
    tokens: Tokens | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> httpx.AsyncClient:
    """A client; with `tokens` it shows the service token at each call. No proxy and no `.netrc` of the machine's user gets between us."""
    return httpx.AsyncClient(
        base_url=base_url,
        headers={"Authorization": tokens.authorization} if tokens else None,
        timeout=httpx.Timeout(ANSWER_WITHIN, connect=CONNECT_WITHIN),
        limits=httpx.Limits(max_connections=MOST_CONNECTIONS, max_keepalive_connections=MOST_KEPT),
        transport=transport,
        trust_env=False,
    )
