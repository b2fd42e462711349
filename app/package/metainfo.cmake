# meanwhile_metainfo(INTO WEBSITE): the AppStream file, from metainfo_template. Software centres want a homepage, and take
# pictures from the web only.
function(meanwhile_metainfo into website)
  configure_file(${metainfo_template} ${into} @ONLY)
endfunction()
