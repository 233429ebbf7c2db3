"""The sample district loaded into PostgreSQL says what it says in SQLite: lamps, figures, breakdowns, proof, log."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data_access.audit import acts, head
from data_access.breakdowns import breakdowns_kept
from data_access.database import forget_engine, reading
from data_access.figures import figures_kept
from services.audit.search import verify_log
from services.board.lamps_json import lamps_json
from services.board.scorecard import assess
from services.proof.prove import prove
from tests.conftest import manage
from tests.engines import Engine, Served

DAYS = [date(2023, 7, 10), date(2023, 8, 22), date(2023, 9, 1), date(2023, 12, 31)]


@pytest.fixture(scope="module")
def sample_on_postgresql(databases: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the sample district, loaded from its workbooks as a person would."""
    url = databases.empty(tmp_path_factory.mktemp("served"))
    done = manage("init", "--sample", database=url)
    assert done.returncode == 0, done.stdout + done.stderr
    yield url
    databases.forget(url)


@pytest.fixture
def on_both(
    sample_template: Path, sample_on_postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Callable[[], Any]], tuple[Any, Any]]:
    """What a question is answered by SQLite, and by PostgreSQL."""

    def ask(question: Callable[[], Any]) -> tuple[Any, Any]:
        answers = []
        for url in (f"sqlite:///{sample_template}", sample_on_postgresql):
            monkeypatch.setenv("DATABASE_URL", url)
            forget_engine()
            answers.append(question())
        return answers[0], answers[1]

    return ask


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_lamps_of_a_day_are_byte_for_byte_the_same_json(day: date, on_both: Callable[..., tuple[Any, Any]]) -> None:
    embedded, served = on_both(lambda: json.dumps(lamps_json(assess(day)), ensure_ascii=False))
    assert len(embedded) > 10_000
    assert served == embedded


@pytest.mark.parametrize("lines_of", [figures_kept, breakdowns_kept], ids=lambda lines_of: lines_of.__name__)
def test_every_kept_figure_and_breakdown_is_the_same(
    lines_of: Callable[..., list[str]], on_both: Callable[..., tuple[Any, Any]]
) -> None:
    def lines() -> list[str]:
        with reading() as session:
            return lines_of(session)

    embedded, served = on_both(lines)
    assert len(embedded) > 1000
    assert served == embedded


def test_the_proof_of_lamps_is_the_same(on_both: Callable[..., tuple[Any, Any]]) -> None:
    def proofs() -> list[str]:
        lamps = assess(DAYS[1]).lamps[::200]
        return [repr(prove(lamp.measure, lamp.unit, DAYS[1])) for lamp in lamps]

    embedded, served = on_both(proofs)
    assert served == embedded and embedded


def test_the_log_tells_the_same_acts_and_its_chain_is_whole(on_both: Callable[..., tuple[Any, Any]]) -> None:
    def acts_of_log() -> list[tuple[str, ...]]:
        assert verify_log().whole
        with reading() as session:
            return [(act.by, act.action, act.subject, act.unit) for act in acts(session)]

    embedded, served = on_both(acts_of_log)
    assert served == embedded and embedded


def test_what_pg_dump_wrote_and_pg_restore_read_says_the_same_of_lamps_rows_and_log(
    sample_on_postgresql: str, databases: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lamps_rows_and_log() -> tuple[Any, ...]:
        assert verify_log().whole
        with reading() as session:
            return lamps_json(assess(DAYS[1])), figures_kept(session), breakdowns_kept(session), head(session)

    answers = []
    for url in (sample_on_postgresql, databases.dumped_and_restored(sample_on_postgresql, tmp_path)):
        monkeypatch.setenv("DATABASE_URL", url)
        forget_engine()
        answers.append(lamps_rows_and_log())
    assert answers[0] == answers[1]
