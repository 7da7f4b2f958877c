#include <iostream>
#include <memory>

#include "../canonical.hpp"
#include "../keyring.hpp"
#include "../ledger_log.hpp"
#include "../record.hpp"
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

void save(const PrivateKey& key, const std::filesystem::path& file, const Arguments& a) {
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::absolute(file).parent_path(), error);
  if (error) throw std::runtime_error(file.string() + ": " + error.message());
  key.save(file, a.key.passphrase());
}

// A ledger whose keys cannot be saved is of no use to anybody: it goes again.
void save_keys(const PrivateKey& log_key, const std::filesystem::path& log_file, const PrivateKey* key,
               const std::filesystem::path& file, const Arguments& a) {
  bool is_log_key_saved = false;
  try {
    save(log_key, log_file, a);
    is_log_key_saved = true;
    if (key) save(*key, file, a);
  } catch (...) {
    std::error_code ignored;
    if (is_log_key_saved) std::filesystem::remove(log_file, ignored);
    std::filesystem::remove_all(a.folder, ignored);
    throw;
  }
}

void init(const Arguments& a) {
  const std::filesystem::path folder = a.folder;
  bool made = false;
  const auto key = signing_key(a, made);
  const int64_t time = now();
  const auto origin = a.origin.empty() ? folder.filename().string() : a.origin;
  if (!is_key_name(origin))
    throw std::runtime_error("\"" + origin +
                             "\" cannot be the ledger's name: give one without blanks and '+' by --origin");
  const auto log_key = PrivateKey::generate();
  const auto log = vkey({origin, NoteKeyType::ed25519, log_key.public_key()});
  const nlohmann::json about{{"format", 1}, {"origin", origin}, {"log", log}};
  Ledger::create(
      folder,
      first_files(origin, log_key, canonical(about), key_file(key.public_key(), format_timestamp(time))),
      time, commit_signer(key));
  const auto log_file =
      a.key.log_file.empty() ? default_log_key_file(folder) : std::filesystem::path(a.key.log_file);
  const auto file = a.key.file.empty() ? default_key_file(folder) : std::filesystem::path(a.key.file);
  save_keys(log_key, log_file, made ? &key : nullptr, file, a);
  std::cout << "made ledger " << folder.string() << "\n  signing key " << key.public_key().keyid()
            << "\n  kept in " << file.string() << (a.key.passphrase() ? " (encrypted)" : " (not encrypted)")
            << "; it never enters the git tree\n  log key " << log << "\n  kept in " << log_file.string()
            << "\n";
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
