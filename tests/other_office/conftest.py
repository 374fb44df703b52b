"""These tests run in a process of their own, for the office of Wanakerta (`tests/pack/test_other_office.py` starts it)."""

import pytest

from standard.place import office_folder
from tests.actions.conftest import office  # noqa: F401
from tests.backoffice.conftest import _quick_passwords, api, app, clock, migrations, services, sign_in  # noqa: F401
from tests.packs import WANAKERTA


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Left out where another office's pack was read already."""
    if office_folder() != WANAKERTA:
        for item in items:
            if item.path.parent.name == "other_office":
                item.add_marker(pytest.mark.skip("run by tests/pack/test_other_office.py"))


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url
