#!/usr/bin/env bash
# Imports 100,000 events (SUYUAN_BENCH_EVENTS) and starts a server on them; prints figures.
set -euo pipefail
folder=$1
events=${SUYUAN_BENCH_EVENTS:-100000}
file=$folder/events.jsonl
awk -v events="$events" 'BEGIN {
    context = "[\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\",{\"suyuan\":\"https://ns.suyuan.example/epcis/\"}]"
    for (i = 0; i < events; ++i) {
        lot = int(i / 5); step = i % 5; shop = lot % 997; minute = lot % 1440
        time = sprintf("2026-03-%02dT%02d:%02d:%02d+08:00", 1 + int(lot / 1440) % 28, int(minute / 60), minute % 60, step * 10)
        goods = sprintf("\"quantityList\":[{\"epcClass\":\"https://id.gs1.org/01/06909999000012/10/L%d\",\"quantity\":%d,\"uom\":\"KGM\"}]", lot, 100 - step * 10)
        head = sprintf("{\"@context\":%s,\"type\":\"ObjectEvent\",\"eventID\":\"https://bench.example/%d\",\"eventTime\":\"%s\",\"eventTimeZoneOffset\":\"+08:00\"", context, i, time)
        farm = sprintf("https://id.gs1.org/414/69588%08d", lot % 313); store = sprintf("https://id.gs1.org/414/69587%08d", shop)
        paper = sprintf("\"bizTransactionList\":[{\"type\":\"desadv\",\"bizTransaction\":\"urn:epcglobal:cbv:bt:6909999000012:N%d\"}]", lot)
        if (step == 0) printf "%s,\"action\":\"ADD\",\"bizStep\":\"commissioning\",\"bizLocation\":{\"id\":\"%s\"},%s}\n", head, farm, goods
        else if (step == 1) printf "%s,\"action\":\"OBSERVE\",\"bizStep\":\"shipping\",\"readPoint\":{\"id\":\"%s\"},%s,\"destinationList\":[{\"type\":\"location\",\"destination\":\"%s\"}],%s}\n", head, farm, paper, store, goods
        else if (step == 2) printf "%s,\"action\":\"OBSERVE\",\"bizStep\":\"receiving\",\"bizLocation\":{\"id\":\"%s\"},%s,%s}\n", head, store, paper, goods
        else printf "%s,\"action\":\"OBSERVE\",\"bizStep\":\"retail_selling\",\"bizLocation\":{\"id\":\"%s\"},%s}\n", head, store, goods
    }
}' >"$file"
seconds() { date +%s.%N; }
started=$(seconds)
"$SUYUAN_PROGRAM" import --data "$folder/store" "$file" >/dev/null
imported=$(seconds)
"$SUYUAN_PROGRAM" serve --data "$folder/store" --listen 127.0.0.1:0 >"$folder/url" 2>/dev/null &
server=$!
until [ -s "$folder/url" ]; do sleep 0.01; done
serving=$(seconds)
memory=$(awk '/VmRSS/ { print $2 }' "/proc/$server/status")
kill -TERM "$server"
wait "$server"
awk -v a="$started" -v b="$imported" -v c="$serving" -v events="$events" -v memory="$memory" \
    -v disk="$(du -sk "$folder/store" | cut -f1)" 'BEGIN {
    printf "import of %d events (stock ledger and search index included)  %.1f s, %.0f events/s\n", events, b - a, events / (b - a)
    printf "server up on that store                                       %.2f s\n", c - b
    printf "resident memory of the server                                 %.0f MiB, %.0f bytes an event\n", memory / 1024, memory * 1024 / events
    printf "store on disk                                                 %.0f MiB, %.0f bytes an event\n", disk / 1024, disk * 1024 / events
}'
