"""A mailbox of its own behind Debian's Dovecot, spoken to by IMAP over a real socket."""

import getpass
import grp
import imaplib
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mail.servers import free_port

USER, PASSWORD = "rueck", "geheim-genug"
_CONF = """
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{base}/mail
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={base}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass
class Mailbox:
    """Where it listens, and what lies in it."""

    port: int

    def put(self, raw: bytes) -> None:
        """As a mail server would deliver it."""
        with self._entered() as box:
            box.append("INBOX", None, None, raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))

    def left(self) -> int:
        """How many mails are still there."""
        with self._entered() as box:
            _answer, data = box.select("INBOX", readonly=True)
            return int(data[0])

    def clear(self) -> None:
        """Empty it."""
        with self._entered() as box:
            _answer, data = box.select("INBOX")
            if int(data[0]):
                box.store("1:*", "+FLAGS", r"(\Deleted)")
                box.expunge()

    @contextmanager
    def _entered(self) -> Iterator[imaplib.IMAP4]:
        box = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        box.login(USER, PASSWORD)
        try:
            yield box
        finally:
            box.logout()


def _binary() -> str:
    return shutil.which("dovecot") or "/usr/sbin/dovecot"


@contextmanager
def running() -> Iterator[Mailbox]:
    """Dovecot in a folder of its own, gone at the end. As root it hands the mailbox to `nobody`: it refuses to own one,
    and pytest's folders are closed to others."""
    user = "nobody" if os.getuid() == 0 else getpass.getuser()
    found = pwd.getpwnam(user)
    with TemporaryDirectory(prefix="dovecot-") as name:
        folder, port = Path(name), free_port()
        group = grp.getgrgid(found.pw_gid).gr_name
        conf = folder / "dovecot.conf"
        conf.write_text(_CONF.format(base=folder, user=user, group=group, password=PASSWORD, port=port))
        (folder / "mail").mkdir()
        if os.getuid() == 0:
            for each in (folder, folder / "mail"):
                os.chown(each, found.pw_uid, found.pw_gid)
        process = subprocess.Popen([_binary(), "-F", "-c", str(conf)])
        try:
            _wait(port, process)
            yield Mailbox(port)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("Dovecot ended by itself.")
        try:
            imaplib.IMAP4("127.0.0.1", port, timeout=2).logout()
        except (OSError, imaplib.IMAP4.error):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("Dovecot does not answer.")
