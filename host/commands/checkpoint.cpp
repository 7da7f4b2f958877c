// checkpoint, proof: what the ledger's log says, for others to keep and to check.
#include <iostream>
#include <memory>

#include "../consistency.hpp"
#include "../files.hpp"
#include "../ledger_log.hpp"
#include "../redaction.hpp"
#include "../render/visible.hpp"
#include "../sentence.hpp"
#include "../timestamp.hpp"
#include "../witness_policy.hpp"
#include "commands.hpp"

namespace stet::commands {
namespace {

constexpr size_t largest_note = 1u << 20;

struct Arguments {
  LedgerOption ledger;
  KeyOptions key;
  std::string reference, old;
  std::vector<std::string> cosigned;
  bool witnessed = false;
};

LedgerLog log_of(const Ledger& ledger) {
  auto log = LedgerLog::open(ledger);
  if (!log) throw std::runtime_error(ledger.folder().string() + ": a ledger without a log");
  return std::move(*log);
}

Note note_in(const std::string& file) try {
  return parse_note(read_named_file(file, largest_note));
} catch (const std::runtime_error& e) {
  throw std::runtime_error(naming(file, e.what()));
}

void take(const Arguments& a) {
  auto ledger = a.ledger.open();
  std::vector<Note> notes;
  for (const auto& file : a.cosigned) notes.push_back(note_in(file));
  const auto result = take_cosigned(ledger, a.key.load(a.ledger.folder), notes, now());
  std::cout << a.ledger.folder << " is witnessed up to entry " << parse_checkpoint(notes[0].text).size
            << "\n";
  for (const auto& by : result.by)
    std::cout << "  by " << visible(by.witness) << " on " << format_timestamp(static_cast<int64_t>(by.time))
              << "\n";
}

void print_checkpoint(const Arguments& a) {
  const auto ledger = a.ledger.open();
  if (!a.witnessed) {
    print_exactly(log_of(ledger).note());
    return;
  }
  const auto note = ledger.file(witnessed_path);
  if (!note) throw std::runtime_error(a.ledger.folder + ": no checkpoint of it is witnessed");
  print_exactly(*note);
}

void print_proof(const Arguments& a) {
  const auto ledger = a.ledger.open();
  const auto reference = resolve(ledger, a.reference);
  const auto gone = redaction_of(ledger, reference.article, reference.revision);
  print_exactly(
      log_of(ledger).proof(gone ? gone->leaf : leaf_of(ledger.read(reference.article, reference.revision))));
}

void print_consistency(const Arguments& a) {
  const auto ledger = a.ledger.open();
  const auto log = log_of(ledger);
  const auto old = open_checkpoint(note_in(a.old), log.key());
  if (const auto fault = log.beginning_fault(old)) throw std::runtime_error(a.old + ": " + *fault);
  print_exactly(write_consistency_proof(log.consistency(old.size)));
}

}  // namespace

void add_checkpoint(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "checkpoint", "print the signed size and root of the ledger's log; keep it elsewhere, see stet verify");
  const auto a = std::make_shared<Arguments>();
  a->ledger.add_to(command);
  a->key.add_to(command);
  command
      ->add_option(
          "--cosigned", a->cosigned,
          "take a checkpoint with its witnesses' cosignatures into the ledger; several: copies of one")
      ->type_name("FILE");
  command->add_flag("--witnessed", a->witnessed, "the last one that was taken so, in place of the newest");
  command->footer("Example: stet checkpoint --ledger news.ledger > kept.checkpoint");
  command->callback([a, &exit_code] {
    a->cosigned.empty() ? print_checkpoint(*a) : take(*a);
    exit_code = 0;
  });
}

void add_proof(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("proof", "print the proof that a revision is in the ledger's log");
  const auto a = std::make_shared<Arguments>();
  auto* revision = command->add_option("ARTICLE[@N]", a->reference, "a revision; default: the newest");
  command
      ->add_option("--consistency", a->old,
                   "instead, that the log only grew since this checkpoint; for stet witness cosign")
      ->type_name("FILE")
      ->excludes(revision);
  a->ledger.add_to(command);
  command->footer("Example: stet proof budget@2 --ledger news.ledger > budget-2.tlog-proof");
  command->callback([a, &exit_code] {
    if (a->reference.empty() && a->old.empty())
      throw std::runtime_error("proof: of what? ARTICLE[@N], or --consistency CHECKPOINT");
    a->old.empty() ? print_proof(*a) : print_consistency(*a);
    exit_code = 0;
  });
}

}  // namespace stet::commands
