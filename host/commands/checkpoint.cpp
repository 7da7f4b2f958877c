#include <iostream>
#include <memory>

#include "../ledger_log.hpp"
#include "commands.hpp"

namespace stet::commands {
namespace {

struct Arguments {
  LedgerOption ledger;
  std::string reference;
};

LedgerLog log_of(const Ledger& ledger) {
  auto log = LedgerLog::open(ledger);
  if (!log) throw std::runtime_error(ledger.folder().string() + ": a ledger without a log");
  return std::move(*log);
}

void print_proof(const Arguments& a) {
  const auto ledger = a.ledger.open();
  const auto reference = resolve(ledger, a.reference);
  std::cout << log_of(ledger).proof(ledger.read(reference.article, reference.revision));
}

}  // namespace

void add_checkpoint(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "checkpoint", "print the signed size and root of the ledger's log; keep it elsewhere, see stet verify");
  const auto a = std::make_shared<Arguments>();
  a->ledger.add_to(command);
  command->footer("Example: stet checkpoint --ledger news.ledger > kept.checkpoint");
  command->callback([a, &exit_code] {
    const auto ledger = a->ledger.open();
    std::cout << log_of(ledger).note();
    exit_code = 0;
  });
}

void add_proof(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("proof", "print the proof that a revision is in the ledger's log");
  const auto a = std::make_shared<Arguments>();
  command->add_option("ARTICLE[@N]", a->reference, "a revision; default: the newest")->required();
  a->ledger.add_to(command);
  command->footer("Example: stet proof budget@2 --ledger news.ledger > budget-2.tlog-proof");
  command->callback([a, &exit_code] {
    print_proof(*a);
    exit_code = 0;
  });
}

}  // namespace stet::commands
