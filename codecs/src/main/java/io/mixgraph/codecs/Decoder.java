package io.mixgraph.codecs;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * One pass over one compressed file, in chunks of interleaved samples of the codec's own type. FFmpeg trims what the
 * container calls encoder delay. A packet that cannot be decoded becomes as much silence, so that what follows keeps
 * its place; where the container itself is so damaged that packets vanish, only FLAC and Opus show it. Holds native
 * memory until closed; one thread uses it at a time.
 */
final class Decoder implements Closeable {
    /** The stream of audio that players play. */
    static final int MAIN = -1;

    private static final String CONTAINERS = "aac,aiff,flac,mov,mp3,ogg";
    private static final Set<String> CODECS = Set.of("flac", "alac", "mp3", "aac", "vorbis", "opus");
    /** A longer gap between packets is taken for a broken number. */
    private static final int MAX_GAP_SECONDS = 60;

    private static final int MAX_UNREADABLE = 1_000;
    /** A packet that claims more than this, in frames, is not believed; FLAC has up to 65535. */
    private static final long MAX_PACKET_FRAMES = 1 << 20;

    static final int SILENCE_FRAMES = 4_096;
    /** Delay, padding and length in hexadecimal, behind a reserved word. */
    private static final Pattern GAPLESS =
            Pattern.compile("^\\s*[0-9A-Fa-f]{1,8} [0-9A-Fa-f]{1,8} [0-9A-Fa-f]{1,8} ([0-9A-Fa-f]{16})(?: |$)");

    private static final String ADVICE = "; convert it to WAV or FLAC first";

    private final String name;
    private final AVFormatContext container = avformat.avformat_alloc_context();
    private final AVCodecContext codec = avcodec.avcodec_alloc_context3(null);
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame frame = avutil.av_frame_alloc();
    private final AVStream stream;
    private final int audioStreams;
    private final AudioFormat format;
    private final SampleType type;

    private byte[] pcm = new byte[0];
    private byte[] plane = new byte[0];
    /** Whether {@link #frame} holds samples that nobody has taken. */
    private boolean ahead;
    /** Frames that take the place of what could not be decoded. */
    private long silence;

    /** The packets read: how many, their durations in the stream's time base, what is to be trimmed of them. */
    private long packets;

    private long duration;
    private long trimmed;
    private long packetFrames;
    private long lostWithPacket;
    private int unreadable;
    /** Whether positions in the file are absolute, and the first of them. */
    private boolean numbered;

    private long origin;
    private boolean draining;
    private boolean closed;
    private long decoded;
    private long damagedPackets;
    private long firstDamage;

    /**
     * Opens a file; {@link Ffmpeg#load} comes first.
     *
     * @param wanted which of its streams of audio, from 0; {@link #MAIN} for the one that players play
     * @throws IOException naming the file, with FFmpeg's reason, when it cannot be decoded
     */
    Decoder(Path file, String name, int wanted) throws IOException {
        this.name = name;
        boolean ready = false;
        try {
            openContainer(file);
            int index = wanted == MAIN
                    ? avformat.av_find_best_stream(container, avutil.AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0)
                    : indexOf(wanted);
            if (index < 0) {
                String what = wanted == MAIN ? "no audio that can be read here" : "no stream " + wanted + " of audio";
                throw new IOException(name + ": holds " + what + ADVICE);
            }
            this.stream = container.streams(index);
            this.audioStreams = discardOthers(index);
            openCodec();
            numbered = kind().equals("flac") || stream.codecpar().codec_id() == avcodec.AV_CODEC_ID_OPUS;
            boolean more = true;
            while (!ahead && more) {
                more = step();
            }
            // What the first frame says wins: a container may know only half the rate of an AAC stream.
            this.type = typeOf(ahead ? frame.format() : codec.sample_fmt());
            this.format = ahead
                    ? formatOf(frame.sample_rate(), frame.ch_layout())
                    : formatOf(codec.sample_rate(), codec.ch_layout());
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    AudioFormat format() {
        return format;
    }

    SampleType type() {
        return type;
    }

    /** The chunk that {@link #next} made: interleaved, little-endian, valid until it is called again. */
    byte[] pcm() {
        return pcm;
    }

    /** How many streams of audio the file holds; one of them is decoded. */
    int audioStreams() {
        return audioStreams;
    }

    /** How many packets could not be decoded so far. */
    long damagedPackets() {
        return damagedPackets;
    }

    /** The frame at which the first of them lies. */
    long firstDamage() {
        return firstDamage;
    }

    /**
     * The length in frames that the container tells, or -1 where it tells none that can be relied on: FLAC and AIFF
     * headers, the LAME tag of MP3, the last position in Ogg, in MP4 Apple's iTunSMPB tag; else the durations of all
     * packets without what the edit list trims. May read the file to its end, and then nothing more can be decoded.
     */
    long toldFrames() throws IOException {
        if (format.sampleRate() != stream.codecpar().sample_rate()) {
            return -1;
        }
        String kind = kind();
        if (kind.startsWith("mov") || kind.equals("aac")) {
            AVDictionaryEntry tag = avutil.av_dict_get(container.metadata(), "iTunSMPB", null, 0);
            Matcher gapless = GAPLESS.matcher(tag == null ? "" : tag.value().getString());
            return gapless.find() ? Long.parseLong(gapless.group(1), 16) : framesOfPackets();
        }
        boolean guessed = container.duration_estimation_method() == avformat.AVFMT_DURATION_FROM_BITRATE;
        if (guessed || stream.duration() <= 0) {
            return kind.equals("mp3") ? framesOfPackets() : -1;
        }
        int delay = kind.equals("ogg") ? stream.codecpar().initial_padding() : 0;
        return frames(stream.duration()) - delay;
    }

    private long framesOfPackets() throws IOException {
        while (!draining) {
            if (readPacket()) {
                avcodec.av_packet_unref(packet);
            }
        }
        // A file cut short still lists the packets it has lost.
        long missing = Math.max(0, stream.nb_frames() - packets) * packetFrames;
        return Math.max(0, frames(duration) - trimmed + missing);
    }

    /** Whether more may be decoded than was recorded: codecs that fill up their last packets do so. */
    boolean padded() {
        return !kind().equals("flac") && !kind().equals("aiff");
    }

    private String kind() {
        return container.iformat().name().getString();
    }

    /**
     * Makes the next chunk.
     *
     * @return how many frames it has, 0 at the end
     * @throws IOException naming the file and the frame
     * @throws CancellationException when this thread was interrupted
     */
    int next() throws IOException {
        while (!ahead && silence == 0) {
            if (!step()) {
                return 0;
            }
        }
        int frames = silence > 0 ? (int) Math.min(silence, SILENCE_FRAMES) : frame.nb_samples();
        int bytes = frames * format.channels() * type.bytes();
        if (pcm.length < bytes) {
            pcm = new byte[bytes];
        }
        if (silence > 0) {
            Arrays.fill(pcm, 0, bytes, type.silence());
            silence -= frames;
        } else {
            take(frames);
            ahead = false;
        }
        decoded += frames;
        return frames;
    }

    private void take(int frames) throws IOException {
        int channels = format.channels();
        if (frame.sample_rate() != format.sampleRate()
                || frame.ch_layout().nb_channels() != channels
                || !type.is(frame.format())) {
            throw new IOException(name + ": changes its sample rate or channels at frame " + decoded + ADVICE);
        }
        if (!type.isPlanar(frame.format())) {
            frame.extended_data(0).get(pcm, 0, frames * channels * type.bytes());
            return;
        }
        int bytes = frames * type.bytes();
        if (plane.length < bytes) {
            plane = new byte[bytes];
        }
        for (int c = 0; c < channels; c++) {
            frame.extended_data(c).get(plane, 0, bytes);
            type.interleave(plane, pcm, c, channels, frames);
        }
    }

    /** Takes one step towards the next frame. False at the end. */
    private boolean step() throws IOException {
        int status = avcodec.avcodec_receive_frame(codec, frame);
        if (status == avutil.AVERROR_EAGAIN()) {
            feed();
            return true;
        }
        if (status == avutil.AVERROR_EOF()) {
            return false;
        }
        if (status == avutil.AVERROR_ENOMEM()) {
            throw failure(status);
        }
        if (status < 0) {
            damage(lostWithPacket);
            return !draining;
        }
        if (frame.decode_error_flags() != 0 || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0) {
            damage(0);
        }
        ahead = frame.nb_samples() > 0;
        long gap = ahead ? gap() : 0;
        if (gap > 0) {
            damage(gap);
        }
        return true;
    }

    /**
     * How many frames are missing before the frame at hand. FLAC and Opus number theirs, so what was lost between
     * packets shows; elsewhere positions are counted or rough, and it does not.
     */
    private long gap() {
        if (!numbered || frame.pts() == avutil.AV_NOPTS_VALUE) {
            return 0;
        }
        long position = frames(frame.pts());
        long due = decoded + silence;
        if (due == 0) {
            origin = position;
        }
        long gap = position - origin - due;
        return gap <= (long) MAX_GAP_SECONDS * codec.sample_rate() ? gap : 0;
    }

    private void feed() throws IOException {
        if (readPacket()) {
            if (avcodec.avcodec_send_packet(codec, packet) < 0) {
                damage(lostWithPacket);
            }
            avcodec.av_packet_unref(packet);
        } else if (draining) {
            check(avcodec.avcodec_send_packet(codec, null));
        }
    }

    /** Reads on in the container. True with a packet of the stream, which the caller unrefs; draining at the end. */
    private boolean readPacket() throws IOException {
        // Decoding up to where a stream begins may take long, and is no reading that an interruption would end.
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("decoding " + name + " was stopped");
        }
        int status = avformat.av_read_frame(container, packet);
        if (status == avutil.AVERROR_EOF()) {
            draining = true;
            return false;
        }
        if (status == avutil.AVERROR_INVALIDDATA()) {
            damage(0);
            draining = ++unreadable > MAX_UNREADABLE;
            return false;
        }
        check(status);
        if (packet.stream_index() != stream.index()) {
            avcodec.av_packet_unref(packet);
            return false;
        }
        packets++;
        long trim = trim();
        long frames = frames(packet.duration());
        packetFrames = frames > 0 && frames <= MAX_PACKET_FRAMES ? frames : 0;
        lostWithPacket = Math.max(0, packetFrames - trim);
        duration += packet.duration();
        trimmed += trim;
        return true;
    }

    /** The frames that the packet's side data says to drop, at its start and at its end. */
    private long trim() {
        try (SizeTPointer size = new SizeTPointer(1)) {
            BytePointer data = avcodec.av_packet_get_side_data(packet, avcodec.AV_PKT_DATA_SKIP_SAMPLES, size);
            if (data == null || data.isNull() || size.get() < 8) {
                return 0;
            }
            return Integer.toUnsignedLong(data.getInt(0)) + Integer.toUnsignedLong(data.getInt(4));
        }
    }

    private void damage(long lost) {
        if (damagedPackets == 0) {
            firstDamage = decoded;
        }
        damagedPackets++;
        silence += lost;
    }

    private long frames(long duration) {
        AVRational base = stream.time_base();
        return duration * base.num() * codec.sample_rate() / base.den();
    }

    private void openContainer(Path file) throws IOException {
        container.flags(container.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
        AVDictionary options = new AVDictionary(null);
        try {
            // Nothing but these, and no other file: a playlist in disguise must not reach the network or the disk.
            avutil.av_dict_set(options, "format_whitelist", CONTAINERS, 0);
            avutil.av_dict_set(options, "protocol_whitelist", "file", 0);
            AVInputFormat kind = InfoTag.begins(file) ? avformat.av_find_input_format("mp3") : null;
            recognise(avformat.avformat_open_input(container, "file:" + file.toAbsolutePath(), kind, options));
        } finally {
            avutil.av_dict_free(options);
        }
        recognise(avformat.avformat_find_stream_info(container, (AVDictionary) null));
    }

    private void recognise(int status) throws IOException {
        if (status == avutil.AVERROR_INVALIDDATA()
                || status == avutil.AVERROR_EINVAL()
                || status == avutil.AVERROR_EOF()) {
            throw new IOException(name + ": is no FLAC, MP3, AAC, MP4, Ogg or AIFF file, or is cut short (FFmpeg: "
                    + Ffmpeg.reason(status) + ")" + ADVICE);
        }
        check(status);
    }

    /** Where among all streams the one of audio is that has this number; -1 when there are not so many. */
    private int indexOf(int wanted) {
        int audio = 0;
        for (int i = 0; i < container.nb_streams(); i++) {
            if (container.streams(i).codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO && audio++ == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Leaves every stream but one unread; returns how many of audio there are. */
    private int discardOthers(int index) {
        int audio = 0;
        for (int i = 0; i < container.nb_streams(); i++) {
            AVStream other = container.streams(i);
            if (other.codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO) {
                audio++;
            }
            if (i != index) {
                other.discard(avcodec.AVDISCARD_ALL);
            }
        }
        return audio;
    }

    private void openCodec() throws IOException {
        int id = stream.codecpar().codec_id();
        String codecName = avcodec.avcodec_get_name(id).getString();
        if (!codecName.startsWith("pcm_") && !CODECS.contains(codecName)) {
            throw new IOException(name + ": its audio is " + codecName + ", which is not read here" + ADVICE);
        }
        AVCodec decoder = avcodec.avcodec_find_decoder_by_name(codecName.equals("mp3") ? "mp3float" : codecName);
        if (decoder == null) {
            throw new IOException(name + ": this FFmpeg has no decoder for " + codecName + ADVICE);
        }
        check(avcodec.avcodec_parameters_to_context(codec, stream.codecpar()));
        codec.pkt_timebase(stream.time_base());
        codec.thread_count(1);
        codec.flags(codec.flags() | avcodec.AV_CODEC_FLAG_BITEXACT);
        if (codecName.equals("flac")) {
            // A frame that fails its check would otherwise come out as loud noise.
            codec.err_recognition(avcodec.AV_EF_CRCCHECK | avcodec.AV_EF_EXPLODE);
        }
        check(avcodec.avcodec_open2(codec, decoder, (AVDictionary) null));
    }

    private SampleType typeOf(int sampleFormat) throws IOException {
        for (SampleType candidate : SampleType.values()) {
            if (candidate.is(sampleFormat)) {
                return candidate;
            }
        }
        throw new IOException(name + ": holds no audio that can be decoded" + ADVICE);
    }

    private AudioFormat formatOf(int sampleRate, AVChannelLayout layout) throws IOException {
        int channels = layout.nb_channels();
        try {
            boolean masked = layout.order() == avutil.AV_CHANNEL_ORDER_NATIVE && layout.u_mask() <= Integer.MAX_VALUE;
            return new AudioFormat(
                    sampleRate,
                    masked ? ChannelLayout.ofMask((int) layout.u_mask(), channels) : ChannelLayout.ofCount(channels));
        } catch (IllegalArgumentException e) {
            throw new IOException(name + ": " + e.getMessage() + ADVICE, e);
        }
    }

    private void check(int status) throws IOException {
        if (status < 0) {
            throw failure(status);
        }
    }

    private IOException failure(int status) {
        String where = decoded > 0 ? " at frame " + decoded : "";
        return new IOException(name + where + ": FFmpeg cannot read it (" + Ffmpeg.reason(status) + ")" + ADVICE);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        avutil.av_frame_free(frame);
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(codec);
        if (!container.isNull()) {
            avformat.avformat_close_input(container);
        }
    }
}
