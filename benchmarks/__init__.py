"""Measurements, run by hand on a quiet machine; docs/performance.md keeps what they found."""
