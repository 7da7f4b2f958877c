#include <iostream>
#include <memory>

#include "../files.hpp"
#include "../key_changes.hpp"
#include "../ledger_log.hpp"
#include "../render/visible.hpp"
#include "../sshsig.hpp"
#include "../timestamp.hpp"
#include "commands.hpp"

namespace stet::commands {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  LedgerOption ledger;
  KeyOptions key;
  FormatOption format;
  bool ssh = false, id = false, allowed = false, log = false;
  std::string new_key, keyid, reason, since;
};

void show(const Arguments& a) {
  if (a.log) {
    const auto ledger = a.ledger.open();
    const auto log = LedgerLog::open(ledger);
    if (!log) throw std::runtime_error(a.ledger.folder + ": a ledger without a log");
    print_exactly(vkey(log->key()) + "\n");
    return;
  }
  if (a.allowed) {
    for (const auto& key : listed_keys(a.ledger.open()))
      std::cout << allowed_signer("stet@localhost", key.key, key.valid_from, last_second(key));
    return;
  }
  const auto shown = a.key.load(a.ledger.folder).public_key();
  std::cout << (a.id ? shown.keyid() + "\n" : a.ssh ? shown.ssh() + "\n" : shown.pem());
}

void list(const Arguments& a) {
  auto all = nlohmann::json::array();
  for (const auto& key : listed_keys(a.ledger.open())) {
    const auto range = range_of(key);
    if (!a.format.json())
      std::cout << key.key.keyid() << "  from " << format_timestamp(key.valid_from)
                << (key.ended() ? "  " + visible(end_of(key)) : "")
                << (range.empty() ? "" : "; counts " + range) << "\n";
    all.push_back(nlohmann::json::parse(key_file(key).second));
  }
  if (a.format.json()) print_json(all);
}

void add(const Arguments& a) {
  constexpr size_t largest = 1u << 16;
  auto ledger = a.ledger.open();
  const auto next = PublicKey::from_pem(read_named_file(a.new_key, largest), a.new_key);
  add_key(ledger, a.key.load_all(a.ledger.folder).signers(), next, now());
  std::cout << "listed " << next.keyid() << " in " << a.ledger.folder << "\n";
}

PrivateKey made_or_loaded(const fs::path& file, const KeyOptions& options) {
  if (fs::exists(file)) return PrivateKey::load(file, options.passphrase());
  auto key = PrivateKey::generate();
  key.save(file, options.passphrase());
  return key;
}

std::string retired_name(const PublicKey& key) {
  const auto file = fs::path(key_path(key.keyid())).stem().string();
  return "retired-key-" + file.substr(0, 16) + ".pem";
}

void warn_of_clock(const Ledger& ledger) {
  const int64_t newest = ledger.newest_time();
  if (far_ahead(newest, now()) && has_timestamp(newest))
    std::cerr << "stet: the newest commit of " << ledger.folder().string() << " is dated "
              << format_timestamp(newest) << ", ahead of the clock, " << format_timestamp(now())
              << ": one of them is wrong\n";
}

void demand_unlisted(const Ledger& ledger, const PublicKey& key, const fs::path& file) {
  if (is_listed(ledger, key))
    throw std::runtime_error(file.string() + ": the key " + key.keyid() +
                             " is listed already, and a rotation is to one that is not");
}

// The new key waits beside the old one until the ledger lists it; only then do the files change places.
// Stopped in between, the same command goes on from there.
void rotate(const Arguments& a) {
  if (!a.key.file.empty() && a.new_key.empty())
    throw std::runtime_error(
        "--key names a file of your own; say where the new key goes with --new-key FILE");
  auto ledger = a.ledger.open();
  const fs::path current = a.key.file.empty() ? default_key_file(a.ledger.folder) : fs::path(a.key.file);
  const fs::path next =
      a.new_key.empty() ? current.parent_path() / "next-signing-key.pem" : fs::path(a.new_key);
  warn_of_clock(ledger);
  const auto old = a.key.load_all(a.ledger.folder);
  const auto key = made_or_loaded(next, a.key);
  if (!has_rotated(ledger, old.key.public_key(), key.public_key())) {
    demand_unlisted(ledger, key.public_key(), next);
    rotate_key(ledger, old.signers(), key.public_key(), now());
  }
  std::cout << "from now on " << key.public_key().keyid() << " signs for " << a.ledger.folder << "\n  "
            << old.key.public_key().keyid() << " is retired: what it signed until now goes on counting\n";
  fs::path kept = next;
  if (a.new_key.empty()) {
    std::error_code linked_already;
    fs::create_hard_link(current, current.parent_path() / retired_name(old.key.public_key()), linked_already);
    fs::rename(next, current);
    kept = current;
  }
  std::cout << "  kept in " << kept.string() << (a.key.passphrase() ? " (encrypted)" : " (not encrypted)")
            << "\n";
}

// The one key whose id begins so.
std::string full_keyid(const Ledger& ledger, const std::string& beginning) {
  std::vector<std::string> found;
  for (const auto& key : listed_keys(ledger))
    if (key.key.keyid().starts_with(beginning)) found.push_back(key.key.keyid());
  if (found.size() == 1) return found.front();
  throw std::runtime_error(ledger.folder().string() + ": " + std::to_string(found.size()) +
                           " keys begin with \"" + beginning + "\" (see: stet key list)");
}

void revoke(const Arguments& a) {
  auto ledger = a.ledger.open();
  const auto keyid = full_keyid(ledger, a.keyid);
  const auto end = key_end(ledger, a.since, now());
  const auto keys = a.key.load_all(a.ledger.folder);
  revoke_key(ledger, keys.signers(), keyid, end, a.reason, now());
  std::cout << "revoked " << keyid << " in " << a.ledger.folder << "\n  what it signed counts ";
  if (!end.log_size)
    std::cout << "only before " << format_timestamp(end.time) << "\n";
  else
    std::cout << (*end.log_size == 0 ? "for none" : "only for the first " + std::to_string(*end.log_size))
              << " of the log's " << LedgerLog::open(ledger)->checkpoint().size << " entries\n";
  for (const auto& other : let_in_after_the_end(ledger, keyid, keys.key.public_key()))
    std::cout << "  after that it let in " << other << ": revoke that too if it is not yours\n";
}

CLI::App* add_to(CLI::App* key, const char* name, const char* help, const char* footer,
                 const std::shared_ptr<Arguments>& a, void (*run)(const Arguments&), int& exit_code) {
  auto* command = key->add_subcommand(name, help);
  a->ledger.add_to(command);
  a->key.add_to(command);
  command->footer(footer);
  command->callback([a, run, &exit_code] {
    run(*a);
    exit_code = 0;
  });
  return command;
}

}  // namespace

void add_key(CLI::App& app, int& exit_code) {
  auto* key = app.add_subcommand("key", "the keys that sign for a ledger, over time");
  key->require_subcommand(1);
  const auto a = std::make_shared<Arguments>();
  auto* shown = add_to(key, "show", "print the public key",
                       "Example: stet key show --ledger news.ledger > signer.pem", a, show, exit_code);
  shown->add_flag("--ssh", a->ssh, "as a line for an SSH allowed-signers file");
  shown->add_flag("--id", a->id, "only its fingerprint");
  shown->add_flag("--allowed-signers", a->allowed,
                  "all keys of the ledger as git's gpg.ssh.allowedSignersFile, for git verify-commit");
  shown->add_flag("--log", a->log, "the verifier key of the ledger's log");
  a->format.add_to(add_to(key, "list", "list all keys, and when their signatures count",
                          "Example: stet key list --ledger news.ledger", a, list, exit_code));
  add_to(key, "add", "list another key that may sign",
         "Example: stet key add colleague.pem --ledger news.ledger", a, add, exit_code)
      ->add_option("PUBLIC", a->new_key, "a public key (PEM), as stet key show prints it")
      ->required();
  add_to(key, "rotate", "sign with a new key from now on; the log keeps its own",
         "Example: stet key rotate --ledger news.ledger", a, rotate, exit_code)
      ->add_option("--new-key", a->new_key, "the new private key; made if it is not there")
      ->type_name("FILE");
  auto* revoked =
      add_to(key, "revoke", "say that a key may be in foreign hands: it counts no more",
             "Example: stet key revoke SHA256:OSWApv --reason \"laptop stolen\" --ledger news.ledger", a,
             revoke, exit_code);
  revoked->add_option("KEYID", a->keyid, "the key, or how its id begins")->required();
  revoked->add_option("--reason", a->reason, "one sentence, which everybody can read")->required();
  revoked->add_option(
      "--since", a->since,
      "since when it was not safe: a time, the first bad ARTICLE@N, or how many entries of the "
      "log are good; default: now");
}

}  // namespace stet::commands
