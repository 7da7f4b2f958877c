#include <iostream>
#include <memory>

#include "../canonical.hpp"
#include "../keyring.hpp"
#include "../timestamp.hpp"
#include "commands.hpp"

namespace stet::commands {
namespace {

struct Arguments {
  std::string folder;
  std::string origin;
  KeyOptions key;
};

// An existing --key is used; else a new key is made, before the ledger that names it.
PrivateKey signing_key(const Arguments& a, bool& made) {
  const auto file = std::filesystem::path(a.key.file);
  made = a.key.file.empty() || !std::filesystem::exists(file);
  return made ? PrivateKey::generate() : PrivateKey::load(file, a.key.passphrase());
}

void init(const Arguments& a) {
  const std::filesystem::path folder = a.folder;
  bool made = false;
  const auto key = signing_key(a, made);
  const int64_t time = now();
  const auto origin = a.origin.empty() ? folder.filename().string() : a.origin;
  const nlohmann::json about{{"format", 1}, {"origin", origin}};
  Ledger::create(
      folder, {{"ledger.json", canonical(about)}, key_file(key.public_key(), format_timestamp(time))}, time);
  const auto file = a.key.file.empty() ? default_key_file(folder) : std::filesystem::path(a.key.file);
  if (made) {
    std::filesystem::create_directories(std::filesystem::absolute(file).parent_path());
    key.save(file, a.key.passphrase());
  }
  std::cout << "made ledger " << folder.string() << "\n  signing key " << key.public_key().keyid()
            << "\n  kept in " << file.string() << (a.key.passphrase() ? " (encrypted)" : " (not encrypted)")
            << "; it never enters the git tree\n";
}

}  // namespace

void add_init(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("init", "make a new ledger and its signing key");
  const auto a = std::make_shared<Arguments>();
  command->add_option("LEDGER", a->folder, "a folder that does not exist yet, or is empty")->required();
  command->add_option("--origin", a->origin,
                      "the name under which the ledger is known; default: its folder's");
  a->key.add_to(command);
  command->footer("Example: stet init news.ledger");
  command->callback([a, &exit_code] {
    init(*a);
    exit_code = 0;
  });
}

}  // namespace stet::commands
