"""Bytecode for the browser: right for one version of Python, and the same in every build."""

import importlib.util
import marshal
import sys
import zipfile
from pathlib import Path

import pytest

from scripts.site_tools import bytecode


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / "source" / "our_package-1.0-py3-none-any.whl"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("package/__init__.py", "ANSWER = 42\n")
        archive.writestr("package/law.toml", "years = 25\n")
        archive.writestr("our_package-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr("our_package-1.0.dist-info/RECORD", "")
    return path


def test_a_compiled_wheel_says_which_python_it_is_for(wheel: Path, tmp_path: Path) -> None:
    tag = f"cp{sys.version_info.major}{sys.version_info.minor}-none-any"
    made = bytecode.compile_wheel(wheel, tmp_path)
    assert made.name == f"our_package-1.0-{tag}.whl"
    files = bytecode.read_archive(made)
    assert "package/__init__.py" not in files
    assert files["package/law.toml"] == b"years = 25\n"
    assert [path.name for path in tmp_path.glob("*cp*.whl")] == [made.name]


def test_the_bytecode_runs(wheel: Path, tmp_path: Path) -> None:
    content = bytecode.read_archive(bytecode.compile_wheel(wheel, tmp_path))["package/__init__.pyc"]
    assert content[:4] == importlib.util.MAGIC_NUMBER
    names: dict[str, object] = {}
    exec(marshal.loads(content[16:]), names)
    assert names["ANSWER"] == 42


def test_two_builds_give_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    made = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        made.append(bytecode.compile_wheel(wheel, tmp_path / folder).read_bytes())
    assert made[0] == made[1]


def test_only_the_same_minor_version_can_compile() -> None:
    major, minor = sys.version_info[:2]
    assert bytecode.can_compile_for(f"{major}.{minor}.99")
    assert not bytecode.can_compile_for(f"{major}.{minor + 1}.0")
