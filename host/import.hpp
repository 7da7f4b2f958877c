// Many revisions at once: a source of documents -> revisions in a ledger, in batches.
//
// A document is known, and passed over, when the article had these bytes at that time already, as
// ArticleHistory::judge() says, so that an import can be begun again, from the start, however it ended. One
// that was observed before a revision that is recorded, and is not known, is a fault: an article's revisions
// are in the order of time.
//
// One thread reads, one writes, and between them all processors check. Documents are checked, compared and
// signed without the ledger's lock, which is held while a batch is appended. What other processes record
// meanwhile does no harm: where they recorded an article of the batch, that article is done again.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "import_source.hpp"
#include "ledger.hpp"
#include "record.hpp"
#include "run.hpp"
#include "timestamp.hpp"

namespace stet {

struct ImportCounts {
  uint64_t recorded = 0, known = 0, faults = 0;
  uint64_t new_articles = 0;
  std::array<uint64_t, 4> findings{}, changes{};  // by severity
  uint64_t unchecked = 0;                         // revisions that a plugin did not check
  uint64_t passed_over = 0;                       // files that are no articles by their names, and links
  ImportSource::Progress read;                    // how far the source was read for these
};

struct ImportSetup {
  Signers keys;
  std::function<Run()> make_run;
  // How many of these: each takes a share of every batch. One process a plugin is enough for two cores.
  unsigned runs = 1;
  unsigned threads = 1;
  // The most of a batch, whichever is reached first.
  size_t batch_revisions = 1000, batch_bytes = 8u << 20;
  std::function<int64_t()> clock = now;  // for the reports and commits
  // Called from several threads, never two at a time.
  std::function<void(const ImportCounts&)> progress = {};
  // A document that is none, comes late, has a report that is too long, or was not checked by a plugin.
  std::function<void(const std::string& where, const std::string& why)> tell = {};
  std::function<void()> waiting = {};                               // another process holds the ledger's lock
  std::function<void(const std::vector<PluginRun>&)> checked = {};  // of one revision in each batch
  // Once it is true, no more is read; what was given to the plugins by then is written.
  const std::atomic<bool>* stop = nullptr;
  bool allow_look_alikes = false;  // whether a new id may look like one that is known, see homoglyph.hpp
};

struct ImportResult {
  ImportCounts counts;               // of what is in the ledger
  bool stopped = false;              // by ImportSetup::stop
  std::optional<std::string> error;  // why it ended before the source did; what is counted is recorded
};

// Throws std::runtime_error when it cannot begin: a key is not the ledger's.
ImportResult import_all(ImportSource& source, Ledger& ledger, const ImportSetup& setup);

}  // namespace stet
