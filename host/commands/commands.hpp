// The command line: arguments in, values out, no logic. Each function adds one command to `app`; running
// the command sets `exit_code`: 0 holds, 1 findings or a verification that failed. Whatever is thrown is
// a wrong use or a fault of the environment: one sentence on stderr and exit code 2.
#pragma once

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <vector>

#include "../document.hpp"
#include "../ledger.hpp"
#include "../logged_commit.hpp"
#include "../options.hpp"
#include "../run.hpp"
#include "../signature.hpp"
#include "../sources.hpp"

namespace stet::commands {

void add_init(CLI::App& app, int& exit_code);
void add_check(CLI::App& app, int& exit_code);
void add_record(CLI::App& app, int& exit_code);
void add_import(CLI::App& app, int& exit_code);
inline constexpr const char* import_summary = "record many revisions: folders, rows of JSONL, a git history";
void add_log(CLI::App& app, int& exit_code);
void add_show(CLI::App& app, int& exit_code);
void add_diff(CLI::App& app, int& exit_code);
void add_report(CLI::App& app, int& exit_code);
void add_verify(CLI::App& app, int& exit_code);
void add_key(CLI::App& app, int& exit_code);
void add_plugin(CLI::App& app, int& exit_code);
void add_stream(CLI::App& app, int& exit_code);
void add_checkpoint(CLI::App& app, int& exit_code);
void add_proof(CLI::App& app, int& exit_code);
void add_maintain(CLI::App& app, int& exit_code);
void add_redact(CLI::App& app, int& exit_code);
void add_witness(CLI::App& app, int& exit_code);

// ---- what several commands share ----

// --plugin, --option, --config and --in-process: the plugins that are to run, each with its options.
struct PluginOptions {
  std::vector<std::string> extra, options;
  std::string config;
  bool in_process = false;
  void add_to(CLI::App* command);
  Run run() const;
};

// --ledger, or $STET_LEDGER.
struct LedgerOption {
  std::string folder;
  void add_to(CLI::App* command, bool required = true);
  Ledger open() const { return Ledger::open(folder); }
};

// --key, --log-key and --passphrase-file; the keys default to the ledger's own.
struct KeyOptions {
  struct Loaded {
    PrivateKey key;
    std::optional<PrivateKey> log;  // where there is such a file: only a ledger with a log needs one
    LastSigned last;
    Signers signers() const { return {key, log ? &*log : nullptr, &last}; }
  };
  std::string file, log_file, passphrase_file;
  void add_to(CLI::App* command);
  PrivateKey load(const std::filesystem::path& ledger) const;
  Loaded load_all(const std::filesystem::path& ledger) const;
  std::optional<std::string> passphrase() const;  // of the file, or $STET_PASSPHRASE
};

// --format text|json.
struct FormatOption {
  std::string format = "text";
  void add_to(CLI::App* command);
  bool json() const { return format == "json"; }
};

// --fail-on note|warning|error|never. exit_code(): 1 when a finding is that severe, else 2 when a plugin that
// was to run did not check the document, else 0; always 0 for never. `before`: that of the documents before
// this one.
struct FailOnOption {
  std::string severity = "error";
  void add_to(CLI::App* command, const char* help = "exit with 1 from this severity on");
  bool counts(Severity of) const;
  int exit_code(const std::vector<PluginRun>& runs, int before) const;
};

// Says on stderr, once a run, that plugins ran without a fence that this machine does not have.
class ConfinementNotice {
 public:
  void look_at(const std::vector<PluginRun>& runs);

 private:
  bool told_ = false;
};

// Where the ledger keeps its signing key unless --key says otherwise: never in the tree that a clone copies.
std::filesystem::path default_key_file(const std::filesystem::path& ledger);
std::filesystem::path default_log_key_file(const std::filesystem::path& ledger);

// "ARTICLE" or "ARTICLE@N" of a ledger. Throws when there is no such article or revision.
struct Reference {
  std::string article;
  uint32_t revision;  // the newest if none is given
};
Reference resolve(const Ledger& ledger, const std::string& text);

// Whether a revision that is about to be shown holds; if not, says so on stderr.
bool holds(const Ledger& ledger, const Reference& at);

// An article file, or standard input for "-". `published` replaces what the document says, when given.
Document read_article(const std::string& file, const std::string& published);

// Columns of the terminal on stdout, or 100.
unsigned terminal_width();
// Whether stdout may be coloured: a terminal, and NO_COLOR unset.
bool coloured();

// "1 change", "2 changes".
std::string counted(size_t number, const std::string& noun);

void print_json(const nlohmann::json& value);

// For text that others may have written and programs read: byte for byte, but on a terminal through
// visible_lines().
void print_exactly(const std::string& text);

}  // namespace stet::commands
