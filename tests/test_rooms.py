"""The map of the house, kept true by a test that also sees imports inside functions."""

import ast
from pathlib import Path

import pytest

import onkos

HOUSE = Path(onkos.__file__).parent
FLOOR = {"errors": set(), "model": {"errors"}, "criteria": {"errors", "model"},
         "stats": set(), "refit": set(), "dose": set(), "origin_likelihood": set()}  # fmt: skip
MEETING_PLACES = {"pipeline": {"annotate", "biomarkers", "evidence", "plan", "risk",
                               "trials"},
                  "cli": {"pipeline", "report", "sources"}}  # fmt: skip
FLOOR_ROOMS = {"errors", "model", "criteria", "stats", "refit", "dose", "origin_likelihood"}


def rooms_imported(file: Path) -> set[str]:
    """First name under ``onkos`` of every import in the file, wherever it stands."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.ImportFrom(level=level) if level:
                raise AssertionError(f"{file}: relative import; say where from")
            case ast.ImportFrom(module="onkos", names=names):
                found |= {alias.name for alias in names if alias.name != "__version__"}
            case ast.ImportFrom(module=str(module)) if module.startswith("onkos."):
                found.add(module.split(".")[1])
            case ast.Import(names=names):
                for alias in names:
                    if alias.name.startswith("onkos."):
                        found.add(alias.name.split(".")[1])
    return found


@pytest.mark.parametrize(
    "file", sorted(HOUSE.rglob("*.py")), ids=lambda path: str(path.relative_to(HOUSE))
)
def test_a_room_imports_only_the_floor(file):
    room = file.relative_to(HOUSE).with_suffix("").parts[0]
    others = rooms_imported(file) - {room}
    if room in FLOOR:
        assert others <= FLOOR[room]
    elif room in MEETING_PLACES:
        assert others <= FLOOR_ROOMS | MEETING_PLACES[room]
    else:
        assert others <= FLOOR_ROOMS


def test_files_and_functions_stay_small():
    """Files under 400 lines, functions under 50 without their docstring."""
    too_long = []
    for file in HOUSE.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if text.count("\n") > 400:
            too_long.append(f"{file.name}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                doc = ast.get_docstring(node)
                size = node.end_lineno - node.lineno + 1 - (doc.count("\n") + 1 if doc else 0)
                if size > 50:
                    too_long.append(f"{file.name}:{node.lineno} {node.name} ({size})")
    assert not too_long


def test_no_assert_and_no_bare_except_in_the_package():
    found = []
    for file in HOUSE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assert) or (
                isinstance(node, ast.ExceptHandler) and node.type is None
            ):
                found.append(f"{file}:{node.lineno}")
    assert not found
