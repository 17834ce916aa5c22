"""A process that draws renderings beside others; Django is set up only once it runs."""

from collections.abc import Sequence
from multiprocessing import parent_process

import django


def work(pks: Sequence[int]) -> None:
    """Draw these renderings one after another, until none waits or whoever began us is gone."""
    django.setup()
    # Their models need Django to be set up.
    from reporting import drawing, store

    parent = parent_process()
    while parent is None or parent.is_alive():
        claimed = store.claim_next(pks)
        if claimed is None:
            return
        drawing.draw(claimed)
