#include "delta_bases.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "ledger_samples.hpp"

using namespace stet;

namespace {

// Reports and signatures of so many articles, two revisions each.
ReachedObjects reached(unsigned articles) {
  ReachedObjects objects;
  for (uint32_t n = 1; n <= 2; ++n)
    for (unsigned i = 0; i < articles; ++i)
      for (const char* suffix : {"", ".report", ".sig"}) {
        const auto path = entry_path("a" + std::to_string(i), n, suffix);
        objects.add(object_id(ObjectType::blob, path), ObjectType::blob, place_of(path, false));
      }
  return objects;
}

}  // namespace

TEST_CASE("of one report or signature no more than 64 others are deltas, and a base comes first") {
  const auto objects = reached(300);
  const PackOrder order(objects);
  DeltaBases bases(order);
  std::map<size_t, size_t> deltas;
  std::map<PlaceKind, size_t> whole;
  for (size_t i = 0; i < order.size(); ++i) {
    const auto base = bases.next();
    if (!base) ++whole[order.kind(i)];
    if (!base) continue;
    REQUIRE(*base < i);
    REQUIRE(order.kind(*base) == order.kind(i));
    if (order.at(*base).place != order.at(i).place || order.kind(i) == PlaceKind::signature) ++deltas[*base];
  }
  for (const auto& [base, count] : deltas) CHECK(count <= 64);
  CHECK(whole[PlaceKind::document] == 300);
  CHECK(whole[PlaceKind::report] == 5);      // of 300 newest ones, 65 to a base
  CHECK(whole[PlaceKind::signature] == 10);  // of 600
}

TEST_CASE("an object whose base is in the pack before gets one in its own, or is one") {
  const auto objects = reached(10);
  const PackOrder order(objects);
  DeltaBases bases(order);
  std::optional<size_t> report;
  for (size_t i = 0; i < order.size(); ++i) {
    bases.next();
    if (order.kind(i) == PlaceKind::report) report = i;
  }
  REQUIRE(report);
  CHECK_FALSE(bases.in_pack(*report, *report));
  CHECK(bases.in_pack(*report + 1, *report) == std::nullopt);  // a signature, whose first one it becomes
  CHECK(bases.in_pack(*report, *report) == report);
}
