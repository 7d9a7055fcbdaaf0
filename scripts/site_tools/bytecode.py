"""Python modules in an archive, compiled ahead so that the reader's browser need not.

The compiling is pyodide-build's (``pyodide py-compile``). It writes the day of the build into the archive, so the
archive is written once more with fixed dates: the same sources give the same bytes in every build.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

# The oldest day a zip archive can hold, and the same as seconds since 1970.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
SOURCE_DATE_EPOCH = "315532800"


def can_compile_for(python: str) -> bool:
    """Bytecode is good only for the minor version of Python that wrote it."""
    return python.split(".")[:2] == [str(part) for part in sys.version_info[:2]]


def compile_library(source: Path, target: Path) -> None:
    """The standard library; without documentation strings, which nothing in the page shows."""
    shutil.copyfile(source, target)
    _py_compile(target, optimize="2")
    _fix_dates(target)


def compile_wheel(source: Path, folder: Path) -> Path:
    """Our wheel with bytecode in place of sources, named for this version of Python; returns its path."""
    copy = Path(shutil.copy(source, folder))
    _py_compile(copy, optimize="0")
    tag = f"cp{sys.version_info.major}{sys.version_info.minor}"
    made = folder / source.name.replace("-py3-", f"-{tag}-")
    copy.unlink(missing_ok=True)
    _fix_dates(made)
    return made


def read_archive(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def _py_compile(archive: Path, optimize: str) -> None:
    command = [Path(sys.executable).with_name("pyodide"), "py-compile", "--silent", "--no-keep", archive]
    # With a source date py_compile writes the hash of the source instead of its time.
    environment = os.environ | {"SOURCE_DATE_EPOCH": SOURCE_DATE_EPOCH, "PYTHONOPTIMIZE": optimize}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)


def _fix_dates(path: Path) -> None:
    files = read_archive(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
