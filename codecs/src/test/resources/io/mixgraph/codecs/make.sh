#!/bin/sh
# Makes the files of this folder anew from the sound of Synthetic.java: see README.md.
# usage: make.sh sound.raw
set -eu
sound="$1"
encode() {
    ffmpeg -v error -y -f s16le -ar 44100 -ac 2 -i "$sound" -map_metadata -1 -fflags +bitexact -flags:a +bitexact "$@"
}
encode -c:a flac tone.flac
encode -c:a flac -sample_fmt s32 tone24.flac
encode -c:a pcm_s16be tone.aiff
encode -c:a alac alac.m4a
encode -c:a flac -f ogg flac.oga
encode -c:a libmp3lame -b:a 128k tone.mp3
encode -c:a libmp3lame -b:a 128k -write_xing 0 -id3v2_version 0 untold.mp3
encode -c:a aac -b:a 128k tone.m4a
encode -c:a aac -b:a 128k -f adts untold.aac
encode -c:a libvorbis -q:a 4 tone.ogg
encode -c:a libopus -b:a 128k tone.opus
encode -t 0.02 -af "pan=5.1|FL=0.1*c0|FR=0.2*c0|FC=0.3*c0|LFE=0.4*c0|BL=0.5*c0|BR=0.6*c0" -c:a flac six.flac
