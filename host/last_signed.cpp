#include "last_signed.hpp"

#include <optional>
#include <stdexcept>

#include "files.hpp"

namespace stet {
namespace {

std::optional<Checkpoint> read(const std::filesystem::path& file) try {
  constexpr size_t largest = 1u << 20;
  return parse_checkpoint(parse_note(read_file(file, largest)).text);
} catch (const std::runtime_error&) {
  return std::nullopt;
}

}  // namespace

LastSigned::LastSigned(const std::filesystem::path& key_file) : file_(key_file) {
  file_.replace_extension(".checkpoint");
}

void LastSigned::demand_continuation(const Ledger& ledger, const LedgerLog& log) const {
  const auto last = read(file_);
  if (!last || last->origin != log.checkpoint().origin) return;
  if (const auto fault = log.beginning_fault(*last))
    throw std::runtime_error(ledger.folder().string() + ": was set back, or is an old copy: " + *fault +
                             " that the log's key signed last; if that is as you want it, remove " +
                             file_.string());
}

void LastSigned::keep(const std::string& note) const try {
  replace_file(file_, note, Durable::no);
} catch (const std::runtime_error&) {
}

}  // namespace stet
