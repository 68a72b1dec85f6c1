package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.Numbers;
import io.mixgraph.dsp.Biquad;
import io.mixgraph.dsp.BiquadDesign;
import io.mixgraph.dsp.FeedbackDelay;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Echoes, without the sound itself. The time is given in milliseconds, or as a note at a tempo: a quarter lasts
 * 60/tempo seconds, dotted notes half as long again, triplets two thirds. It is rounded to the nearest frame, in exact
 * decimal arithmetic, half up.
 *
 * <p>The first echo is the input itself. Each further one comes the same time later, lower by the feedback, and has
 * gone once more through a highpass and a lowpass of first order (−3 dB at their frequencies) where these are given.
 *
 * <p>Ping-pong: the mean of both channels goes to the left, from there to the right, and so on: the first echo is on
 * the left, the second on the right. A mono signal has the same echoes with and without.
 */
@Example({"time_ms: 375, feedback_percent: 30", "note: dotted_eighth, tempo_bpm: 120, ping_pong: true, highcut_hz: 6000"
})
public record Delay(
        @Parameter(doc = "Time between echoes; or give a note.", min = 1, max = 5000, automatable = false) @Nullable
        Double timeMs,

        @Parameter(doc = "Time between echoes as the length of a note, such as dotted_eighth; needs a tempo.") @Nullable
        Note note,

        @Parameter(doc = "Quarter notes per minute, for a note.", min = 30, max = 300, automatable = false) @Nullable
        Double tempoBpm,

        @Parameter(doc = "Each echo's level in that of the one before.", min = 0, max = 95, absent = "35")
        double feedbackPercent,

        @Parameter(doc = "Whether echoes alternate between left and right.", absent = "false")
        boolean pingPong,

        @Parameter(doc = "Each echo after the first loses more below it; absent for nothing.", min = 20, max = 2000)
        @Nullable
        Double lowcutHz,

        @Parameter(doc = "Each echo after the first loses more above it; absent for nothing.", min = 200, max = 20000)
        @Nullable
        Double highcutHz)
        implements Effect {

    /** The length of a note, as a fraction of a whole one. */
    public enum Note {
        WHOLE(1, 1),
        DOTTED_HALF(3, 4),
        HALF(1, 2),
        HALF_TRIPLET(1, 3),
        DOTTED_QUARTER(3, 8),
        QUARTER(1, 4),
        QUARTER_TRIPLET(1, 6),
        DOTTED_EIGHTH(3, 16),
        EIGHTH(1, 8),
        EIGHTH_TRIPLET(1, 12),
        DOTTED_SIXTEENTH(3, 32),
        SIXTEENTH(1, 16),
        SIXTEENTH_TRIPLET(1, 24),
        THIRTY_SECOND(1, 32);

        private final long numerator;
        private final long denominator;

        Note(long numerator, long denominator) {
            this.numerator = numerator;
            this.denominator = denominator;
        }
    }

    public Delay {
        if ((timeMs == null) == (note == null)) {
            throw new IllegalArgumentException(
                    "a delay has a time_ms or a note" + (note == null ? "; this one has none" : "; this one has both"));
        }
        if ((note == null) != (tempoBpm == null)) {
            throw new IllegalArgumentException(
                    note == null ? "tempo_bpm is for a note; there is none" : "a note needs tempo_bpm");
        }
    }

    @Override
    public Nature nature() {
        return Nature.LINEAR;
    }

    /** The time between echoes. */
    public int timeFrames(int sampleRate) {
        // The shortest, 1 ms and a thirty-second at 300 BPM, are several frames at any rate.
        BigDecimal dividend = BigDecimal.valueOf(sampleRate);
        BigDecimal divisor;
        if (timeMs != null) {
            dividend = dividend.multiply(Numbers.exact(timeMs));
            divisor = BigDecimal.valueOf(1000);
        } else if (note != null && tempoBpm != null) {
            dividend = dividend.multiply(BigDecimal.valueOf(240L * note.numerator));
            divisor = Numbers.exact(tempoBpm).multiply(BigDecimal.valueOf(note.denominator));
        } else {
            throw new AssertionError("the constructor sees to it");
        }
        return dividend.divide(divisor, 0, RoundingMode.HALF_UP).intValueExact();
    }

    @Override
    public long tailFrames(int sampleRate) {
        return FeedbackDelay.tailFrames(timeFrames(sampleRate), pingPong, feedback(), filters(sampleRate));
    }

    private double feedback() {
        return feedbackPercent / 100.0;
    }

    private List<Biquad> filters(int sampleRate) {
        List<Biquad> filters = new ArrayList<>();
        if (lowcutHz != null) {
            filters.add(BiquadDesign.firstOrderHighpass(lowcutHz, sampleRate));
        }
        if (highcutHz != null) {
            filters.add(BiquadDesign.firstOrderLowpass(highcutHz, sampleRate));
        }
        return filters;
    }

    @Override
    public Applicator newApplicator(AudioFormat main) {
        int rate = main.sampleRate();
        FeedbackDelay delay = new FeedbackDelay(main.channels(), timeFrames(rate), pingPong, feedback(), filters(rate));
        return new Applicator() {
            @Override
            public void apply(AudioBlock block, int frames, double[][] curves) {
                delay.process(block, frames);
            }

            @Override
            public void reset() {
                delay.reset();
            }

            @Override
            public void retune(Effect effect) {
                Delay settings = (Delay) effect;
                delay.retune(settings.feedback(), settings.filters(rate));
            }
        };
    }
}
