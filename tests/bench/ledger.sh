#!/bin/sh
# sh tests/bench/ledger.sh [ARTICLES...]
#
# What an archive costs, five revisions of each article (1000 and 10000 articles unless told), the revisions of all
# articles in turns: `stet import` with all checks and signatures, plugins in workers and in the process, against
# `git fast-import` of the very bytes that are then in the ledger; `stet verify`, for the first time and again, when
# it knows the signatures, against `git fsck --full`; `stet maintain`; reading. Then `git add` and `commit` of one file
# at a time, sampled, and recording one article.
set -eu
cd "$(dirname "$0")/../.."
. host/setup.sh
install $packages_build catch2 time
build release build -DBUILD_TESTING=ON
cmake --build build --target ledger_bench >&2
PATH=$PWD/build:$PATH
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
export XDG_STATE_HOME=$scratch/state  # what `stet verify` remembers

# measure COMMAND...: seconds of wall and of CPU, MB at most; what it says goes to the file `said`.
measure() {
  /usr/bin/time -f '%e %U %S %M' -o time "$@" >said 2>&1 || { cat said >&2; exit 1; }
  awk '{ printf "%.2f %.2f %.0f", $1, $2 + $3, $4 / 1024 }' time
}

# per REVISIONS LABEL WALL CPU MB [WALL-TO-COMPARE]
per() {
  echo "$@" | awk '{
    printf "  %-34s %8.2f s wall %8.2f s CPU %7.0f us a revision %6d MB", $2, $3, $4, $3 * 1e6 / $1, $5
    if (NF > 5 && $3 > 0) printf "  %5.2fx", $6 / $3
    print "" }'
}

size() { du -sk "$1" | cut -f 1; }

[ $# -gt 0 ] || set -- 1000 10000
for articles in "$@"; do
  revisions=$((articles * 5))
  rm -rf l here git.git
  ledger_bench corpus "$articles" rounds >rows.jsonl
  echo "$articles articles, $revisions revisions, $(($(wc -c <rows.jsonl) / revisions)) bytes a row"
  stet init l >/dev/null
  workers=$(measure stet import rows.jsonl --ledger l)
  stet init here >/dev/null
  in_process=$(measure stet import rows.jsonl --ledger here --in-process)
  rm -rf here
  ledger_bench stream l rounds >stream
  git init -q --bare git.git
  fast=$(measure sh -c 'git --git-dir git.git fast-import --quiet <stream')
  wall=${fast%% *}
  per "$revisions" git-fast-import $fast
  per "$revisions" stet-import $workers "$wall"
  per "$revisions" stet-import-in-process $in_process "$wall"
  echo "  packs: git $(size git.git) kB, stet $(size l) kB"
  rm -f stream rows.jsonl
  before=$(measure git --git-dir l fsck --full)
  per "$revisions" git-fsck-full $before
  per "$revisions" stet-verify $(measure stet verify l) "${before%% *}"
  per "$revisions" stet-verify,again $(measure stet verify l) "${before%% *}"
  per "$revisions" stet-maintain $(measure stet maintain --ledger l)
  echo "  packs after it: $(size l) kB, $(($(size l) * 1024 / revisions)) bytes a revision"
  after=$(measure git --git-dir l fsck --full)
  per "$revisions" git-fsck-full,maintained $after
  per "$revisions" stet-verify,maintained $(measure stet verify l --afresh) "${after%% *}"
  per "$revisions" stet-verify,maintained,again $(measure stet verify l) "${after%% *}"
  per 100 stet-verify-fast $(measure stet verify --fast l)
  echo "  newest document of an article, warm: $(ledger_bench read l) us"
  time_log=$(measure git --git-dir l log --oneline main -- "$(git --git-dir l ls-tree -r --name-only main articles | head -1)")
  echo "  git log of one file: ${time_log%% *} s"
done

for kind in level growing; do
  stet init $kind >/dev/null
  ledger_bench chain 500 $kind >rows.jsonl
  stet import rows.jsonl --ledger $kind >/dev/null 2>&1
  stet maintain --ledger $kind >/dev/null
  echo "history, $kind: $(ledger_bench history $kind)"
done

# median LABEL: of lines "wall cpu"
median() {
  sort -n | awk -v label="$1" '{ wall[NR] = $1; cpu[NR] = $2 }
    END { m = int((NR + 1) / 2); printf "  %s: %.1f ms wall (at least %.1f), %.1f ms CPU\n", label, wall[m], wall[1], cpu[m] }'
}

echo "one article recorded, of forty:"
stet init one >/dev/null
for i in $(seq 40); do
  printf 'A title\n\nNumber %s of what was said. He left on Monday.\n' "$i" >"a$i.txt"
  ledger_bench run stet record "a$i.txt" --ledger one
done | median "stet record"
git init -q work
cd work
git config user.name w
git config user.email w@w.example
for i in $(seq 40); do
  cp "../a$i.txt" .
  ledger_bench run sh -c "git add a$i.txt && git commit -qm $i"
done | median "git add, commit"
