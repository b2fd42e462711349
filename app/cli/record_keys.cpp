#include "app/cli/record_keys.h"

#include <string>

#include "media/base/media_time.h"
#include "media/base/translation.h"
#include "media/record/recorder.h"
#include "media/record/take_summary.h"

namespace meanwhile {
namespace {

std::string pause_or_resume(Recorder& recorder) {
  if (recorder.status().state == RecordState::Paused) {
    recorder.resume();
    return tr("Recording again.");
  }
  recorder.pause();
  return tr("Paused; Space goes on.");
}

std::string mute_or_unmute(Recorder& recorder) {
  if (recorder.status().is_muted) {
    recorder.unmute();
    return tr("The microphone is on again.");
  }
  recorder.mute();
  return tr("The microphone is muted; the recording goes on in silence. M turns it on again.");
}

std::string take_back(Recorder& recorder) {
  const auto retake = recorder.retake();
  if (!retake) return retake.error().message;
  // TRANSLATORS: {0} is a moment such as 1:23.5, {1} a length such as 0:04.2.
  return tr_format("Back at {}, {} taken back; paused, Space goes on from there.",
                   format_exact_moment(retake->at), format_exact_moment(retake->dropped));
}

std::string mark_chapter(Recorder& recorder) {
  const auto marked = recorder.mark_chapter();
  if (!marked) return marked.error().message;
  const RecordStatus status = recorder.status();
  // TRANSLATORS: {0} is a number, {1} a moment such as 1:23.
  return tr_format("Chapter {} begins at {}; `meanwhile chapters` names it.", status.chapters.size(),
                   format_moment(status.elapsed));
}

std::string begin_anew(Recorder& recorder) {
  const auto restarted = recorder.restart();
  return restarted ? tr("Started over; what was recorded before is gone.") : restarted.error().message;
}

}  // namespace

RecordWish obey_record_key(char key, Recorder& recorder, std::string& words) {
  words.clear();
  switch (key) {
    case ' ':
    case 'p':
    case 'P':
      words = pause_or_resume(recorder);
      break;
    case 'm':
    case 'M':
      words = mute_or_unmute(recorder);
      break;
    case 'c':
    case 'C':
      words = mark_chapter(recorder);
      break;
    case 'b':
    case 'B':
      words = take_back(recorder);
      break;
    case 'R':
      words = begin_anew(recorder);
      break;
    case 'X':
      return RecordWish::Discard;
    case 's':
    case 'S':
    case 'q':
      return RecordWish::Stop;
    default:
      break;
  }
  return RecordWish::GoOn;
}

}  // namespace meanwhile
