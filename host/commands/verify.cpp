#include "../verify.hpp"
#include "../checkpoint.hpp"
#include "../files.hpp"
#include "../good_signatures.hpp"
#include "../render/visible.hpp"
#include "../sentence.hpp"
#include "../trust.hpp"
#include "../verify_fast.hpp"

#include <iostream>
#include <limits>
#include <map>
#include <memory>
#include <mutex>

#include "commands.hpp"
#include "progress_line.hpp"

namespace stet::commands {
namespace {

struct Arguments {
  std::string folder, signer, against, trust;
  unsigned threads = 0;
  bool fast = false, all = false, afresh = false;
  size_t last = 100;
  FormatOption format;
};

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

class Display {
 public:
  void show(const VerifyProgress& now) {
    const std::lock_guard lock(mutex_);
    if (!line_.is_due()) return;
    const double fraction = static_cast<double>(now.done) / static_cast<double>(now.total);
    const double here = seconds_since(start_);
    line_.show(bar(fraction, 24) + "  " + std::to_string(now.revisions) + " revisions, " +
               std::to_string(static_cast<uint64_t>(static_cast<double>(now.revisions) / here)) + "/s, " +
               duration(here / fraction - here) + " left");
  }

 private:
  const Clock::time_point start_ = Clock::now();
  std::mutex mutex_;
  ProgressLine line_;
};

// What a ledger holds may be anybody's words: they reach the terminal through visible() alone.

// What a problem is a problem of.
std::string kind_of(const std::string& path) {
  if (path.starts_with("commit ")) return "commit";
  if (path.starts_with("objects/pack/pack-")) return "pack";
  if (path.starts_with("objects/")) return "file of git";
  if (path.starts_with("keys/")) return "key file";
  if (path.starts_with("log/")) return "file of the log";
  if (!path.starts_with("articles/")) return "file";
  const auto dot = path.find('.', path.rfind('/'));
  const auto ending = dot == path.npos ? "" : path.substr(dot);
  if (ending == ".report") return "report";
  if (ending == ".sig") return "signature";
  if (ending == ".text") return "text";
  return path[path.rfind('/') + 1] == 'r' ? "document" : "folder";
}

void print_problems(const Verification& v, bool all) {
  std::map<std::string, size_t> of_kind;
  for (const auto& p : v.problems) ++of_kind[kind_of(p.path)];
  std::map<std::string, size_t> printed;
  for (const auto& p : v.problems) {
    const auto kind = kind_of(p.path);
    if (!all && printed[kind]++ > 0) continue;
    std::cout << "error: " << visible(p.path) << ": " << visible(p.message) << "\n";
    if (const size_t more = of_kind[kind] - 1; !all && more > 0)
      std::cout << "  and " << counted(more, kind) << " more with problems (see --all)\n";
  }
}

void print_commits(const Verification& v) {
  std::cout << "  " << counted(v.commits, "commit") << ": ";
  if (v.signed_commits == v.commits)
    std::cout << "signed by the ledger's keys";
  else if (v.signed_commits == 0)
    std::cout << "not signed";
  else
    std::cout << v.signed_commits << " signed by the ledger's keys";
}

void print_revisions(const Verification& v) {
  std::cout << "  " << counted(v.documents, "document") << " of " << counted(v.articles, "article") << " ("
            << v.bytes << " bytes): the SHA-256 is the one in the report\n  " << counted(v.reports, "report")
            << ": canonical, in sequence, each naming the one before it\n  "
            << counted(v.signatures, "signature") << ": valid";
  if (v.signatures_before > 0)
    std::cout << " (" << v.signatures_before << " of them found so before; --afresh verifies all again)";
  std::cout << "\n";
  for (const auto& keyid : v.keyids) std::cout << "    by " << keyid << "\n";
  for (const auto& sentence : v.redacted) std::cout << "  " << visible(sentence) << "\n";
  for (const auto& key : v.ended_keys) std::cout << "  key " << visible(key) << "\n";
}

void print_continues(const Verification& v) {
  if (v.witnessed) {
    std::cout << "    witnessed up to entry " << *v.witnessed << " of " << v.logged.value_or(0) << " by ";
    for (size_t i = 0; i < v.witnesses.size(); ++i) std::cout << (i ? ", " : "") << visible(v.witnesses[i]);
    std::cout << "\n";
  } else if (v.witnesses_named > 0) {
    std::cout << "    NOT witnessed yet: "
              << "of " << v.witnesses_named << " witnesses " << v.witnesses_required << " must cosign\n";
  }
  if (v.continues)
    std::cout << "    it goes on from the checkpoint of " << counted_entries(*v.continues) << "\n";
}

void print_all(const Verification& v) {
  print_commits(v);
  std::cout << ", and none changed what was recorded\n";
  print_revisions(v);
  if (v.logged)
    std::cout << "  log of " << counted_entries(*v.logged)
              << ": the revisions above, keys and redactions, under a root that is signed\n";
  else
    std::cout << "  no log: revisions that were cut off at the end would not be noticed\n";
  print_continues(v);
  std::cout << "  " << counted(v.objects, "object") << ": each what its SHA-1 says\n  "
            << counted(v.packs, "pack") << " (" << v.pack_bytes << " bytes): as they were written\n";
  if (v.shortcuts.empty()) return;
  for (size_t i = 0; i < v.shortcuts.size(); ++i)
    std::cout << (i ? ", " : "  ") << visible(std::filesystem::path(v.shortcuts[i]).filename().string());
  std::cout << ": what the commits and packs say\n";
}

// Of a fast verification, which says what it left out.
void print_newest(const Verification& v) {
  print_commits(v);
  std::cout << ", the newest\n";
  print_revisions(v);
  if (v.logged)
    std::cout << "  log of " << counted_entries(*v.logged)
              << ": the ones above are in it, under a root that is signed\n";
  else
    std::cout << "  no log\n";
  print_continues(v);
  std::cout
      << "  NOT checked: older revisions, whether older commits changed any, the rest of the log, packs, "
         "key files\n";
}

void print(const Verification& v, const Arguments& a) {
  print_problems(v, a.all);
  std::cout << a.folder;
  if (!v.holds())
    std::cout << " does NOT hold: " << counted(v.problems.size(), "problem") << "\n";
  else if (a.fast)
    std::cout << " holds as far as it was checked\n", print_newest(v);
  else
    std::cout << " holds\n", print_all(v);
}

nlohmann::json json_of(const Verification& v, const Arguments& a, double seconds) {
  auto problems = nlohmann::json::array();
  for (const auto& p : v.problems)
    problems.push_back({{"kind", kind_of(p.path)}, {"path", p.path}, {"message", p.message}});
  const auto number_or_null = [](const std::optional<uint64_t>& n) {
    return n ? nlohmann::json(*n) : nlohmann::json();
  };
  return {{"holds", v.holds()},
          {"complete", !a.fast},
          {"problems", problems},
          {"articles", v.articles},
          {"documents", v.documents},
          {"reports", v.reports},
          {"signatures", v.signatures},
          {"signaturesBefore", v.signatures_before},
          {"bytes", v.bytes},
          {"keyids", v.keyids},
          {"endedKeys", v.ended_keys},
          {"redacted", v.redacted},
          {"witnessed", number_or_null(v.witnessed)},
          {"witnesses", v.witnesses},
          {"witnessesRequired", v.witnesses_required},
          {"commits", v.commits},
          {"signedCommits", v.signed_commits},
          {"objects", v.objects},
          {"packs", v.packs},
          {"packBytes", v.pack_bytes},
          {"shortcuts", v.shortcuts},
          {"logged", number_or_null(v.logged)},
          {"continues", number_or_null(v.continues)},
          {"seconds", seconds}};
}

// The bytes of a file that is a checkpoint, of whatever log.
std::string read_checkpoint(const std::string& file) try {
  constexpr size_t largest = 1u << 20;
  auto note = read_named_file(file, largest);
  parse_checkpoint(parse_note(note).text);
  return note;
} catch (const std::runtime_error& e) {
  throw std::runtime_error(naming(file, e.what()));
}

// Those of a trust file, and those that ship with this stet.
std::set<std::string> trusted_digests(const std::string& file) {
  if (!std::filesystem::exists(file)) throw std::runtime_error(file + ": no such file");
  std::set<std::string> digests;
  const Trust trust(file);
  for (const auto& plugin : trust.plugins()) digests.insert(plugin.sha256);
  for (const auto& plugin : bundled_plugins()) digests.insert(plugin.sha256());
  return digests;
}

// What cannot be written down is verified again the next time.
void save(GoodSignatures& good) try { good.save(); } catch (const std::runtime_error& e) {
  std::cerr << "stet: the signatures that are good cannot be remembered: " << e.what() << "\n";
}

Verification verified(const Arguments& a) {
  VerifyOptions options;
  options.threads = a.threads;
  if (!a.signer.empty()) options.signer = a.signer;
  if (!a.against.empty()) options.against = read_checkpoint(a.against);
  if (!a.trust.empty()) options.trusted = trusted_digests(a.trust);
  const auto ledger = Ledger::open(a.folder);
  if (a.fast) return verify_newest(ledger, options, a.last);
  Display display;
  options.progress = [&](const VerifyProgress& now) { display.show(now); };
  const auto file = GoodSignatures::file_of(a.folder);
  if (!file) return verify(ledger, options);
  GoodSignatures good(*file, a.afresh);
  options.good_signatures = &good;
  auto result = verify(ledger, options);
  save(good);
  return result;
}

int verify_ledger(const Arguments& a) {
  const auto start = Clock::now();
  const auto v = verified(a);
  if (a.format.json())
    print_json(json_of(v, a, seconds_since(start)));
  else
    print(v, a);
  return v.holds() ? 0 : 1;
}

}  // namespace

void add_verify(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("verify", "recompute every digest and signature of a ledger");
  const auto a = std::make_shared<Arguments>();
  command->add_option("LEDGER", a->folder, "the ledger's folder")->required();
  command->add_option("--signer", a->signer, "demand that every report is signed by this key (SHA256:...)");
  command
      ->add_option(
          "--against", a->against,
          "a checkpoint of this ledger kept elsewhere (stet checkpoint): prove that it only grew since")
      ->type_name("FILE");
  command
      ->add_option(
          "--trust", a->trust,
          "a trust file (stet plugin trust): demand that every plugin that a report names is in it, or one "
          "that ships with this stet")
      ->type_name("FILE");
  auto* fast = command->add_flag(
      "--fast", a->fast, "only the newest commit, the checkpoint and the newest revisions, in no time");
  command->add_option("--last", a->last, "with --fast: how many revisions; default: 100")
      ->type_name("N")
      ->check(CLI::Range(1, std::numeric_limits<int>::max()))
      ->needs(fast);
  command
      ->add_flag("--afresh", a->afresh,
                 "verify every signature, also those that you found good before (each is remembered, below "
                 "~/.local/state/stet)")
      ->excludes(fast);
  command->add_flag("--all", a->all, "tell every problem, not the first of each kind");
  command->add_option("--jobs", a->threads, "how many threads; default: as many as the machine has")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  a->format.add_to(command);
  command->footer("Example: stet verify news.ledger --against kept.checkpoint");
  command->callback([a, &exit_code] { exit_code = verify_ledger(*a); });
}

}  // namespace stet::commands
