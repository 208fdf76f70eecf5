"""Opening connections to checked addresses, and ending them when their time is up."""

import select
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from core.outgoing.addresses import Address
from core.outgoing.trouble import OutgoingError, Reason

Checked = Callable[[str, int], list[Address]]


class Deadline:
    """The moment at which all must be over, however lively the other side still is."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, most: float | None = None) -> float:
        """Seconds that one step may take, at most `most`. OutgoingError when there are none."""
        rest = self._end - time.monotonic()
        if rest <= 0:
            raise OutgoingError(Reason.SLOW, "the time is up")
        return rest if most is None else min(rest, most)


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to the very addresses that were checked: between the look and the connection no name is resolved.

    The certificate is compared with the host's name all the same: that httpcore does above this.
    """

    def __init__(self, checked: Checked, deadline: Callable[[], Deadline]) -> None:
        self._checked = checked
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A stream to the first address that answers."""
        problem: Exception | None = None
        for address in self._checked(host, port):
            try:
                return _Stream(_connected(address, port, self._deadline().left(timeout)), self._deadline)
            except TimeoutError as error:
                problem = httpcore.ConnectTimeout(str(error))
            except OSError as error:
                problem = httpcore.ConnectError(str(error))
        raise problem or httpcore.ConnectError(host)

    def connect_unix_socket(self, *_args: Any, **_more: Any) -> httpcore.NetworkStream:
        """Never: a socket of this machine is the inside."""
        raise OutgoingError(Reason.REFUSED, "a socket of this machine")

    def sleep(self, seconds: float) -> None:
        """Between two attempts."""
        time.sleep(self._deadline().left(seconds))


def _connected(address: Address, port: int, seconds: float) -> socket.socket:
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.settimeout(seconds)
        opened.connect((str(address), port))
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        opened.close()
        raise
    return opened


class _Stream(httpcore.NetworkStream):
    """A socket each of whose steps ends with the deadline: a byte every now and then keeps nobody waiting."""

    def __init__(self, connection: socket.socket, deadline: Callable[[], Deadline]) -> None:
        self._socket = connection
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What has come."""
        try:
            self._socket.settimeout(self._deadline().left(timeout))
            return self._socket.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        rest = memoryview(buffer)
        try:
            while rest:
                self._socket.settimeout(self._deadline().left(timeout))
                rest = rest[self._socket.send(rest) :]
        except TimeoutError as error:
            raise httpcore.WriteTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection in secret, once the other side has proved its name."""
        try:
            # Each step of the greeting gets the time that was left when it began; the whole ends with the next step.
            self._socket.settimeout(self._deadline().left(timeout))
            secret = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        except TimeoutError as error:
            self.close()
            raise httpcore.ConnectTimeout(str(error)) from error
        except ssl.SSLCertVerificationError as error:
            self.close()
            raise OutgoingError(Reason.CERTIFICATE, f"{server_hostname}: {error.verify_message}") from error
        except (OSError, OutgoingError) as error:
            self.close()
            raise error if isinstance(error, OutgoingError) else httpcore.ConnectError(str(error)) from error
        return _Stream(secret, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks a stream for."""
        if info == "ssl_object" and isinstance(self._socket, ssl.SSLSocket):
            return self._socket
        if info == "is_readable":
            poll = select.poll()
            poll.register(self._socket, select.POLLIN)
            return bool(poll.poll(0))
        return {"socket": self._socket}.get(info)
