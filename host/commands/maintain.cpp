#include "../maintenance.hpp"

#include <chrono>
#include <iomanip>
#include <iostream>
#include <memory>
#include <sstream>

#include "commands.hpp"
#include "progress_line.hpp"

namespace stet::commands {
namespace {

struct Arguments {
  LedgerOption ledger;
  MaintenanceOptions options;
  uint64_t pack_mb = 256;
  FormatOption format;
};

std::string megabytes(uint64_t bytes) {
  std::ostringstream out;
  out << std::fixed << std::setprecision(bytes < 10000000 ? 2 : 0) << static_cast<double>(bytes) / 1e6
      << " MB";
  return out.str();
}

std::string text_of(const char* what, size_t done, size_t of) {
  auto text = what + (": " + std::to_string(done));
  if (of == 0) return text;
  return text + " of " + std::to_string(of) + " (" + std::to_string(done * 100 / of) + "%)";
}

void print(const Upkeep& done, double seconds, const std::string& folder) {
  if (!done.was_needed) {
    std::cout << folder << ": nothing to do since the last time\n";
    return;
  }
  std::cout << folder << ": " << counted(done.packs_before, "pack") << " became " << done.packs_after << ", "
            << megabytes(done.bytes_before) << " became " << megabytes(done.bytes_after) << " ("
            << counted(done.objects, "object") << ", " << std::fixed << std::setprecision(1) << seconds
            << " s)\n";
  if (!done.removed_old)
    std::cout << "  the old packs stay until the next time: what came meanwhile needs them\n";
}

nlohmann::json parts_of(const Upkeep& done) {
  const auto& p = done.parts;
  return {{"commits", p.commits}, {"trees", p.trees},           {"documents", p.documents},
          {"texts", p.texts},     {"reports", p.reports},       {"signatures", p.signatures},
          {"others", p.others},   {"indexes", done.index_bytes}};
}

void maintain_ledger(Arguments& a) {
  const auto ledger = a.ledger.open();
  a.options.most_pack_bytes = a.pack_mb << 20;
  Upkeep done;
  const auto start = std::chrono::steady_clock::now();
  {
    ProgressLine line;
    a.options.progress = [&](const char* what, size_t n, size_t of) {
      if (line.is_due()) line.show(text_of(what, n, of));
    };
    done = maintain(ledger, a.options);
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (!a.format.json()) return print(done, seconds, a.ledger.folder);
  print_json({{"needed", done.was_needed},
              {"removedOld", done.removed_old},
              {"packsBefore", done.packs_before},
              {"packsAfter", done.packs_after},
              {"bytesBefore", done.bytes_before},
              {"bytesAfter", done.bytes_after},
              {"objects", done.objects},
              {"parts", parts_of(done)},
              {"seconds", seconds}});
}

}  // namespace

void add_maintain(CLI::App& app, int&) {
  auto* command = app.add_subcommand("maintain", "pack a ledger's objects anew: less space, faster reading");
  const auto a = std::make_shared<Arguments>();
  a->ledger.add_to(command);
  command->add_option("--pack-size", a->pack_mb, "megabytes (2^20) that a pack may take; default: 256")
      ->type_name("MB")
      ->check(CLI::Range(1, 1 << 20));
  command->add_option("--level", a->options.level, "of deflate, 1 (fast) to 12 (small)")
      ->type_name("N")
      ->check(CLI::Range(1, 12));
  command->add_option("--threads", a->options.threads, "default: as many as the machine has")
      ->type_name("N")
      ->check(CLI::Range(1, 64));
  a->format.add_to(command);
  command->footer("Example: stet maintain --ledger news.ledger");
  command->callback([a] { maintain_ledger(*a); });
}

}  // namespace stet::commands
