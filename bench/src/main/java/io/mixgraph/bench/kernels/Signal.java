package io.mixgraph.bench.kernels;

import io.mixgraph.MixEngine;
import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.bench.Job;
import io.mixgraph.bench.Voice;
import java.util.ArrayList;
import java.util.List;

/** What kernels work on: five seconds of music in blocks of the engine's size. Read only. */
final class Signal {
    /** How many frames there are. */
    static final int FRAMES = 1 << 18;

    /** How many frames a block has. */
    static final int BLOCK_FRAMES = MixEngine.BLOCK_FRAMES;

    static final AudioFormat MONO = new AudioFormat(Job.SAMPLE_RATE, ChannelLayout.MONO);
    static final AudioFormat STEREO = new AudioFormat(Job.SAMPLE_RATE, ChannelLayout.STEREO);

    private final List<AudioBlock> blocks = new ArrayList<>();

    /** @param channels 1 or 2 */
    Signal(int channels) {
        Voice.Instrument[] instruments = Voice.Instrument.values();
        List<List<Voice>> players = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            List<Voice> voices = new ArrayList<>();
            for (Voice.Instrument instrument : instruments) {
                voices.add(new Voice(instrument, 1 + instrument.ordinal(), c));
            }
            players.add(voices);
        }
        double[] solo = new double[BLOCK_FRAMES];
        for (int frame = 0; frame < FRAMES; frame += BLOCK_FRAMES) {
            AudioBlock block = new AudioBlock(channels, BLOCK_FRAMES);
            for (int c = 0; c < channels; c++) {
                double[] sum = block.channel(c);
                for (Voice voice : players.get(c)) {
                    voice.play(solo);
                    for (int i = 0; i < BLOCK_FRAMES; i++) {
                        sum[i] += 0.5 * solo[i];
                    }
                }
            }
            blocks.add(block);
        }
    }

    /** All blocks in order; not to be changed. */
    List<AudioBlock> blocks() {
        return blocks;
    }
}
