// Attacks by names: of articles, of files, in trees; see victim.hpp.
#include <catch2/catch.hpp>
#include <fstream>

#include "victim.hpp"

using namespace stet;
using namespace stet::testing;
using nlohmann::json;
namespace fs = std::filesystem;

TEST_CASE("an id that looks like another one is refused, and its other spellings are the same article") {
  Victim room;
  noticed("id is a homoglyph", refused([&] { room.record("\xd0\xb0lder"); }),
          "looks like \"alder\", which the ledger has");
  CHECK(article_id("ALDER.md") == "alder");
  CHECK(article_id("Ju\xcc\x88rgen") == article_id("j\xc3\xbcrgen"));
  noticed("id in capitals, past stet", refused([&] { record_bent(room, "Alder", [](json&) {}); }),
          "\"Alder\" is not an article's id");
  for (const std::string& id : std::vector<std::string>{"Alder", "ju\xcc\x88rgen"}) {
    const auto folder = room.copy();
    std::string edit;
    for (const char* suffix : {"", ".report", ".sig"}) {
      const auto path = entry_path(id, 1, suffix);
      edit += "mkdir -p \"$(dirname " + path + ")\" && cp " + entry_path("alder", 1, suffix) + " " + path +
              " && ";
    }
    rewrite(folder, edit + "true");
    noticed(id == "Alder" ? "id differs by case, by git" : "id differs by normal form, by git",
            problems(folder), article_path(id) + ": is not an article's id");
  }
}

TEST_CASE("no field that names a file leads out of the ledger or the article's folder") {
  Victim room;
  for (const std::string& name :
       std::vector<std::string>{"../../etc/passwd", "/etc/passwd", "..", "a/b.txt"}) {
    Victim bent;
    record_bent(bent, "elder", [&](json& s) { s["predicate"]["document"]["name"] = name; });
    noticed("document.name " + name, bent.problems(),
            entry_path("elder", 1, ".report") + ": names the document's file \"" + name + "\"");
  }
  CHECK(article_id("../../etc/passwd") == "passwd");
  CHECK(article_id("/etc/passwd") == "passwd");
  noticed("--article ..", refused([] { article_id(".."); }), "\"..\"");
  for (const std::string& id : std::vector<std::string>{"../x", "/x", "..", ".git", "a/b"}) {
    Entry entry{id, 1, "x", {}, "y", "z"};
    const auto locked = room.ledger.lock();
    noticed(
        "entry for article " + id, refused([&] { room.ledger.append({entry}, "x", now()); }),
        id == ".." ? "\"..\" leaves nothing to name an article by" : "\"" + id + "\" is not an article's id");
  }
  std::ofstream(room.scratch / "outside") << "secret";
  fs::create_directory(room.scratch / "desk");
  Document document = read_document("in.txt", "Title\n\nWords.\n", Format::text);
  for (const std::string& path : {std::string("../outside"), (room.scratch / "outside").string()}) {
    document.metadata.sources = {path};
    const auto sources =
        list_sources(document, room.scratch / "desk", {}, json::array(), 0, "2025-11-24T10:00:00Z");
    noticed(path.starts_with("..") ? "source ../outside" : "source /.../outside",
            sources.at(0).value("reason", sources.dump()),
            path.starts_with("..") ? "the path leaves the article's folder" : "an absolute path is not read");
  }
}

TEST_CASE("a tree that git was made to write with names of its own is noticed") {
  Victim room;
  const auto blob = [](const fs::path& folder) {
    return shell("printf x | git --git-dir '" + folder.string() + "' hash-object -w --stdin").substr(0, 40);
  };
  const auto tree_with = [](const fs::path& folder, const std::string& line) {
    return shell("(git --git-dir '" + folder.string() + "' ls-tree main; printf '" + line +
                 "') | git --git-dir '" + folder.string() + "' mktree")
        .substr(0, 40);
  };
  const std::pair<std::string, std::string> lines[] = {{"..", "100644 blob %s\\t..\\n"},
                                                       {".git", "040000 tree %s\\t.git\\n"},
                                                       {"link", "120000 blob %s\\tlink\\n"}};
  for (const auto& [name, line] : lines) {
    const auto folder = room.copy();
    const auto id =
        line.find("tree") == line.npos ? blob(folder) : git(folder, "rev-parse main:keys").substr(0, 40);
    std::string filled = line;
    filled.replace(filled.find("%s"), 2, id);
    const auto commit = git(folder, "-c user.name=x -c user.email=x@localhost commit-tree -p main -m x " +
                                        tree_with(folder, filled))
                            .substr(0, 40);
    git(folder, "update-ref refs/heads/main " + commit);
    noticed("tree entry " + name, problems(folder),
            name == ".." ? "/: is a folder with an entry whose name is none" : name);
  }
}
