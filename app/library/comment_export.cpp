#include "app/library/comment_export.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/comment_json.h"
#include "app/library/events.h"
#include "app/library/format.h"
#include "app/library/index.h"
#include "app/library/marker_export.h"
#include "app/library/markers.h"
#include "app/library/time_words.h"
#include "media/base/cue_text.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::array<std::string_view, 8> kFormats = {"md",     "csv", "json", "vtt",
                                                      "fcpxml", "edl", "otio", "ffmetadata"};
// A comment at a moment is shown for so long by a player.
constexpr MediaTime kShown = std::chrono::seconds(4);

// "1:02:03.456", with hours and milliseconds always, as WebVTT wants it.
std::string vtt_time(MediaTime time) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
  return fmt::format("{:02}:{:02}:{:02}.{:03}", ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60, ms % 1000);
}

// "1:23", "1:02:03".
std::string clock(MediaTime time) {
  const auto s = std::chrono::floor<std::chrono::seconds>(time).count();
  if (s >= 3600) return fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
  return fmt::format("{}:{:02}", s / 60, s % 60);
}

std::string stamp(const Comment& comment) {
  return comment.to ? clock(comment.at) + "–" + clock(*comment.to) : clock(comment.at);
}

std::string words_of(const Comment& comment) {
  if (comment.is_deleted) return tr_in("a comment", "(deleted)");
  std::string text = display_text(comment.text);
  if (!comment.media.empty())
    text += text.empty() ? tr("(a recorded reply)") : "\n" + std::string(tr("(with a recorded reply)"));
  if (!comment.drawing.empty())
    text += text.empty() ? tr("(a drawing)") : "\n" + std::string(tr("(with a drawing)"));
  return text;
}

std::string kind_of(const Comment& comment) {
  if (comment.ask) return std::string(ask_kind_name(comment.ask->kind));
  return comment.reply_to.empty() ? "comment" : "reply";
}

// Where a line begins with what makes a list, a rule or a heading of it: the sign that does. npos: it
// doesn't.
std::size_t block_sign(std::string_view line) {
  const auto first = line.find_first_not_of(" \t");
  if (first == line.npos || std::string_view("-+=").contains(line[first])) return first;
  const auto after_number = line.find_first_not_of("0123456789", first);
  const bool is_numbered = after_number > first && after_number != line.npos &&
                           std::string_view(".)").contains(line[after_number]);
  return is_numbered ? after_number : line.npos;
}

std::string markdown_line(std::string_view line) {
  const std::size_t block = block_sign(line);
  // Four blanks in front make code of it.
  std::size_t at = std::min(line.find_first_not_of(" \t"), line.size());
  std::string escaped;
  for (std::size_t i = 0; i < at; ++i) escaped += "&nbsp;";
  for (; at < line.size(); ++at) {
    if (at == block || std::string_view("\\`*_[]<>#|~&").contains(line[at])) escaped += '\\';
    escaped += line[at];
  }
  return escaped;
}

// Signs that Markdown reads as its own, at the front of a line or anywhere.
std::string markdown(std::string_view text) {
  std::string escaped;
  while (true) {
    const auto end = std::min(text.find('\n'), text.size());
    escaped += markdown_line(text.substr(0, end));
    if (end == text.size()) return escaped;
    escaped += '\n';
    text.remove_prefix(end + 1);
  }
}

// Every line of it begins with `indent`, so that it stays within its entry.
std::string indented(const std::string& text, const std::string& indent) {
  std::string lines = indent;
  for (const char c : text) {
    lines += c;
    if (c == '\n') lines += indent;
  }
  return lines + "\n";
}

const Ask* ask_of(const CommentExport& from, const Comment& comment) {
  const auto found = std::ranges::find(from.asks, comment.id, [](const Ask& ask) { return ask.comment.id; });
  return found == from.asks.end() ? nullptr : &*found;
}

std::string ask_words(const CommentExport& from, const Comment& comment) {
  const Ask* ask = ask_of(from, comment);
  if (!comment.ask || !ask) return {};
  std::string kind(ask_kind_words(comment.ask->kind));
  // TRANSLATORS: {0} is what is asked for, such as "Decision", {1} the date and time it is asked for by.
  if (comment.ask->by) kind = tr_format("{} by {}", kind, date_and_time(*comment.ask->by, from.zone));
  return fmt::format(" · {} · {}", kind, answered_words(*ask));
}

std::string resolved_words(const Comment& comment) {
  if (!comment.is_resolved) return {};
  return " · " + tr_format("resolved by {}", markdown(display_line(comment.resolved_by)));
}

std::string markdown_entry(const CommentExport& from, const Comment& comment, const std::string& indent) {
  const bool starts_thread = comment.reply_to.empty();
  const std::string head =
      fmt::format("{}- {}**{}** · {}{}{}\n", indent, starts_thread ? "`" + stamp(comment) + "` " : "",
                  markdown(display_line(comment.author_name)), date_and_time(comment.created, from.zone),
                  ask_words(from, comment), resolved_words(comment));
  return head + "\n" + indented(markdown(words_of(comment)), indent + "  ") + "\n";
}

std::string as_markdown(const CommentExport& from) {
  std::string text = fmt::format(
      "# {}\n\n",
      markdown(from.clip.title.empty() ? std::string(tr("Untitled")) : display_line(from.clip.title)));
  text += fmt::format("{}, {}\n\n", markdown(display_line(from.clip.author_name)),
                      date_and_time(from.clip.published, from.zone));
  for (const Thread& thread : from.threads) {
    text += markdown_entry(from, thread.comment, "");
    for (const Comment& reply : thread.replies) text += markdown_entry(from, reply, "  ");
  }
  return text;
}

// Where a spreadsheet expects a formula; the full-width signs are the same to one that is used in Japanese.
bool begins_like_a_formula(std::string_view text) {
  constexpr std::u32string_view kSigns = U"=+-@\t＝＋－＠";
  return !text.empty() && kSigns.contains(take_code_point(text).value_or(kReplacementCharacter));
}

// RFC 4180. What a spreadsheet would take for a formula gets an apostrophe.
std::string field(std::string text) {
  if (begins_like_a_formula(text)) text.insert(0, "'");
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string csv_row(const Comment& comment) {
  return fmt::format("{},{},{},{},{},{},{},{},{},{},{}\r\n", comment.id, kind_of(comment), comment.reply_to,
                     comment.at.count(), comment.to ? std::to_string(comment.to->count()) : "",
                     field(display_line(comment.author_name)), format_rfc3339(comment.created),
                     comment.is_resolved ? "yes" : "no",
                     comment.ask && comment.ask->by ? format_rfc3339(*comment.ask->by) : "",
                     field(words_of(comment)), field(display_line(comment.resolved_by)));
}

std::string as_csv(const CommentExport& from) {
  std::string text = "id,kind,reply_to,at_us,to_us,author,created,resolved,reply_by,text,resolved_by\r\n";
  for (const Thread& thread : from.threads) {
    text += csv_row(thread.comment);
    for (const Comment& reply : thread.replies) text += csv_row(reply);
  }
  return text;
}

std::string as_json(const CommentExport& from) {
  Json document = {{"format", 1},
                   {"clip", from.clip.id},
                   {"title", from.clip.title},
                   {"duration_us", from.clip.recorded_duration.count()}};
  document["comments"] = json_of(from.threads);
  document["asks"] = Json::array();
  for (const Ask& ask : from.asks) document["asks"].push_back(json_of(ask));
  document["reactions"] = Json::array();
  for (const Reaction& reaction : from.reactions) document["reactions"].push_back(json_of(reaction));
  return to_text(document, 2) + "\n";
}

// A cue ends at its first empty line, and "-->" must not stand in it.
std::string cue_text(const std::string& text) {
  std::string lines;
  for (const char c : text)
    if (c != '\n' || (!lines.empty() && lines.back() != '\n')) lines += c;
  return escaped_cue_text(lines);
}

// The name stands in the text too: most players show no <v>, and FFmpeg drops it.
std::string voice_text(const Comment& comment) {
  const std::string name = cue_text(display_line(comment.author_name));
  return fmt::format("<v {}>{}: {}\n", name, name, cue_text(words_of(comment)));
}

std::string as_vtt(const CommentExport& from) {
  std::string text = "WEBVTT\n\n";
  for (const Thread& thread : from.threads) {
    const Comment& comment = thread.comment;
    const MediaTime end = std::max(comment.to.value_or(comment.at + kShown), comment.at + MediaTime(1000));
    text += fmt::format("{}\n{} --> {}\n{}", comment.id, vtt_time(comment.at), vtt_time(end),
                        voice_text(comment));
    for (const Comment& reply : thread.replies) text += voice_text(reply);
    text += "\n";
  }
  return text;
}

}  // namespace

std::string_view format_name(CommentFormat format) {
  return kFormats[static_cast<std::size_t>(format)];
}

std::optional<CommentFormat> parse_comment_format(std::string_view name) {
  const auto found = std::ranges::find(kFormats, name);
  if (found == kFormats.end()) return std::nullopt;
  return static_cast<CommentFormat>(found - kFormats.begin());
}

std::string export_comments(const CommentExport& comments, CommentFormat format) {
  const std::vector<Marker> markers = markers_of(comments.clip, comments.threads);
  const MarkerExport marker_export{comments.clip, markers, comments.timeline.rate, comments.timeline.media};
  switch (format) {
    case CommentFormat::Markdown:
      return as_markdown(comments);
    case CommentFormat::Table:
      return as_csv(comments);
    case CommentFormat::Document:
      return as_json(comments);
    case CommentFormat::WebVtt:
      return as_vtt(comments);
    case CommentFormat::Fcpxml:
      return as_fcpxml(marker_export);
    case CommentFormat::Edl:
      return as_edl(marker_export);
    case CommentFormat::Otio:
      return as_otio(marker_export);
    case CommentFormat::FfMetadata:
      return as_ffmetadata(marker_export);
  }
  return {};
}

Result<std::string> export_comments_of(Index& index, const Clip& clip, CommentFormat format,
                                       const std::string& zone, const MarkerTimeline& timeline) {
  const auto threads = index.comments(clip.id);
  if (!threads) return std::unexpected(threads.error());
  const auto asks = index.asks(clip.id);
  if (!asks) return std::unexpected(asks.error());
  const auto reactions = index.reactions(clip.id);
  if (!reactions) return std::unexpected(reactions.error());
  return export_comments({clip, *threads, *asks, *reactions, zone, timeline}, format);
}

}  // namespace meanwhile
