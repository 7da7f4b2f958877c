#include "checkpoint.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "digest.hpp"

using namespace stet;
using Catch::Contains;

namespace {

const std::string origin = "log.example/ferry";
const std::string root_line = base64(bytes_of(leaf_hash("root")));

struct Log {
  PrivateKey secret = PrivateKey::generate();
  NoteKey key = {origin, NoteKeyType::ed25519, secret.public_key()};
  Note sign(const Checkpoint& checkpoint) const { return sign_checkpoint(checkpoint, secret); }
  // Whatever the text is.
  Note sign_any(const std::string& text) const { return {text, {sign_text(text, origin, secret)}}; }
};

}  // namespace

TEST_CASE("a checkpoint is three lines, signed under its origin") {
  const Log log;
  const Note note = log.sign({origin, 20, leaf_hash("root"), {}});
  CHECK(note.text == origin + "\n20\n" + root_line + "\n");
  CHECK(note.signatures.at(0).name == origin);
}

TEST_CASE("a checkpoint comes back from its file") {
  const Log log;
  for (const auto& checkpoint :
       {Checkpoint{origin, 0, empty_root(), {}}, Checkpoint{origin, 1, leaf_hash("root"), {}},
        Checkpoint{origin, ~uint64_t{0}, leaf_hash("root"), {"extension 1", "\xC3\xA9"}}})
    CHECK(open_checkpoint(parse_note(write_note(log.sign(checkpoint))), log.key) == checkpoint);
}

TEST_CASE("a text that is no checkpoint is refused, and why is said") {
  const std::pair<std::string, std::string> bad[] = {
      {"", "three lines"},
      {"\n", "line 1 is empty"},
      {origin + "\n20\n", "three lines"},
      {origin + "\n20\n" + root_line, "does not end"},
      {"\n20\n" + root_line + "\n", "line 1 is empty"},
      {origin + "\n\n20\n" + root_line + "\n", "line 2 is empty"},
      {origin + "\n20\n" + root_line + "\n\n", "line 4 is empty"},
      {origin + "\n20\n" + root_line + "\nx\n\ny\n", "line 5 is empty"},
      {origin + "\n020\n" + root_line + "\n", "no tree size"},
      {origin + "\n00\n" + root_line + "\n", "no tree size"},
      {origin + "\n-1\n" + root_line + "\n", "no tree size"},
      {origin + "\n+1\n" + root_line + "\n", "no tree size"},
      {origin + "\n 1\n" + root_line + "\n", "no tree size"},
      {origin + "\n1 \n" + root_line + "\n", "no tree size"},
      {origin + "\n0x1\n" + root_line + "\n", "no tree size"},
      {origin + "\n18446744073709551616\n" + root_line + "\n", "no tree size"},
      {origin + "\n20\n" + root_line + "=\n", "no SHA-256"},
      {origin + "\n20\n" + root_line.substr(0, 43) + "\n", "no SHA-256"},
      {origin + "\n20\n" + base64(std::string(31, 'x')) + "\n", "no SHA-256"},
      {origin + "\n20\n" + base64(std::string(33, 'x')) + "\n", "no SHA-256"},
      {origin + "\n20\n" + std::string(64, 'a') + "\n", "no SHA-256"}};
  for (const auto& [text, reason] : bad) {
    CAPTURE(text);
    CHECK_THROWS_WITH(parse_checkpoint(text), Contains(reason) && Contains("not a checkpoint"));
    CHECK_THROWS_WITH(open_checkpoint(Log().sign_any(text), Log().key), Contains(reason));
  }
}

TEST_CASE("a checkpoint is opened by its log's key alone") {
  const Log log, other;
  const Note note = log.sign({origin, 20, leaf_hash("root"), {}});
  CHECK(open_checkpoint(note, log.key).size == 20);
  CHECK_THROWS_WITH(open_checkpoint(note, other.key), Contains("no signature of " + origin));
  NoteKey renamed = log.key;
  renamed.name = "log.example/bus";
  CHECK_THROWS_WITH(open_checkpoint(note, renamed),
                    Contains("is of log log.example/ferry, not log.example/bus"));
  Note forged = note;
  forged.text.replace(forged.text.find("20"), 2, "21");
  CHECK_THROWS_WITH(open_checkpoint(forged, log.key), Contains("not valid"));
}

TEST_CASE("an extension line cannot end the text or hide in it") {
  const Log log;
  for (const std::string line : {"", "a\nb", "\n", "a\tb", "\n\n\xE2\x80\x94 x AAAAAAA="})
    CHECK_THROWS_WITH(log.sign({origin, 1, leaf_hash("root"), {line}}), Contains("extension line"));
  CHECK_THROWS_AS(log.sign({"two words", 1, leaf_hash("root"), {}}), std::runtime_error);
  CHECK_THROWS_AS(log.sign({"", 1, leaf_hash("root"), {}}), std::runtime_error);
}

TEST_CASE("an empty tree has one root") {
  const Log log;
  CHECK(open_checkpoint(log.sign({origin, 0, empty_root(), {}}), log.key).size == 0);
  CHECK_THROWS_WITH(open_checkpoint(log.sign({origin, 0, leaf_hash("root"), {}}), log.key),
                    Contains("empty tree"));
}

TEST_CASE("lines are cut where they end") {
  std::string_view rest = "a\n\nb";
  CHECK(cut_line(rest) == "a");
  CHECK(cut_line(rest) == "");
  CHECK_FALSE(cut_line(rest));
  CHECK(rest == "b");
}
