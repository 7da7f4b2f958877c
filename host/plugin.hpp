// A plugin's code: loaded, and called through the C ABI. Boost.DLL lives here. The worker process
// uses it, and so may the host itself for a plugin it trusts as much as its own code.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <stet/plugin.h>
#include <boost/dll/shared_library.hpp>

#include "finding.hpp"
#include "manifest.hpp"
#include "shared_document.hpp"

namespace stet {

// A loaded library. Loading runs the plugin's static constructors.
class Plugin {
 public:
  // Throws std::runtime_error with the reason: unresolved symbols, no stet_plugin_v1, another ABI, a
  // struct smaller than version 1's, a function that is missing.
  explicit Plugin(const std::filesystem::path& file);
  const stet_plugin& entry() const { return *entry_; }

 private:
  boost::dll::shared_library library_;
  const stet_plugin* entry_ = nullptr;
};

// Takes what a plugin says, as it says it. A function that throws refuses: the plugin is told so, the
// exception's text becomes the reason why the call failed, and all it says later is refused too.
struct Listener {
  std::function<void(const stet_finding&)> finding;
  std::function<void(const stet_fact&)> fact;
};

// One instance of a plugin, and the host as it sees it. One thread at a time.
class Session {
 public:
  // All arguments are borrowed for the session's life. Throws std::runtime_error with the plugin's
  // reason when it makes no instance.
  Session(const Plugin& plugin, const Manifest& manifest, std::string_view options);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Nothing when the document was checked; else one sentence that says why it was not. An exception
  // that leaves the plugin against the rules is such a reason too.
  std::optional<std::string> verify(const DocumentView& document, const Listener& listener);

 private:
  template <class Statement>
  int take(const std::function<void(const Statement&)> Listener::*listener,
           const Statement& statement) noexcept;
  void hear(std::string_view reason) noexcept;
  const void* service(std::string_view name) const;
  static const DocumentView* document_of(void* self);
  std::string reason(std::string_view otherwise) const;

  const stet_plugin& entry_;
  const Manifest& manifest_;
  stet_host host_;
  const DocumentView* document_ = nullptr;  // during verify()
  const Listener* listener_ = nullptr;      // during verify()
  std::string said_;                        // through fail()
  std::optional<std::string> refusal_;      // the first that the listener threw
  void* instance_ = nullptr;
};

// Whether this host has a service of that name.
bool has_service(std::string_view name);

// One document checked in this process: the same outcome as a worker's, for a plugin that neither
// crashes nor loops.
Outcome verify_in_process(Session& session, const Manifest& manifest, const DocumentView& document);

}  // namespace stet
