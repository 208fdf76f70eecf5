"""`manage work`: the job worker. `make run` starts it; in production systemd does."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from procrastinate.contrib.django import app
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.signals import on_stop

from jobs.declare import defer_what_starts
from jobs.services import restart_stalled
from tenants.running.connections import direct_params
from tenants.running.context import inside_public


class Command(BaseCommand):
    help = "Runs jobs until it is stopped (Ctrl-C finishes the running ones first)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at the same time")
        parser.add_argument("--queue", default="", help="only jobs of this queue (docs/OPERATING.md, “A new release”)")
        parser.add_argument("--until-empty", action="store_true", help="stop when the queue is empty")

    def handle(self, *args: Any, **options: Any) -> None:
        queue = {**direct_params("queue"), "options": "-c search_path=public"}
        only = [options["queue"]] if options["queue"] else []
        if not only:
            with inside_public():
                defer_what_starts()
        with app.replace_connector(PsycopgConnector(kwargs=queue)):
            asyncio.run(self._work(options["concurrency"], only, wait=not options["until_empty"]))

    @staticmethod
    async def _work(concurrency: int, queues: list[str], *, wait: bool) -> None:
        taken: dict[str, Any] = {"queues": queues} if queues else {}
        run = partial(
            app.run_worker_async,
            concurrency=concurrency,
            **taken,
            fetch_job_polling_interval=2.0,
            update_heartbeat_interval=5.0,
            stalled_worker_timeout=15.0,
            shutdown_graceful_timeout=20.0,
        )
        async with app.open_async():
            # A worker killed a moment ago left its jobs behind: do not wait for the next full minute.
            await restart_stalled()
            await (run(wait=True, install_signal_handlers=True) if wait else _emptied(run))


async def _emptied(run: Callable[..., Awaitable[None]]) -> None:
    """Work until nothing was found. A worker that does not wait ends at the first look in vain, while the jobs it has
    begun may still be queueing others: so it looks again until it finds nothing at all."""
    begun = 0

    async def counted(call_next: Callable[[], Awaitable[Any]], _context: Any, _worker: Any) -> Any:
        nonlocal begun
        begun += 1
        return await call_next()

    task: Any = asyncio.current_task()
    before = -1
    with on_stop(task.cancel), suppress(asyncio.CancelledError):
        while begun != before:
            before = begun
            await run(wait=False, install_signal_handlers=False, worker_middleware=[counted])
