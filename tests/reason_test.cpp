#include "reason.hpp"

#include <catch2/catch.hpp>

#include "newsroom.hpp"
#include "render/visible.hpp"
#include "timestamp.hpp"

using namespace stet;
using Catch::Contains;

TEST_CASE("a reason is one line of what is seen") {
  for (const std::string reason : {"a court order",
                                   "Gerichtsbeschluss, §\xc2\xa0"
                                   "5",
                                   "حكم محكمة", "裁判所の命令"})
    CHECK_NOTHROW(demand_reason("a redaction", reason));
  CHECK_THROWS_WITH(demand_reason("a redaction", ""), "a redaction needs a reason");
  const auto refused = [](const std::string& character, const std::string& name) {
    CHECK_THROWS_WITH(demand_reason("a revocation", "x" + character + "y"),
                      Contains("the reason of a revocation holds " + name + ": "));
  };
  refused("\n", "U+000A");
  refused("\r", "U+000D");
  refused("\t", "U+0009");
  refused("\x1b[8m", "U+001B");
  refused("\x7f", "U+007F");
  refused("\xc2\x9b", "U+009B");
  refused("\xe2\x80\xa8", "U+2028");
  refused("\xe2\x80\xae", "U+202E");
  refused("\xe2\x81\xa6", "U+2066");
}

TEST_CASE("what verify prints of a takedown or a revocation cannot be made to look like words of its own") {
  testing::Newsroom room;
  room.record_all();
  const std::string forged = "x\n  log of 999 revisions: the ones above";
  const RevisionName name{"alder", 1};
  CHECK_THROWS_WITH(redact(room.ledger, room.signers(), {&name, 1}, forged, now()), Contains("U+000A"));
  const auto next = PrivateKey::generate();
  rotate_key(room.ledger, room.signers(), next.public_key(), now());
  CHECK_THROWS_WITH(
      revoke_key(room.ledger, room.signers(next), room.key.public_key().keyid(), {now(), {}}, forged, now()),
      Contains("U+000A"));
  CHECK(visible(forged) == "x   log of 999 revisions: the ones above");
}

TEST_CASE("a text is shown with its lines, and with what would move the cursor named") {
  CHECK(visible_lines("a\n\tb\x1b[2J\n\xe2\x80\xae"
                      "c") == "a\n\tb<U+001B>[2J\n<U+202E>c");
  CHECK(visible_lines("a\r\nb") == "a \nb");
}
