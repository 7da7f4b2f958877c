#!/bin/sh
# sh tests/bench/ledger_writer.sh [ARTICLES...]
#
# What it costs to store five revisions of each article, in batches of 1000: the ledger's writer against git
# fast-import (at its own compression level, and at the writer's), the same bytes at the same paths, in turns. For
# each number of articles (1000 and 10000 unless told), in both orders of revisions.
set -eu
cd "$(dirname "$0")/../.."
. host/setup.sh
install $packages_build catch2
build release build -DBUILD_TESTING=ON
cmake --build build --target ledger_writer_bench >&2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# run KIND ARTICLES ORDER [LEVEL]
run() {
  rm -rf "$scratch/l"
  build/ledger_writer_bench "$1" "$scratch/l" "$2" "$3" ${4:+"$4"}
}

echo "articles order     | writer: us a revision CPU, wall; MB of memory, of packs | fast-import, ratio CPU, wall | at level 1"
[ $# -gt 0 ] || set -- 1000 10000
for articles in "$@"; do
  for order in articles rounds; do
    ours=$(run ours "$articles" "$order")
    git=$(run git "$articles" "$order")
    git_1=$(run git "$articles" "$order" 1)
    echo "$articles $order $ours $git $git_1" | awk '{
      printf "%8d %-9s | %6.1f %6.1f; %5.1f %7.1f | %6.1f %6.1f %7.1f: %4.1fx %4.1fx | %6.1f %6.1f %7.1f: %4.1fx %4.1fx\n",
        $1, $2, $3, $4, $5, $6, $7, $8, $10, $7/$3, $8/$4, $11, $12, $14, $11/$3, $12/$4 }'
  done
done
