"""The set-up: its sentences where something is missing, and the locks it installs from."""

import json
import os
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest

LOCKS = ["setup", "site", "test"]
# What an address of any package registry has in it.
ADDRESS = re.compile(r"https?://|\bregistry\.|files\.\w+\.org|index-url|find-links", re.IGNORECASE)
TOOLS = ["sh", "cat", "cksum", "printf", "rm"]


@pytest.fixture
def bare_path(tmp_path: Path) -> Path:
    """A folder of programs in which neither Python nor Node is."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        for place in ("/bin", "/usr/bin"):
            if (Path(place) / tool).exists():
                (folder / tool).symlink_to(Path(place) / tool)
                break
    return folder


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def run(step: str, path: Path, root: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """One step of the set-up in an empty folder that has this project's locks."""
    project = tmp_path / "project"
    project.mkdir(exist_ok=True)
    for name in ("scripts", "requirements", "package-lock.json"):
        if not (project / name).exists():
            (project / name).symlink_to(root / name)
    return subprocess.run(
        ["/bin/sh", "-eu", "-c", f". scripts/environment.sh; {step}"],
        cwd=project,
        env={"PATH": str(path), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )


def old_python(folder: Path, name: str, has_version: str = "3.11.7") -> None:
    """Answers as environment.sh asks: its version, and no to whether it is new enough."""
    program(folder, name, f'case "$2" in *platform*) echo {has_version} ;; *) exit 1 ;; esac')


def test_an_old_python_is_refused_in_one_sentence(bare_path: Path, root: Path, tmp_path: Path) -> None:
    old_python(bare_path, "python3")
    result = run("make_venv", bare_path, root, tmp_path)
    assert result.returncode != 0
    assert result.stderr.count("\n") == 1
    assert "needs Python 3.13 or newer" in result.stderr
    assert "only Python 3.11.7 was found" in result.stderr
    assert "install Python 3.13" in result.stderr


def test_no_python_is_refused_in_one_sentence(bare_path: Path, root: Path, tmp_path: Path) -> None:
    result = run("make_venv", bare_path, root, tmp_path)
    assert result.returncode != 0
    assert result.stderr.count("\n") == 1
    assert "none was found" in result.stderr


def test_a_pyenv_shim_that_refuses_is_passed_over(bare_path: Path, root: Path, tmp_path: Path) -> None:
    program(bare_path, "python3.13", "echo 'pyenv: python3.13: command not found' >&2; exit 127")
    old_python(bare_path, "python3", "3.12.1")
    result = run("make_venv", bare_path, root, tmp_path)
    assert result.returncode != 0
    assert "only Python 3.12.1 was found" in result.stderr


def test_a_python_without_venv_is_refused_in_one_sentence(bare_path: Path, root: Path, tmp_path: Path) -> None:
    program(bare_path, "python3.13", 'case "$2" in *platform*) echo 3.13.5 ;; *ensurepip*) exit 1 ;; esac')
    result = run("make_venv", bare_path, root, tmp_path)
    assert result.returncode != 0
    assert result.stderr.count("\n") == 1
    assert "cannot make virtual environments" in result.stderr
    assert "python3.13-venv" in result.stderr


def test_missing_node_is_refused_in_one_sentence(bare_path: Path, root: Path, tmp_path: Path) -> None:
    result = run("node_packages", bare_path, root, tmp_path)
    assert result.returncode != 0
    assert result.stderr.count("\n") == 1
    assert "Node.js 20 or newer" in result.stderr


def test_an_old_node_is_refused_in_one_sentence(bare_path: Path, root: Path, tmp_path: Path) -> None:
    program(bare_path, "node", 'case "$1" in -p) echo 16 ;; *) echo v16.20.0 ;; esac')
    program(bare_path, "npm", "exit 0")
    result = run("node_packages", bare_path, root, tmp_path)
    assert result.returncode != 0
    assert result.stderr.count("\n") == 1
    assert "only v16.20.0 was found" in result.stderr


@pytest.mark.parametrize("name", LOCKS)
def test_a_python_lock_names_hashes_and_no_address(name: str, root: Path) -> None:
    text = (root / "requirements" / f"{name}.txt").read_text()
    assert not ADDRESS.search(text)
    entries = re.split(r"^(?=\S+==)", text, flags=re.MULTILINE)[1:]
    assert entries
    for entry in entries:
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_the_npm_lock_names_hashes_and_no_address(root: Path) -> None:
    text = (root / "package-lock.json").read_text()
    assert not ADDRESS.search(text)
    for name, package in json.loads(text)["packages"].items():
        if name:
            assert package["integrity"].startswith("sha512-"), name


def test_the_installed_packages_are_the_locked_ones(root: Path) -> None:
    """Above all the theme: another package once pulled in an older one without a word."""
    text = (root / "requirements" / "site.txt").read_text()
    locked = dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)(?= \\)", text, flags=re.MULTILINE))
    assert locked["mkdocs-material"] == "9.8.1"
    assert {name: version(name) for name in locked} == locked


@pytest.mark.parametrize("name", ["scripts/build", "scripts/serve", "scripts/test", ".ci/run"])
def test_the_entry_points_can_be_run(name: str, root: Path) -> None:
    assert os.access(root / name, os.X_OK)
