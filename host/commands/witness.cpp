// witness: whose cosignatures a ledger asks for, and being one.
#include <iostream>
#include <memory>

#include "../consistency.hpp"
#include "../files.hpp"
#include "../ledger_log.hpp"
#include "../render/visible.hpp"
#include "../sentence.hpp"
#include "../timestamp.hpp"
#include "../witness_policy.hpp"
#include "../witness_state.hpp"
#include "commands.hpp"

namespace stet::commands {
namespace {

constexpr size_t largest_note = 1u << 20;
constexpr int most_witnesses = 99;  // of a note's 100 signatures one is the log's own

struct Arguments {
  std::string vkey, name, key, state, log, file;
  size_t required = 0;
  LedgerOption ledger;
  KeyOptions keys;
};

void add(const Arguments& a) {
  auto ledger = a.ledger.open();
  const auto witness = parse_vkey(a.vkey);
  add_witness(ledger, a.keys.load_all(a.ledger.folder).signers(), witness, now());
  std::cout << a.ledger.folder << " knows the witness " << visible(witness.name) << "\n";
}

void require(const Arguments& a) {
  auto ledger = a.ledger.open();
  require_witnesses(ledger, a.keys.load_all(a.ledger.folder).signers(), a.required, now());
  std::cout << a.ledger.folder << " asks for " << a.required << " of its witnesses\n";
}

void list(const Arguments& a) {
  const auto policy = policy_in(a.ledger.open().file("ledger.json").value_or(""));
  for (const auto& witness : policy.witnesses) print_exactly(vkey(witness) + "\n");
  std::cout << policy.required << " of " << policy.witnesses.size() << " required\n";
}

void make_key(const Arguments& a) {
  if (!is_key_name(a.name))
    throw std::runtime_error("\"" + a.name + "\" cannot be a witness's name: it holds a blank or '+'");
  const auto key = PrivateKey::generate();
  key.save(a.key, a.keys.passphrase());
  print_exactly(vkey(Witness{a.name, PrivateKey::load(a.key, a.keys.passphrase())}.note_key()) + "\n");
}

// A checkpoint, or one with a consistency proof before it.
ConsistencyProof read_request(const std::string& file) try {
  const auto text = read_named_file(file, largest_note);
  if (text.starts_with("old ")) return parse_consistency_proof(text);
  return {0, {}, parse_note(text)};
} catch (const std::runtime_error& e) {
  throw std::runtime_error(naming(file, e.what()));
}

void cosign(const Arguments& a) {
  const auto request = read_request(a.file);
  const auto log = parse_vkey(a.log);
  const Witness witness{a.name, PrivateKey::load(a.key, a.keys.passphrase())};
  const auto prove = [&](uint64_t old_size) {
    if (request.old_size != old_size)
      throw std::runtime_error(a.file + ": needs a proof from the checkpoint of " +
                               counted_entries(old_size) +
                               " that was cosigned last (see: stet proof --consistency)");
    return request.path;
  };
  Note note = request.checkpoint;
  const auto cosignature =
      WitnessState(a.state).cosign(witness, note, log, prove, static_cast<uint64_t>(now()));
  add_cosignature(note, cosignature, witness.note_key(), end_of_time);
  print_exactly(write_note(note));
}

CLI::App* add_to(CLI::App* parent, const char* name, const char* help, const std::shared_ptr<Arguments>& a,
                 void (*run)(const Arguments&), int& exit_code) {
  auto* command = parent->add_subcommand(name, help);
  command->callback([a, run, &exit_code] {
    run(*a);
    exit_code = 0;
  });
  return command;
}

}  // namespace

void add_witness(CLI::App& app, int& exit_code) {
  auto* witness = app.add_subcommand("witness", "whose cosignatures a ledger asks for, and being one");
  witness->require_subcommand(1);
  const auto a = std::make_shared<Arguments>();
  auto* added = add_to(witness, "add", "let a ledger know a witness", a, add, exit_code);
  added->add_option("VKEY", a->vkey, "the witness's verifier key, as stet witness new prints it")->required();
  auto* required = add_to(witness, "require", "how many witnesses have to cosign", a, require, exit_code);
  required->add_option("K", a->required, "of those that the ledger knows")
      ->required()
      ->check(CLI::Range(0, most_witnesses));
  auto* listed = add_to(witness, "list", "the witnesses of a ledger", a, list, exit_code);
  for (auto* command : {added, required, listed}) a->ledger.add_to(command);
  for (auto* command : {added, required}) a->keys.add_to(command);
  added->footer("Example: stet witness add watch.example+6f3a1c02+BL... --ledger news.ledger");
  required->footer("Example: stet witness require 2 --ledger news.ledger");
  listed->footer("Example: stet witness list --ledger news.ledger");

  auto* made =
      add_to(witness, "new", "make a witness's key, and print its verifier key", a, make_key, exit_code);
  auto* cosigned =
      add_to(witness, "cosign",
             "cosign a checkpoint, if its log has only grown since the one that was cosigned last", a, cosign,
             exit_code);
  cosigned->add_option("FILE", a->file, "a checkpoint, or what stet proof --consistency gives")->required();
  cosigned->add_option("--log", a->log, "the log's verifier key (stet key show --log)")->required();
  cosigned->add_option("--state", a->state, "the folder in which the witness remembers what it cosigned")
      ->type_name("DIR")
      ->required();
  for (auto* command : {made, cosigned}) {
    command->add_option("--name", a->name, "the witness's name")->required();
    command->add_option("--key", a->key, "its private key (PEM), for nothing else")
        ->type_name("FILE")
        ->required();
    command
        ->add_option("--passphrase-file", a->keys.passphrase_file,
                     "holds the key's passphrase; default: $STET_PASSPHRASE")
        ->type_name("FILE");
  }
  made->footer("Example: stet witness new --name watch.example --key watch.pem");
  cosigned->footer(
      "Example: stet witness cosign growth.txt --name watch.example --key watch.pem --state watch/ "
      "--log desk.example+... > cosigned");
}

}  // namespace stet::commands
