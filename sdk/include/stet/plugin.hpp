// C++17 wrapper over the C ABI. Header only: all of it is compiled into the plugin, so a plugin
// may use any compiler, any standard library and any exception type.
//
//   struct Passive {
//     explicit Passive(std::string_view options_json);
//     void verify(const stet::sdk::Document& document, stet::sdk::Host& host);
//   };
//   STET_PLUGIN(Passive)
//
// verify() is called once per document on the same instance and must not keep a pointer into it.
// An exception that leaves the constructor or verify() becomes the outcome "failed" with its text.
#pragma once

#include <stet/plugin.h>

#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stet::sdk {

using Range = stet_range;

enum class Severity : int32_t {
  by_manifest = STET_DEFAULT,
  note = STET_NOTE,
  warning = STET_WARNING,
  error = STET_ERROR
};

inline std::string_view view(stet_text t) {
  return {t.data, t.size};
}
inline stet_text text(std::string_view s) {
  return {s.data(), s.size()};
}

// One block, or one link, of a document.
struct Node {
  uint32_t kind;    // STET_TITLE ...
  uint32_t parent;  // index, or STET_NO_PARENT
  Range range;
  std::string_view value;
};

// A view of the document at hand; valid during verify().
class Document {
 public:
  explicit Document(const stet_document& d) : d_(d) {}

  std::string_view text() const { return view(d_.text); }
  std::string_view text(Range r) const { return text().substr(r.begin, r.end - r.begin); }
  std::string_view metadata_json() const { return view(d_.metadata); }

  uint32_t node_count() const { return d_.node_count; }
  Node node(uint32_t i) const {
    const auto* base = reinterpret_cast<const char*>(d_.nodes);
    const auto& n = *reinterpret_cast<const stet_node*>(base + size_t{i} * d_.node_size);
    return {n.kind, n.parent, n.range, view(n.value)};
  }

 private:
  const stet_document& d_;
};

// What a plugin says of a document. Build it, then Host::report() it.
struct Finding {
  std::string_view check;
  Range range{0, 0};
  std::string message;
  Severity severity = Severity::by_manifest;
  std::string evidence_json = {};
  std::vector<Range> related = {};
  bool has_fix = false;
  Range fix_range{0, 0};
  std::string fix_text = {};
};

// The host as a plugin sees it. report() and state() throw when the host refuses, so that a
// mistake in a plugin ends its call instead of losing a finding silently.
class Host {
 public:
  explicit Host(const stet_host& host) : host_(host) {}

  void report(const Finding& f) {
    stet_finding raw{};
    raw.size = sizeof raw;
    raw.severity = static_cast<int32_t>(f.severity);
    raw.check = text(f.check);
    raw.range = f.range;
    raw.message = text(f.message);
    raw.evidence = text(f.evidence_json);
    raw.related = f.related.data();
    raw.related_count = static_cast<uint32_t>(f.related.size());
    raw.has_fix = f.has_fix ? 1 : 0;
    raw.fix_range = f.fix_range;
    raw.fix_text = text(f.fix_text);
    if (!host_.report(host_.self, &raw))
      throw std::runtime_error("the host refused a finding of " + std::string(f.check));
  }

  void state(std::string_view kind, Range range, std::string_view fields_json) {
    const stet_fact raw{sizeof raw, 0, text(kind), range, text(fields_json)};
    if (!host_.state(host_.self, &raw))
      throw std::runtime_error("the host refused a fact of kind " + std::string(kind));
  }

  // What stet.sources/1 lists, a JSON array; empty when the manifest does not ask for that service.
  std::string_view sources_json() const {
    const auto* table = service<stet_sources_v1>("stet.sources/1");
    return table ? view(table->list(self())) : std::string_view();
  }

  // The revision recorded before, by stet.previous/1; nothing where there is none, or no such service.
  std::optional<Document> previous() const {
    const auto* table = service<stet_previous_v1>("stet.previous/1");
    const auto* document = table ? table->document(self()) : nullptr;
    return document ? std::optional<Document>(*document) : std::nullopt;
  }

  // The table of service `name`, or null. `Table` is the struct that plugin.h gives for it.
  template <class Table>
  const Table* service(std::string_view name) const {
    return static_cast<const Table*>(host_.service(host_.self, text(name)));
  }
  void* self() const { return host_.self; }

 private:
  const stet_host& host_;
};

namespace detail {

template <class Verifier>
struct Instance {
  const stet_host* host;
  Verifier verifier;
};

// The only place where exceptions meet the boundary.
template <class Body>
bool guarded(const stet_host& host, Body&& body) noexcept {
  try {
    body();
    return true;
  } catch (const std::exception& e) {
    host.fail(host.self, text(e.what()));
  } catch (...) {
    host.fail(host.self, text("an exception that is not a std::exception"));
  }
  return false;
}

template <class Verifier>
void* create(const stet_host* host, stet_text options) noexcept {
  std::unique_ptr<Instance<Verifier>> made;
  guarded(*host, [&] { made.reset(new Instance<Verifier>{host, Verifier(view(options))}); });
  return made.release();
}

template <class Verifier>
int verify(void* self, const stet_document* document) noexcept {
  auto* instance = static_cast<Instance<Verifier>*>(self);
  return guarded(*instance->host, [&] {
    Host host(*instance->host);
    instance->verifier.verify(Document(*document), host);
  });
}

template <class Verifier>
void destroy(void* self) noexcept {
  delete static_cast<Instance<Verifier>*>(self);
}

}  // namespace detail
}  // namespace stet::sdk

#define STET_PLUGIN(Verifier)                                                       \
  extern "C" {                                                                      \
  const stet_plugin stet_plugin_v1 = {                                              \
      sizeof(stet_plugin), STET_ABI_VERSION, &stet::sdk::detail::create<Verifier>,  \
      &stet::sdk::detail::verify<Verifier>, &stet::sdk::detail::destroy<Verifier>}; \
  }
