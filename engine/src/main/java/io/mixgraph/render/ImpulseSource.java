package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.FrameSource;

/**
 * Silence but for one frame.
 *
 * @param name as the recording it stands for
 * @param format as that
 * @param frames as that
 * @param at the frame that is not silent
 */
record ImpulseSource(String name, AudioFormat format, long frames, long at) implements AudioSource {
    /** Small, so that a limiter leaves alone what many of them add up to; a power of two, so that sums are exact. */
    private static final double LEVEL = 0x1p-16;

    @Override
    public FrameSource open(long firstFrame) {
        return new FrameSource() {
            private long next = firstFrame;

            @Override
            public AudioFormat format() {
                return format;
            }

            @Override
            public int read(AudioBlock into, int wanted) {
                int count = (int) Math.min(wanted, frames - next);
                into.clear(count);
                if (at >= next && at < next + count) {
                    for (int c = 0; c < into.channels(); c++) {
                        into.channel(c)[(int) (at - next)] = LEVEL;
                    }
                }
                next += count;
                return count;
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
