import pytest


@pytest.fixture
def numbered(tmp_path):
    """Files that each hold their number, from 1 on."""

    def write(count):
        folder = tmp_path / "in"
        folder.mkdir()
        made = [folder / f"{number}.txt" for number in range(1, count + 1)]
        for number, file in enumerate(made, 1):
            file.write_text(str(number))
        return made

    return write
