#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Builds web/console into a folder: cmake/build_console.sh SOURCE OUTPUT
# What npm installs stays in SOURCE/node_modules, for every build of the program, so one at a time.
set -eu
source=$1
output=$2
exec 9>"$source/.lock"
flock 9
cd "$source"
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --silent --no-audit --no-fund
    touch node_modules/.package-lock.json
fi
node node_modules/vite/bin/vite.js build --logLevel warn --outDir "$output" --emptyOutDir
