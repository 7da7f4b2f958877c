#include <iostream>
#include <memory>

#include "commands.hpp"

namespace stet::commands {

void add_key(CLI::App& app, int& exit_code) {
  auto* key = app.add_subcommand("key", "the ledger's signing key");
  key->require_subcommand(1);
  struct Arguments {
    LedgerOption ledger;
    KeyOptions key;
    bool ssh = false, id = false;
  };
  const auto a = std::make_shared<Arguments>();
  auto* show = key->add_subcommand("show", "print the public key");
  a->ledger.add_to(show);
  a->key.add_to(show);
  show->add_flag("--ssh", a->ssh, "as a line for an SSH allowed-signers file");
  show->add_flag("--id", a->id, "only its fingerprint");
  show->footer("Example: stet key show --ledger news.ledger > signer.pem");
  show->callback([a, &exit_code] {
    const auto shown = a->key.load(a->ledger.folder).public_key();
    std::cout << (a->id ? shown.keyid() + "\n" : a->ssh ? shown.ssh() + "\n" : shown.pem());
    exit_code = 0;
  });
}

}  // namespace stet::commands
