#!/usr/bin/env bash
# Imports a CSV of 1,000,000 rows (SUYUAN_BENCH_CSV_ROWS) and a workbook of 100,000
# (SUYUAN_BENCH_XLSX_ROWS), the CSV with one bad row in 10,000; prints seconds, rows a second, peak memory.
set -euo pipefail
folder=$1
csv_rows=${SUYUAN_BENCH_CSV_ROWS:-1000000}
xlsx_rows=${SUYUAN_BENCH_XLSX_ROWS:-100000}
"${SUYUAN_PROGRAM%/*}/bench/table_bench" "$folder" "$csv_rows" "$xlsx_rows" >"$folder/tables"
awk 'BEGIN { FS = OFS = "," } NR > 1 && NR % 10000 == 0 { $3 = "yesterday" } { print }' "$folder/table_bench.csv" >"$folder/faulty.csv"

measure() {
    local file=$1 store=$folder/store-${1##*.} started peak=0 now
    started=$(date +%s.%N)
    "$SUYUAN_PROGRAM" import --data "$store" --sheet inbound --operator 91410100MA45X2TP0T --site 1 --proceed --json \
        --errors "$folder/faults-${1##*.}.xlsx" "$file" >"$folder/report" 2>/dev/null &
    local import=$!
    while now=$(awk '/VmHWM/ { print $2 }' "/proc/$import/status" 2>/dev/null) && [ -n "$now" ]; do
        peak=$now
        sleep 0.2
    done
    wait "$import" || [ $? -eq 1 ]
    awk -v a="$started" -v b="$(date +%s.%N)" -v peak="$peak" -v name="${1##*.}" -v disk="$(du -sk "$store" | cut -f1)" '{
        match($0, /"stored":[0-9]+/); stored = substr($0, RSTART + 9, RLENGTH - 9)
        match($0, /"refused":[0-9]+/); refused = substr($0, RSTART + 10, RLENGTH - 10)
        printf "%-4s  %8d stored, %4d bad  %6.1f s  %6.0f rows/s  peak %4.0f MiB  store %5.0f MiB\n", name, stored, refused, b - a, (stored + refused) / (b - a), peak / 1024, disk / 1024
        exit
    }' "$folder/report"
}

measure "$folder/faulty.csv"
measure "$folder/table_bench.xlsx"
