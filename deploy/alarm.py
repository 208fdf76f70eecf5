"""`alarm.py UNIT`: one mail about a unit that failed, to ALARM_ADDRESS, with the platform's own mail server.

Knows nothing but the environment and Python: database, worker and release may be what has failed. The platform's own
alarms (docs/OPERATING.md, "How everybody is") come from the worker; this is for what it cannot say of itself.
"""

import os
import re
import smtplib
import socket
import sys
import time
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

# The same unit is told again after so long.
PAUSE = 6 * 3600
MEANING = {
    "backup": "There is no backup of this night. RUNBOOK, “Backups”.",
    "drill": "The last backup could not be restored beside the live database. RUNBOOK, “Backups”.",
    "check": "Something of this machine is not as it should be; the log names it. RUNBOOK, “Incidents”.",
}


def text(unit: str, host: str) -> str:
    """What has failed, what that means, and where to look."""
    kind = re.sub(r"^chancenportal-(\w+).*$", r"\1", unit)
    meaning = MEANING.get(kind, "RUNBOOK, “Incidents”.")
    return (
        f"{unit} on {host} has failed.\n\n{meaning}\n\n"
        f"Look:    journalctl -u {unit} -n 50 --no-pager\n"
        f"         systemctl status {unit}\n"
        f"Again:   systemctl start {unit}\n\n"
        f"You are told of the same unit once in {PAUSE // 3600} hours.\n"
    )


def is_due(mark: Path, now: float) -> bool:
    """Whether it is long enough ago that somebody was told."""
    return not mark.exists() or now - mark.stat().st_mtime >= PAUSE


def mail(unit: str, environ: "os._Environ[str] | dict[str, str]") -> EmailMessage:
    """The message, from the platform's own sender."""
    host, domain = socket.gethostname(), environ.get("BASE_DOMAIN", "localhost")
    message = EmailMessage()
    message["Subject"] = f"[{domain}] {unit} has failed"
    message["From"] = environ.get("DEFAULT_FROM_EMAIL") or f"portal@{domain}"
    message["To"] = environ["ALARM_ADDRESS"]
    message["Date"], message["Message-ID"] = formatdate(localtime=True), make_msgid(domain=domain)
    message.set_content(text(unit, host))
    return message


def send(message: EmailMessage, environ: "os._Environ[str] | dict[str, str]") -> None:
    """Hand it to the mail server of the platform's settings."""
    with smtplib.SMTP(
        environ.get("EMAIL_HOST", "localhost"), int(environ.get("EMAIL_PORT", "25")), timeout=20
    ) as server:
        if environ.get("EMAIL_USE_TLS") == "1":
            server.starttls()
        if environ.get("EMAIL_HOST_USER"):
            server.login(environ["EMAIL_HOST_USER"], environ.get("EMAIL_HOST_PASSWORD", ""))
        server.send_message(message)


def main(unit: str) -> int:
    """Tell once in six hours; 1 with one line where nobody could be told."""
    environ = os.environ
    if not environ.get("ALARM_ADDRESS"):
        print("ALARM_ADDRESS is not set in /etc/chancenportal/environment: nobody is told.", file=sys.stderr)
        return 1
    folder = Path(environ.get("DATA_DIR", "/var/lib/chancenportal")) / "alarms"
    folder.mkdir(exist_ok=True)
    mark = folder / re.sub(r"[^\w.@-]", "_", unit)
    if not is_due(mark, time.time()):
        return 0
    try:
        send(mail(unit, environ), environ)
    except (OSError, smtplib.SMTPException) as error:
        print(f"The mail about {unit} could not be sent: {error}", file=sys.stderr)
        return 1
    mark.touch()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else "usage: alarm.py UNIT")
