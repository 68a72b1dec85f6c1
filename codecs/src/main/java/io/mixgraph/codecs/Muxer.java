package io.mixgraph.codecs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Makes a container of packets, from front to back, with nothing in it that changes from run to run. Holds native
 * memory and an open file until closed. Its errors name the frame, not the file.
 */
final class Muxer implements Closeable {
    private final AVFormatContext container = new AVFormatContext(null);
    private final AVIOContext file = new AVIOContext(null);
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVRational base;

    /** The first frame that may be missing. */
    private long frame;

    /**
     * Starts a file, replacing one that is there.
     *
     * @param kind FFmpeg's name for the container
     * @param encoders one for each stream, finished; the first is the one that players play
     */
    Muxer(Path path, String kind, List<Encoder> encoders, int sampleRate) throws IOException {
        this.base = new AVRational().num(1).den(sampleRate);
        boolean ready = false;
        try {
            check(avformat.avformat_alloc_output_context2(container, (AVOutputFormat) null, kind, null));
            container.flags(container.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
            for (int i = 0; i < encoders.size(); i++) {
                AVStream stream = avformat.avformat_new_stream(container, null);
                encoders.get(i).describe(stream.codecpar());
                stream.time_base(base);
                stream.disposition(i == 0 ? avformat.AV_DISPOSITION_DEFAULT : 0);
            }
            check(avformat.avio_open(file, "file:" + path.toAbsolutePath(), avformat.AVIO_FLAG_WRITE));
            container.pb(file);
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    /**
     * Writes what goes before the packets.
     *
     * @param before what goes before all else
     * @param options of the container, by FFmpeg's names
     * @param tags that FFmpeg is to write, in this order
     */
    void begin(byte[] before, Map<String, String> options, Map<String, String> tags) throws IOException {
        avformat.avio_write(file, before, before.length);
        // The container owns and frees these.
        container.metadata(Ffmpeg.dictionary(tags));
        AVDictionary settings = Ffmpeg.dictionary(options);
        try {
            check(avformat.avformat_write_header(container, settings));
        } finally {
            avutil.av_dict_free(settings);
        }
    }

    /**
     * Writes the next packet.
     *
     * @return false when there is none
     */
    boolean writeNext(PacketSpool packets) throws IOException {
        if (!packets.next(packet)) {
            return false;
        }
        frame = Math.max(frame, packet.pts());
        avcodec.av_packet_rescale_ts(
                packet, base, container.streams(packet.stream_index()).time_base());
        int status = avformat.av_write_frame(container, packet);
        avcodec.av_packet_unref(packet);
        check(status);
        return true;
    }

    /** Writes what goes after the packets. */
    void end() throws IOException {
        check(avformat.av_write_trailer(container));
        avformat.avio_flush(file);
        check(file.error());
    }

    private void check(int status) throws IOException {
        if (status < 0) {
            throw new IOException("frame " + frame + ": cannot be written: " + Ffmpeg.reason(status));
        }
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        if (!file.isNull()) {
            avformat.avio_closep(file);
        }
        if (!container.isNull()) {
            container.pb(null);
            avformat.avformat_free_context(container);
            container.setNull();
        }
        base.close();
    }
}
