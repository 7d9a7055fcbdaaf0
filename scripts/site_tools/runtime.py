"""Python for the browser, complete in one folder of the site, with our package in it.

The npm package "pyodide" brings CPython for WebAssembly. From it come five files; our
package is built as a wheel and entered with its sha256 into Pyodide's own lock file,
so that ``pyodide.loadPackage("yibao-guide")`` fetches it from the same folder and
checks it. The 379 packages that Pyodide's lock file also knows are not shipped and
are taken out of it.

    runtime/current.json          {"folder": "<hex>/", "manifest": "<hex>/manifest.json"}
    runtime/<hex>/manifest.json   what a page must fetch: name, bytes, sha256, mime of each file
    runtime/<hex>/...             these files

The folder is named after the manifest's own hash: a file in it never changes, caches
may keep it for ever, and files of two builds cannot be mixed. Only current.json must
be asked for again.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from pyodide_lock import PyodideLockSpec
from pyodide_lock.utils import add_wheels_to_spec

from scripts.site_tools import bytecode
from scripts.site_tools.paths import BUILD, ROOT

PACKAGE = "yibao-guide"
PYODIDE = ROOT / "node_modules" / "pyodide"
UNCHANGED = ["pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm"]
LIBRARY = "python_stdlib.zip"
LOCK = "pyodide-lock.json"

MIME_TYPES = {
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".wasm": "application/wasm",
    ".json": "application/json",
    ".zip": "application/zip",
    ".whl": "application/zip",
}

NOTICE = """\
These files are Python for the web browser.

Pyodide {version} (pyodide.mjs, pyodide.asm.js, pyodide.asm.wasm, python_stdlib.zip) is under the
Mozilla Public License 2.0; its source is at https://github.com/pyodide/pyodide, tag {version}.
It contains CPython {python}, which is under the PSF License; its source is at https://github.com/python/cpython.
The modules in python_stdlib.zip are compiled from the unchanged sources.
The .whl file is this site's own calculator.
"""


class RuntimeBuildError(Exception):
    """The browser's Python cannot be put together."""


def build_wheel(folder: Path) -> Path:
    """Our package as a wheel of sources."""
    shutil.rmtree(folder, ignore_errors=True)
    result = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        # A fixed date inside the wheel: the same sources give the same bytes.
        env=os.environ | {"SOURCE_DATE_EPOCH": bytecode.SOURCE_DATE_EPOCH},
        capture_output=True,
        text=True,
    )
    if result.returncode != 0:
        raise RuntimeBuildError(f"building the wheel failed:\n{result.stdout}{result.stderr}")
    (wheel,) = folder.glob("*.whl")
    return wheel


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def own_lock(wheel: Path) -> PyodideLockSpec:
    """Pyodide's lock file with our wheel as its only package."""
    lock = PyodideLockSpec.from_json(PYODIDE / LOCK)
    lock.packages = {}
    return add_wheels_to_spec(lock, [wheel])


def fill(folder: Path) -> dict[str, Any]:
    """Put everything into the folder and return its manifest."""
    folder.mkdir(parents=True)
    source_wheel = build_wheel(BUILD / "wheel")
    lock = own_lock(source_wheel)
    for name in UNCHANGED:
        shutil.copyfile(PYODIDE / name, folder / name)

    python = lock.info.python
    if bytecode.can_compile_for(python):
        bytecode.compile_library(PYODIDE / LIBRARY, folder / LIBRARY)
        # pyodide-build compiles the wheel after it was entered in the lock file: the tool that enters it accepts
        # wheels for any Python 3 only, and Pyodide asks only for name and hash.
        wheel = bytecode.compile_wheel(source_wheel, folder)
        lock.packages[PACKAGE].file_name = wheel.name
        lock.packages[PACKAGE].sha256 = sha256(wheel)
    else:
        print(f"    Python {python} is in the page and another one here: shipping sources, which start slower")
        shutil.copyfile(PYODIDE / LIBRARY, folder / LIBRARY)
        wheel = Path(shutil.copy(source_wheel, folder))
    lock.to_json(folder / LOCK)

    version = json.loads((PYODIDE / "package.json").read_text())["version"]
    names = [*UNCHANGED, LIBRARY, LOCK, wheel.name]
    (folder / "NOTICE.txt").write_text(NOTICE.format(version=version, python=python))
    return {
        "pyodide": version,
        "python": python,
        "package": PACKAGE,
        "files": [
            {
                "name": name,
                "bytes": (folder / name).stat().st_size,
                "sha256": sha256(folder / name),
                "mime": MIME_TYPES[Path(name).suffix],
            }
            for name in names
        ],
    }


def build(target: Path) -> None:
    """Write the whole runtime/ folder of the site."""
    shutil.rmtree(target, ignore_errors=True)
    unnamed = target / "unnamed"
    manifest = json.dumps(fill(unnamed), indent=1) + "\n"
    (unnamed / "manifest.json").write_text(manifest)
    name = hashlib.sha256(manifest.encode()).hexdigest()[:12]
    unnamed.rename(target / name)
    current = {"folder": f"{name}/", "manifest": f"{name}/manifest.json"}
    (target / "current.json").write_text(json.dumps(current) + "\n")
