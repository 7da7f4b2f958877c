#!/bin/sh
# sh tests/run.sh
#
# Installs what is missing, builds stet and its tests, and runs them all as users get them. STET_ASAN=1 first
# builds once more under AddressSanitizer and UndefinedBehaviorSanitizer and runs unit tests and cases there.
set -eu
cd "$(dirname "$0")/.."
. host/setup.sh
install $packages_build catch2 openssl openssh-client jq python3 python3-jsonschema
if [ -n "${STET_ASAN:-}" ]; then
  build asan build-asan
  ctest --test-dir build-asan --output-on-failure -R '^(unit|cases)/' || exit 1
fi
build release build -DBUILD_TESTING=ON
ctest --test-dir build --output-on-failure
