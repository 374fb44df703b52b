"""Says where an attempt to sign in comes from: the network of its address, and whether the browser signed in to the account before."""

import hmac
import ipaddress
import secrets
from datetime import datetime, timedelta

from backoffice.keys import keyed
from backoffice.settings import Settings

IPV6_PREFIX = 64
"""The smallest network that a provider hands out: one person there has 2^64 addresses, so they count as one."""

DEVICE_REMEMBERED_FOR = timedelta(days=180)
"""A browser is known for so long after its last right sign-in."""


def network_of(address: str) -> str:
    """The network that an address is counted under: IPv4 as it is, IPv6 by its /64; what is no address counts as one network."""
    try:
        parsed = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((int(parsed), IPV6_PREFIX), strict=False))
    return str(parsed)


def make_device_token(settings: Settings, username: str, now: datetime) -> str:
    """What a browser keeps after a right sign-in: `<name of the device>.<second>.<signature>`, good for that account only."""
    device, second = secrets.token_hex(16), str(int(now.timestamp()))
    return f"{device}.{second}.{keyed(settings, 'device', device, second, username)}"


def known_device(settings: Settings, token: str | None, username: str, now: datetime) -> str | None:
    """The device's name, where the token is ours, is this account's, and is not too old."""
    device, _, rest = (token or "").partition(".")
    second, _, signature = rest.partition(".")
    if not hmac.compare_digest(signature.encode("utf-8", "replace"), keyed(settings, "device", device, second, username).encode()):
        return None
    return device if now.timestamp() - int(second) <= DEVICE_REMEMBERED_FOR.total_seconds() else None
