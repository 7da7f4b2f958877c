#include "plugin.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <exception>
#include <new>
#include <stdexcept>

#include "contract.hpp"
#include "sandbox.hpp"

namespace stet {
namespace {

constexpr const char* symbol = "stet_plugin_v1";
constexpr std::string_view sources_service = "stet.sources/1", previous_service = "stet.previous/1";

std::string_view view(stet_text text) {
  return {text.data, text.size};
}
stet_text text(std::string_view view) {
  return {view.data(), view.size()};
}

// A statement as this host knows it: what an older plugin's has not is zero, what a newer one's has more
// is left unread.
template <class Statement>
Statement as_known(const Statement& given) {
  Statement known{};
  std::memcpy(&known, &given, std::min<size_t>(given.size, sizeof known));
  return known;
}

// What dlopen() said, without the path, which is that of a private copy. Boost.DLL keeps it from its
// error code.
std::string load_error(const std::filesystem::path& file) {
  const char* said = dlerror();
  std::string_view reason = said ? said : "unknown reason";
  const auto path = file.string() + ": ";
  if (reason.starts_with(path)) reason.remove_prefix(path.size());
  return "does not load: " + one_line(reason, "");
}

std::string text_of(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& e) {
    return one_line(e.what(), "an exception without a text");
  } catch (...) {
    return "an exception that is not a std::exception";
  }
}

}  // namespace

Plugin::Plugin(const std::filesystem::path& file) {
  // rtld_now: an unresolved symbol is a load error here, not the end of the process in verify().
  // rtld_local: plugins do not see each other's symbols.
  auto mode = boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local;
  // What a library holds until the process ends looks lost to LeakSanitizer once the library is gone.
  if (sandbox::built_with_sanitizers()) mode |= static_cast<boost::dll::load_mode::type>(RTLD_NODELETE);
  std::error_code error;
  // An exception of a plugin's constructor would leave through dlopen(), which then holds its locks for ever:
  // the process ends, and does so whatever the compiler makes of it.
  [&]() noexcept { library_.load(file, error, mode); }();
  if (error) throw std::runtime_error(load_error(file));
  if (!library_.has(symbol)) throw std::runtime_error(std::string("exports no ") + symbol);
  entry_ = &library_.get<const stet_plugin>(symbol);
  if (entry_->size < offsetof(stet_plugin, destroy) + sizeof entry_->destroy)
    throw std::runtime_error("its stet_plugin has " + std::to_string(entry_->size) +
                             " bytes, version 1 has " + std::to_string(sizeof(stet_plugin)));
  if (entry_->abi != STET_ABI_VERSION)
    throw std::runtime_error("needs plugin ABI " + std::to_string(entry_->abi) + ", this stet has " +
                             std::to_string(STET_ABI_VERSION));
  if (!entry_->create || !entry_->verify || !entry_->destroy)
    throw std::runtime_error(std::string(symbol) + " lacks a function");
}

Session::Session(const Plugin& plugin, const Manifest& manifest, std::string_view options)
    : entry_(plugin.entry()), manifest_(manifest), host_{} {
  host_.size = sizeof host_;
  host_.self = this;
  host_.report = [](void* self, const stet_finding* finding) {
    return static_cast<Session*>(self)->take(&Listener::finding, *finding);
  };
  host_.state = [](void* self, const stet_fact* fact) {
    return static_cast<Session*>(self)->take(&Listener::fact, *fact);
  };
  host_.fail = [](void* self, stet_text text) { static_cast<Session*>(self)->hear(view(text)); };
  host_.service = [](void* self, stet_text name) { return static_cast<Session*>(self)->service(view(name)); };
  try {
    instance_ = entry_.create(&host_, {options.data(), options.size()});
  } catch (...) {
    throw std::runtime_error("an exception left through the C ABI: " + text_of(std::current_exception()));
  }
  if (!instance_) throw std::runtime_error(reason("made no instance, without a reason"));
}

Session::~Session() {
  entry_.destroy(instance_);
}

std::string Session::reason(std::string_view otherwise) const {
  return refusal_ ? *refusal_ : std::string(said_.empty() ? otherwise : said_);
}

template <class Statement>
int Session::take(const std::function<void(const Statement&)> Listener::*listener,
                  const Statement& statement) noexcept {
  if (!listener_ || refusal_) return 0;
  try {
    (listener_->*listener)(as_known(statement));
    return 1;
  } catch (...) {
    refusal_ = text_of(std::current_exception());
    return 0;
  }
}

void Session::hear(std::string_view reason) noexcept {
  try {
    said_ = reason.data() ? one_line(reason, "") : "";
  } catch (const std::bad_alloc&) {
    said_.clear();  // the plugin may have taken all the memory there is
  }
}

const DocumentView* Session::document_of(void* self) {
  return static_cast<const Session*>(self)->document_;
}

const void* Session::service(std::string_view name) const {
  static constexpr stet_sources_v1 sources{sizeof sources, 0, [](void* self) -> stet_text {
                                             const auto* d = document_of(self);
                                             return text(d ? d->sources() : "[]");
                                           }};
  static constexpr stet_previous_v1 previous{sizeof previous, 0,
                                             [](void* self) -> const stet_document* {
                                               const auto* d = document_of(self);
                                               return d ? d->previous() : nullptr;
                                             },
                                             [](void* self) -> stet_text {
                                               const auto* d = document_of(self);
                                               return text(d ? d->about_previous() : "");
                                             }};
  const bool asked =
      std::find(manifest_.services.begin(), manifest_.services.end(), name) != manifest_.services.end();
  if (!asked) return nullptr;
  if (name == sources_service) return &sources;
  return name == previous_service ? &previous : nullptr;
}

std::optional<std::string> Session::verify(const DocumentView& document, const Listener& listener) {
  said_.clear();
  refusal_.reset();
  document_ = &document;
  listener_ = &listener;
  std::optional<std::string> failure;
  try {
    if (entry_.verify(instance_, &document.document()) != 1 || refusal_)
      failure = reason("failed without a reason");
  } catch (...) {
    failure = reason("an exception left through the C ABI: " + text_of(std::current_exception()));
  }
  document_ = nullptr;
  listener_ = nullptr;
  return failure;
}

bool has_service(std::string_view name) {
  return name == sources_service || name == previous_service;
}

Outcome verify_in_process(Session& session, const Manifest& manifest, const DocumentView& document) {
  Outcome outcome;
  outcome.confinement = "none: in the host's own process";
  Contract contract(manifest, document.text());
  const auto failure = session.verify(
      document, {[&](const stet_finding& f) { outcome.findings.push_back(contract.accept(f)); },
                 [&](const stet_fact& f) { outcome.facts.push_back(contract.accept(f)); }});
  outcome.kind = failure ? Outcome::Kind::failed : Outcome::Kind::checked;
  if (failure) outcome.reason = *failure;
  return outcome;
}

}  // namespace stet
