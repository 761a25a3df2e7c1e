# Builds the program alone, loads the story, a province and what SUYUAN_TEST_DATA offers, serves it.
port=8080
data=build/demo
operators=2000
days=60
while [ $# -gt 0 ]; do
    case $1 in
        --port) port=$2; shift 2 ;;
        --data) data=$2; shift 2 ;;
        --operators) operators=$2; shift 2 ;;
        --days) days=$2; shift 2 ;;
        *) echo "demo [--port N] [--data DIR] [--operators N] [--days N]" >&2; exit 2 ;;
    esac
done
install_packages "${packages_demo[@]}"
if [ ! -f build/release/build.ninja ]; then configure release -DSUYUAN_BUILD_TESTS=OFF; fi
compile release suyuan
say "built in $SECONDS s"
program=build/release/suyuan
if [ ! -f "$data/suyuan.db" ]; then
    say "loading the demo into $data"
    "$program" demo --data "$data"
    "$program" demo --data "$data" --operators "$operators" --days "$days"
    if [ -d "${SUYUAN_TEST_DATA:-}" ]; then
        say "importing what $SUYUAN_TEST_DATA offers (documents that break the standard are refused)"
        "$program" import --data "$data" --proceed --quiet "$SUYUAN_TEST_DATA" || true
    fi
fi
start=$("$program" demo --start-path)
if [ -t 2 ] && command -v xdg-open >/dev/null; then
    # Once the server answers.
    (for _ in $(seq 50); do
        sleep 0.2
        curl -fsS -o /dev/null "http://127.0.0.1:$port/readyz" 2>/dev/null && break
    done; xdg-open "http://127.0.0.1:$port$start" >/dev/null 2>&1 || true) &
fi
exec "$program" serve --data "$data" --listen "127.0.0.1:$port" --start-path "$start"
