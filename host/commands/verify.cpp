#include "../verify.hpp"
#include "../checkpoint.hpp"
#include "../files.hpp"

#include <iostream>
#include <memory>

#include "commands.hpp"

namespace stet::commands {
namespace {

struct Arguments {
  std::string folder, signer, against;
  unsigned threads = 0;
  FormatOption format;
};

void print(const Verification& v, const std::string& folder) {
  for (const auto& p : v.problems) std::cout << "error: " << p.path << ": " << p.message << "\n";
  if (!v.holds()) {
    std::cout << folder << " does NOT hold: " << counted(v.problems.size(), "problem") << "\n";
    return;
  }
  std::cout << folder << " holds\n  " << counted(v.documents, "document") << " of "
            << counted(v.articles, "article") << " (" << v.bytes
            << " bytes): the SHA-256 is the one in the report\n  " << counted(v.reports, "report")
            << ": canonical, in sequence, each naming the one before it\n  "
            << counted(v.signatures, "signature") << ": valid";
  for (const auto& keyid : v.keyids) std::cout << "\n    by " << keyid;
  if (v.logged)
    std::cout << "\n  log of " << counted(*v.logged, "revision")
              << ": the ones above, under a root that is signed";
  else
    std::cout << "\n  no log: revisions that were cut off at the end would not be noticed";
  if (v.continues)
    std::cout << "\n    it goes on from the checkpoint of " << counted(*v.continues, "revision");
  std::cout << "\n";
}

// The bytes of a file that is a checkpoint, of whatever log.
std::string read_checkpoint(const std::string& file) try {
  constexpr size_t largest = 1u << 20;
  auto note = read_file(file, largest);
  parse_checkpoint(parse_note(note).text);
  return note;
} catch (const std::runtime_error& e) {
  const std::string why = e.what();
  throw std::runtime_error(why.starts_with(file) ? why : file + ": " + why);
}

int verify_ledger(const Arguments& a) {
  VerifyOptions options;
  options.threads = a.threads;
  if (!a.signer.empty()) options.signer = a.signer;
  if (!a.against.empty()) options.against = read_checkpoint(a.against);
  const auto v = verify(Ledger::open(a.folder), options);
  if (!a.format.json()) {
    print(v, a.folder);
  } else {
    auto problems = nlohmann::json::array();
    for (const auto& p : v.problems) problems.push_back({{"path", p.path}, {"message", p.message}});
    print_json({{"holds", v.holds()},
                {"problems", problems},
                {"articles", v.articles},
                {"documents", v.documents},
                {"reports", v.reports},
                {"signatures", v.signatures},
                {"bytes", v.bytes},
                {"keyids", v.keyids},
                {"logged", v.logged ? nlohmann::json(*v.logged) : nlohmann::json()},
                {"continues", v.continues ? nlohmann::json(*v.continues) : nlohmann::json()}});
  }
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
  command->add_option("--jobs", a->threads, "how many threads; default: as many as the machine has")
      ->type_name("N");
  a->format.add_to(command);
  command->footer("Example: stet verify news.ledger --against kept.checkpoint");
  command->callback([a, &exit_code] { exit_code = verify_ledger(*a); });
}

}  // namespace stet::commands
