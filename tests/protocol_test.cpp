#include "protocol.hpp"

#include <sys/mman.h>
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
  // The body of the one frame that this statement makes.
  template <class Statement>
  std::string body_of(const Statement& statement, stet::Tag tag) {
    REQUIRE(stet::put_statement(outbox, near.get(), statement));
    REQUIRE(stet::send_outbox(outbox, near.get()));
    const auto packet = receive();
    stet::Frames frames(packet);
    const auto frame = frames.next();
    REQUIRE(frame);
    CHECK(frame->tag == tag);
    CHECK_FALSE(frames.next());
    return std::string(frame->body);
  }
  stet::Descriptor near, far;
  stet::Outbox outbox;
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
  const auto body = ends.body_of(sample(), stet::Tag::finding);
  std::vector<stet_range> ranges;
  const auto f = stet::finding_in(body, ranges);
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
  const auto body = ends.body_of(sample(), stet::Tag::finding);
  std::vector<stet_range> ranges;
  for (size_t size = 0; size < body.size(); ++size)
    CHECK_THROWS_AS(stet::finding_in(std::string_view(body).substr(0, size), ranges), stet::Breach);
  CHECK_THROWS_AS(stet::finding_in(body + "x", ranges), stet::Breach);
}

TEST_CASE("sizes in a packet that lie are outside the protocol") {
  Ends ends;
  std::vector<stet_range> ranges;
  const auto finding = ends.body_of(sample(), stet::Tag::finding);
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
  const stet_fact sent{sizeof(stet_fact), 0, text("kind"), {1, 2}, text("{\"a\":1}")};
  const auto body = ends.body_of(sent, stet::Tag::fact);
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
  for (int i = 0; i < 2; ++i) REQUIRE(stet::put_statement(ends.outbox, ends.near.get(), finding));
  REQUIRE(stet::send_outbox(ends.outbox, ends.near.get()));
  for (int i = 0; i < 2; ++i) CHECK(ends.receive().size() <= stet::max_packet_bytes);
}

TEST_CASE("statements travel together, and in order, as long as they fit") {
  Ends ends;
  const auto put = [&](stet::Tag tag, std::string_view body) {
    REQUIRE(stet::put_frame(ends.outbox, ends.near.get(), tag, body));
  };
  put(stet::Tag::fact, "one");
  put(stet::Tag::finding, "");
  put(stet::Tag::checked, "three");
  CHECK(recv(ends.far.get(), ends.buffer.data(), 0, MSG_DONTWAIT) < 0);  // nothing was sent yet
  const auto left = ends.outbox.left();
  REQUIRE(stet::send_outbox(ends.outbox, ends.near.get()));
  const auto packet = ends.receive();
  CHECK(packet == left);
  CHECK(ends.outbox.left().empty());
  stet::Frames frames(packet);
  CHECK(frames.next()->body == "one");
  CHECK(frames.next()->body.empty());
  CHECK(frames.next()->tag == stet::Tag::checked);
  CHECK_FALSE(frames.next());
}

TEST_CASE("a packet cut inside a frame is outside the protocol, after the frames before") {
  Ends ends;
  REQUIRE(stet::put_frame(ends.outbox, ends.near.get(), stet::Tag::fact, "first"));
  const size_t first = ends.outbox.left().size();
  REQUIRE(stet::put_frame(ends.outbox, ends.near.get(), stet::Tag::fact, "second"));
  const auto whole = ends.outbox.left();
  for (size_t size = first + 1; size < whole.size(); ++size) {
    stet::Frames frames(std::string_view(whole).substr(0, size));
    CHECK(frames.next()->body == "first");
    CHECK_THROWS_AS(frames.next(), stet::Breach);
  }
}

TEST_CASE("the host reads what a worker left in its outbox, however its size lies") {
  stet::Outbox host;
  stet::Outbox worker(host.memory());
  worker.append("head", {" and", " body"});
  worker.begin_document();
  CHECK(host.left() == "head and body");
  CHECK(host.documents_begun() == 1);
  // The memory's first word says how much is there.
  void* raw = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, host.memory().get(), 0);
  REQUIRE(raw != MAP_FAILED);
  *static_cast<uint32_t*>(raw) = 0xffffffff;
  CHECK(host.left().size() == stet::Outbox::capacity);
  munmap(raw, 4096);
  CHECK(ftruncate(host.memory().get(), 0) == -1);
}

TEST_CASE("descriptors travel with a packet and are closed by whoever has them last") {
  Ends ends;
  const auto memory = stet::sealed_memory("shared", "test");
  REQUIRE(stet::send_frame(ends.near.get(), stet::Tag::start, "body", {memory.get(), memory.get()}));
  std::array<char, 64> buffer{};
  stet::Received received{};
  REQUIRE(stet::receive_frame(ends.far.get(), buffer, received));
  CHECK(received.frame.tag == stet::Tag::start);
  CHECK(received.frame.body == "body");
  REQUIRE(received.descriptors.size() == 2);
  CHECK(stet::Mapping(received.descriptors[1]).bytes() == "shared");
  CHECK(received.descriptors[0].get() != memory.get());
}

TEST_CASE("sending never waits when it must not, and says when the other side is gone") {
  Ends ends;
  int sent = 0;
  while (sent < 100000 && stet::send_frame(ends.near.get(), stet::Tag::verify, "x", {}, false)) ++sent;
  CHECK(sent > 0);
  CHECK(sent < 100000);
  ends.far.reset();
  CHECK_FALSE(stet::send_frame(ends.near.get(), stet::Tag::verify, "x"));
}

TEST_CASE("a body of another size is not taken for a number") {
  const int32_t number = 7;
  CHECK(stet::body_as<int32_t>(stet::bytes_of(number)) == 7);
  CHECK_THROWS_AS(stet::body_as<stet::VerifyBody>(stet::bytes_of(number)), stet::Breach);
  CHECK_THROWS_AS(stet::body_as<int32_t>(std::string_view("short")), stet::Breach);
}
