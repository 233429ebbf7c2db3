"""Count how the folders of a layer import each other: folders, arrows between them, levels (the longest chain)."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def imports(path: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def arrows(layer: str, depth: int) -> dict[str, set[str]]:
    """Return each part of the layer (a subject folder at depth 2, a module at 9) → the parts that it imports."""
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): path
        for path in (ROOT / layer).rglob("*.py")
        if path.name != "__init__.py"
    }
    names = {name: ".".join(name.split(".")[:depth]) for name in modules}
    graph: dict[str, set[str]] = {part: set() for part in names.values()}
    for name, path in modules.items():
        graph[names[name]] |= {names[target] for target in imports(path) if target in names} - {names[name]}
    return graph


def levels(graph: dict[str, set[str]]) -> int:
    """Return how many parts the longest chain of imports has. Raises RecursionError for a circle."""

    def height(part: str) -> int:
        return 1 + max(map(height, graph[part]), default=0)

    return max(map(height, graph), default=0)


if __name__ == "__main__":
    for layer in sys.argv[1:] or ("components", "services", "rules"):
        for depth, what in ((9, "modules"), (2, "folders")):
            graph = arrows(layer, depth)
            number = sum(map(len, graph.values()))
            print(f"{layer}: {len(graph)} {what}, {number} arrows, {levels(graph)} levels")
