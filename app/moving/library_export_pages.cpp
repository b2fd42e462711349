#include "app/moving/library_export_pages.h"

#include <fmt/format.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/format.h"
#include "app/library/index.h"
#include "app/library/time_words.h"
#include "app/moving/library_export.h"
#include "media/base/chapters.h"
#include "media/base/escapes.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

std::string utf8_of(const std::filesystem::path& path) {
  const std::u8string text = path.generic_u8string();
  return std::string(text.begin(), text.end());
}

// RFC 3986: everything but the unreserved characters and the slashes between folders.
std::string link_to(const std::filesystem::path& path) {
  return percent_encode(utf8_of(path), "/");
}

// Quoted, so that no line of it begins a heading or a list, and Markdown's HTML stays text.
std::string as_quote(std::string_view text) {
  std::string result = "> ";
  for (const char c : escape_markup(display_text(text))) {
    result += c;
    if (c == '\n') result += "> ";
  }
  return result + "\n";
}

std::string text_of(const Comment& comment, const std::string& zone, const char* heading) {
  std::string line =
      fmt::format("{} {} {}, {}", heading, format_moment(comment.at),
                  escape_markup(display_line(comment.author_name)), date_and_time(comment.created, zone));
  if (comment.is_resolved)
    line += ", " + tr_format("resolved by {}", escape_markup(display_line(comment.resolved_by)));
  return line + "\n\n" +
         (comment.is_deleted ? tr_in("a comment", "(deleted)") + std::string("\n") : as_quote(comment.text)) +
         "\n";
}

std::string link(const std::filesystem::path& path, std::string_view words) {
  return fmt::format("<a href=\"{}\">{}</a> ", link_to(path), escape_markup(words));
}

std::string row_of(const ExportedClip& clip, const std::string& zone) {
  std::string links;
  for (const std::string& file : clip.files)
    if (file.ends_with(".mp4") || file.ends_with(".jpg") || file.ends_with(".vtt"))
      links += link(clip.folder / file, file);
  const int comments = clip.clip.comments;
  links += link(clip.folder / "comments.md", tr_count(comments, "{} comment", "{} comments", comments));
  if (clip.failure)
    links += "<em>" + escape_markup(tr_format("not whole: {}", clip.failure->message)) + "</em>";
  return fmt::format(
      "<tr><td>{}</td><td dir=\"auto\">{}</td><td dir=\"auto\">{}</td><td dir=\"auto\">{}</td>"
      "<td>{}</td><td>{}</td></tr>\n",
      date_and_time(clip.clip.recorded, zone), escape_markup(display_line(clip.clip.channel_name)),
      escape_markup(title_or_untitled(display_line(clip.clip.title))),
      escape_markup(display_line(clip.clip.author_name)), format_moment(clip.clip.duration), links);
}

}  // namespace

std::string comments_page(const Clip& clip, const std::vector<Thread>& threads, const std::string& zone) {
  std::string page =
      fmt::format("# {}\n\n{}, {}, {}\n\n", escape_markup(title_or_untitled(display_line(clip.title))),
                  escape_markup(display_line(clip.author_name)), date_and_time(clip.recorded, zone),
                  format_moment(clip.duration));
  for (std::size_t i = 0; i < clip.chapters.size(); ++i)
    page += fmt::format("- {} {}\n", format_moment(clip.chapters[i].at),
                        escape_markup(chapter_title(clip.chapters, i)));
  if (!clip.chapters.empty()) page += "\n";
  for (const Thread& thread : threads) {
    page += text_of(thread.comment, zone, "##");
    for (const Comment& reply : thread.replies) page += text_of(reply, zone, "###");
  }
  return page;
}

std::string library_json(const LibraryContents& contents, const LibraryExport& done) {
  Json clips = Json::array();
  for (const ExportedClip& clip : done.clips) {
    clips.push_back({{"clip", clip.clip.id},
                     {"title", clip.clip.title},
                     {"author", clip.clip.author},
                     {"author_name", clip.clip.author_name},
                     {"channel", clip.clip.channel_name},
                     {"recorded", format_rfc3339(clip.clip.recorded)},
                     {"duration_us", clip.clip.duration.count()},
                     {"folder", utf8_of(clip.folder)},
                     {"files", clip.files}});
    if (!clip.clip.chapters.empty()) clips.back()["chapters"] = json_of(clip.clip.chapters);
    if (clip.failure) clips.back()["failure"] = clip.failure->message;
  }
  return to_text({{"id", contents.id}, {"name", contents.name}, {"clips", clips}}, 2) + "\n";
}

std::string library_page(const LibraryContents& contents, const LibraryExport& done,
                         const std::string& zone) {
  const std::string title = escape_markup(display_line(contents.name));
  std::string page = fmt::format(
      "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>{0}</title>\n"
      "<style>body{{font-family:sans-serif}}td,th{{padding:.3em .8em;text-align:start}}</style></head>\n"
      "<body><h1 dir=\"auto\">{0}</h1>\n<table>\n"
      "<tr><th>{1}</th><th>{2}</th><th>{3}</th><th>{4}</th><th>{5}</th><th>{6}</th></tr>\n",
      title, tr_in("over the dates of a table", "Recorded"), tr_in("over a table's column", "Channel"),
      tr_in("over a table's column", "Title"), tr_in("over a table's column", "Author"),
      tr_in("over a table's column", "Length"), tr_in("over a table's column", "Files"));
  for (const ExportedClip& clip : done.clips) page += row_of(clip, zone);
  return page + "</table></body></html>\n";
}

}  // namespace meanwhile
