#include "compaction.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <stdexcept>

#include "bounded_cache.hpp"
#include "delta_bases.hpp"
#include "pack_entry.hpp"
#include "packable.hpp"
#include "parallel.hpp"

namespace stet {
namespace {

constexpr size_t objects_in_unit = 64;  // that a thread makes ready at a time
constexpr size_t units_of_thread = 8;   // in a round
constexpr unsigned most_threads = 8;    // each keeps up to 64 packs open
constexpr size_t cache_bytes = 2u << 20;

using Object = PackOrder::Object;

// What a thread needs to make objects ready.
class Maker {
 public:
  Maker(const std::filesystem::path& folder, const PackOrder& order, int level)
      : order_(order), objects_(folder), deflater_(level), read_(cache_bytes) {}

  Packable make(size_t number, std::optional<size_t> base_number) {
    const Object& about = order_.at(number);
    std::optional<DeltaBase> base;
    ObjectReader::Bytes base_bytes;
    if (base_number && order_.at(*base_number).type == about.type) {
      base_bytes = read(*base_number);
      base = DeltaBase{order_.at(*base_number).id, *base_bytes};
    }
    return make_small_packable(about.id, about.type, *read(number), base, deflater_);
  }

 private:
  // What was read is often the next one's base, or many others'.
  ObjectReader::Bytes read(size_t number) try {
    if (const auto known = read_.find(number)) return known;
    const auto bytes = objects_.read(order_.at(number).id, order_.at(number).type);
    read_.put(number, bytes);
    return bytes;
  } catch (const std::runtime_error& e) {
    throw std::runtime_error("object " + hex(order_.at(number).id) + ": " + e.what());
  }

  const PackOrder& order_;
  ObjectReader objects_;
  Deflater deflater_;
  BoundedCache<size_t, std::string, std::hash<size_t>> read_;
};

uint64_t& part_of(PackedParts& parts, const Object& object) {
  if (object.type == ObjectType::commit) return parts.commits;
  if (object.type == ObjectType::tree) return parts.trees;
  switch (kind_of_place(object.place)) {
    case PlaceKind::document: return parts.documents;
    case PlaceKind::text: return parts.texts;
    case PlaceKind::report: return parts.reports;
    case PlaceKind::signature: return parts.signatures;
    case PlaceKind::other: break;
  }
  return parts.others;
}

// Puts objects into packs one after the other.
class Packs {
 public:
  Packs(const Disk& disk, const std::filesystem::path& folder, const PackOrder& order,
        const CompactionOptions& options)
      : disk_(disk), folder_(folder), order_(order), options_(options) {}

  // Whether the next one goes into another pack: `bytes` are those of its article that are known to come.
  void begin_article(uint64_t bytes) {
    if (pack_ && pack_->objects() > 0 && pack_->size() + bytes > options_.most_pack_bytes) finish_pack();
  }

  // Where in the order the pack at hand begins.
  size_t begin() const { return begin_; }

  // The next in the order. A base lies in the same pack.
  void add(size_t number, std::optional<size_t> base, const Packable& object) {
    if (!pack_) pack_.emplace(disk_, folder_, PackOwner::keeper);
    stored_.clear();
    append_object_header(stored_,
                         {object.base ? offset_delta : static_cast<unsigned>(object.type), object.size});
    if (object.base) append_distance(stored_, pack_->size() - pack_->offset(*base - begin_));
    stored_ += object.deflated;
    pack_->append(object.id, stored_);
    deltas_ += object.base.has_value();
    part_of(done_.parts, order_.at(number)) += stored_.size();
  }

  bool is_full() const { return pack_ && pack_->size() > options_.most_pack_bytes; }

  void finish_pack() {
    if (!pack_) return;
    begin_ += pack_->objects();
    done_.packs.push_back(pack_->finish(deltas_));
    pack_.reset();
    deltas_ = 0;
  }

  Compacted take() { return std::move(done_); }

 private:
  const Disk& disk_;
  std::filesystem::path folder_;
  const PackOrder& order_;
  const CompactionOptions& options_;
  std::optional<PackFile> pack_;
  std::string stored_;
  size_t begin_ = 0, deltas_ = 0;
  Compacted done_;
};

class Compaction {
 public:
  Compaction(const Disk& disk, const std::filesystem::path& folder, const ReachedObjects& objects,
             const CompactionOptions& options)
      : folder_(folder),
        options_(options),
        threads_(std::min(threads_or_all(options.threads), most_threads)),
        order_(objects),
        bases_(order_),
        packs_(disk, folder, order_, options) {
    for (unsigned i = 0; i < threads_; ++i)
      makers_.push_back(std::make_unique<Maker>(folder, order_, options.level));
  }

  Compacted run() {
    for (size_t done = 0; done < order_.size(); done += round_.size()) {
      make_round(done, std::min(order_.size() - done, threads_ * units_of_thread * objects_in_unit));
      write_round();
      if (options_.progress) options_.progress(done + round_.size(), order_.size());
    }
    packs_.finish_pack();
    return packs_.take();
  }

 private:
  struct Item {
    size_t number = 0;
    std::optional<size_t> base;
    Packable object;
  };

  void make_round(size_t begin, size_t size) {
    round_.clear();
    for (size_t i = 0; i < size; ++i) round_.push_back({begin + i, bases_.next(), {}});
    std::atomic<size_t> next = 0;
    parallel_for(threads_, threads_, [&](size_t thread) {
      for (size_t from; (from = objects_in_unit * next++) < size;)
        for (size_t i = from; i < std::min(from + objects_in_unit, size); ++i)
          round_[i].object = makers_[thread]->make(round_[i].number, round_[i].base);
    });
  }

  void write_round() {
    for (size_t i = 0; i < round_.size(); ++i) {
      auto& item = round_[i];
      if (order_.begins_article(item.number))
        packs_.begin_article(article_bytes(i));
      else if (packs_.is_full())
        packs_.finish_pack();
      if (item.base && *item.base < packs_.begin()) {
        item.base = bases_.in_pack(item.number, packs_.begin());
        item.object = makers_[0]->make(item.number, item.base);
      }
      packs_.add(item.number, item.base, item.object);
      item.object.deflated = {};
    }
  }

  // As far as they are in this round.
  uint64_t article_bytes(size_t i) const {
    uint64_t bytes = 0;
    do bytes += round_[i].object.deflated.size();
    while (++i < round_.size() && !order_.begins_article(round_[i].number));
    return bytes;
  }

  std::filesystem::path folder_;
  const CompactionOptions& options_;
  unsigned threads_;
  PackOrder order_;
  DeltaBases bases_;
  Packs packs_;
  std::vector<std::unique_ptr<Maker>> makers_;
  std::vector<Item> round_;
};

}  // namespace

Compacted write_compacted(const Disk& disk, const std::filesystem::path& folder,
                          const ReachedObjects& objects, const CompactionOptions& options) {
  return Compaction(disk, folder, objects, options).run();
}

}  // namespace stet
