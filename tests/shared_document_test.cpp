#include "shared_document.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <string>

namespace {

stet::Document sample() {
  stet::Document d;
  d.text = "Title\n\nSee “this”.";
  d.nodes = {{stet::NodeKind::title, stet::no_parent, {0, 5}, ""},
             {stet::NodeKind::paragraph, stet::no_parent, {7, 22}, ""},
             {stet::NodeKind::link, 1, {11, 21}, "https://example.org/a"}};
  d.metadata.title = "Title";
  return d;
}

std::string text_of(stet_text t) {
  return {t.data, t.size};
}

}  // namespace

TEST_CASE("a plugin sees the document that was packed") {
  const auto document = sample();
  const auto packed = stet::pack({document, {{{"reference", "a.txt"}}}});
  const stet::DocumentView view(packed);
  const auto& seen = view.document();
  CHECK(seen.size == sizeof(stet_document));
  CHECK(seen.node_size == sizeof(stet_node));
  CHECK(text_of(seen.text) == document.text);
  CHECK(nlohmann::json::parse(text_of(seen.metadata)).at("title") == "Title");
  CHECK(view.sources() == R"([{"reference":"a.txt"}])");
  REQUIRE(seen.node_count == 3);
  for (size_t i = 0; i < 3; ++i) {
    const auto& expected = document.nodes[i];
    CHECK(seen.nodes[i].kind == static_cast<uint32_t>(expected.kind));
    CHECK(seen.nodes[i].parent == expected.parent);
    CHECK(seen.nodes[i].range.begin == expected.range.begin);
    CHECK(seen.nodes[i].range.end == expected.range.end);
    CHECK(text_of(seen.nodes[i].value) == expected.value);
  }
}

TEST_CASE("an empty document can be packed") {
  const stet::Document empty;
  const auto packed = stet::pack({empty});
  const stet::DocumentView view(packed);
  CHECK(view.text().empty());
  CHECK(view.document().node_count == 0);
}

TEST_CASE("a packed document that was cut anywhere is refused") {
  const auto packed = stet::pack({sample()});
  for (size_t size = 0; size < packed.size(); ++size)
    CHECK_THROWS_WITH(stet::DocumentView(std::string_view(packed).substr(0, size)),
                      "a packed document is damaged");
}

TEST_CASE("sizes in a packed document that lie are refused") {
  const auto packed = stet::pack({sample()});
  for (size_t field = 0; field < 7; ++field) {
    auto lying = packed;
    lying[field * 8 + 7] = '\x7f';  // a size of 2^62 and more
    CHECK_THROWS_WITH(stet::DocumentView(lying), "a packed document is damaged");
  }
}

TEST_CASE("the revision before travels with a document") {
  auto before = sample();
  before.text = "Title\n\nSaw “this”.";
  before.metadata.title = "An older title";
  const auto document = sample();
  const auto packed =
      stet::pack({document, nlohmann::json::array(), {{&before, 3, "2025-11-23T19:40:00Z"}}, {}});
  const stet::DocumentView view(packed);
  REQUIRE(view.previous());
  CHECK(text_of(view.previous()->text) == before.text);
  CHECK(view.previous()->node_count == 3);
  CHECK(nlohmann::json::parse(text_of(view.previous()->metadata)).at("title") == "An older title");
  CHECK(view.about_previous() == R"({"observed":"2025-11-23T19:40:00Z","revision":3})");
  CHECK(view.text() == document.text);
  const auto alone = stet::pack({document});
  CHECK_FALSE(stet::DocumentView(alone).previous());
  CHECK(stet::DocumentView(alone).about_previous().empty());
}

TEST_CASE("metadata can be given as bytes, whatever they are") {
  const auto document = sample();
  const auto packed = stet::pack({document, nlohmann::json::array(), {}, "{\"title\":\"\xff\"}"});
  CHECK(text_of(stet::DocumentView(packed).document().metadata) == "{\"title\":\"\xff\"}");
}

TEST_CASE("a shared document can be read through its descriptor, and changed by nobody else") {
  const auto document = sample();
  const stet::SharedDocument shared({document});
  CHECK(shared.text() == document.text);
  CHECK(shared.packed() == stet::pack({document}));
  const auto& memory = shared.memory()->descriptor();
  const stet::Mapping mapping(memory, shared.memory()->size());
  CHECK(mapping.bytes().substr(shared.offset(), shared.packed().size()) == shared.packed());
  CHECK(write(memory.get(), "x", 1) == -1);
  CHECK(errno == EPERM);
  CHECK(ftruncate(memory.get(), 1) == -1);
  CHECK(mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, memory.get(), 0) == MAP_FAILED);
  void* readable = mmap(nullptr, 4096, PROT_READ, MAP_SHARED, memory.get(), 0);
  REQUIRE(readable != MAP_FAILED);
  CHECK(mprotect(readable, 4096, PROT_READ | PROT_WRITE) == -1);
  munmap(readable, 4096);
  CHECK(fcntl(memory.get(), F_GETFD) == FD_CLOEXEC);
}

TEST_CASE("documents that are shared together lie in one memory, each whole") {
  stet::MemoryPool pool;
  const auto first = sample();
  auto second = sample();
  second.text = "Another text that is longer";
  const auto all = stet::SharedDocument::share(std::vector<stet::Reading>{{first}, {second}, {first}}, pool);
  REQUIRE(all.size() == 3);
  for (const auto& one : all) {
    CHECK(one->memory() == all[0]->memory());
    CHECK(stet::DocumentView(one->packed()).text() == one->text());
  }
  CHECK(all[1]->text() == second.text);
}

TEST_CASE("memory is used again when the last document in it went, and not before") {
  stet::MemoryPool pool;
  const auto document = sample();
  const std::vector<stet::Reading> readings{{document}, {document}};
  auto all = stet::SharedDocument::share(readings, pool);
  const auto* memory = all[0]->memory().get();
  all.pop_back();
  auto others = stet::SharedDocument::share(readings, pool);
  CHECK(others[0]->memory().get() != memory);
  all.clear();
  CHECK(stet::SharedDocument::share(readings, pool)[0]->memory().get() == memory);
}
