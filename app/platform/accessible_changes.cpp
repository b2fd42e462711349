#include "app/platform/accessible_changes.h"

#include <cstddef>
#include <deque>
#include <map>
#include <ranges>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "app/platform/accessible.h"

namespace meanwhile {
namespace {

using Part = AccessibleChanges::Part;
using Id = AccessibleChanges::Id;

// What an object of the tree can't change while it lives.
using Kind = std::tuple<Id, AccessibleRole, bool, bool, bool>;

Kind kind_of(const Part& part) {
  const Accessible& now = part.now;
  return {part.parent, now.role, now.can_press || now.has_menu, now.range.has_value(), now.text.has_value()};
}

// Some are drawn twice in a frame, as a link that is broken into lines: the second is the second.
using NamedKind = std::tuple<Kind, std::string, int>;

NamedKind named_kind(const Part& part, std::map<std::pair<Kind, std::string>, int>& counts) {
  const Kind kind = kind_of(part);
  return {kind, part.now.key, counts[{kind, part.now.key}]++};
}

// Hands out each once, first those that were put in first.
template <typename Key>
class Stock {
 public:
  void put(const Key& key, Id id) { ids_[key].push_back(id); }
  Id take(const Key& key) {
    const auto found = ids_.find(key);
    if (found == ids_.end() || found->second.empty()) return 0;
    const Id id = found->second.front();
    found->second.pop_front();
    return id;
  }

 private:
  std::map<Key, std::deque<Id>> ids_;
};

}  // namespace

std::vector<Part> AccessibleChanges::named(const AccessibleFrame& frame) {
  std::map<std::pair<Kind, std::string>, int> counts;
  std::map<NamedKind, Id> known;
  for (const Part& part : last_)
    if (!part.now.key.empty()) known[named_kind(part, counts)] = part.id;
  counts.clear();
  std::vector<Part> parts;
  parts.reserve(frame.parts.size());
  for (const Accessible& now : frame.parts) {
    Part part{.parent = now.parent < 0 ? 0 : parts[std::size_t(now.parent)].id, .now = now};
    if (!now.key.empty()) {
      const auto found = known.find(named_kind(part, counts));
      part.id = found == known.end() ? ++last_id_ : found->second;
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

void AccessibleChanges::name_words(std::vector<Part>& parts) {
  Stock<std::pair<Kind, std::string>> same;
  for (const Part& part : last_)
    if (part.now.key.empty()) same.put({kind_of(part), part.now.name}, part.id);
  std::set<Id> used;
  for (Part& part : parts) {
    if (!part.now.key.empty()) continue;
    part.id = same.take({kind_of(part), part.now.name});
    used.insert(part.id);
  }
  Stock<Kind> left_over;
  for (const Part& part : last_)
    if (part.now.key.empty() && !used.contains(part.id)) left_over.put(kind_of(part), part.id);
  for (Part& part : parts) {
    if (part.id == 0) part.id = left_over.take(kind_of(part));
    if (part.id == 0) part.id = ++last_id_;
  }
}

AccessibleChanges::Change AccessibleChanges::take(const AccessibleFrame& frame) {
  std::vector<Part> parts = named(frame);
  name_words(parts);
  std::map<Id, const Part*> before;
  for (const Part& part : last_) before[part.id] = &part;
  Change change;
  std::map<Id, std::vector<Id>> children;
  for (const Part& part : parts) {
    children[part.parent].push_back(part.id);
    const auto found = before.find(part.id);
    if (found == before.end()) {
      change.come.push_back(part);
      continue;
    }
    Accessible was = found->second->now;
    was.parent = part.now.parent;  // a place in another frame
    if (was != part.now) change.differ.push_back(part);
    before.erase(found);
  }
  for (const Part& part : last_ | std::views::reverse)
    if (before.contains(part.id)) change.gone.push_back(part.id);
  for (const auto& [parent, now] : children)
    if (children_[parent] != now) change.children[parent] = now;
  for (const auto& [parent, was] : children_)
    if (!was.empty() && !children.contains(parent)) change.children[parent] = {};
  for (const Id gone : change.gone) change.children.erase(gone);
  children_ = std::move(children);
  last_ = std::move(parts);
  return change;
}

}  // namespace meanwhile
