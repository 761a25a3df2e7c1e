# Measures and rewrites docs/benchmarks.md: capture, reading documents, trace, memory, start-up.
install_packages "${packages_test[@]}"
configure release -DSUYUAN_BUILD_TESTS=ON -DSUYUAN_BUILD_BENCHES=ON
compile release
lines=${1:-1000000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
say "tracing $lines event lines"
build/release/bench/trace_bench --events "$lines" >"$folder/trace"
say "capturing and starting"
SUYUAN_PROGRAM=$PWD/build/release/suyuan tools/run/bench_capture.sh "$folder" >"$folder/capture"
say "importing tables"
SUYUAN_PROGRAM=$PWD/build/release/suyuan tools/run/bench_import.sh "$folder" >"$folder/import"
{
    echo '# Benchmarks'
    echo
    echo 'Made by `./run bench`; run it again on your machine. One run each, so read ratios, not last digits.'
    echo
    echo "Machine: $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), \
$(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo), $(uname -sr). Build: release preset, $(g++ --version | head -n 1). Day: $(date -u +%F)."
    echo
    echo '## Trace'
    echo
    echo "Generated supply chain, $lines event lines in memory; 1,000 random lots each way."
    echo
    echo '```'
    cat "$folder/trace"
    echo '```'
    echo
    echo '## Capture, start-up, memory'
    echo
    echo 'EPCIS documents of 1,000 events through `suyuan import` into a new store (SQLite, `synchronous=FULL`), checks, hash ids, facts and query index included; then a server started on that store.'
    echo
    echo '```'
    cat "$folder/capture"
    echo '```'
    echo
    echo '## Tables'
    echo
    echo 'Inbound tables of 12 columns through `suyuan import` into new stores, one row in 10,000 bad and good rows landing: read twice (checked as a whole, then stored), workbook of faults written. Peak memory is that of the importing process.'
    echo
    echo '```'
    cat "$folder/import"
    echo '```'
} >docs/benchmarks.md
say "docs/benchmarks.md is rewritten"
