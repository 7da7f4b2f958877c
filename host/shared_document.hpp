// A document as plugins see it, in one piece of memory that can be handed to other processes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <stet/plugin.h>
#include <nlohmann/json.hpp>

#include "descriptor.hpp"
#include "document.hpp"

namespace stet {

// The packed form: nodes, text, metadata and sources without pointers. It is not a file format: it
// never outlives the run. `sources` is what service stet.sources/1 lists (see plugin.h).
std::string pack(const Document& document, const nlohmann::json& sources);

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

 private:
  std::vector<stet_node> nodes_;
  stet_document document_{};
  std::string_view sources_;
};

// A packed document in a sealed memfd: written once, readable by every worker.
class SharedDocument {
 public:
  // Throws std::system_error when the system is out of memory or of file descriptors.
  SharedDocument(const Document& document, const nlohmann::json& sources);

  const Descriptor& memory() const { return memory_; }
  size_t size() const { return size_; }              // of the packed form
  const std::string& text() const { return text_; }  // ranges are checked against it

 private:
  std::string text_;
  size_t size_ = 0;
  Descriptor memory_;
};

}  // namespace stet
