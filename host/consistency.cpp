#include "consistency.hpp"

#include <stdexcept>

#include "checkpoint.hpp"
#include "digest.hpp"

namespace stet {
namespace {

constexpr std::string_view first_word = "old ";
constexpr size_t most_hashes = 63;  // of tlog-witness

[[noreturn]] void malformed(const char* reason) {
  throw std::runtime_error(std::string("not a consistency proof: ") + reason);
}

}  // namespace

std::string write_consistency_proof(const ConsistencyProof& proof) {
  std::string text = std::string(first_word) + std::to_string(proof.old_size) + '\n';
  for (const auto& hash : proof.path) text += base64(bytes_of(hash)) + '\n';
  return text + '\n' + write_note(proof.checkpoint);
}

ConsistencyProof parse_consistency_proof(std::string_view text) {
  ConsistencyProof proof;
  auto line = cut_line(text);
  const auto size =
      line && line->starts_with(first_word) ? parse_decimal(line->substr(first_word.size())) : std::nullopt;
  if (!size) malformed("its first line is not \"old\" and a size");
  proof.old_size = *size;
  while ((line = cut_line(text)) && !line->empty()) {
    const auto hash = parse_hash(*line);
    if (!hash) malformed("a line is no SHA-256 in base64");
    if (proof.path.size() == most_hashes) malformed("it has more than 63 hashes");
    proof.path.push_back(*hash);
  }
  if (!line) malformed("no empty line ends the hashes");
  proof.checkpoint = parse_note(text);
  return proof;
}

}  // namespace stet
