// One page as a file: the page's sources with what is shared put in, and what the browser may do said first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/page/web_sources.h"
#include "media/base/json.h"

namespace meanwhile {

struct PageSources {
  std::string_view page = web_page();
  std::string_view style = web_style();
  std::string_view script = web_script();
};

struct PageContent {
  std::string title;        // foreign text; "": what is locked tells none
  Json share;               // the outer document
  std::string origin = {};  // of the storage, where the page may be shown from another; "": there is none
  bool is_beside_files = false;         // opened from file://, with films beside it
  std::vector<std::string> first = {};  // addresses that the browser may fetch before any script runs
};

// The file is head, what append_bytes() gives, tail.
struct PageFrame {
  std::string head;
  std::string tail;
};
PageFrame frame_page(const PageContent& content, const PageSources& sources = {});

// Puts that where the mark "<!--meanwhile:<place>-->" stands, which must be there.
void fill_place(std::string& page, std::string_view place, const std::string& with);

// What stands before and after the base64 of an object that a page has inside.
std::string begin_inline_object(std::string_view name);
extern const std::string_view kEndOfInlineObject;

// A JSON document as it may stand in an HTML script: nothing in it ends that.
std::string json_in_markup(const Json& json);

// The script's element, behind what the sentences of both are in other languages, where there are some.
std::string script_in_markup(std::string_view html, std::string_view script);

}  // namespace meanwhile
