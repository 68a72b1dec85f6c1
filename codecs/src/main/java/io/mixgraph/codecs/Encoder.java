package io.mixgraph.codecs;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.SampleEncoding;
import java.io.Closeable;
import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * One stream of samples that becomes packets, a codec's frame at a time, on one thread and without SIMD. Holds native
 * memory until closed; one thread uses it at a time. Its errors do not name the file.
 */
final class Encoder implements Closeable {
    private final AVCodecContext context = avcodec.avcodec_alloc_context3(null);
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame frame = avutil.av_frame_alloc();
    private final SampleType type;
    private final int channels;
    private final boolean planar;
    private final byte[][] planes;
    private final boolean infoTag;
    private long encoded;
    private int padding;
    private byte[] extradata = new byte[0];
    private boolean closed;

    /**
     * @param kbps the bit rate; of no meaning when lossless
     * @throws IOException when this FFmpeg does not have or does not open the encoder
     */
    Encoder(Codec codec, AudioFormat format, SampleEncoding encoding, int kbps) throws IOException {
        this.type = codec.samples(encoding);
        this.channels = format.channels();
        this.planar = codec.planar();
        this.infoTag = codec == Codec.MP3;
        boolean ready = false;
        try {
            AVCodec encoder = avcodec.avcodec_find_encoder_by_name(codec.encoder());
            if (encoder == null || encoder.isNull()) {
                throw new IOException("this FFmpeg has no encoder " + codec.encoder() + "; choose another format");
            }
            context.sample_rate(format.sampleRate());
            avutil.av_channel_layout_default(context.ch_layout(), channels);
            context.sample_fmt(type.format(planar));
            try (AVRational base = new AVRational()) {
                context.time_base(base.num(1).den(format.sampleRate()));
            }
            if (codec.lossless()) {
                context.bits_per_raw_sample(encoding.bits());
            } else {
                context.bit_rate(kbps * 1000L);
            }
            context.thread_count(1);
            context.flags(context.flags() | avcodec.AV_CODEC_FLAG_BITEXACT | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
            AVDictionary options = Ffmpeg.dictionary(codec.options());
            try {
                check(avcodec.avcodec_open2(context, encoder, options));
            } finally {
                avutil.av_dict_free(options);
            }
            frame.nb_samples(context.frame_size());
            frame.format(context.sample_fmt());
            frame.sample_rate(format.sampleRate());
            avutil.av_channel_layout_default(frame.ch_layout(), channels);
            check(avutil.av_frame_get_buffer(frame, 0));
            this.planes =
                    new byte[planar ? channels : 1][context.frame_size() * type.bytes() * (planar ? 1 : channels)];
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    /** How many frames the codec takes at a time. */
    int frameSize() {
        return context.frame_size();
    }

    /** How many frames of its own the codec puts before the first. */
    int delayFrames() {
        return context.initial_padding();
    }

    /** What a container has to know of the codec; complete only after {@link #finish}. */
    void describe(AVCodecParameters to) throws IOException {
        check(avcodec.avcodec_parameters_from_context(to, context));
    }

    /** What FLAC says of the whole stream, known after {@link #finish}; the encoder keeps owning it. */
    byte[] extradata() {
        return extradata;
    }

    /**
     * Puts samples into the codec's next frame.
     *
     * @param firstChannel the channel of {@code block} that is this stream's first
     * @param from where in the block they begin
     * @param at where in the codec's frame they go
     */
    void fill(AudioBlock block, int firstChannel, int from, int at, int count) {
        for (int c = 0; c < channels; c++) {
            double[] samples = block.channel(firstChannel + c);
            if (planar) {
                type.encode(samples, from, planes[c], at, 1, count);
            } else {
                type.encode(samples, from, planes[0], at * channels + c, channels, count);
            }
        }
    }

    /**
     * Encodes the codec's frame.
     *
     * @param frames how much of it counts; less than all only at the end
     * @param to takes the packets, as those of {@code stream}
     */
    void encode(int frames, PacketSpool to, int stream) throws IOException {
        check(avutil.av_frame_make_writable(frame));
        frame.nb_samples(frames);
        frame.pts(encoded);
        int bytes = frames * type.bytes() * (planar ? 1 : channels);
        for (int p = 0; p < planes.length; p++) {
            frame.extended_data(p).put(planes[p], 0, bytes);
        }
        check(avcodec.avcodec_send_frame(context, frame));
        encoded += frames;
        receive(to, stream);
    }

    /** Encodes what the codec has kept back. */
    void finish(PacketSpool to, int stream) throws IOException {
        check(avcodec.avcodec_send_frame(context, null));
        receive(to, stream);
    }

    private void receive(PacketSpool to, int stream) throws IOException {
        int status = avcodec.avcodec_receive_packet(context, packet);
        while (status >= 0) {
            keepExtradata();
            if (infoTag) {
                addUpPadding();
            }
            to.add(stream, packet);
            avcodec.av_packet_unref(packet);
            status = avcodec.avcodec_receive_packet(context, packet);
        }
        if (status != avutil.AVERROR_EAGAIN() && status != avutil.AVERROR_EOF()) {
            check(status);
        }
    }

    /** FLAC hands on its length and digest with an empty last packet; what is in the context is overwritten again. */
    private void keepExtradata() {
        try (SizeTPointer size = new SizeTPointer(1)) {
            BytePointer data = avcodec.av_packet_get_side_data(packet, avcodec.AV_PKT_DATA_NEW_EXTRADATA, size);
            if (data != null && !data.isNull()) {
                extradata = new byte[(int) size.get()];
                data.get(extradata);
            }
        }
    }

    /**
     * The Info tag of MP3 tells how much to discard at the end, and FFmpeg takes that from the last packet alone: a
     * sound shorter than what fills up its last frame would come out too long.
     */
    private void addUpPadding() {
        try (SizeTPointer size = new SizeTPointer(1)) {
            BytePointer data = avcodec.av_packet_get_side_data(packet, avcodec.AV_PKT_DATA_SKIP_SAMPLES, size);
            if (data != null && !data.isNull() && size.get() >= 8) {
                padding += data.getInt(4);
                data.putInt(4, padding);
            }
        }
    }

    private static void check(int status) throws IOException {
        if (status < 0) {
            throw new IOException("FFmpeg cannot encode it (" + Ffmpeg.reason(status) + ")");
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        avutil.av_frame_free(frame);
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(context);
    }
}
