#include "media/record/pointer_cut.h"

#include <cstdint>
#include <map>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"
#include "media/base/trim.h"
#include "media/record/pointer_recorder.h"

namespace meanwhile {
namespace {

class PointerCutter {
 public:
  PointerCutter(const KeptRange& range, const std::vector<TimeRange>& blank) : range_(range), blank_(blank) {}

  void take(std::string_view line);
  CutPointer finish();

 private:
  void take_sample(Json sample, MediaTime at);
  void write(Json& sample, MediaTime at);
  void write_held();

  const KeptRange range_;
  const std::vector<TimeRange>& blank_;
  std::map<std::int64_t, std::string> definitions_;  // of each shape the first, as for players
  std::optional<Json> held_;                         // the last sample that isn't after the range's start
  CutPointer cut_;
};

void PointerCutter::take(std::string_view line) {
  auto json = parse_json(line);
  if (!json || !json->is_object()) return;
  if (const auto shape = integer_member(*json, "define")) {
    // The file's name is ours: a line mustn't name another one.
    (*json)["file"] = pointer_shape_file(static_cast<int>(*shape));
    definitions_.emplace(*shape, to_text(*json) + "\n");
    return;
  }
  const auto at = integer_member(*json, "t");
  if (!at || *at < 0 || MediaTime(*at) >= range_.to || range_at(blank_, MediaTime(*at)) != nullptr) return;
  take_sample(std::move(*json), MediaTime(*at));
}

void PointerCutter::take_sample(Json sample, MediaTime at) {
  if (at <= range_.from) {
    held_ = std::move(sample);
    return;
  }
  write_held();
  write(sample, at - range_.from);
}

void PointerCutter::write_held() {
  if (held_) write(*held_, MediaTime{});
  held_.reset();
}

void PointerCutter::write(Json& sample, MediaTime at) {
  const std::int64_t shape = integer_member(sample, "shape").value_or(0);
  const auto definition = definitions_.find(shape);
  if (definition != definitions_.end() && cut_.shapes.insert(static_cast<int>(shape)).second)
    cut_.lines += definition->second;
  sample["t"] = at.count();
  cut_.lines += to_text(sample) + "\n";
}

CutPointer PointerCutter::finish() {
  write_held();
  return std::move(cut_);
}

CutPointer cut(std::string_view text, const KeptRange& range, const std::vector<TimeRange>& blank) {
  PointerCutter cutter(range, blank);
  for (const auto line : std::views::split(text, '\n')) cutter.take({line.begin(), line.end()});
  return cutter.finish();
}

}  // namespace

CutPointer cut_pointer(std::string_view text, const KeptRange& range) {
  return cut(text, range, {});
}

CutPointer pointer_without(std::string_view text, const std::vector<TimeRange>& blank) {
  return cut(text, {MediaTime{}, MediaTime::max()}, blank);
}

}  // namespace meanwhile
