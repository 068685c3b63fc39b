"""The service for what its description alone tells."""

import pytest
from fastapi import FastAPI

from service.app import create_app
from service.settings import Settings
from tests.service.accounts import keys


@pytest.fixture(scope="session")
def unopened(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The service beside a database that nobody opens."""
    url = f"sqlite:///{tmp_path_factory.mktemp('described')}/never-opened.db"
    return create_app(Settings(database_url=url, secure_cookies=False))


@pytest.fixture(scope="session")
def described(unopened: FastAPI) -> keys.Schema:
    return keys.document(unopened)
