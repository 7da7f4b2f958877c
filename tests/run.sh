#!/bin/sh
# sh tests/run.sh
#
# Installs what is missing, builds stet and its tests, and runs them all: unit tests and cases under
# AddressSanitizer and UndefinedBehaviorSanitizer, then everything as users get it (STET_NO_ASAN=1 leaves
# the first out).
set -eu
cd "$(dirname "$0")/.."
. host/setup.sh
install $packages_build catch2 openssl openssh-client clang libclang-rt-14-dev libc++-dev libc++abi-dev jq python3 python3-jsonschema
if [ -z "${STET_NO_ASAN:-}" ]; then
  build asan build-asan
  ctest --test-dir build-asan -j2 --output-on-failure -R '^(unit|cases)/' || exit 1
fi
build release build -DBUILD_TESTING=ON
ctest --test-dir build -j2 --output-on-failure
