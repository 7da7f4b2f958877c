#!/bin/sh
# sh tests/bench/pages.sh [BENCHMARK]
#
# How well and how fast articles are read from web pages: the 181 pages of scrapinghub/article-extraction-benchmark
# (BENCHMARK: a checkout of it, else cloned from GitHub where the network allows; skipped with a message where
# neither is), scored by its own evaluate.py beside what it holds of other programs.
set -eu
cd "$(dirname "$0")/../.."
. host/setup.sh
install $packages_build python3
build release build
cmake --build build --target pages_bench >&2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

benchmark=${1:-}
if [ -z "$benchmark" ]; then
  benchmark=$scratch/benchmark
  if ! git clone --quiet --depth 1 https://github.com/scrapinghub/article-extraction-benchmark "$benchmark" 2>/dev/null; then
    echo "pages.sh: no copy of scrapinghub/article-extraction-benchmark was given and none could be fetched; skipped"
    exit 0
  fi
fi
mkdir -p "$scratch/pages" "$scratch/score/output"
for page in "$benchmark"/html/*.html.gz; do
  gzip -dc "$page" >"$scratch/pages/$(basename "$page" .gz)"
done
build/pages_bench "$scratch"/pages/*.html >"$scratch/score/output/stet.json"
cp "$benchmark/evaluate.py" "$benchmark/ground-truth.json" "$scratch/score"
cp "$benchmark"/output/*.json "$scratch/score/output" 2>/dev/null || true
cd "$scratch/score"
python3 evaluate.py --n-bootstrap 100
