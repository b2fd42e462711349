#include "app/libraries/find_clip.h"

#include <algorithm>
#include <cstddef>
#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "app/library/link.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::size_t kShortestPrefix = 4;

Result<FoundClip> find_called(const std::vector<OpenLibrary*>& libraries, const std::string& reference) {
  std::vector<FoundClip> found;
  for (OpenLibrary* library : libraries) {
    Index& index = library->session->index();
    auto clips = reference == "latest" ? index.clips({.order = ClipOrder::NewestFirst, .limit = 1})
                 : reference.size() >= kShortestPrefix ? index.clips_beginning(reference)
                                                       : Result<std::vector<Clip>>(std::vector<Clip>{});
    if (!clips) return std::unexpected(clips.error());
    for (Clip& clip : *clips) found.push_back({library, std::move(clip), {}});
  }
  // A recorded answer is in no list; whoever has its id means it.
  for (OpenLibrary* library : libraries) {
    auto answer = found.empty() ? library->session->index().clip(reference) : fail(ErrorCode::NotFound, "");
    if (answer) found.push_back({library, std::move(*answer), {}});
  }
  if (found.empty())
    return fail(ErrorCode::NotFound, tr_format("there is no clip '{}': see `meanwhile list`", reference));
  if (reference == "latest") {
    return *std::ranges::max_element(
        found, {}, [](const FoundClip& one) { return std::pair(one.clip.published, one.clip.id); });
  }
  // A clip that is being moved may be in two libraries: the first counts.
  const bool is_one =
      std::ranges::all_of(found, [&](const FoundClip& one) { return one.clip.id == found.front().clip.id; });
  if (!is_one) return fail(ErrorCode::InvalidArgument, tr_format("several clips begin with '{}'", reference));
  return found.front();
}

// A clip that was moved is found in another library than its link names.
Result<FoundClip> find_linked(const std::vector<OpenLibrary*>& libraries, const ClipLink& link) {
  std::vector<FoundClip> found;
  bool is_joined = false;
  for (OpenLibrary* library : libraries) {
    const bool is_named = library->session->id() == link.library;
    is_joined = is_joined || is_named;
    auto clip = library->session->index().clip(link.clip);
    if (clip) found.insert(is_named ? found.begin() : found.end(), {library, std::move(*clip), link.at});
    if (!clip && clip.error().code != ErrorCode::NotFound) return std::unexpected(clip.error());
  }
  if (!found.empty()) return found.front();
  if (!is_joined) return std::unexpected(not_joined());
  return fail(ErrorCode::NotFound,
              tr("the clip of that link isn't in your library: it may not have arrived yet, "
                 "or was deleted"));
}

}  // namespace

Error not_joined() {
  return {
      ErrorCode::NotFound,
      tr("that link is for a library that you haven't joined: ask who sent it for an invitation, and use it "
         "with `meanwhile library join`")};
}

Result<FoundClip> find_known_clip(const std::vector<OpenLibrary*>& libraries, const std::string& reference) {
  const auto link = parse_clip_reference(reference);
  if (!link) return std::unexpected(link.error());
  return link->library.empty() ? find_called(libraries, reference) : find_linked(libraries, *link);
}

}  // namespace meanwhile
