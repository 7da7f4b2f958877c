#include "../redaction.hpp"

#include <iostream>
#include <memory>

#include "../maintenance.hpp"
#include "../revision_check.hpp"
#include "../timestamp.hpp"
#include "commands.hpp"

namespace stet::commands {
namespace {

struct Arguments {
  std::vector<std::string> revisions;
  std::string reason;
  LedgerOption ledger;
  KeyOptions key;
  bool purge = false;
};

std::vector<RevisionName> named(const Arguments& a, const Ledger& ledger) {
  std::vector<RevisionName> names;
  for (const auto& text : a.revisions) {
    if (text.find('@') == text.npos)
      throw std::runtime_error(
          std::string(text).append(": say which revision is to go, as ").append(text).append("@N"));
    const auto reference = resolve(ledger, text);
    for (const auto& name : names)
      if (name.article == reference.article && name.revision == reference.revision)
        throw std::runtime_error(text + ": is named twice");
    names.push_back({reference.article, reference.revision});
  }
  return names;
}

// Whoever has to take words down has to know where else they may stand.
void say_what_is_left(const Ledger& ledger, const RevisionName& name) {
  const std::string next = name.article + "@" + std::to_string(name.revision + 1);
  if (name.revision < ledger.revisions(name.article) &&
      !redaction_of(ledger, name.article, name.revision + 1))
    std::cout << "  the report of " << next << " says what changed and may quote it: see stet report " << next
              << "\n";
}

void say_redacted(const RevisionName& name, const std::optional<Redaction>& before,
                  const std::string& folder) {
  const std::string revision = name.article + "@" + std::to_string(name.revision);
  if (before)
    std::cout << "signed the redaction of " << revision << " in " << folder << " again: what it said on "
              << before->redacted << " stays as it is, the reason too\n";
  else
    std::cout << "redacted " << revision << " in " << folder << ": document, text, report and signature\n";
}

// Those that were not taken down before, or by a key that does not count: a purge that was stopped is asked
// for by the same command again.
std::vector<RevisionName> left_to_redact(std::vector<RevisionName> names, const Ledger& ledger) {
  std::erase_if(names, [&](const RevisionName& name) {
    const auto gone = redaction_of(ledger, name.article, name.revision);
    if (!gone || RevisionCheck(ledger).fault(name.article, name.revision)) return false;
    std::cout << name.article << "@" << name.revision << " was redacted on " << gone->redacted << "\n";
    return true;
  });
  return names;
}

MaintenanceOptions purging(const std::string& folder) {
  constexpr unsigned longest_wait = 5 * 60 * 1000;
  MaintenanceOptions options;
  options.purge = true;
  options.wait = LockWait(longest_wait, [folder] {
    std::cerr << "stet: another process keeps the packs of " << folder << " in order; waiting for it\n";
  });
  return options;
}

// Stopped in between, the same command goes on from there.
void purge(Ledger& ledger, const Arguments& a) try {
  const size_t commits = purge_history(ledger, a.key.load(a.ledger.folder), now());
  const auto done = maintain(ledger, purging(a.ledger.folder));
  std::cout << "purged what was redacted from " << a.ledger.folder << ": " << counted(commits, "commit")
            << " made anew, " << counted(done.objects, "object") << " left\n";
  if (!done.removed_old)
    std::cout
        << "  old packs are still needed by what was recorded meanwhile: run it again without ARTICLE@N\n";
  std::cout << "  clones and backups still hold it; who has one must clone again\n";
} catch (const std::runtime_error& e) {
  std::cout << std::flush;
  throw std::runtime_error(std::string(e.what()) + "; not purged yet: run stet redact --purge --ledger " +
                           a.ledger.folder);
}

void redact(const Arguments& a) {
  auto ledger = a.ledger.open();
  if (a.revisions.empty()) return purge(ledger, a);
  const auto asked = named(a, ledger);
  const auto names = a.purge ? left_to_redact(asked, ledger) : asked;
  if (names.empty()) return purge(ledger, a);
  std::vector<std::optional<Redaction>> before;
  for (const auto& name : names) before.push_back(redaction_of(ledger, name.article, name.revision));
  stet::redact(ledger, a.key.load_all(a.ledger.folder).signers(), names, a.reason, now());
  for (size_t i = 0; i < names.size(); ++i) {
    say_redacted(names[i], before[i], a.ledger.folder);
    say_what_is_left(ledger, names[i]);
  }
  std::cout << "  other revisions, and other articles, were not touched\n";
  if (a.purge) return purge(ledger, a);
  std::cout << "  older commits of the ledger, its clones and its backups still hold what was taken down\n";
}

}  // namespace

void add_redact(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "redact", "take the content of revisions down; digests, log and proofs go on holding");
  const auto a = std::make_shared<Arguments>();
  command->add_option("ARTICLE@N", a->revisions, "the revisions; none: with --purge, those redacted before");
  command->add_option("--reason", a->reason, "one sentence, which everybody can read");
  command->add_flag("--purge", a->purge,
                    "take it out of the ledger's older commits and off the disk too, for good");
  a->ledger.add_to(command);
  a->key.add_to(command);
  command->footer("Example: stet redact budget@2 --reason \"court order of 3 May\" --ledger news.ledger");
  command->callback([a, &exit_code] {
    if (a->revisions.empty() && !a->purge)
      throw std::runtime_error("redact: which revisions? ARTICLE@N, or --purge for those redacted before");
    redact(*a);
    exit_code = 0;
  });
}

}  // namespace stet::commands
