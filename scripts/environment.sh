# Set-up shared by the entry points in this folder. Read with "." after "cd" to the project's root.
#
# Every function is safe to call again: it looks whether its work is done and
# does only what is missing. A function that cannot do its work says in one
# sentence what to install, and ends the script.

PYTHON_WANTED=3.13
NODE_WANTED=20
BUILD_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-dejavu-core fonts-sil-charis"
TEST_PACKAGES="chromium firefox-esr webkit2gtk-driver xvfb fonts-noto-cjk poppler-utils"
# The checker of HTML is a Java program, and any Java will do.
command -v java >/dev/null 2>&1 || TEST_PACKAGES="$TEST_PACKAGES default-jre-headless"

# pip and npm read many settings from the environment; these two keep their output to what matters.
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
# The theme prints a long notice about a future MkDocs; the versions here are pinned.
export NO_MKDOCS_2_WARNING=1

say() { printf '==> %s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# Prints "3.13.0" for a Python that runs, nothing otherwise (a pyenv shim exists but may refuse to run).
python_version() {
    "$1" -c 'import platform; print(platform.python_version())' 2>/dev/null
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < tuple(map(int, sys.argv[1].split("."))))' \
        "$PYTHON_WANTED" 2>/dev/null
}

# Sets PYTHON to the first suitable interpreter: the wanted version by name, then pyenv's, then whatever python3 is.
find_python() {
    found=""
    for candidate in "python$PYTHON_WANTED" \
        "${PYENV_ROOT:-$HOME/.pyenv}/versions/$PYTHON_WANTED"*/bin/python python3 python; do
        command -v "$candidate" >/dev/null 2>&1 || continue
        version=$(python_version "$candidate") || continue
        if is_new_enough "$candidate"; then
            PYTHON=$candidate
            return
        fi
        found=${found:-only Python $version}
    done
    fail "This needs Python $PYTHON_WANTED or newer, and ${found:-none} was found:" \
        "install Python $PYTHON_WANTED (with your system's packages, pyenv or from python.org)" \
        "so that \"python$PYTHON_WANTED\" runs, then try again."
}

make_venv() {
    # A virtual environment whose interpreter has gone or is too old is made again.
    if [ -x .venv/bin/python ] && is_new_enough .venv/bin/python; then
        return
    fi
    find_python
    "$PYTHON" -c 'import venv, ensurepip' 2>/dev/null || fail \
        "Python $(python_version "$PYTHON") is here but cannot make virtual environments:" \
        "install its venv package (on Debian or Ubuntu: apt-get install python$PYTHON_WANTED-venv), then try again."
    say "Making .venv with Python $(python_version "$PYTHON")"
    rm -rf .venv
    "$PYTHON" -m venv .venv || fail "Making .venv failed; the lines above say why."
}

# Succeeds when STAMP holds the check sum of FILE, that is: FILE was installed as it is now.
is_stamped() { [ -f "$2" ] && [ "$(cat "$2")" = "$(cksum <"$1")" ]; }
stamp() { cksum <"$1" >"$2"; }

# The second --quiet drops remarks about the machine's own pip settings, not errors.
# Without build isolation the one package that is built here uses the pinned build tool.
pip_install() {
    .venv/bin/python -m pip install --quiet --quiet --require-hashes --no-build-isolation -r "$1"
}

# python_packages NAME...: the locks requirements/NAME.txt, in this order; "setup" comes first.
python_packages() {
    make_venv
    for name in "$@"; do
        lock=requirements/$name.txt
        done_mark=.venv/installed-$name
        is_stamped "$lock" "$done_mark" && continue
        say "Installing Python packages: $lock (up to a minute)"
        pip_install "$lock" || fail "Installing the packages of $lock failed; the lines above say why."
        stamp "$lock" "$done_mark"
    done
}

# "node_packages" installs what the page needs, "node_packages with-checkers" also what the tests need.
node_packages() {
    for tool in node npm; do
        command -v "$tool" >/dev/null 2>&1 || fail \
            "This needs Node.js $NODE_WANTED or newer with npm, and \"$tool\" was not found:" \
            "install both (on Debian or Ubuntu: apt-get install nodejs npm), then try again."
    done
    major=$(node -p 'process.versions.node.split(".")[0]')
    [ "$major" -ge "$NODE_WANTED" ] || fail \
        "This needs Node.js $NODE_WANTED or newer, and only $(node --version) was found:" \
        "install a newer one from your system's packages or nodejs.org, then try again."
    everything=node_modules/.installed-with-checkers
    is_stamped package-lock.json "$everything" && return
    if [ "${1:-}" = with-checkers ]; then
        done_mark=$everything omit=
    else
        done_mark=node_modules/.installed omit=--omit=dev
        is_stamped package-lock.json "$done_mark" && return
    fi
    say "Installing npm packages from package-lock.json (up to a minute)"
    npm ci --ignore-scripts --loglevel=error $omit ||
        fail "Installing the packages of package-lock.json failed; the lines above say why."
    stamp package-lock.json "$done_mark"
}

# Prints those of the named Debian packages that are not installed; nothing on other systems,
# where the steps that need a program or library say so themselves.
missing_debian_packages() {
    command -v dpkg-query >/dev/null 2>&1 || return 0
    for package in "$@"; do
        status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) || status=absent
        [ "$status" = installed ] || printf '%s ' "$package"
    done
}

# Installs what is missing of the named Debian packages where that is possible: apt-get and root.
# Leaves the names of those still missing in STILL_MISSING.
debian_packages() {
    STILL_MISSING=$(missing_debian_packages "$@")
    [ -n "$STILL_MISSING" ] || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "Installing Debian packages: $STILL_MISSING(about a minute)"
        # shellcheck disable=SC2086  # a list of words, each a package
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends $STILL_MISSING; } >/dev/null || true
        STILL_MISSING=$(missing_debian_packages "$@")
    fi
}
