"""The collector of garbage, kept out of the way while a report is drawn."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_off() -> Iterator[None]:
    """A render makes a million objects and drops hardly any before it ends: looking for garbage
    among them again and again takes a quarter of its time.

    What has gathered is collected right afterwards, so hold it until the file is where it belongs.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
