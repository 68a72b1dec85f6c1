package io.mixgraph.codecs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * What FFmpeg's own readers find in a file beside its sound.
 *
 * @param tags of the container and its first stream, by FFmpeg's names in upper case
 * @param pictures the bytes of attached pictures
 * @param streams of audio, in order
 */
record Metadata(Map<String, String> tags, List<List<Byte>> pictures, List<Stream> streams) {
    /** A stream of audio: lengths in its own time base, which is one over {@code timeScale}. */
    record Stream(String codec, int sampleRate, int channels, int disposition, long duration, int timeScale) {}

    static Metadata of(Path file) throws IOException {
        Ffmpeg.load();
        AVFormatContext container = avformat.avformat_alloc_context();
        int status = avformat.avformat_open_input(container, "file:" + file, null, null);
        if (status < 0) {
            throw new IOException(Ffmpeg.reason(status));
        }
        try {
            avformat.avformat_find_stream_info(container, (AVDictionary) null);
            Map<String, String> tags = new TreeMap<>();
            List<List<Byte>> pictures = new ArrayList<>();
            List<Stream> streams = new ArrayList<>();
            collect(container.metadata(), tags);
            for (int i = 0; i < container.nb_streams(); i++) {
                AVStream stream = container.streams(i);
                if (stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO) {
                    if (streams.isEmpty()) {
                        collect(stream.metadata(), tags);
                    }
                    streams.add(new Stream(
                            avcodec.avcodec_get_name(stream.codecpar().codec_id())
                                    .getString(),
                            stream.codecpar().sample_rate(),
                            stream.codecpar().ch_layout().nb_channels(),
                            stream.disposition(),
                            stream.duration(),
                            stream.time_base().den()));
                } else if ((stream.disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) != 0) {
                    byte[] bytes = new byte[stream.attached_pic().size()];
                    stream.attached_pic().data().get(bytes);
                    pictures.add(boxed(bytes));
                }
            }
            return new Metadata(tags, pictures, streams);
        } finally {
            avformat.avformat_close_input(container);
        }
    }

    static List<Byte> boxed(byte[] bytes) {
        List<Byte> boxed = new ArrayList<>();
        for (byte b : bytes) {
            boxed.add(b);
        }
        return boxed;
    }

    private static void collect(AVDictionary dictionary, Map<String, String> tags) {
        AVDictionaryEntry entry = avutil.av_dict_get(dictionary, "", null, avutil.AV_DICT_IGNORE_SUFFIX);
        while (entry != null && !entry.isNull()) {
            tags.put(utf8(entry.key()).toUpperCase(Locale.ROOT), utf8(entry.value()));
            entry = avutil.av_dict_get(dictionary, "", entry, avutil.AV_DICT_IGNORE_SUFFIX);
        }
    }

    private static String utf8(BytePointer text) {
        return new String(text.getStringBytes(), StandardCharsets.UTF_8);
    }
}
