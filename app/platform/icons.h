// The icons in use, from Material Design Icons 1.6 (Debian's fonts-materialdesignicons-webfont; code points
// from its css/materialdesignicons.css), each with a word for where the font is missing. Only these are
// loaded of the font, which has 1,600: a new one stands in kAll, too.
#pragma once

#include <array>

namespace meanwhile {

struct Icon {
  const char* glyph;
  const char* word;
  bool points_along = false;  // the way one reads: turned around in a mirrored window
};

namespace icons {
constexpr Icon kInbox{"\uF2FB", "In"};
constexpr Icon kRecord{"\uF44A", "Rec"};
constexpr Icon kSettings{"\uF493", "Set"};
constexpr Icon kSearch{"\uF349", "Find"};
constexpr Icon kPlay{"\uF40A", "Play"};
constexpr Icon kPause{"\uF3E4", "Hold"};
constexpr Icon kStop{"\uF4DB", "Stop"};
constexpr Icon kReplay{"\uF459", "Again"};
constexpr Icon kVolume{"\uF57E", "Vol"};
constexpr Icon kVolumeLow{"\uF580", "Vol"};
constexpr Icon kMuted{"\uF581", "Mute"};
constexpr Icon kFullScreen{"\uF293", "Full"};
constexpr Icon kLeaveFullScreen{"\uF294", "Less"};
constexpr Icon kMini{"\uF5B2", "Mini"};
constexpr Icon kComment{"\uF182", "Talk"};
constexpr Icon kReply{"\uF45A", "Re", true};
constexpr Icon kCheck{"\uF12C", "OK"};
constexpr Icon kResolved{"\uF5E0", "Done"};
constexpr Icon kResolve{"\uF5E1", "Done"};
constexpr Icon kDelete{"\uF1C0", "Del"};
constexpr Icon kLink{"\uF339", "Link"};
constexpr Icon kExport{"\uF1DA", "Save"};
constexpr Icon kBack{"\uF04D", "Back", true};
constexpr Icon kDown{"\uF140", "v"};
constexpr Icon kClose{"\uF156", "x"};
constexpr Icon kWarning{"\uF026", "!"};
constexpr Icon kFailure{"\uF028", "!"};
constexpr Icon kInfo{"\uF2FD", "i"};
constexpr Icon kMicrophone{"\uF36C", "Mic"};
constexpr Icon kNoMicrophone{"\uF36D", "Mic"};
constexpr Icon kCamera{"\uF567", "Cam"};
constexpr Icon kNoCamera{"\uF568", "Cam"};
constexpr Icon kScreen{"\uF379", "Scr"};
constexpr Icon kSystemSound{"\uF4C3", "Snd"};
constexpr Icon kSync{"\uF4E6", "Sync"};
constexpr Icon kOffline{"\uF164", "Off"};
constexpr Icon kCloud{"\uF160", "Ok"};
constexpr Icon kKept{"\uF403", "Here"};
constexpr Icon kUpload{"\uF167", "Up"};
constexpr Icon kFolder{"\uF256", "Dir"};
constexpr Icon kChannel{"\uF423", "#"};
constexpr Icon kSend{"\uF48A", "Send", true};
constexpr Icon kHelp{"\uF625", "?"};
constexpr Icon kMore{"\uF1D9", "..."};
constexpr Icon kRecovered{"\uF06F", "Back"};
constexpr Icon kDraw{"\uF3EB", "Pen"};
constexpr Icon kFilm{"\uF230", "Film"};
constexpr Icon kPerson{"\uF009", "Me"};
constexpr Icon kThumbUp{"\uF513", "Yes"};
constexpr Icon kHeart{"\uF2D1", "Love"};
constexpr Icon kLaugh{"\uF1F5", "Ha"};
constexpr Icon kRocket{"\uF463", "Go"};
constexpr Icon kIdea{"\uF335", "Idea"};
constexpr Icon kQuestion{"\uF2D7", "?"};
constexpr Icon kArrow{"\uF05C", "Arr"};
constexpr Icon kBox{"\uF1A2", "Box"};
constexpr Icon kText{"\uF284", "Abc"};
constexpr Icon kUndo{"\uF54C", "Undo", true};
constexpr Icon kBrush{"\uF0E3", "Draw"};
constexpr Icon kAsk{"\uF23B", "Ask"};
constexpr Icon kVideoReply{"\uF36B", "Vid"};
constexpr Icon kUntilNow{"\uF150", "..."};
constexpr Icon kArchive{"\uF03C", "Away"};
constexpr Icon kUnarchive{"\uF3D5", "Back"};
constexpr Icon kSort{"\uF4BA", "Sort"};
constexpr Icon kSeen{"\uF208", "Seen"};
constexpr Icon kUnseen{"\uF209", "Hide"};
constexpr Icon kSkipNext{"\uF4AD", "Next"};
constexpr Icon kPlayAll{"\uF411", "All"};
constexpr Icon kChapters{"\uF279", "List"};
constexpr Icon kCaption{"\uF15E", "CC"};
constexpr Icon kFilter{"\uF236", "Some"};
constexpr Icon kFollow{"\uF1A4", "Now"};
constexpr Icon kList{"\uF279", "List"};
constexpr Icon kGrid{"\uF570", "Grid"};
constexpr Icon kWatched{"\uF12D", "Seen"};
constexpr Icon kEarth{"\uF1E7", "Zone"};
constexpr Icon kCut{"\uF190", "Cut"};
constexpr Icon kRedo{"\uF44E", "Redo"};
constexpr Icon kUp{"\uF143", "^"};

inline constexpr std::array kAll{
    kInbox,      kRecord,       kSettings,  kSearch,   kPlay,       kPause,           kStop,
    kReplay,     kVolume,       kVolumeLow, kMuted,    kFullScreen, kLeaveFullScreen, kMini,
    kComment,    kReply,        kCheck,     kResolved, kResolve,    kDelete,          kLink,
    kExport,     kBack,         kDown,      kClose,    kWarning,    kFailure,         kInfo,
    kMicrophone, kNoMicrophone, kCamera,    kNoCamera, kScreen,     kSystemSound,     kSync,
    kOffline,    kCloud,        kKept,      kUpload,   kFolder,     kChannel,         kSend,
    kHelp,       kMore,         kRecovered, kDraw,     kFilm,       kPerson,          kThumbUp,
    kHeart,      kLaugh,        kRocket,    kIdea,     kQuestion,   kArrow,           kBox,
    kText,       kUndo,         kBrush,     kAsk,      kVideoReply, kUntilNow,        kArchive,
    kUnarchive,  kSort,         kSeen,      kUnseen,   kSkipNext,   kPlayAll,         kChapters,
    kCaption,    kFilter,       kFollow,    kList,     kGrid,       kWatched,         kEarth,
    kCut,        kRedo,         kUp};
}  // namespace icons

}  // namespace meanwhile
