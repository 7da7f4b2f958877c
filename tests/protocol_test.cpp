#include "protocol.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace {

// Two ends of a socket as host and worker have them.
struct Ends {
  Ends() {
    int pair[2];
    REQUIRE(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0);
    near = stet::Descriptor(pair[0]);
    far = stet::Descriptor(pair[1]);
  }
  std::string receive() {
    buffer.resize(stet::max_packet_bytes);
    const auto n = recv(far.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    REQUIRE(n > 0);
    return {buffer.data(), static_cast<size_t>(n)};
  }
  stet::Descriptor near, far;
  std::string buffer;
};

stet_text text(std::string_view s) {
  return {s.data(), s.size()};
}
std::string string(stet_text t) {
  return {t.data, t.size};
}

constexpr std::array<stet_range, 2> related = {{{1, 2}, {3, 4}}};

stet_finding sample() {
  return {sizeof(stet_finding),
          STET_ERROR,
          text("check"),
          {5, 6},
          text("message"),
          text("{}"),
          related.data(),
          2,
          1,
          {7, 8},
          text("fix")};
}

}  // namespace

TEST_CASE("a finding travels whole") {
  Ends ends;
  REQUIRE(stet::send_statement(ends.near.get(), sample()));
  const auto packet = ends.receive();
  CHECK(packet[0] == static_cast<char>(stet::Tag::finding));
  std::vector<stet_range> ranges;
  const auto f = stet::finding_in(std::string_view(packet).substr(1), ranges);
  CHECK(f.size == sizeof f);
  CHECK(f.severity == STET_ERROR);
  CHECK(string(f.check) == "check");
  CHECK(string(f.message) == "message");
  CHECK(string(f.evidence) == "{}");
  CHECK(string(f.fix_text) == "fix");
  CHECK(f.range.begin == 5);
  CHECK(f.has_fix == 1);
  CHECK(f.fix_range.end == 8);
  REQUIRE(f.related_count == 2);
  CHECK(f.related[1].begin == 3);
}

TEST_CASE("a finding cut anywhere, or with a byte too many, is outside the protocol") {
  Ends ends;
  REQUIRE(stet::send_statement(ends.near.get(), sample()));
  const auto body = ends.receive().substr(1);
  std::vector<stet_range> ranges;
  for (size_t size = 0; size < body.size(); ++size)
    CHECK_THROWS_AS(stet::finding_in(std::string_view(body).substr(0, size), ranges), stet::Breach);
  CHECK_THROWS_AS(stet::finding_in(body + "x", ranges), stet::Breach);
}

TEST_CASE("sizes in a packet that lie are outside the protocol") {
  Ends ends;
  std::vector<stet_range> ranges;
  REQUIRE(stet::send_statement(ends.near.get(), sample()));
  const auto finding = ends.receive().substr(1);
  // Every 32-bit field of the head set to its largest value: only those that are no sizes may pass.
  size_t refused = 0;
  for (size_t at = 0; at + 4 <= finding.size() && at < 44; at += 4) {
    auto lying = finding;
    lying.replace(at, 4, "\xff\xff\xff\xff");
    try {
      const auto f = stet::finding_in(lying, ranges);
      CHECK(f.check.size + f.message.size + f.evidence.size + f.fix_text.size < lying.size());
    } catch (const stet::Breach&) {
      ++refused;
    }
  }
  CHECK(refused == 5);
}

TEST_CASE("a fact travels whole, and cut it does not") {
  Ends ends;
  REQUIRE(stet::send_statement(ends.near.get(),
                               stet_fact{sizeof(stet_fact), 0, text("kind"), {1, 2}, text("{\"a\":1}")}));
  const auto body = ends.receive().substr(1);
  const auto f = stet::fact_in(body);
  CHECK(string(f.kind) == "kind");
  CHECK(string(f.fields) == "{\"a\":1}");
  CHECK(f.range.end == 2);
  for (size_t size = 0; size < body.size(); ++size)
    CHECK_THROWS_AS(stet::fact_in(std::string_view(body).substr(0, size)), stet::Breach);
}

TEST_CASE("the largest statement fits a packet") {
  Ends ends;
  const std::vector<stet_range> many(stet::max_related, {0, 1});
  const std::string long_text(stet::max_statement_bytes, 'x');
  stet_finding finding{};
  finding.size = sizeof finding;
  finding.message = text(long_text);
  finding.related = many.data();
  finding.related_count = static_cast<uint32_t>(many.size());
  REQUIRE(stet::send_statement(ends.near.get(), finding));
  CHECK(ends.receive().size() <= stet::max_packet_bytes);
}

TEST_CASE("descriptors travel with a packet and are closed by whoever has them last") {
  Ends ends;
  const auto memory = stet::sealed_memory("shared", "test");
  REQUIRE(stet::send_packet(ends.near.get(), stet::Tag::start, {"body"}, {memory.get(), memory.get()}));
  std::array<char, 64> buffer{};
  stet::Received received{};
  REQUIRE(stet::receive_packet(ends.far.get(), buffer, received));
  CHECK(received.tag == stet::Tag::start);
  CHECK(received.body == "body");
  REQUIRE(received.descriptors.size() == 2);
  CHECK(stet::Mapping(received.descriptors[1]).bytes() == "shared");
  CHECK(received.descriptors[0].get() != memory.get());
}

TEST_CASE("sending never waits when it must not, and says when the other side is gone") {
  Ends ends;
  int sent = 0;
  while (sent < 100000 && stet::send_packet(ends.near.get(), stet::Tag::verify, {"x"}, {}, false)) ++sent;
  CHECK(sent > 0);
  CHECK(sent < 100000);
  ends.far.reset();
  CHECK_FALSE(stet::send_packet(ends.near.get(), stet::Tag::verify, {"x"}));
}

TEST_CASE("a body of another size is not taken for a number") {
  const uint64_t number = 7;
  CHECK(stet::body_as<uint64_t>(stet::bytes_of(number)) == 7);
  CHECK_THROWS_AS(stet::body_as<int32_t>(stet::bytes_of(number)), stet::Breach);
  CHECK_THROWS_AS(stet::body_as<uint64_t>(std::string_view("short")), stet::Breach);
}
