#!/usr/bin/env python
"""Django's command line."""

import gc
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    # Loading the applications makes a quarter of a million objects, and all of them stay; they need
    # not be looked through for garbage at every 700.
    gc.set_threshold(50_000)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "litvinov.settings")
    execute_from_command_line(sys.argv)
