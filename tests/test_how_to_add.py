"""README, “How to add”, done to the letter by a script on a copy of the tree, with nothing but what it names."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = shutil.ignore_patterns(".*", "data", "screenshots", "__pycache__")

DATASET = '''"""自助终端: a dataset that only this test knows, with its indicator beside it."""

from catalogue.datasets.words import unit_field, yes_no
from models.definitions import Dataset, Field, Frequency, Indicator, Kind, Part
from rules.conditions import yes
from rules.indicators import share

TERMINALS = Dataset(
    "terminals",
    "自助终端",
    Frequency.SNAPSHOT,
    (
        Part(
            "terminals",
            (
                Field("terminal_code", "终端编号", Kind.CODE, required=True, key=True, aliases=("设备编号",)),
                unit_field(),
                Field("placed_on", "启用日期", Kind.DATE),
                yes_no("working", "是否正常", required=True),
            ),
        ),
    ),
    ("completeness",),
)

COUNTED = (
    Indicator(
        "working_terminal_rate",
        "终端完好率",
        "正常的终端数",
        "终端数",
        ("terminals",),
        share("terminals", having=yes("working")),
    ),
)
'''
HEADINGS = ("终端编号", "责任单位", "启用日期", "是否正常")
ROWS = (("ZD-1", "区人社局", "2023-05-04", "是"), ("ZD-2", "区人社局", "2023-06-01", "否"))

PAGE = '''"""自助终端: a page that only this test knows."""

from components.elements.context import open_page
from components.elements.page_header import page_header

page_header("自助终端", "2 台", open_page("terminals"))
'''
MIGRATIONS = (
    "tests/migrations/test_migrations.py::test_the_migrations_and_the_models_agree",
    "tests/migrations/test_migrations.py::test_down_and_up_again_agrees_too",
)
LINE = '        Entry("search", "查找", EVERYONE),\n'


class Tree:
    """A copy of the tree, as a fresh clone has it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.database = root / "data" / "trial.sqlite3"

    def run(self, *command: str) -> str:
        """Run with this Python and return what was said. Fails unless the command succeeds."""
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        if self.database.exists():
            environment["DATABASE_URL"] = f"sqlite:///{self.database}"
        done = subprocess.run(
            [sys.executable, *command], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def edit(self, path: str, before: str, after: str) -> None:
        """Replace what stands there exactly once."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(before) == 1, path
        (self.root / path).write_text(text.replace(before, after), encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_text(text, encoding="utf-8")

    def migrate(self, what: str) -> str:
        """Write the migration by README's line and return its text."""
        before = set((self.root / "migrations" / "versions").glob("*.py"))
        self.run("-m", "alembic", "revision", "--autogenerate", "-m", what)
        (written,) = set((self.root / "migrations" / "versions").glob("*.py")) - before
        return written.read_text(encoding="utf-8")

    def checked(self, *tests: str) -> None:
        """Lines and types are right, docs are current, and these tests pass."""
        for script in ("make_glossary.py", "make_guide_rules.py"):
            self.run(f"docs/{script}")
        self.run("-m", "ruff", "check", "--quiet", ".")
        self.run("-m", "ruff", "format", "--quiet", "--check", ".")
        self.run("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    shutil.copytree(ROOT, tmp_path / "board", ignore=LEFT_OUT)
    shutil.copytree(ROOT / ".ci", tmp_path / "board" / ".ci")
    shutil.copytree(ROOT / ".streamlit", tmp_path / "board" / ".streamlit")
    return Tree(tmp_path / "board")


def sheet(path: Path, headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    book = openpyxl.Workbook()
    for line in (headings, *rows):
        book.active.append(line)
    book.save(path)


@pytest.mark.slow
def test_a_column_is_one_field_and_a_generated_migration(tree: Tree) -> None:
    reason = '                Field("reason", "原因", '
    office = '                Field("office", "认领科室"),\n'
    tree.edit("catalogue/datasets/lists.py", reason, office + reason)
    assert 'sa.Column("office", sa.String(), nullable=True)' in tree.migrate("department that claims an item")
    tree.checked("tests/test_house.py", *MIGRATIONS)


@pytest.mark.slow
def test_a_dataset_with_its_indicator_is_one_file_a_migration_and_samples(tree: Tree, planned_template: Path) -> None:
    tree.write("catalogue/datasets/terminals.py", DATASET)
    assert '"ix_terminals_report"' in tree.migrate("terminals")
    sheet(tree.root / "sample_data/clean/terminals.xlsx", HEADINGS, ROWS)
    sheet(
        tree.root / "sample_data/messy/terminals.xlsx", ("设备编号", *HEADINGS[1:]), (*ROWS, ("", "区人社局", "", "是"))
    )
    tree.checked("tests/test_house.py", *MIGRATIONS, "tests/catalogue/test_indicators_declared.py")
    tree.database.parent.mkdir()
    shutil.copy(planned_template, tree.database)
    tree.run("manage.py", "init")
    tree.run("manage.py", "template", "terminals", "--out", "模板.xlsx")
    report = ("sample_data/clean/terminals.xlsx", "--dataset", "terminals", "--unit", "区人社局", "--month", "2023-06")
    tree.run("manage.py", "import", *report)
    with sqlite3.connect(tree.database) as database:
        figure = (
            "SELECT numerator, denominator FROM figure WHERE code = 'working_terminal_rate' AND unit_id IS NOT NULL"
        )
        assert database.execute(figure).fetchall() == [(1, 2)]


@pytest.mark.slow
def test_a_page_is_one_file_and_one_line(tree: Tree, sample_template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree.write("pages/terminals.py", PAGE)
    tree.edit("frame/navigation.py", LINE, LINE + '        Entry("terminals", "自助终端", EVERYONE),\n')
    tree.edit(
        "tests/permissions/pages_by_role.py", '    "search": ALL,\n', '    "search": ALL,\n    "terminals": ALL,\n'
    )
    monkeypatch.setenv("SAMPLE_DATABASE", str(sample_template))
    tree.checked(
        "tests/test_house.py",
        "tests/pages/test_every_page.py",
        "tests/permissions/test_every_page.py",
        "-k",
        "terminals or table or navigation",
    )
