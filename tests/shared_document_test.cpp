#include "shared_document.hpp"

#include <fcntl.h>
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
  const auto packed = stet::pack(document, {{{"reference", "a.txt"}}});
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
  const auto packed = stet::pack({}, nlohmann::json::array());
  const stet::DocumentView view(packed);
  CHECK(view.text().empty());
  CHECK(view.document().node_count == 0);
}

TEST_CASE("a packed document that was cut anywhere is refused") {
  const auto packed = stet::pack(sample(), nlohmann::json::array());
  for (size_t size = 0; size < packed.size(); ++size)
    CHECK_THROWS_WITH(stet::DocumentView(std::string_view(packed).substr(0, size)),
                      "a packed document is damaged");
}

TEST_CASE("sizes in a packed document that lie are refused") {
  const auto packed = stet::pack(sample(), nlohmann::json::array());
  for (size_t field = 0; field < 5; ++field) {
    auto lying = packed;
    lying[field * 8 + 7] = '\x7f';  // a size of 2^62 and more
    CHECK_THROWS_WITH(stet::DocumentView(lying), "a packed document is damaged");
  }
}

TEST_CASE("a shared document can be read through its descriptor, and changed by nobody") {
  const stet::SharedDocument shared(sample(), nlohmann::json::array());
  CHECK(shared.text() == sample().text);
  const stet::Mapping mapping(shared.memory(), shared.size());
  CHECK(mapping.bytes() == stet::pack(sample(), nlohmann::json::array()));
  CHECK(write(shared.memory().get(), "x", 1) == -1);
  CHECK(errno == EPERM);
  CHECK(ftruncate(shared.memory().get(), 1) == -1);
  CHECK(fcntl(shared.memory().get(), F_GETFD) == FD_CLOEXEC);
}
