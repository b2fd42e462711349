#include "app/cli/caption_parts.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <expected>
#include <stop_token>
#include <string>
#include <utility>

#include "app/application.h"
#include "app/cli/context.h"
#include "app/fetching/clip_captions.h"
#include "app/fetching/clip_store.h"
#include "app/libraries/find_clip.h"
#include "app/library/addition.h"
#include "app/library/index.h"
#include "app/speech/caption_board.h"
#include "app/speech/caption_target.h"
#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/record/take.h"

namespace meanwhile {
namespace {

std::string language_words(const std::string& language) {
  return language.empty() ? tr("language not said") : language;
}

// "": nobody of that name.
std::string person_named(Index& index, const std::string& name) {
  const auto people = index.people();
  if (!people) return {};
  for (const Person& person : *people)
    if (person.id == name || person.name == name || person.said_name == name) return person.id;
  return {};
}

std::string name_of_person(Index& index, const std::string& id) {
  const auto people = index.people();
  if (people) {
    for (const Person& person : *people)
      if (person.id == id) return person.name;
  }
  return id;
}

Result<CaptionTarget> draft_target(Context& context, const Take& take) {
  const ClipStore store(context.opened->home().takes(), nullptr, context.opened->home().cache());
  auto opened = store.open_take(take.clip);
  if (!opened) return std::unexpected(opened.error());
  return CaptionTarget{.opened = std::move(*opened), .draft = take.folder};
}

Result<CaptionTarget> clip_target(const FoundClip& found, const std::stop_token& stop) {
  auto opened = found.library->clips->open(found.clip, stop, PointerTime::Later);
  if (!opened) return std::unexpected(opened.error());
  return CaptionTarget{.library = found.library, .clip = found.clip, .opened = std::move(*opened)};
}

// What somebody corrected, within all of the captions.
Result<CaptionTrack> put_in_captions(const CaptionTarget& target, const CaptionTrack& corrections,
                                     const std::stop_token& stop) {
  const auto captions = captions_of(target, stop);
  if (!captions) return std::unexpected(captions.error());
  const auto track = std::ranges::find(captions->tracks, corrections.language, &CaptionTrack::language);
  if (track == captions->tracks.end())
    return fail(ErrorCode::NotFound, tr("The captions that this would correct aren't there any more."));
  return corrected_track(*track, corrections);
}

}  // namespace

Result<CaptionTarget> find_caption_target(Context& context, const std::string& reference,
                                          const std::stop_token& stop) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  const auto takes = (*application)->unpublished_takes();
  for (const Take& take : takes)
    if (take.clip == reference) return draft_target(context, take);
  const auto found = find_clip(context, reference, Fresh::First);
  const bool is_draft =
      reference == "latest" && !takes.empty() && (!found || takes.back().clip > found->clip.id);
  if (is_draft) return draft_target(context, takes.back());
  if (!found) return std::unexpected(found.error());
  return clip_target(*found, stop);
}

Result<CaptionTrack> suggested_track(const CaptionTarget& target, const std::string& name,
                                     const std::string& language, const std::stop_token& stop) {
  if (!target.clip) return fail(ErrorCode::NotFound, tr("Nobody suggests anything for a draft."));
  const std::string person = person_named(target.library->session->index(), name);
  if (person.empty())
    return fail(ErrorCode::NotFound, tr_format("Nobody in this library is called {}.", name));
  for (const Addition& addition : target.clip->additions) {
    const bool is_meant = addition.is_suggestion && addition.kind == AdditionKind::Captions &&
                          addition.person == person && (language.empty() || addition.language == language);
    if (!is_meant) continue;
    const auto bytes = target.library->clips->added_file(target.clip->id, addition, stop);
    if (!bytes) return std::unexpected(bytes.error());
    auto track = parse_caption_track(as_text(*bytes));
    if (!track) return std::unexpected(track.error());
    track->language = addition.language;
    return track->are_corrections ? put_in_captions(target, *track, stop) : track;
  }
  return fail(ErrorCode::NotFound, tr_format("{} suggests no captions for it.", name));
}

Result<void> list_captions(const Context& context, const CaptionTarget& target, const std::stop_token& stop) {
  const auto captions = captions_of(target, stop);
  if (!captions) return std::unexpected(captions.error());
  Json document = {{"clip", target.opened.clip}, {"tracks", Json::array()}, {"suggestions", Json::array()}};
  std::string text;
  for (const CaptionTrack& track : captions->tracks) {
    document["tracks"].push_back({{"language", track.language}, {"captions", track.cues.size()}});
    // TRANSLATORS: {0} is a language's tag such as pt-BR, {1} a number.
    text += tr_count(track.cues.size(), "{0}: {1} line\n", "{0}: {1} lines\n", language_words(track.language),
                     track.cues.size());
  }
  if (text.empty()) text = tr("No captions.\n");
  for (const Addition& addition : target.opened.additions) {
    if (!addition.is_suggestion) continue;
    const std::string name = name_of_person(target.library->session->index(), addition.person);
    document["suggestions"].push_back({{"language", addition.language},
                                       {"person", addition.person},
                                       {"name", name},
                                       {"said", format_rfc3339(addition.said)}});
    // TRANSLATORS: {0} is a person's name, {1} a language's tag such as pt-BR.
    text += tr_format("suggested by {0}: {1}\n", name, language_words(addition.language));
  }
  if (!captions->trouble.empty()) document["trouble"] = captions->trouble;
  if (!captions->trouble.empty()) say_line(captions->trouble);
  context.print(document, text);
  return {};
}

PercentLine::~PercentLine() {
  if (shown_ >= 0) std::fputc('\n', stderr);
}

void PercentLine::show(double done) const {
  const int percent = static_cast<int>(done * 100);
  if (percent == shown_ || ::isatty(STDERR_FILENO) == 0) return;
  shown_ = percent;
  std::fprintf(stderr, "\r%s %3d %% ", what_.c_str(), percent);
}

}  // namespace meanwhile
