"""Takes the port of a process before anything else is opened, and says in one sentence when somebody has it."""

import socket

BACKLOG = 512


class PortTaken(Exception):
    """Somebody else listens there."""


def listen(host: str, port: int, setting: str) -> socket.socket:
    """A listening socket. Raises PortTaken with the sentence for whoever started the process; `setting` is the port's name."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        raise PortTaken(f"The port {port} of {host} is taken ({error.strerror}). Stop what listens there, or set {setting}.") from None
    return listening
