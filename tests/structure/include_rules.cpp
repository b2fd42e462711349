#include "tests/structure/include_rules.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <optional>
#include <string_view>

namespace meanwhile::test {
namespace {

namespace fs = std::filesystem;

struct Include {
  std::string file;  // relative to the root, with '/'
  std::string path;  // as written
};

// "#include <a/b.h>" or "#include \"a/b.h\"" at the beginning of a line: a/b.h.
std::optional<std::string> included_path(const std::string& line) {
  constexpr std::string_view kDirective = "#include";
  if (!line.starts_with(kDirective)) return std::nullopt;
  const auto open = line.find_first_of("<\"");
  const auto close = open == line.npos ? line.npos : line.find_first_of(">\"", open + 1);
  if (close == line.npos) return std::nullopt;
  return line.substr(open + 1, close - open - 1);
}

bool is_source(const fs::path& path) {
  return path.extension() == ".h" || path.extension() == ".cpp";
}

std::vector<Include> all_includes(const fs::path& root) {
  std::vector<Include> includes;
  for (const char* top : {"app", "media", "upload"}) {
    if (!fs::exists(root / top)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      if (!is_source(entry.path())) continue;
      std::ifstream in(entry.path());
      const std::string file = fs::relative(entry.path(), root).generic_string();
      for (std::string line; std::getline(in, line);) {
        if (auto path = included_path(line)) includes.push_back({file, std::move(*path)});
      }
    }
  }
  return includes;
}

// The longest that the file lies in; main.cpp, above all others, is one by itself.
std::optional<Room> room_of(const std::string& file, const IncludeRules& rules) {
  std::optional<Room> room;
  for (const auto& [name, below] : rules.below) {
    if ((file == name || file.starts_with(name + "/")) && (!room || room->size() < name.size())) room = name;
  }
  return room;
}

bool is_ours(const std::string& path) {
  return path.starts_with("app/") || path.starts_with("media/") || path.starts_with("upload/");
}

std::set<Room> reachable(const Room& room, const IncludeRules& rules) {
  std::set<Room> found{room};
  const std::function<void(const Room&)> visit = [&](const Room& from) {
    for (const Room& to : rules.below.at(from)) {
      if (found.insert(to).second) visit(to);
    }
  };
  visit(room);
  return found;
}

std::string unit_of(const std::string& file) {
  return file.substr(0, file.rfind('.'));
}

// Tarjan's strongly connected components.
class Circles {
 public:
  explicit Circles(const std::map<std::string, std::set<std::string>>& arrows) : arrows_(arrows) {}

  std::vector<std::vector<std::string>> find() {
    for (const auto& [unit, to] : arrows_) {
      if (!order_.contains(unit)) visit(unit);
    }
    std::ranges::sort(found_, std::ranges::greater(), &std::vector<std::string>::size);
    return std::move(found_);
  }

 private:
  void visit(const std::string& unit) {
    const std::size_t order = order_.size();
    order_[unit] = lowest_[unit] = order;
    path_.push_back(unit);
    if (const auto arrows = arrows_.find(unit); arrows != arrows_.end()) {
      for (const std::string& next : arrows->second) {
        if (!order_.contains(next)) visit(next);
        if (std::ranges::find(path_, next) != path_.end())
          lowest_[unit] = std::min(lowest_[unit], lowest_[next]);
      }
    }
    if (lowest_[unit] != order) return;
    const auto begin = std::ranges::find(path_, unit);
    if (path_.end() - begin > 1) {
      found_.emplace_back(begin, path_.end());
      std::ranges::sort(found_.back());
    }
    path_.erase(begin, path_.end());
  }

  const std::map<std::string, std::set<std::string>>& arrows_;
  std::map<std::string, std::size_t> order_;
  std::map<std::string, std::size_t> lowest_;
  std::vector<std::string> path_;
  std::vector<std::vector<std::string>> found_;
};

}  // namespace

const IncludeRules& include_rules() {
  static const IncludeRules rules{
      .below =
          {
              {"media/base", {}},
              {"media/ffmpeg", {"media/base"}},
              {"media/capture", {"media/ffmpeg"}},
              {"media/record", {"media/capture"}},
              {"media/play", {"media/ffmpeg"}},
              {"media/export", {"media/play"}},
              {"media/import", {"media/record", "media/play"}},
              {"media/speech", {"media/play"}},
              {"upload", {"media/base"}},
              {"app/library", {"upload"}},
              {"app/platform", {"media/base", "media/play"}},
              {"app/languages", {"media/base"}},
              {"app/fetching", {"app/library", "media/record", "media/play"}},
              {"app/libraries", {"app/fetching", "app/platform"}},
              {"app/sending", {"app/libraries"}},
              {"app/moving", {"app/libraries"}},
              {"app/page", {"app/languages", "app/libraries", "media/export"}},
              {"app",
               {"app/languages", "app/sending", "app/speech", "app/moving", "app/page", "media/import"}},
              {"app/speech", {"app/sending", "media/speech"}},
              {"app/ui", {"app/platform", "app/library", "media/record"}},
              {"app/window", {"app", "app/ui", "media/export"}},
              {"app/demo", {"app/platform", "upload"}},
              {"app/cli", {"app/window", "app/demo"}},
              {"app/main.cpp", {"app/cli"}},
          },
      .outside = {
          {"libav",
           {"media/ffmpeg", "media/capture", "media/record", "media/play", "media/export", "media/import"}},
          {"libsw",
           {"media/ffmpeg", "media/capture", "media/record", "media/play", "media/export", "media/import"}},
          {"curl/", {"upload"}},
          {"SDL", {"app/platform", "app/ui"}},
          {"imgui", {"app/platform", "app/ui"}},
          {"CLI/", {"app/cli", "app/main.cpp"}},
          {"sqlite3.h", {"upload", "app/library"}},
          {"unicode/", {"app/languages", "app/library", "media/base"}},
          {"boost/", {"app/languages"}},
      }};
  return rules;
}

std::vector<std::string> forbidden_includes(const fs::path& root, const IncludeRules& rules) {
  std::vector<std::string> sentences;
  std::map<Room, std::set<Room>> allowed;
  for (const auto& [room, below] : rules.below) allowed[room] = reachable(room, rules);
  for (const Include& include : all_includes(root)) {
    const auto from = room_of(include.file, rules);
    if (!from) {
      sentences.push_back(include.file + " lies in no room");
      continue;
    }
    for (const auto& [beginning, rooms] : rules.outside) {
      if (!is_ours(include.path) && include.path.starts_with(beginning) && !rooms.contains(*from))
        sentences.push_back(include.file + " includes " + include.path + ": not a matter of " + *from);
    }
    if (!is_ours(include.path)) continue;
    const auto to = room_of(include.path, rules);
    if (!to || !allowed[*from].contains(*to))
      sentences.push_back(include.file + " includes " + include.path + ": not below " + *from);
  }
  return sentences;
}

std::vector<std::vector<std::string>> include_circles(const fs::path& root) {
  std::map<std::string, std::set<std::string>> arrows;
  for (const Include& include : all_includes(root)) {
    if (is_ours(include.path) && unit_of(include.path) != unit_of(include.file))
      arrows[unit_of(include.file)].insert(unit_of(include.path));
  }
  return Circles(arrows).find();
}

}  // namespace meanwhile::test
