#include "media/base/chapters.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/base/trim.h"
#include "media/base/web_vtt.h"

namespace meanwhile {
namespace {

constexpr std::int64_t kLastMomentUs = 100LL * 3600 * 1'000'000;

// Within kChaptersApart of `at`; end(): there is none.
Chapters::iterator near(Chapters& chapters, MediaTime at) {
  return std::ranges::find_if(chapters, [&](const Chapter& chapter) {
    return chapter.at > at - kChaptersApart && chapter.at < at + kChaptersApart;
  });
}

}  // namespace

std::string chapter_title(const Chapters& chapters, std::size_t index) {
  return chapters[index].name.empty() ? tr_format("Chapter {}", index + 1) : chapters[index].name;
}

std::size_t chapter_at(const Chapters& chapters, MediaTime at) {
  const auto next = std::ranges::upper_bound(chapters, at, {}, &Chapter::at);
  return next == chapters.begin() ? chapters.size() : std::size_t(next - chapters.begin()) - 1;
}

Result<Chapters> with_chapter(Chapters chapters, MediaTime at, std::string_view name) {
  if (at < MediaTime{}) return fail(ErrorCode::InvalidArgument, tr("A chapter can't begin before the clip."));
  if (!is_valid_utf8(name))
    return fail(ErrorCode::InvalidArgument, tr("The chapter's name is not valid UTF-8."));
  std::string shown = display_line(name);
  if (count_characters(shown) > kLongestChapterName)
    return fail(ErrorCode::InvalidArgument,
                tr_count(kLongestChapterName, "A chapter's name is at most one character.",
                         "A chapter's name is at most {} characters.", kLongestChapterName));
  if (const auto same = near(chapters, at); same != chapters.end()) {
    if (!shown.empty()) same->name = std::move(shown);
    return chapters;
  }
  if (chapters.size() >= kMostChapters)
    return fail(ErrorCode::InvalidArgument, tr_count(kMostChapters, "A clip has at most one chapter.",
                                                     "A clip has at most {} chapters.", kMostChapters));
  const auto next = std::ranges::upper_bound(chapters, at, {}, &Chapter::at);
  chapters.insert(next, {at, std::move(shown)});
  return chapters;
}

Result<Chapters> without_chapter(Chapters chapters, MediaTime at) {
  const auto found = near(chapters, at);
  if (found == chapters.end())
    return fail(ErrorCode::NotFound, tr_format("There is no chapter at {}.", format_exact_moment(at)));
  chapters.erase(found);
  return chapters;
}

Chapters chapters_in(const Chapters& chapters, const KeptRange& range) {
  Chapters kept;
  for (const Chapter& chapter : chapters) {
    if (chapter.at >= range.to) break;
    const MediaTime at = std::max(chapter.at, range.from) - range.from;
    // Of those that began before, the last one goes on.
    if (!kept.empty() && at - kept.back().at < kChaptersApart) kept.pop_back();
    kept.push_back({at, chapter.name});
  }
  return kept;
}

Chapters chapters_from_json(const Json& list) {
  Chapters chapters;
  if (!list.is_array()) return chapters;
  std::vector<Chapter> read;
  for (const Json& entry : list) {
    const auto at = integer_member(entry, "at_us");
    if (!at || *at < 0 || *at > kLastMomentUs || read.size() >= kMostChapters) continue;
    read.push_back({MediaTime(*at), string_member(entry, "name").value_or("")});
  }
  std::ranges::stable_sort(read, {}, &Chapter::at);
  for (const Chapter& chapter : read) {
    const std::string name = display_line(replace_invalid_utf8(chapter.name));
    auto more = with_chapter(chapters, chapter.at, shorten(name, kLongestChapterName - 1));
    if (more) chapters = std::move(*more);
  }
  return chapters;
}

Chapters tidy(const Chapters& chapters) {
  return chapters_from_json(json_of(chapters));
}

Json json_of(const Chapters& chapters) {
  Json list = Json::array();
  for (const Chapter& chapter : chapters) {
    Json entry = {{"at_us", chapter.at.count()}};
    if (!chapter.name.empty()) entry["name"] = chapter.name;
    list.push_back(std::move(entry));
  }
  return list;
}

std::vector<MediaTime> free_slides(const std::vector<MediaTime>& moments, const Chapters& chapters) {
  constexpr MediaTime kSameBeginning = std::chrono::seconds(3);
  std::vector<MediaTime> free;
  for (const MediaTime at : moments) {
    const bool is_taken = std::ranges::any_of(chapters, [&](const Chapter& chapter) {
      return chapter.at > at - kSameBeginning && chapter.at < at + kSameBeginning;
    });
    if (!is_taken) free.push_back(at);
  }
  return free;
}

std::string chapters_web_vtt(const Chapters& chapters, MediaTime end) {
  std::vector<VttCue> cues;
  for (std::size_t i = 0; i < chapters.size(); ++i) {
    const MediaTime until = i + 1 < chapters.size() ? chapters[i + 1].at : end;
    if (until > chapters[i].at) cues.push_back({chapters[i].at, until, chapter_title(chapters, i)});
  }
  return to_web_vtt(cues);
}

}  // namespace meanwhile
