#include "../verify.hpp"

#include <iostream>
#include <memory>

#include "commands.hpp"

namespace stet::commands {
namespace {

struct Arguments {
  std::string folder, signer;
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
  std::cout << "\n";
}

int verify_ledger(const Arguments& a) {
  const auto v = verify(Ledger::open(a.folder), a.signer.empty() ? std::nullopt : std::optional(a.signer));
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
                {"keyids", v.keyids}});
  }
  return v.holds() ? 0 : 1;
}

}  // namespace

void add_verify(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("verify", "recompute every digest and signature of a ledger");
  const auto a = std::make_shared<Arguments>();
  command->add_option("LEDGER", a->folder, "the ledger's folder")->required();
  command->add_option("--signer", a->signer, "demand that every report is signed by this key (SHA256:...)");
  a->format.add_to(command);
  command->footer("Example: stet verify news.ledger");
  command->callback([a, &exit_code] { exit_code = verify_ledger(*a); });
}

}  // namespace stet::commands
