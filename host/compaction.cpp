#include "compaction.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <numeric>
#include <stdexcept>

#include "pack_entry.hpp"
#include "packable.hpp"
#include "parallel.hpp"

namespace stet {
namespace {

constexpr size_t objects_in_unit = 64;  // that a thread makes ready at a time
constexpr size_t units_of_thread = 8;   // in a round
constexpr size_t longest_chain = 50;    // what git itself makes
constexpr unsigned most_threads = 8;    // each keeps up to 64 packs open

using Object = ReachedObjects::Object;

// The objects as they follow each other in the packs: by place, the newest of one place first.
class Order {
 public:
  explicit Order(const ReachedObjects& objects) : all_(objects.all()), numbers_(all_.size()) {
    std::iota(numbers_.begin(), numbers_.end(), 0u);
    std::sort(numbers_.begin(), numbers_.end(), [&](uint32_t a, uint32_t b) {
      return all_[a].place != all_[b].place ? all_[a].place < all_[b].place : a > b;
    });
  }
  size_t size() const { return numbers_.size(); }
  const Object& at(size_t i) const { return all_[numbers_[i]]; }

  bool begins_place(size_t i) const { return i == 0 || at(i - 1).place != at(i).place; }
  bool begins_article(size_t i) const {
    return i == 0 || at(i - 1).place >> article_bits != at(i).place >> article_bits;
  }

 private:
  const std::vector<Object>& all_;
  std::vector<uint32_t> numbers_;
};

// Numbers in the order.
struct Base {
  size_t object;
  std::optional<size_t> base;
};

// Says for one object after the other which one it is to be a delta of.
class Bases {
 public:
  explicit Bases(const Order& order) : order_(order) {}

  Base next() {
    const size_t i = next_++;
    if (order_.begins_place(i)) first_ = i;
    const Object& object = order_.at(i);
    const size_t version = i - first_;
    const bool whole = version == 0 || object.type == ObjectType::commit || object.type == ObjectType::tag;
    if (whole) return {i, std::nullopt};
    if (kind_of_place(object.place) == PlaceKind::signature) return {i, first_};
    if (version % (longest_chain + 1) == 0) return {i, std::nullopt};
    return {i, i - 1};
  }

 private:
  const Order& order_;
  size_t next_ = 0, first_ = 0;
};

// What a thread needs to make objects ready.
class Maker {
 public:
  Maker(const std::filesystem::path& folder, const Order& order, int level)
      : order_(order), objects_(folder), deflater_(level) {}

  Packable make(const Base& wanted) {
    const auto object = read(wanted.object);
    const Object& about = order_.at(wanted.object);
    ObjectReader::Bytes base_bytes;
    std::optional<DeltaBase> base;
    if (wanted.base) {
      const Object& base_object = order_.at(*wanted.base);
      base_bytes = last_ && last_number_ == *wanted.base ? last_ : read(*wanted.base);
      if (base_object.type == about.type) base = DeltaBase{base_object.id, *base_bytes};
    }
    // Of one place's signatures all have the same base, and elsewhere each is the next one's.
    const bool is_next_base = !wanted.base || kind_of_place(about.place) != PlaceKind::signature;
    last_ = is_next_base ? object : base_bytes;
    last_number_ = is_next_base ? wanted.object : *wanted.base;
    return make_packable(about.id, about.type, *object, base, deflater_);
  }

 private:
  ObjectReader::Bytes read(size_t number) try {
    return objects_.read(order_.at(number).id, order_.at(number).type);
  } catch (const std::runtime_error& e) {
    throw std::runtime_error("object " + hex(order_.at(number).id) + ": " + e.what());
  }

  const Order& order_;
  ObjectReader objects_;
  Deflater deflater_;
  ObjectReader::Bytes last_;
  size_t last_number_ = 0;
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
  Packs(const Disk& disk, const std::filesystem::path& folder, const Order& order,
        const CompactionOptions& options)
      : disk_(disk), folder_(folder), order_(order), options_(options) {}

  // Whether the next one goes into another pack: `bytes` are those of its article that are known to come.
  void begin_article(uint64_t bytes) {
    if (pack_ && pack_->objects() > 0 && pack_->size() + bytes > options_.most_pack_bytes) finish_pack();
  }

  // Whether the delta's base is in the pack at hand.
  bool has(size_t number) const { return offset_of(number).has_value(); }

  void add(const Base& place, const Packable& object) {
    if (!pack_) pack_.emplace(disk_, folder_, PackOwner::keeper);
    const uint64_t offset = pack_->size();
    stored_.clear();
    append_object_header(stored_,
                         {object.base ? offset_delta : static_cast<unsigned>(object.type), object.size});
    if (object.base) append_distance(stored_, offset - *offset_of(*place.base));
    stored_ += object.deflated;
    pack_->append(object.id, stored_);
    deltas_ += object.base.has_value();
    part_of(done_.parts, order_.at(place.object)) += stored_.size();
    if (order_.begins_place(place.object)) first_ = {place.object, offset};
    last_ = {place.object, offset};
  }

  bool is_full() const { return pack_ && pack_->size() > options_.most_pack_bytes; }

  void finish_pack() {
    if (pack_) done_.packs.push_back(pack_->finish(deltas_));
    pack_.reset();
    first_ = last_ = {};
    deltas_ = 0;
  }

  Compacted take() { return std::move(done_); }

 private:
  struct Placed {
    size_t number = SIZE_MAX;
    uint64_t offset = 0;
  };
  std::optional<uint64_t> offset_of(size_t number) const {
    if (last_.number == number) return last_.offset;
    if (first_.number == number) return first_.offset;
    return std::nullopt;
  }

  const Disk& disk_;
  std::filesystem::path folder_;
  const Order& order_;
  const CompactionOptions& options_;
  std::optional<PackFile> pack_;
  std::string stored_;
  Placed first_, last_;  // of the place at hand; of all
  size_t deltas_ = 0;
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
      make_round(std::min(order_.size() - done, threads_ * units_of_thread * objects_in_unit));
      write_round();
      if (options_.progress) options_.progress(done + round_.size(), order_.size());
    }
    packs_.finish_pack();
    return packs_.take();
  }

 private:
  struct Item {
    Base place;
    Packable object;
  };

  void make_round(size_t size) {
    round_.clear();
    round_.resize(size);
    for (auto& item : round_) item.place = bases_.next();
    std::atomic<size_t> next = 0;
    parallel_for(threads_, threads_, [&](size_t thread) {
      for (size_t begin; (begin = objects_in_unit * next++) < size;)
        for (size_t i = begin; i < std::min(begin + objects_in_unit, size); ++i)
          round_[i].object = makers_[thread]->make(round_[i].place);
    });
  }

  void write_round() {
    for (size_t i = 0; i < round_.size(); ++i) {
      auto& item = round_[i];
      if (order_.begins_article(item.place.object))
        packs_.begin_article(article_bytes(i));
      else if (packs_.is_full())
        packs_.finish_pack();
      if (item.object.base && !packs_.has(*item.place.base)) {
        item.place.base.reset();
        item.object = makers_[0]->make(item.place);
      }
      packs_.add(item.place, item.object);
      item.object.deflated = {};
    }
  }

  // As far as they are in this round.
  uint64_t article_bytes(size_t i) const {
    uint64_t bytes = 0;
    do bytes += round_[i].object.deflated.size();
    while (++i < round_.size() && !order_.begins_article(round_[i].place.object));
    return bytes;
  }

  std::filesystem::path folder_;
  const CompactionOptions& options_;
  unsigned threads_;
  Order order_;
  Bases bases_;
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
