"""The same village as for placements."""

from tests.service.placements.conftest import client, clock, settings, village

__all__ = ["client", "clock", "settings", "village"]
