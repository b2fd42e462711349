#include "media/record/pointer_recorder.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/json.h"
#include "media/base/log.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/capture/sinks.h"
#include "media/record/disk_writer.h"
#include "media/record/stills.h"
#include "media/record/take_context.h"

namespace meanwhile {
namespace {

std::string sample_line(const PointerSample& sample, MediaTime at) {
  return fmt::format("{{\"t\":{},\"x\":{},\"y\":{},\"shape\":{},\"down\":{}}}\n", at.count(), sample.x,
                     sample.y, sample.shape, sample.buttons);
}

std::string definition_line(const PointerShape& shape, const std::string& file) {
  return to_text(
             Json{{"define", shape.index}, {"file", file}, {"hot_x", shape.hot_x}, {"hot_y", shape.hot_y}}) +
         "\n";
}

// Our own lines: a definition has no time.
bool is_line_before(std::string_view line, MediaTime at) {
  constexpr std::string_view kTime = "{\"t\":";
  if (!line.starts_with(kTime)) return true;
  std::int64_t time = 0;
  line.remove_prefix(kTime.size());
  std::from_chars(line.data(), line.data() + line.size(), time);
  return MediaTime(time) < at;
}

Result<Bytes> read_end_of_file(const std::filesystem::path& path, std::uint64_t offset) {
  const auto file = FileSource::open(path);
  if (!file) return std::unexpected(file.error());
  const auto size = (*file)->size();
  if (!size) return std::unexpected(size.error());
  Bytes bytes(*size - std::min(*size, offset));
  const auto got = (*file)->read_at(offset, bytes);
  if (!got) return std::unexpected(got.error());
  bytes.resize(*got);
  return bytes;
}

}  // namespace

std::string pointer_shape_file(int shape) {
  return fmt::format("pointer-{}.png", shape);
}

void PointerRecorder::begin(const TakeContext& context, DiskFilePtr file,
                            const std::filesystem::path& folder) {
  disk_ = &context.disk;
  file_ = std::move(file);
  folder_ = folder;
  chunks_.clear();
  end_bytes_ = 0;
  auto state = state_.lock();
  state->context = &context;
  state->defined.clear();
  state->unsaved.clear();
  state->lines.clear();
  if (state->last) write_locked(*state, *state->last, MediaTime{});
}

void PointerRecorder::flush() {
  std::string lines;
  std::vector<PointerShape> shapes;
  Chunk chunk{.start = {}, .offset = end_bytes_};
  {
    auto state = state_.lock();
    lines.swap(state->lines);
    shapes.swap(state->unsaved);
    chunk.start = state->first_line;
  }
  for (PointerShape& shape : shapes) save(std::move(shape));
  if (lines.empty()) return;
  chunks_.push_back(chunk);
  end_bytes_ += lines.size();
  disk_->append(file_, to_bytes(lines));
}

void PointerRecorder::resume(MediaTime at) {
  auto state = state_.lock();
  if (state->context && state->last && state->has_moved) write_locked(*state, *state->last, at);
}

void PointerRecorder::cut_back(MediaTime at) {
  flush();
  const auto is_before = [at](const Chunk& chunk) { return chunk.start < at; };
  auto first_gone = std::find_if_not(chunks_.begin(), chunks_.end(), is_before);
  if (first_gone != chunks_.begin()) --first_gone;
  if (first_gone == chunks_.end()) return;
  const Chunk cut = *first_gone;
  const std::string rest = lines_before(at, cut.offset);
  chunks_.erase(first_gone, chunks_.end());
  if (!rest.empty()) chunks_.push_back(cut);
  end_bytes_ = cut.offset + rest.size();
  disk_->replace_end(file_, cut.offset, to_bytes(rest));
  state_.lock()->has_moved = true;
}

// Of what lies at `offset` and behind; shapes stay defined.
std::string PointerRecorder::lines_before(MediaTime at, std::uint64_t offset) const {
  disk_->wait_until_written();
  const auto bytes = read_end_of_file(folder_ / kPointerFile, offset);
  if (!bytes) {
    log(LogLevel::Warning, "taking back the end of the pointer's track: " + bytes.error().message);
    return "";
  }
  std::string kept;
  for (const auto line : std::views::split(as_text(*bytes), '\n')) {
    const std::string_view text(line.begin(), line.end());
    if (!text.empty() && is_line_before(text, at)) kept.append(text).push_back('\n');
  }
  return kept;
}

void PointerRecorder::cancel() {
  auto state = state_.lock();
  state->context = nullptr;
  state->lines.clear();
  state->unsaved.clear();
}

void PointerRecorder::on_shape(PointerShape shape) {
  const int index = shape.index;
  state_.lock()->shapes.emplace(index, std::move(shape));
}

void PointerRecorder::on_pointer(PointerSample sample) {
  auto state = state_.lock();
  state->last = sample;
  state->has_moved = true;
  const auto at = state->context ? state->context->timeline.at(sample.at) : std::nullopt;
  if (at) write_locked(*state, sample, *at);
}

void PointerRecorder::write_locked(State& state, const PointerSample& sample, MediaTime at) {
  if (state.lines.empty()) state.first_line = at;
  state.has_moved = false;
  if (state.defined.insert(sample.shape).second) define_locked(state, sample.shape);
  state.lines += sample_line(sample, at);
}

void PointerRecorder::define_locked(State& state, int index) {
  const auto found = state.shapes.find(index);
  if (found == state.shapes.end()) return;
  state.lines += definition_line(found->second, pointer_shape_file(index));
  state.unsaved.push_back(found->second);
}

void PointerRecorder::save(PointerShape shape) {
  const std::filesystem::path path = folder_ / pointer_shape_file(shape.index);
  disk_->run([shape = std::move(shape), path]() -> Result<void> {
    auto png = encode_png(shape.width, shape.height, shape.rgba);
    if (!png) return std::unexpected(png.error());
    return write_file_durably(path, *png);
  });
}

}  // namespace meanwhile
