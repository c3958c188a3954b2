"""A real server, started for these tests where PostgreSQL is installed."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import polars as pl
import pytest

from data.errors import InputError
from data.inbox import InboxSettings, read_inbox
from data.remote.inbox import fetch_inbox
from data.remote.postgres import send_shortlists

dbapi = pytest.importorskip(
    "adbc_driver_postgresql.dbapi", reason="skipped: the extra `postgres` is not installed"
)

TABLES = """
CREATE TABLE people (id text, cv_text text, rate numeric(8, 2), sectors text[], languages jsonb,
                     free date, seen timestamp);
INSERT INTO people VALUES
  ('C2', 'Ran a plant', 900.50, '{energy,retail}', '[{"code": "nl", "level": "C1"}]',
   '2026-12-01', '2026-11-02 10:00'),
  ('C1', '[closed the books]', NULL, NULL, NULL, NULL, NULL);
CREATE VIEW candidates AS SELECT id AS candidate_id, cv_text, rate AS day_rate_eur, sectors,
  languages, free AS available_from, seen AS updated_at FROM people;
CREATE TABLE briefs (brief_id text, title text, must_have text[]);
INSERT INTO briefs VALUES ('B1', 'Plant manager', '{lean,"unions, councils"}');
"""


@pytest.fixture(scope="module")
def server():
    """The address of a fresh database."""
    found = shutil.which("postgres")
    if not found:
        pytest.skip("skipped: no postgres on the path")
    programs, home = Path(found).resolve().parent, Path(tempfile.mkdtemp(prefix="postgres"))
    user = None
    if os.geteuid() == 0:  # the server refuses to run as root
        user = "postgres"
        shutil.chown(home, user)
    initdb = [programs / "initdb", "-D", home / "db", "-U", "agency", "-A", "trust", "-E", "UTF8"]
    made = subprocess.run([*initdb, "--no-sync"], capture_output=True, cwd=home, user=user)
    if made.returncode:
        pytest.skip(f"skipped: initdb failed: {made.stderr.decode()[-200:]}")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["-D", home / "db", "-h", "127.0.0.1", "-p", str(port), "-k", home, "-F"]
    running = subprocess.Popen(
        [programs / "postgres", *words], stderr=subprocess.DEVNULL, cwd=home, user=user
    )
    address = f"postgresql://agency@127.0.0.1:{port}/postgres"
    for _ in range(200):
        try:
            dbapi.connect(address).close()
            break
        except dbapi.Error:
            time.sleep(0.05)
    yield address
    running.terminate()
    running.wait()
    shutil.rmtree(home)


def ask(address, question):
    with dbapi.connect(address) as connection, connection.cursor() as cursor:
        cursor.execute(question)
        return pl.DataFrame(cursor.fetch_arrow())


@pytest.fixture(scope="module")
def database(server):
    with dbapi.connect(server) as connection, connection.cursor() as cursor:
        for statement in TABLES.strip(" ;\n").split(";\n"):
            cursor.execute(statement)
        connection.commit()
    return server


def test_tables_and_views_are_an_inbox(database, tmp_path):
    inbox = read_inbox(fetch_inbox(database, tmp_path), InboxSettings())
    assert inbox.quarantine.is_empty(), inbox.quarantine
    first, second = inbox.candidates.sort("candidate_id").to_dicts()
    assert first["cv_text"] == "[closed the books]"
    assert second["day_rate_eur"] == 900.5
    assert second["sectors"] == ["energy", "retail"]
    assert [spoken["code"] for spoken in second["languages"]] == ["nl"]
    assert inbox.briefs["must_have"].to_list() == [["lean", "unions, councils"]]


def test_an_unchanged_database_gives_unchanged_files(database, tmp_path):
    folder = fetch_inbox(database, tmp_path)
    before = (folder / "candidates.jsonl").read_bytes()
    (folder / "feedback.jsonl").write_text("left by an earlier night")
    assert (fetch_inbox(database, tmp_path) / "candidates.jsonl").read_bytes() == before
    assert not (folder / "feedback.jsonl").exists()


def test_shortlists_are_written_whole_and_once_a_night(server):
    rows = pl.DataFrame({"brief_id": ["B1", "B1"], "candidate_id": ["C1", "C2"], "rank": [1, 2]})
    send_shortlists(server, "first", rows)
    send_shortlists(server, "second", rows)
    send_shortlists(server, "second", rows.head(1))
    told = ask(
        server, "SELECT night, count(*) AS n FROM briefmatch_shortlists GROUP BY 1 ORDER BY 1"
    )
    assert told.rows() == [("first", 2), ("second", 1)]
    with pytest.raises(InputError, match="must answer"):
        send_shortlists(server, "second", rows.with_columns(unknown=pl.lit(1)))
    assert ask(server, "SELECT count(*) AS n FROM briefmatch_shortlists")["n"].item() == 3


def test_a_server_that_is_away_and_a_written_password_are_refused(tmp_path):
    with pytest.raises(InputError, match="must answer"):
        fetch_inbox("postgresql://agency@127.0.0.1:1/none", tmp_path)
    with pytest.raises(InputError, match="PGPASSWORD"):
        fetch_inbox("postgresql://agency:secret@127.0.0.1/none", tmp_path)
