"""The service's port: opened by the launcher, so that a taken port is one sentence and not a trace.

Browsers resolve *.localhost to ::1 first, so IPv6 is served where the machine has it.
"""

import contextlib
import errno
import os
import socket
from collections.abc import Iterator

from launch import LaunchError

# How machines without IPv6 say so; a taken port is as bad there as in IPv4.
_NO_IPV6 = (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL, errno.ENOPROTOOPT)


def _open(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            # Each family its own socket: the client's address is then never an IPv4 one in IPv6 dress.
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        opened.bind((address, port))
    except OSError:
        opened.close()
        raise
    return opened


@contextlib.contextmanager
def sockets(port: int) -> Iterator[list[int]]:
    """The numbers of bound sockets, ours as long as the block lasts, for the web server to listen on.

    Raises LaunchError when the port is taken or forbidden.
    """
    with contextlib.ExitStack() as opened:
        numbers = []
        for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            try:
                numbers.append(opened.enter_context(_open(family, address, port)).fileno())
            except OSError as error:
                if family == socket.AF_INET or error.errno not in _NO_IPV6:
                    why = "is taken by another program" if error.errno == errno.EADDRINUSE else "cannot be opened"
                    way = f"Port {port} {why} ({os.strerror(error.errno or 0)})"
                    raise LaunchError(f"{way}: choose another: PORT=8001 make run.") from error
        yield numbers
