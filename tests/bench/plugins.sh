#!/bin/sh
# sh tests/bench/plugins.sh [ARTICLE]
#
# Calls per second of every bundled plugin, and of one that does nothing, for a document of 10 kB: in the host's
# process, in a worker on one core and across cores, one document at a time and many in flight.
set -eu
article=${1:-$(dirname "$0")/../../fixtures/articles/council-budget.md}
article=$(cd "$(dirname "$article")" && pwd)/$(basename "$article")
cd "$(dirname "$0")/../.."
. host/setup.sh
install $packages_build catch2
build release build -DBUILD_TESTING=ON
cmake --build build --target worker_bench >&2
build/worker_bench "${SECONDS_EACH:-3}" "$article" build/hostile/says-nothing.so build/plugins/*.so
