#include "last_signed.hpp"

#include <optional>
#include <stdexcept>

#include "files.hpp"

namespace stet {
namespace {

constexpr size_t largest = 1u << 20;

std::optional<Checkpoint> checkpoint_in(const std::string& note, const NoteKey& log) try {
  return open_checkpoint(parse_note(note), log);
} catch (const std::runtime_error&) {
  return std::nullopt;
}

std::optional<Checkpoint> read(const std::filesystem::path& file, const NoteKey& log) try {
  return checkpoint_in(read_file(file, largest), log);
} catch (const std::runtime_error&) {
  return std::nullopt;
}

// Empty is what a power cut may leave of one. Throws std::runtime_error where it cannot be read.
bool may_be_replaced(const std::filesystem::path& file, const NoteKey& log) {
  if (!is_taken(file)) return true;
  const auto bytes = read_file(file, largest);
  return bytes.empty() || checkpoint_in(bytes, log);
}

}  // namespace

LastSigned::LastSigned(const std::filesystem::path& key_file) : file_(key_file) {
  file_ += ".checkpoint";
}

void LastSigned::demand_continuation(const Ledger& ledger, const LedgerLog& log) const {
  const auto last = read(file_, log.key());
  if (!last) return;
  if (const auto fault = log.beginning_fault(*last))
    throw std::runtime_error(ledger.folder().string() + ": was set back, or is an old copy: " + *fault +
                             " that the log's key signed last; if that is as you want it, remove " +
                             file_.string());
}

void LastSigned::keep(const std::string& note, const NoteKey& log) const try {
  if (may_be_replaced(file_, log)) replace_file(file_, note, Durable::no);
} catch (const std::runtime_error&) {
}

}  // namespace stet
