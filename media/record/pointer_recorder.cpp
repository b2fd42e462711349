#include "media/record/pointer_recorder.h"

#include <fmt/format.h>

#include <utility>

#include "media/base/files.h"
#include "media/base/json.h"
#include "media/record/stills.h"

namespace meanwhile {
namespace {

std::string sample_line(const PointerSample& sample, MediaTime at) {
  return fmt::format("{{\"t\":{},\"x\":{},\"y\":{},\"shape\":{},\"down\":{}}}\n", at.count(), sample.x,
                     sample.y, sample.shape, sample.buttons);
}

std::string shape_file(int index) {
  return fmt::format("pointer-{}.png", index);
}

std::string definition_line(const PointerShape& shape, const std::string& file) {
  return to_text(
             Json{{"define", shape.index}, {"file", file}, {"hot_x", shape.hot_x}, {"hot_y", shape.hot_y}}) +
         "\n";
}

}  // namespace

void PointerRecorder::begin(const TakeContext& context, DiskFilePtr file,
                            const std::filesystem::path& folder) {
  auto state = state_.lock();
  context_ = &context;
  file_ = std::move(file);
  folder_ = folder;
  state->is_recording = true;
  if (state->last) write_locked(*state, *state->last, MediaTime{});
}

void PointerRecorder::flush() {
  std::string lines;
  std::vector<PointerShape> shapes;
  {
    auto state = state_.lock();
    lines.swap(state->lines);
    shapes.swap(state->unsaved);
  }
  for (PointerShape& shape : shapes) save(std::move(shape));
  if (!lines.empty()) context_->disk.append(file_, to_bytes(lines));
}

void PointerRecorder::on_shape(PointerShape shape) {
  const int index = shape.index;
  state_.lock()->shapes.emplace(index, std::move(shape));
}

void PointerRecorder::on_pointer(PointerSample sample) {
  auto state = state_.lock();
  state->last = sample;
  const auto at = state->is_recording ? context_->timeline.at(sample.at) : std::nullopt;
  if (at) write_locked(*state, sample, *at);
}

void PointerRecorder::write_locked(State& state, const PointerSample& sample, MediaTime at) {
  if (state.defined.insert(sample.shape).second) define_locked(state, sample.shape);
  state.lines += sample_line(sample, at);
}

void PointerRecorder::define_locked(State& state, int index) {
  const auto found = state.shapes.find(index);
  if (found == state.shapes.end()) return;
  state.lines += definition_line(found->second, shape_file(index));
  state.unsaved.push_back(found->second);
}

void PointerRecorder::save(PointerShape shape) {
  const std::filesystem::path path = folder_ / shape_file(shape.index);
  context_->disk.run([shape = std::move(shape), path]() -> Result<void> {
    auto png = encode_png(shape.width, shape.height, shape.rgba);
    if (!png) return std::unexpected(png.error());
    return write_file_durably(path, *png);
  });
}

}  // namespace meanwhile
