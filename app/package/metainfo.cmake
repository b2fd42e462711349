# meanwhile_metainfo(INTO WEBSITE): the AppStream file, from metainfo_template. Software centres take pictures from the web
# only: without a website there are none.
function(meanwhile_metainfo into website)
  set(web_lines "")
  if(website)
    set(web_lines "
  <url type=\"homepage\">${website}</url>
  <screenshots>
    <screenshot type=\"default\">
      <caption>Watching an update, with comments at their moments</caption>
      <image type=\"source\" width=\"1280\" height=\"800\">${website}/app/window.png</image>
    </screenshot>
  </screenshots>")
  endif()
  configure_file(${metainfo_template} ${into} @ONLY)
endfunction()
