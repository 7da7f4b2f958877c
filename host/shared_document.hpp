// A document as plugins see it, in one piece of memory that can be handed to other processes.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <stet/plugin.h>
#include <nlohmann/json.hpp>

#include "document.hpp"
#include "shared_memory.hpp"

namespace stet {

// The revision of the same article that was recorded last.
struct PreviousReading {
  const Document* document;
  uint32_t revision;
  std::string observed;  // RFC 3339
};

// All that a plugin gets to read. Borrows the documents.
struct Reading {
  const Document& document;
  nlohmann::json sources = nlohmann::json::array();  // what service stet.sources/1 lists (see plugin.h)
  std::optional<PreviousReading> previous = {};      // what stet.previous/1 gives
  std::optional<std::string> metadata_json = {};     // in place of the document's, for testing plugins
};

// The packed form: nodes, text, metadata and what the services tell, without pointers. It is not a file
// format: it never outlives the run.
std::string pack(const Reading& reading);

// A packed document with its pointers in place. Borrows `packed`.
class DocumentView {
 public:
  // Throws std::runtime_error when `packed` is not what pack() gave.
  explicit DocumentView(std::string_view packed);
  DocumentView(const DocumentView&) = delete;
  DocumentView& operator=(const DocumentView&) = delete;

  const stet_document& document() const { return document_; }
  std::string_view text() const { return {document_.text.data, document_.text.size}; }
  std::string_view sources() const { return sources_; }
  const stet_document* previous() const { return previous_ ? &previous_->document() : nullptr; }
  std::string_view about_previous() const { return about_previous_; }  // JSON, or empty

 private:
  std::vector<stet_node> nodes_;
  stet_document document_{};
  std::string_view sources_, about_previous_;
  std::unique_ptr<DocumentView> previous_;
};

// A packed document in memory that every worker can read and none can change.
class SharedDocument {
 public:
  // Throws std::system_error when the system is out of memory or of file descriptors.
  explicit SharedDocument(const Reading& reading);

  // Many in one memory, which costs less than one each. The memory is free again when the last of them goes.
  // The revisions before are left out unless they are wanted.
  static std::vector<std::shared_ptr<const SharedDocument>> share(std::span<const Reading> readings,
                                                                  MemoryPool& pool,
                                                                  bool wants_previous = true);

  const std::shared_ptr<const SharedMemory>& memory() const { return memory_; }
  size_t offset() const { return offset_; }  // of the packed form in the memory
  std::string_view packed() const { return {memory_->bytes() + offset_, size_}; }
  std::string_view text() const { return text_; }  // ranges are checked against it

 private:
  SharedDocument() = default;

  size_t offset_ = 0, size_ = 0;
  std::string_view text_;  // in memory_
  std::shared_ptr<const SharedMemory> memory_;
};

}  // namespace stet
