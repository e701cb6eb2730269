# Shared set-up, sourced by the scripts beside it: `set_up runtime` or `set_up dev` makes .venv ready, once.
# Everything it says goes to stderr; it says one line, unless something fails.

# A path may hold letters that the C locale does not know; what language the user reads is kept.
export KEHOACH_LOCALE="${KEHOACH_LOCALE:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}}"
[ "$(locale charmap 2>/dev/null)" = UTF-8 ] || export LC_ALL=C.UTF-8

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)

refuse() { printf 'kehoach: %s\n' "$*" >&2; exit 1; }

# Runs a set-up step quietly; where it fails, shows what it said.
quietly() {
    local log code=0
    log=$(mktemp)
    "$@" >"$log" 2>&1 </dev/null || code=$?
    [ "$code" = 0 ] || { cat "$log" >&2; printf 'kehoach: set-up failed at: %s\n' "$*" >&2; }
    rm -f "$log"
    return "$code"
}

is_python() { command -v "$1" >/dev/null && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local name
    for name in "${KEHOACH_PYTHON:-python3.11}" python3.11 python3.12 python3.13 python3; do
        if is_python "$name"; then printf '%s\n' "$name"; return; fi
    done
    refuse "needs Python 3.11 or newer, and found none. Debian/Ubuntu: sudo apt-get install python3.11 python3.11-venv;" \
        "macOS: brew install python@3.11; or set KEHOACH_PYTHON=/path/to/python3."
}

# Installs a Debian package where this may be done without asking; otherwise names the command.
apt_install() {
    local sudo=()
    [ "$(id -u)" = 0 ] || sudo=(sudo -n)
    if command -v apt-get >/dev/null && "${sudo[@]}" true 2>/dev/null; then
        quietly "${sudo[@]}" apt-get update &&
            quietly "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
    else
        refuse "needs $*. Install it (Debian/Ubuntu: sudo apt-get install $*) and start again."
    fi
}

# A venv works only where it was made; its activate script says where that is.
has_venv() {
    grep -qF -- "$root/.venv" "$root/.venv/bin/activate" 2>/dev/null && is_python "$root/.venv/bin/python"
}

make_venv() {
    local python version
    python=$(find_python) || exit 1
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        apt_install "python$version-venv" || return
    fi
    quietly "$python" -m venv --clear "$root/.venv"
}

# Does Tesseract find its Vietnamese model in one of its usual folders?
has_vietnamese() {
    local folder
    for folder in "${TESSDATA_PREFIX:-}" "${TESSDATA_PREFIX:-}/tessdata" /usr/share/tesseract-ocr/*/tessdata \
        /usr/share/tessdata /usr/share/tesseract/tessdata /usr/local/share/tessdata /opt/homebrew/share/tessdata; do
        if [ -f "$folder/vie.traineddata" ]; then return 0; fi
    done
    return 1
}

# Programs and data outside Python, each only where it is missing. Without them everything but scans works, so a
# user is told and goes on; a developer's tests need them (fonts: the tests draw pages).
install_tools() {
    local missing=()
    has_vietnamese || missing+=(tesseract-ocr-vie)
    if [ "$1" = dev ] && [ ! -d /usr/share/fonts/truetype/liberation2 ] && [ ! -d /usr/share/fonts/truetype/croscore ]
    then missing+=(fonts-liberation2); fi
    [ "$1" != dev ] || install_browser
    [ ${#missing[@]} = 0 ] && return 0
    if (apt_install "${missing[@]}") 2>/dev/null; then return 0; fi
    [ "$1" != dev ] || refuse "the tests need ${missing[*]}. Install it (Debian/Ubuntu: sudo apt-get install ${missing[*]}) and start again."
    printf 'kehoach: scans cannot be read before this is installed: sudo apt-get install %s\n' "${missing[*]}" >&2
}

# The tests of pages open them in Chromium; without it they skip, and say so.
install_browser() {
    if command -v chromium || command -v chromium-browser || command -v google-chrome; then return 0; fi >/dev/null
    (apt_install chromium) 2>/dev/null ||
        printf 'kehoach: pages will not be opened by the tests before this is installed: sudo apt-get install chromium\n' >&2
}

install_packages() {
    local pip=("$root/.venv/bin/python" -m pip --disable-pip-version-check)
    quietly "${pip[@]}" install -r "$root/requirements/$1.txt" -r "$root/requirements/build.txt" &&
        quietly "${pip[@]}" install --no-deps --no-build-isolation -e "$root" &&
        point_from_here
}

# The path to the package that pip leaves is absolute, and Python reads it in the letters of the locale: under LC_ALL=C
# it would not start in a folder whose name has others. A relative one has dots alone.
point_from_here() {
    local file
    for file in "$root"/.venv/lib/python3*/site-packages/_*kehoach.pth; do
        [ ! -e "$file" ] || printf '../../../..\n' >"$file"
    done
}

# What the environment was made from: this place and these files.
stamp_of() { printf '%s\n' "$root"; cat "$root/requirements/"{runtime,build,"$1"}.txt "$root/pyproject.toml" | cksum; }

set_up() {
    local kind=$1 stamp="$root/.venv/.set-up-$1" want
    want=$(stamp_of "$kind")
    if [ "$(cat "$stamp" 2>/dev/null)" = "$want" ] && [ -x "$root/.venv/bin/kehoach" ] && [ -x "$root/.venv/bin/python" ]
    then return; fi
    printf 'kehoach: setting up in %s (once) …\n' "$root/.venv" >&2
    if command -v flock >/dev/null; then exec 9>"$root/.venv.lock"; flock 9; fi
    if [ "$(cat "$stamp" 2>/dev/null)" != "$want" ]; then # nobody else did it meanwhile
        has_venv || make_venv || exit 1
        install_tools "$kind" && install_packages "$kind" || exit 1
        [ "$kind" = runtime ] || stamp_of runtime >"$root/.venv/.set-up-runtime"
        printf '%s\n' "$want" >"$stamp"
    fi
    exec 9>&-
}
