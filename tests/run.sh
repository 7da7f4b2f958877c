#!/bin/sh
# sh tests/run.sh
#
# Installs what is missing, builds stet and its tests, and runs them all: once as users get it, once under
# AddressSanitizer and UndefinedBehaviorSanitizer (STET_NO_ASAN=1 leaves the second out).
set -eu
cd "$(dirname "$0")/.."
. host/setup.sh
install $packages_build catch2 openssl openssh-client jq python3 python3-jsonschema
build release build -DBUILD_TESTING=ON
if [ -z "${STET_NO_ASAN:-}" ]; then
  build asan build-asan
  ctest --test-dir build-asan --output-on-failure -R '^(unit|cases)/' || exit 1
fi
ctest --test-dir build --output-on-failure
