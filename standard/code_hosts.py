"""Says whether an address that a QR code bears lies at the registry (`papers.yml`, `qr_hosts`). Pure."""

from urllib.parse import urlsplit

from standard import facts

PORTS = {"https": 443, "http": 80}


def leads_to_the_registry(address: str) -> bool:
    """Whether its host is in the list or below one of it: on the usual port, and without a name or password before it."""
    if not (address.isascii() and address.isprintable()) or any(letter in address for letter in " \\\"'<>"):
        return False
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return False
    if parts.scheme not in PORTS or port not in (None, PORTS[parts.scheme]) or "@" in parts.netloc:
        return False
    return any(host == one or host.endswith(f".{one}") for one in facts.load("papers")["qr_hosts"])
