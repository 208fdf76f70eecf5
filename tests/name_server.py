"""A real name server on this machine, for whatever asks the DNS: it says what it is told, late or wrongly too."""

import socket
import threading

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


class NameServer:
    """Answers over UDP on a port of its own. `records`: (name, type) to texts; `how`: name to what goes wrong there.

    `how` may be "late" (nothing for so long that nobody waits), "garbage" (bytes that are no message), "stranger" (the
    answer to somebody else's question), "refused".
    """

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], list[str]] = {}
        self.how: dict[str, str] = {}
        self.asked: list[tuple[str, str]] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def close(self) -> None:
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                packet, sender = self._socket.recvfrom(4096)
            except OSError:
                return
            threading.Thread(target=self._answer, args=(packet, sender), daemon=True).start()

    def _answer(self, packet: bytes, sender: tuple[str, int]) -> None:
        query = dns.message.from_wire(packet)
        question = query.question[0]
        name, kind = str(question.name).rstrip(".").lower(), dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        how = self.how.get(name, "")
        if how == "late":
            # So late that whoever asked has gone.
            return
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        if how == "refused":
            answer.set_rcode(dns.rcode.REFUSED)
        elif found := self.records.get((name, kind)):
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *found))
        elif not any(known == name for known, _kind in self.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        if how == "stranger":
            answer.id = (answer.id + 1) % 65536
        wire = b"\xff" * 40 if how == "garbage" else answer.to_wire()
        self._socket.sendto(wire, sender)
