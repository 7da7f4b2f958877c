#!/bin/sh
# sh tests/bench/dates.sh [TBAQ.git]
#
# How well and how fast date_consistency reads: the development sets in ../shared/data/dates (and TimeBank with AQUAINT,
# from the git directory given, else cloned from GitHub where the network allows), scored as TempEval-3 does; the
# specifications of Recognizers-Text and Duckling; contradictions planted into clean articles, and contradictions in
# phrasings written apart from the checks; megabytes per second in process on one core. Parts whose data are not there
# are skipped with a message. STET_BIN is another build's program.
set -eu
cd "$(dirname "$0")/../.."
shared=../shared
if [ ! -d "$shared/data/dates" ]; then
  echo "dates.sh: $shared/data/dates is not there; skipped"
  exit 0
fi
if [ -z "${STET_BIN:-}" ]; then
  . host/setup.sh
  install $packages_build python3
  build release build
  STET_BIN=build/stet
fi
plugin=$(dirname "$STET_BIN")/plugins/date_consistency.so
tools=$shared/tools
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# score NAME GOLD
score() {
  python3 "$tools/stream_to_eval.py" --input "$2" >"$scratch/$1.in"
  "$STET_BIN" stream <"$scratch/$1.in" >"$scratch/$1.out" 2>/dev/null || true
  python3 "$tools/stream_to_eval.py" "$2" "$scratch/$1.out" "$scratch/$1.pred"
  echo "== $1"
  python3 "$tools/eval_timex.py" "$2" "$scratch/$1.pred" --per-type
}

tbaq=${1:-}
if [ -z "$tbaq" ] && git clone --quiet --bare --depth 1 https://github.com/jspotter/TempEval-3 "$scratch/tbaq.git" 2>/dev/null; then
  tbaq=$scratch/tbaq.git
fi
if [ -n "$tbaq" ]; then
  python3 "$tools/tbaq_to_jsonl.py" "$tbaq" "$scratch/tbaq.jsonl" >/dev/null
  score tbaq "$scratch/tbaq.jsonl"
else
  echo "== tbaq: no copy of jspotter/TempEval-3 was given and none could be fetched; skipped"
fi
for set in gum_wikinews wikiwars_dev; do score "$set" "$shared/data/dates/$set.jsonl"; done
if [ -f "$shared/data/seed/timexes.jsonl" ]; then score seed "$shared/data/seed/timexes.jsonl"; fi

echo "== the cases of Recognizers-Text and Duckling"
python3 tests/bench/dates_spec.py "$STET_BIN" recognizers "$shared/data/dates/spec_recognizers_en.jsonl"
python3 tests/bench/dates_spec.py "$STET_BIN" duckling "$shared/data/dates/spec_duckling_en.json"

cat "$scratch"/gum_wikinews.in "$scratch"/tbaq.in 2>/dev/null >"$scratch/articles.ndjson" || true
echo "== planted contradictions"
python3 tests/bench/dates_planted.py "$STET_BIN" "$scratch/articles.ndjson"

echo "== contradictions in phrasings written apart from the checks"
for set in tests/bench/dates_phrasings*.txt; do
  echo "-- $set"
  python3 tests/bench/dates_phrasings.py "$STET_BIN" "$set"
done

echo "== speed"
g++ -O2 -std=c++20 -Isdk/include tests/bench/plugin_speed.cpp -o "$scratch/speed" -ldl
"$scratch/speed" "$plugin" "$scratch/articles.ndjson" 10
