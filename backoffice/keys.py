"""Keyed hashes of tokens, names and addresses: who reads the database can make neither a session nor a list of names of it."""

import hashlib
import hmac

from backoffice.settings import Settings

SEPARATOR = "\0"


def keyed(settings: Settings, purpose: str, *parts: str) -> str:
    """64 hex figures. What somebody typed comes last among the parts: nothing before it holds the separator."""
    key = settings.session_secret.get_secret_value().encode()
    return hmac.new(key, f"{purpose}:{SEPARATOR.join(parts)}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
