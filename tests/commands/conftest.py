"""A small district, 兰州市云岭区, and the command line called in this process."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

import manage
from services.operations.set_up import set_up
from tests.commands.files import Answer, write
from tests.conftest import of_its_own
from tests.engines import Engine

UNITS = [
    ["单位名称", "单位类别", "别名", "工程建设项目审批单位"],
    ["区人社局", "部门", "区人力资源和社会保障局、人社局", None],
    ["区住建局", "部门", "住建局", "是"],
    ["三维数字中心", "其他", "数字中心", None],
    ["安宁堡街道", "镇街", None, None],
    ["东关街道", "镇街", None, None],
    ["河口镇", "镇街", None, None],
    ["石板乡", "镇街", None, None],
]

Run = Callable[..., Answer]


@pytest.fixture(scope="session")
def district_made_once(databases: Engine, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("cloud")
    units = write(folder / "责任单位.xlsx", UNITS)
    return databases.template(folder, lambda: set_up(units_file=units, district="兰州市云岭区"))


@pytest.fixture
def district(
    databases: Engine, district_made_once: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A database of its own with the shipped plan and seven units. DATABASE_URL is its address."""
    yield from of_its_own(databases, databases.copy(district_made_once, tmp_path), monkeypatch)


@pytest.fixture
def run(district: str, capsys: pytest.CaptureFixture[str]) -> Run:
    """manage.py with its arguments: the exit status, the JSON on standard output, standard error."""

    def call(*arguments: object) -> Answer:
        capsys.readouterr()
        try:
            status = manage.main([str(argument) for argument in arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        output = capsys.readouterr()
        return Answer(status, json.loads(output.out) if output.out else None, output.err)

    return call


@pytest.fixture
def check(run: Run, tmp_path: Path) -> Run:
    """A file, or rows to be written as one, checked with --records."""

    def call(
        content: Path | Sequence[Sequence[object]] | dict[str, Sequence[Sequence[object]]],
        *arguments: object,
        name: str = "表.xlsx",
    ) -> Answer:
        path = content if isinstance(content, Path) else write(tmp_path / name, content)
        return run("check", path, "--json", "--records", *arguments)

    return call
