"""The service's port: opened by the launcher, so that a taken port is one sentence and not a trace.

Browsers resolve *.localhost to ::1 first, so IPv6 is served where the machine has it.
"""

import contextlib
import errno
import os
import socket
from collections.abc import Iterator

from launch import LaunchError


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


def _refusal(port: int, error: OSError) -> LaunchError:
    if error.errno == errno.EADDRINUSE:
        return LaunchError(f"Port {port} is taken by another program: stop it, or choose another: PORT=8001 make run.")
    if error.errno in (errno.EACCES, errno.EPERM):
        return LaunchError(f"Port {port} may not be opened by this account: choose another: PORT=8001 make run.")
    return LaunchError(f"Port {port} cannot be opened: {os.strerror(error.errno or 0)}.")


@contextlib.contextmanager
def sockets(port: int) -> Iterator[list[int]]:
    """The numbers of bound sockets to hand to the web server; ours are closed with the block.

    Raises LaunchError when the port is taken or forbidden.
    """
    with contextlib.ExitStack() as opened:
        try:
            numbers = [opened.enter_context(_open(socket.AF_INET, "127.0.0.1", port)).fileno()]
        except OSError as error:
            raise _refusal(port, error) from error
        try:
            numbers.append(opened.enter_context(_open(socket.AF_INET6, "::1", port)).fileno())
        except OSError as error:
            # Machines without IPv6 say so by one of these; a taken port is as bad as in IPv4.
            if error.errno not in (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL, errno.ENOPROTOOPT):
                raise _refusal(port, error) from error
        yield numbers


def check(port: int) -> None:
    """Refuse a taken port before minutes of preparation, not after."""
    with sockets(port):
        pass
