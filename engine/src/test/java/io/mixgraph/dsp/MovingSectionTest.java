package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.testing.Tones;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MovingSectionTest {
    @ParameterizedTest
    @CsvSource({"48000,1000,1", "44100,20,0.707", "192000,50,4", "96000,12000,10", "44100,20000,0.3", "48000,24000,1"})
    void underASteadyGainItIsTheCookbooks(int rate, double hz, double q) {
        double worst = 0;
        int compared = 0;
        for (MovingSection.Shape shape : MovingSection.Shape.values()) {
            for (double gainDb : new double[] {-48, -12, -0.1, 0, 3, 24, 40}) {
                int frames = rate;
                AudioBlock h = new AudioBlock(1, frames);
                h.channel(0)[0] = 1;
                new MovingSection(shape, hz, q, rate, 1).process(h, Tones.constant(Tones.gain(gainDb), frames), frames);
                if (Math.abs(h.channel(0)[frames - 1]) > 1e-14) {
                    // Cut off too early to be compared.
                    continue;
                }
                compared++;
                for (double at = 10; at < rate / 2.0; at *= 1.4) {
                    double expected = cookbook(shape, at, hz, gainDb, q, rate);
                    double error = Tones.magnitude(h.channel(0), at, rate) / expected - 1;
                    worst = Math.max(worst, Math.abs(error));
                }
            }
        }
        assertThat(compared).isGreaterThan(10);
        assertThat(worst).isLessThan(1e-10);
    }

    /**
     * The cookbook's analogue prototypes in s normalised to the frequency, on the imaginary axis; the bilinear
     * transform warps frequencies by the tangent, and MAX_FREQUENCY is where those above belong.
     */
    private static double cookbook(MovingSection.Shape shape, double at, double hz, double gainDb, double q, int rate) {
        double w = Math.tan(Math.PI * at / rate) / Math.tan(Math.PI * Math.min(hz / rate, 0.49));
        double a = Math.pow(10, gainDb / 40);
        double root = Math.sqrt(a);
        return switch (shape) {
            case PEAK -> Math.hypot(1 - w * w, w * a / q) / Math.hypot(1 - w * w, w / (a * q));
            case LOW_SHELF -> a * Math.hypot(a - w * w, w * root / q) / Math.hypot(1 - a * w * w, w * root / q);
            case HIGH_SHELF -> a * Math.hypot(1 - a * w * w, w * root / q) / Math.hypot(a - w * w, w * root / q);
        };
    }

    @ParameterizedTest
    @EnumSource
    void staysStableHoweverTheGainMoves(MovingSection.Shape shape) {
        Random random = new Random(4);
        for (double hz : new double[] {30, 1000, 15_000}) {
            for (int hold = 1; hold <= 256; hold *= 4) {
                int frames = 480_000;
                double[] gains = new double[frames];
                for (int i = 0; i < frames; i++) {
                    gains[i] = i % hold == 0 ? Tones.gain(96 * random.nextDouble() - 48) : gains[i - 1];
                }
                AudioBlock block = new AudioBlock(1, frames);
                System.arraycopy(random.doubles(1000, -1, 1).toArray(), 0, block.channel(0), 0, 1000);
                new MovingSection(shape, hz, 1, 48_000, 1).process(block, gains, frames);
                double after = 0;
                for (int i = 0; i < frames; i++) {
                    // s1² + s2² after noise of ±1 stays below what a resonance of Q = 16 holds; output gains are ≤ 48
                    // dB.
                    assertThat(Math.abs(block.channel(0)[i])).isLessThan(1e6);
                    after = i > frames - 1000 ? Math.max(after, Math.abs(block.channel(0)[i])) : after;
                }
                assertThat(after).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGainOfOneChangesNoBit(MovingSection.Shape shape) {
        double[] x = new Random(5).doubles(5000, -1, 1).toArray();
        AudioBlock block = new AudioBlock(1, 5000);
        System.arraycopy(x, 0, block.channel(0), 0, 5000);
        new MovingSection(shape, 500, 0.7, 48_000, 1).process(block, Tones.constant(1, 5000), 5000);
        assertThat(block.channel(0)).isEqualTo(x);
    }

    @ParameterizedTest
    @EnumSource
    void channelsAreFilteredAlikeAndApart(MovingSection.Shape shape) {
        Random random = new Random(6);
        double[] gains = random.doubles(1000, 0.1, 10).toArray();
        AudioBlock both = new AudioBlock(2, 1000);
        for (int c = 0; c < 2; c++) {
            System.arraycopy(random.doubles(1000, -1, 1).toArray(), 0, both.channel(c), 0, 1000);
        }
        AudioBlock[] alone = {new AudioBlock(1, 1000), new AudioBlock(1, 1000)};
        for (int c = 0; c < 2; c++) {
            System.arraycopy(both.channel(c), 0, alone[c].channel(0), 0, 1000);
            new MovingSection(shape, 700, 2, 48_000, 1).process(alone[c], gains, 1000);
        }
        new MovingSection(shape, 700, 2, 48_000, 2).process(both, gains, 1000);
        assertThat(both.channel(0)).isEqualTo(alone[0].channel(0));
        assertThat(both.channel(1)).isEqualTo(alone[1].channel(0));
    }

    /** A slow change of gain is heard as the gain of the moment, at the centre of a bell. */
    @Test
    void followsItsGainAtTheCentre() {
        int rate = 48_000;
        double[] gains = new double[rate];
        for (int i = 0; i < rate; i++) {
            gains[i] = Tones.gain(-12 + 24.0 * i / rate);
        }
        AudioBlock block = new AudioBlock(1, rate);
        System.arraycopy(Tones.sine(1000, 1, rate, rate), 0, block.channel(0), 0, rate);
        new MovingSection(MovingSection.Shape.PEAK, 1000, 1, rate, 1).process(block, gains, rate);
        for (int from = 4800; from < rate - 4800; from += 4800) {
            double[] part = new double[from + 480];
            System.arraycopy(block.channel(0), 0, part, 0, part.length);
            assertThat(Tones.db(Tones.amplitude(part, from, 1000, rate)))
                    .isCloseTo(-12 + 24.0 * (from + 240) / rate, within(0.05));
        }
    }
}
