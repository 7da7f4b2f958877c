#include <iostream>
#include <memory>

#include "../ledger_log.hpp"
#include "../sshsig.hpp"
#include "commands.hpp"

namespace stet::commands {

void add_key(CLI::App& app, int& exit_code) {
  auto* key = app.add_subcommand("key", "the ledger's signing key");
  key->require_subcommand(1);
  struct Arguments {
    LedgerOption ledger;
    KeyOptions key;
    bool ssh = false, id = false, allowed = false, log = false;
  };
  const auto a = std::make_shared<Arguments>();
  auto* show = key->add_subcommand("show", "print the public key");
  a->ledger.add_to(show);
  a->key.add_to(show);
  show->add_flag("--ssh", a->ssh, "as a line for an SSH allowed-signers file");
  show->add_flag("--id", a->id, "only its fingerprint");
  show->add_flag("--allowed-signers", a->allowed,
                 "as git's gpg.ssh.allowedSignersFile, for git verify-commit");
  show->add_flag("--log", a->log, "the verifier key of the ledger's log");
  show->footer("Example: stet key show --ledger news.ledger > signer.pem");
  show->callback([a, &exit_code] {
    exit_code = 0;
    if (a->log) {
      const auto ledger = a->ledger.open();
      const auto log = LedgerLog::open(ledger);
      if (!log) throw std::runtime_error(a->ledger.folder + ": a ledger without a log");
      std::cout << vkey(log->key()) << "\n";
      return;
    }
    const auto shown = a->key.load(a->ledger.folder).public_key();
    if (a->allowed) {
      std::cout << allowed_signer("stet@localhost", shown);
      return;
    }
    std::cout << (a->id ? shown.keyid() + "\n" : a->ssh ? shown.ssh() + "\n" : shown.pem());
  });
}

}  // namespace stet::commands
