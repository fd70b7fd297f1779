"""A bound on the processor's time of a call, so that a busy machine does not count."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class OverTimeError(BaseException):
    """Not an Exception, so that nothing on the way swallows it."""


def _stop(*_: object) -> None:
    raise OverTimeError


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises OverTimeError in what runs inside once it has used so many seconds of the processor. In the main
    thread, and where there are such timers (POSIX)."""
    before = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
