package io.mixgraph.dsp;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.Findings;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.audio.Speaker;
import java.io.IOException;

/**
 * A recording of more than two channels as stereo, by ITU-R BS.775-4, Annex 4, Table 2: each side keeps its own
 * channels at unity for the front and −3 dB for the surrounds, the centre goes to both at −3 dB, LFE is dropped, and
 * nothing is normalised. A back centre goes to both at −6 dB.
 */
public final class DownmixedSource implements AudioSource {
    private static final double MINUS_3_DB = StrictMath.sqrt(0.5);

    private final AudioSource source;
    private final AudioFormat format;
    private final double[] left;
    private final double[] right;

    /** @param source any recording; its layout says what each channel is */
    public DownmixedSource(AudioSource source) {
        this.source = source;
        this.format = new AudioFormat(source.format().sampleRate(), ChannelLayout.STEREO);
        ChannelLayout layout = source.format().layout();
        this.left = new double[layout.channels()];
        this.right = new double[layout.channels()];
        for (int c = 0; c < left.length; c++) {
            Speaker speaker = layout.speakers().get(c);
            left[c] = gain(speaker, true);
            right[c] = gain(speaker, false);
        }
    }

    private static double gain(Speaker speaker, boolean toLeft) {
        return switch (speaker) {
            case FRONT_LEFT, FRONT_LEFT_OF_CENTER -> toLeft ? 1 : 0;
            case FRONT_RIGHT, FRONT_RIGHT_OF_CENTER -> toLeft ? 0 : 1;
            case FRONT_CENTER -> MINUS_3_DB;
            case LOW_FREQUENCY -> 0;
            case BACK_LEFT, SIDE_LEFT -> toLeft ? MINUS_3_DB : 0;
            case BACK_RIGHT, SIDE_RIGHT -> toLeft ? 0 : MINUS_3_DB;
            case BACK_CENTER -> 0.5;
        };
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public long frames() {
        return source.frames();
    }

    @Override
    public AudioSource original() {
        return source.original();
    }

    @Override
    public FrameSource open(long firstFrame) throws IOException {
        return new Stream(source.open(firstFrame));
    }

    private final class Stream implements FrameSource {
        private final FrameSource in;
        private AudioBlock wide = new AudioBlock(left.length, 1);

        Stream(FrameSource in) {
            this.in = in;
        }

        @Override
        public AudioFormat format() {
            return format;
        }

        @Override
        public int read(AudioBlock block, int frames) throws IOException {
            if (wide.capacity() < frames) {
                wide = new AudioBlock(left.length, frames);
            }
            int read = in.read(wide, frames);
            block.clear(read);
            for (int c = 0; c < left.length; c++) {
                addScaled(wide.channel(c), left[c], block.channel(0), read);
                addScaled(wide.channel(c), right[c], block.channel(1), read);
            }
            return read;
        }

        private static void addScaled(double[] from, double gain, double[] to, int frames) {
            if (gain == 0) {
                return;
            }
            for (int i = 0; i < frames; i++) {
                to[i] += gain * from[i];
            }
        }

        @Override
        public Findings findings() {
            return in.findings();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
