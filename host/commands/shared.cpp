#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <iostream>
#include <stdexcept>

#include "../files.hpp"
#include "../render/visible.hpp"
#include "../revision_check.hpp"
#include "../sandbox.hpp"
#include "../timestamp.hpp"
#include "commands.hpp"

namespace stet::commands {

namespace fs = std::filesystem;

void PluginOptions::add_to(CLI::App* command) {
  command->add_option("--plugin", extra, "run this trusted plugin too")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command->add_option("--option", options, "set an option of a plugin")
      ->type_name("PLUGIN.KEY=VALUE")
      ->allow_extra_args(false);
  command->add_option("--config", config, "options of plugins; default: stet.toml, if there is one here")
      ->type_name("FILE");
  command->add_flag("--in-process", in_process,
                    "run the plugins that ship with stet unprotected, in this process: faster in bulk");
}

Run PluginOptions::run() const {
  const auto nursery = in_process ? nullptr : std::make_shared<Nursery>();
  auto plugins = choose_plugins(Trust(Trust::default_file()), {extra.begin(), extra.end()});
  std::vector<Setting> settings;
  if (!config.empty() || fs::exists(settings_file))
    settings = read_settings(config.empty() ? settings_file : config);
  for (const auto& argument : options) settings.push_back(parse_setting(argument));
  apply_settings(settings, plugins);
  return Run(std::move(plugins), in_process, nursery);
}

void LedgerOption::add_to(CLI::App* command, bool required) {
  auto* option = command->add_option("--ledger,-l", folder, "the ledger's folder")
                     ->type_name("DIR")
                     ->envname("STET_LEDGER");
  if (required) option->required();
}

void KeyOptions::add_to(CLI::App* command) {
  command->add_option("--key", file, "the private key (PEM); default: the ledger's own")->type_name("FILE");
  command->add_option("--log-key", log_file, "that of the ledger's log; default: the ledger's own")
      ->type_name("FILE");
  command
      ->add_option("--passphrase-file", passphrase_file,
                   "holds the key's passphrase; default: $STET_PASSPHRASE")
      ->type_name("FILE");
}

std::optional<std::string> KeyOptions::passphrase() const {
  constexpr size_t longest = 4096;
  if (!passphrase_file.empty()) {
    auto text = read_named_file(passphrase_file, longest);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
  }
  const char* value = std::getenv("STET_PASSPHRASE");
  return value && *value ? std::optional<std::string>(value) : std::nullopt;
}

PrivateKey KeyOptions::load(const fs::path& ledger) const {
  return PrivateKey::load(file.empty() ? default_key_file(ledger) : fs::path(file), passphrase());
}

KeyOptions::Loaded KeyOptions::load_all(const fs::path& ledger) const {
  const auto of_the_log = log_file.empty() ? default_log_key_file(ledger) : fs::path(log_file);
  Loaded keys{load(ledger), std::nullopt, LastSigned(of_the_log)};
  if (!log_file.empty() || fs::exists(of_the_log)) keys.log = PrivateKey::load(of_the_log, passphrase());
  return keys;
}

void FormatOption::add_to(CLI::App* command) {
  command->add_option("--format,-f", format, "text or json")->check(CLI::IsMember({"text", "json"}));
}

void FailOnOption::add_to(CLI::App* command, const char* help) {
  command->add_option("--fail-on", severity, help)
      ->check(CLI::IsMember({"note", "warning", "error", "never"}))
      ->capture_default_str();
}

bool FailOnOption::counts(Severity of) const {
  const auto least = severity_named(severity);
  return least && of >= *least;
}

int FailOnOption::exit_code(const std::vector<PluginRun>& runs, int before) const {
  if (!severity_named(severity) || before == 1) return before;
  int exit_code = before;
  for (const auto& run : runs) {
    for (const auto& finding : run.outcome.findings)
      if (counts(finding.severity)) return 1;
    // A check that did not run has found nothing out, and a script reads nothing but this number.
    if (run.outcome.kind != Outcome::Kind::checked) exit_code = 2;
  }
  return exit_code;
}

void ConfinementNotice::look_at(const std::vector<PluginRun>& runs) {
  for (const auto& run : runs) {
    const auto missing = sandbox::missing_fences(run.outcome.confinement);
    if (told_ || missing.empty()) continue;
    std::cerr << "stet: plugins were not fully confined: " << missing << "\n";
    told_ = true;
  }
}

fs::path default_key_file(const fs::path& ledger) {
  return ledger / "stet" / "signing-key.pem";
}

fs::path default_log_key_file(const fs::path& ledger) {
  return ledger / "stet" / "log-key.pem";
}

Reference resolve(const Ledger& ledger, const std::string& text) {
  const size_t at = text.rfind('@');
  const auto article = text.substr(0, at);
  const uint32_t newest = ledger.revisions(article);
  if (newest == 0)
    throw std::runtime_error(ledger.folder().string() + ": no article \"" + article + "\" (see: stet log)");
  if (at == std::string::npos) return {article, newest};
  uint32_t revision = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + at + 1, end, revision);
  if (error != std::errc() || rest != end || revision == 0 || revision > newest)
    throw std::runtime_error(text + ": \"" + article + "\" has revisions 1 to " + std::to_string(newest));
  return {article, revision};
}

bool holds(const Ledger& ledger, const Reference& at) {
  const auto fault = RevisionCheck(ledger).fault(at.article, at.revision);
  if (fault)
    std::cerr << "stet: "
              << visible(at.article + "@" + std::to_string(at.revision) + " does NOT hold: " + fault->path +
                         ": " + fault->message)
              << "\n";
  return !fault;
}

Document read_article(const std::string& file, const std::string& published) {
  auto document = read_document(file, read_named_file(file, max_document_bytes), format_of(file));
  if (!published.empty()) {
    if (!parse_timestamp(published))
      throw std::runtime_error("--published " + published + ": not an RFC 3339 time or date");
    document.metadata.published = published;
  }
  return document;
}

unsigned terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 100;
}

bool coloured() {
  const char* no_color = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) && (!no_color || !*no_color);
}

std::string counted(size_t number, const std::string& noun) {
  return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
}

void print_json(const nlohmann::json& value) {
  std::cout << value.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

void print_exactly(const std::string& text) {
  std::cout << (isatty(STDOUT_FILENO) ? visible_lines(text) : text);
}

}  // namespace stet::commands
