"""Gives these tests a running back office, as its own tests have it."""

from tests.backoffice.conftest import _quick_passwords, api, app, clock, services

__all__ = ["_quick_passwords", "api", "app", "clock", "services"]
