# What the commands of ./run share. Sourced; the working directory is the repository.

export CCACHE_DIR=${CCACHE_DIR:-$PWD/.cache/ccache}
export CCACHE_NOHASHDIR=1

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }

packages_demo=(
    g++ cmake ninja-build ccache mold pkg-config ca-certificates tzdata
    libboost1.81-dev libboost-json1.81-dev libsqlite3-dev libssl-dev libsodium-dev
    libfmt-dev libexpected-dev libcli11-dev libtomlplusplus-dev
    libminizip-dev libexpat1-dev libxlsxwriter-dev libcairo2-dev libpango1.0-dev fonts-noto-cjk
)
packages_test=("${packages_demo[@]}" git curl libgtest-dev chromium poppler-utils
    clang-19 clang-tidy-19 clang-format-19 libclang-rt-19-dev)

# install_packages NAME...: only those that are missing.
install_packages() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
            missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    say "installing ${missing[*]}"
    local as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends \
        "${missing[@]}" >/dev/null
}

# Debian 12's node is 18; the console's build and the test tools want 20.19. A newer one comes as a
# package of npm's.
ensure_node() {
    if ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null; then
        command -v npm >/dev/null || install_packages nodejs npm
        if [ ! -x .cache/node/node_modules/node/bin/node ]; then
            say "installing node 20"
            npm install --silent --no-audit --no-fund --prefix .cache/node node@20
        fi
        export PATH="$PWD/.cache/node/node_modules/node/bin:$PATH"
    fi
    command -v npm >/dev/null || install_packages npm
}

# node_modules_of FOLDER: exactly what its lock file says.
node_modules_of() {
    local stamp="$1/node_modules/.package-lock.json"
    if [ ! -f "$stamp" ] || [ "$1/package-lock.json" -nt "$stamp" ]; then
        say "npm ci in $1"
        npm ci --silent --no-audit --no-fund --prefix "$1"
        touch "$stamp"
    fi
}

# configure PRESET [ARGUMENT...]
configure() {
    local preset=$1
    ensure_node
    shift
    mkdir -p build
    cmake --preset "$preset" "$@" >"build/configure-$preset.log" 2>&1 ||
        { tail -n 40 "build/configure-$preset.log" >&2; return 1; }
}

# compile PRESET [TARGET...]: ninja's own progress line where there is a terminal.
compile() {
    local preset=$1
    shift
    ensure_node
    say "building $preset ${*:-all}"
    if [ -t 2 ]; then
        ninja -C "build/$preset" "$@" >&2
    else
        NINJA_STATUS='[%f/%t %es] ' ninja -C "build/$preset" "$@" |
            awk '/FAILED|error|warning/ { failed = 1 } failed || NR % 10 == 0 { print; fflush() }' >&2
    fi
}

# Files that the newest commit changed, or all that changed since SUYUAN_LINT_BASE.
changed_sources() {
    local base=${SUYUAN_LINT_BASE:-$(git rev-parse --verify --quiet HEAD~1)}
    if [ -n "$base" ]; then
        git diff --name-only --diff-filter=d "$base" -- "$@"
    else
        git ls-files -- "$@"
    fi
}
