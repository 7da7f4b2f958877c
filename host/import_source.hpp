// Where an import takes its revisions from: files of a folder, rows of JSONL, a git repository's history of a
// path. Reads, and decides nothing: what is known already, and what is out of order, is import's to say.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "document.hpp"

namespace stet {

// A document as it was found, before it is read.
struct Incoming {
  std::string where;    // for messages: a file, "rows.jsonl:17", "commit 1a2b3c4: news/a.md"
  std::string article;  // id, see article_id()
  std::string name;     // of its file, for read_document()
  std::string bytes;
  Format format = Format::text;
  std::string observed;  // RFC 3339 UTC
  // What the row says beside the document; replaces what the document says of itself.
  std::optional<std::string> published, url, title;
};

// Incoming documents one after the other. Those of one article come in the order in which they were observed.
class ImportSource {
 public:
  using Fault = std::function<void(const std::string& where, const std::string& why)>;

  virtual ~ImportSource() = default;
  // The next document; nothing at the end. A row or file that is none is told to `fault`, and passed over.
  // Throws std::runtime_error with one sentence when nothing more can be read at all.
  virtual std::optional<Incoming> next(const Fault& fault) = 0;
  // How much has been read, of how much there is, in units of the source's own; total 0: not known.
  struct Progress {
    uint64_t done = 0, total = 0;
  };
  virtual Progress progress() const = 0;
};

struct ImportOptions {
  std::optional<std::string> git_path;  // read the git repository's history of this path ("" is all of it)
};

// `path`: a folder (every .txt, .text, .md and .markdown file in it and below; observed when it was changed
// last), a .jsonl file or one compressed with gzip (.jsonl.gz), or a git repository. The shapes of rows are
// in FORMATS.md. Throws std::runtime_error naming `path`.
std::unique_ptr<ImportSource> open_import_source(const std::filesystem::path& path,
                                                 const ImportOptions& options = {});

}  // namespace stet
