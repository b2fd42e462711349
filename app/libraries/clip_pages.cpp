#include "app/libraries/clip_pages.h"

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "media/base/result.h"

namespace meanwhile {
namespace {

// One library's part of a list.
struct Part {
  OpenLibrary* library = nullptr;
  std::vector<ClipKey> keys;  // up to the end of the page
  std::size_t taken = 0;
};

Result<std::vector<Part>> parts_up_to(const std::vector<OpenLibrary*>& libraries, ClipQuery wanted, int end) {
  wanted.offset = 0;
  wanted.limit = end;
  std::vector<Part> parts;
  for (OpenLibrary* library : libraries) {
    auto keys = library->session->index().keys(wanted);
    if (!keys) return std::unexpected(std::move(keys).error());
    parts.push_back({library, std::move(*keys)});
  }
  return parts;
}

// The part whose next clip comes first; nullptr: all are used up.
Part* next_of(std::vector<Part>& parts) {
  Part* next = nullptr;
  for (Part& part : parts) {
    if (part.taken == part.keys.size()) continue;
    if (!next || part.keys[part.taken] < next->keys[next->taken]) next = &part;
  }
  return next;
}

Result<std::vector<ListedClip>> page_of_one(OpenLibrary& library, const ClipQuery& wanted) {
  auto clips = library.session->index().clips(wanted);
  if (!clips) return std::unexpected(std::move(clips).error());
  std::vector<ListedClip> page;
  for (Clip& clip : *clips) page.push_back({&library, std::move(clip)});
  return page;
}

}  // namespace

Result<std::vector<ListedClip>> page_of_clips(const std::vector<OpenLibrary*>& libraries,
                                              const ClipQuery& wanted) {
  if (libraries.size() == 1) return page_of_one(*libraries.front(), wanted);
  auto parts = parts_up_to(libraries, wanted, wanted.limit > 0 ? wanted.offset + wanted.limit : 0);
  if (!parts) return std::unexpected(std::move(parts).error());
  for (int i = 0; i < wanted.offset; ++i) {
    Part* next = next_of(*parts);
    if (!next) return std::vector<ListedClip>{};
    ++next->taken;
  }
  std::vector<std::vector<Clip>> pages;
  ClipQuery rest = wanted;
  for (const Part& part : *parts) {
    rest.offset = static_cast<int>(part.taken);
    auto page = part.library->session->index().clips(rest);
    if (!page) return std::unexpected(std::move(page).error());
    pages.push_back(std::move(*page));
  }
  std::vector<std::size_t> begins;
  for (const Part& part : *parts) begins.push_back(part.taken);
  std::vector<ListedClip> list;
  while (wanted.limit == 0 || list.size() < static_cast<std::size_t>(wanted.limit)) {
    Part* next = next_of(*parts);
    if (!next) break;
    const auto number = static_cast<std::size_t>(next - parts->data());
    const std::size_t place = next->taken++ - begins[number];
    // Another process may have changed the list between the two questions.
    if (place < pages[number].size()) list.push_back({next->library, std::move(pages[number][place])});
  }
  return list;
}

Result<ClipCounts> count_clips(const std::vector<OpenLibrary*>& libraries,
                               const std::optional<std::string>& channel) {
  ClipCounts sum;
  for (OpenLibrary* library : libraries) {
    const auto counts = library->session->index().counts(channel);
    if (!counts) return counts;
    sum += *counts;
  }
  return sum;
}

}  // namespace meanwhile
