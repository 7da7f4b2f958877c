#include "checkpoint.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "digest.hpp"

namespace stet {
namespace {

[[noreturn]] void malformed(const std::string& reason) {
  throw std::runtime_error("not a checkpoint: " + reason);
}

// An empty line would end the text early; a line feed would add a line.
void require_line(std::string_view line) {
  if (line.empty() || std::any_of(line.begin(), line.end(), [](unsigned char c) { return c < 0x20; }))
    throw std::runtime_error("an extension line is empty or holds a control character");
}

std::string text_of(const Checkpoint& checkpoint) {
  std::string text = checkpoint.origin + '\n' + std::to_string(checkpoint.size) + '\n' +
                     base64(bytes_of(checkpoint.root)) + '\n';
  for (const auto& line : checkpoint.extensions) {
    require_line(line);
    text += line + '\n';
  }
  return text;
}

}  // namespace

Note sign_checkpoint(const Checkpoint& checkpoint, const PrivateKey& log) {
  const std::string text = text_of(checkpoint);
  return {text, {sign_text(text, checkpoint.origin, log)}};
}

Checkpoint parse_checkpoint(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto line = cut_line(text);
    if (!line) malformed("its last line does not end");
    if (line->empty()) malformed("line " + std::to_string(lines.size() + 1) + " is empty");
    lines.push_back(*line);
  }
  if (lines.size() < 3) malformed("it has less than three lines");
  const auto size = parse_decimal(lines[1]);
  if (!size) malformed("line 2 is no tree size");
  const auto root = parse_hash(lines[2]);
  if (!root) malformed("line 3 is no SHA-256 in base64");
  return {std::string(lines[0]), *size, *root, {lines.begin() + 3, lines.end()}};
}

Checkpoint open_checkpoint(const Note& note, const NoteKey& log) {
  Checkpoint checkpoint = parse_checkpoint(note.text);
  if (checkpoint.origin != log.name)
    throw std::runtime_error("the checkpoint is of log " + checkpoint.origin + ", not " + log.name);
  if (const auto fault = signature_fault(note, log)) throw std::runtime_error("the checkpoint: " + *fault);
  if (checkpoint.size == 0 && checkpoint.root != empty_root())
    throw std::runtime_error("the checkpoint says a root that the empty tree does not have");
  return checkpoint;
}

std::optional<uint64_t> parse_decimal(std::string_view text) {
  uint64_t number = 0;
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<Hash> parse_hash(std::string_view text) {
  const auto bytes = from_strict_base64(text);
  return bytes ? hash_from(*bytes) : std::nullopt;
}

std::optional<std::string_view> cut_line(std::string_view& rest) {
  const size_t end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

}  // namespace stet
