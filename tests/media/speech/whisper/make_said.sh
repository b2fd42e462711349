#!/bin/bash
# make_said.sh [WHISPER_CLI]: makes said.json beside it again, what a real whisper-cli (whisper.cpp; Debian's package
# whisper.cpp-tools from sid on) writes for our engine, with the model of make_model.py. Needs espeak-ng, ffmpeg, python3.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "$here/make_model.py" "$work/model.bin"
espeak-ng -v en -s 130 -w "$work/voice.wav" "we will publish the numbers on friday"
ffmpeg -nostdin -v error -i "$work/voice.wav" -af apad=whole_dur=3.4 -ar 16000 -ac 1 -bitexact "$work/speech.wav"
# As media/speech/speech_process.cpp starts it.
cd "$work"
"${1:-whisper-cli}" -m model.bin -f speech.wav -of said -l auto -t 2 -ojf -ml 1 -sow -pp -ng 2>/dev/null >/dev/null
sed '/"systeminfo"/d' said.json >"$here/said.json"  # which machine that was
