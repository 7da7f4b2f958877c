#!/bin/sh
# sh tests/bench/verify.sh [ARTICLES...]
#
# `stet verify` of a ledger of five revisions an article, signatures included, against `git fsck --full`: wall, CPU and
# the most memory, in turns. For each number of articles (1000 and 10000 unless told), in both orders of revisions.
set -eu
cd "$(dirname "$0")/../.."
. host/setup.sh
install $packages_build catch2 time
build release build -DBUILD_TESTING=ON
cmake --build build --target stet verify_bench >&2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# measure COMMAND...: seconds of wall and CPU, MB
measure() {
  /usr/bin/time -f '%e %U %S %M' -o "$scratch/time" "$@" >/dev/null 2>&1
  awk '{ printf "%.1f %.1f %.0f", $1, $2 + $3, $4 / 1024 }' "$scratch/time"
}

echo "articles order    | git fsck: wall s, CPU s, MB | stet verify: wall s, CPU s, MB | ratio wall, CPU | --fast s"
[ $# -gt 0 ] || set -- 1000 10000
for articles in "$@"; do
  for order in articles rounds; do
    rm -rf "$scratch/l"
    build/verify_bench "$scratch/l" "$articles" "$order"
    echo "$articles $order $(measure git --git-dir "$scratch/l" fsck --full) $(measure build/stet verify --afresh "$scratch/l") $(
      measure build/stet verify --fast "$scratch/l")" | awk '{
      printf "%8d %-8s | %6.1f %6.1f %6d | %6.1f %6.1f %6d | %4.1fx %4.1fx | %s\n",
        $1, $2, $3, $4, $5, $6, $7, $8, $3/$6, $4/$7, $9 }'
  done
done
