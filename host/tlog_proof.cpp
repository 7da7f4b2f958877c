#include "tlog_proof.hpp"

#include <stdexcept>

#include "digest.hpp"

namespace stet {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_word = "extra ";
constexpr std::string_view index_word = "index ";
constexpr size_t max_path = 64;

[[noreturn]] void malformed(const std::string& reason) {
  throw std::runtime_error("not a tlog proof: " + reason);
}

std::string_view next_line(std::string_view& rest) {
  const auto line = cut_line(rest);
  if (!line) malformed("it is cut short");
  return *line;
}

std::string extra_of(std::string_view line) {
  const auto extra = from_strict_base64(line.substr(extra_word.size()));
  if (!extra) malformed("the extra data are not base64");
  return *extra;
}

uint64_t index_of(std::string_view line) {
  if (!line.starts_with(index_word)) malformed("the line with the index is missing");
  const auto index = parse_decimal(line.substr(index_word.size()));
  if (!index) malformed("the index is no number");
  return *index;
}

}  // namespace

std::string write_tlog_proof(const TlogProof& proof) {
  std::string out = std::string(first_line) + '\n';
  if (proof.extra) out += std::string(extra_word) + base64(*proof.extra) + '\n';
  out += std::string(index_word) + std::to_string(proof.index) + '\n';
  for (const Hash& hash : proof.path) out += base64(bytes_of(hash)) + '\n';
  return out + '\n' + write_note(proof.checkpoint);
}

TlogProof parse_tlog_proof(std::string_view text) {
  TlogProof proof;
  if (next_line(text) != first_line) malformed("it does not begin with " + std::string(first_line));
  std::string_view line = next_line(text);
  if (line.starts_with(extra_word)) {
    proof.extra = extra_of(line);
    line = next_line(text);
  }
  proof.index = index_of(line);
  while (!(line = next_line(text)).empty()) {
    const auto hash = parse_hash(line);
    if (!hash) malformed("line " + std::to_string(proof.path.size() + 1) + " of the path is no SHA-256");
    if (proof.path.size() == max_path) malformed("its path has more than 64 hashes");
    proof.path.push_back(*hash);
  }
  proof.checkpoint = parse_note(text);
  return proof;
}

LoggedLeaf verify_tlog_proof(const TlogProof& proof, std::string_view leaf_data, const NoteKey& log,
                             const WitnessPolicy& policy, uint64_t latest) {
  LoggedLeaf result;
  try {
    result.checkpoint = open_checkpoint(proof.checkpoint, log);
  } catch (const std::runtime_error& e) {
    result.witnesses.fault = e.what();
    return result;
  }
  const auto& [origin, size, root, extensions] = result.checkpoint;
  result.witnesses.fault = inclusion_fault(proof.index, size, leaf_hash(leaf_data), proof.path, root);
  if (!result.witnesses.fault) result.witnesses = witnessed(policy, proof.checkpoint, latest);
  return result;
}

}  // namespace stet
