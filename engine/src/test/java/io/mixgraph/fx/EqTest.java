package io.mixgraph.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.fx.Eq.Band;
import io.mixgraph.fx.Eq.BandType;
import io.mixgraph.fx.Eq.QMode;
import io.mixgraph.testing.Complex;
import io.mixgraph.testing.EffectRunner;
import io.mixgraph.testing.FilterProbe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EqTest {
    /** H(s) of the W3C Audio EQ Cookbook, with A = 10^(gain/40). */
    private static Complex cookbook(BandType type, Complex s, double gainDb, double q) {
        double a = Math.pow(10, gainDb / 40);
        double root = Math.sqrt(a);
        Complex s2 = s.times(s);
        Complex resonance = s2.plus(s.times(1 / q)).plus(1);
        return switch (type) {
            case LOWPASS -> Complex.ONE.over(resonance);
            case HIGHPASS -> s2.over(resonance);
            case BANDPASS -> s.times(1 / q).over(resonance);
            case NOTCH -> s2.plus(1).over(resonance);
            case ALLPASS -> s2.minus(s.times(1 / q)).plus(1).over(resonance);
            case PEAK ->
                s2.plus(s.times(a / q))
                        .plus(1)
                        .over(s2.plus(s.times(1 / (a * q))).plus(1));
            case LOW_SHELF ->
                s2.plus(s.times(root / q))
                        .plus(a)
                        .over(s2.times(a).plus(s.times(root / q)).plus(1))
                        .times(a);
            case HIGH_SHELF ->
                s2.times(a)
                        .plus(s.times(root / q))
                        .plus(1)
                        .over(s2.plus(s.times(root / q)).plus(a))
                        .times(a);
        };
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeSoundsAsTheCookbookSays(BandType type) {
        for (int rate : FilterProbe.RATES) {
            for (double hz : new double[] {40, 1000, 6000}) {
                for (double q : new double[] {0.1, 0.5, 0.707, 5}) {
                    for (double gainDb : new double[] {-24, -3, 0, 12}) {
                        Eq eq = new Eq(List.of(new Band(type, hz, gainDb, q, true)));
                        FilterProbe.soundsAs(eq, hz, rate, s -> cookbook(type, s, gainDb, q));
                    }
                }
            }
        }
    }

    @Test
    void bandsFollowOneAnother() {
        Random random = new Random(3);
        for (int count : new int[] {2, 3, 5, 6, 7, 11, 32}) {
            for (int rate : FilterProbe.RATES) {
                List<Band> bands = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    BandType type = BandType.values()[random.nextInt(BandType.values().length)];
                    // A 10 Hz lowpass has a direct path of 1e-7; that of 32 of them no double holds.
                    double hz = count == 32 ? 10 : 100 * Math.pow(100, random.nextDouble());
                    type = count == 32 ? BandType.LOWPASS : type;
                    bands.add(new Band(type, hz, 12 * random.nextDouble() - 6, 0.5 + random.nextDouble(), true));
                }
                double f0 = 1000;
                FilterProbe.soundsAs(new Eq(bands), f0, rate, s -> {
                    Complex h = Complex.ONE;
                    for (Band band : bands) {
                        // s for the band's own frequency.
                        double bend = Math.tan(Math.PI * f0 / rate) / Math.tan(Math.PI * band.frequencyHz() / rate);
                        h = h.times(cookbook(band.type(), s.times(bend), band.gainDb(), band.q()));
                    }
                    return h;
                });
            }
        }
    }

    @Test
    void manyVeryLowLowpassesStillPassAConstant() {
        for (int rate : new int[] {48_000, 192_000}) {
            Eq eq = new Eq(Collections.nCopies(32, new Band(BandType.LOWPASS, 10, 0, 0.5, true)));
            double[] h = FilterProbe.impulseResponse(eq, rate);
            assertThat(FilterProbe.fourier(h, 0).abs()).isCloseTo(1, within(1e-6));
            double expected = cookbook(BandType.LOWPASS, FilterProbe.s(3, 10, rate), 0, 0.5)
                    .abs();
            assertThat(FilterProbe.fourier(h, 3.0 / rate).abs()).isCloseTo(Math.pow(expected, 32), within(1e-6));
        }
    }

    @Test
    void manyAllpassesWithoutADirectPathAreADelay() {
        // α = 1 at a quarter of the rate and Q = ½: each is z⁻².
        Eq eq = new Eq(Collections.nCopies(32, new Band(BandType.ALLPASS, 12_000, 0, 0.5, true)));
        double[] h = FilterProbe.impulseResponse(eq, 48_000);
        for (int i = 0; i < h.length; i++) {
            assertThat(h[i]).isCloseTo(i == 64 ? 1 : 0, within(1e-12));
        }
    }

    @ParameterizedTest
    @CsvSource({"3", "-3", "6", "-6", "12", "-12", "24", "-24"})
    void constantBellsHaveOneBandwidthAndProportionalOnesNarrow(double gainDb) {
        double q = 1.5;
        int rate = 192_000;
        // The prototype's points of half the gain in dB lie at x and 1/x with x − 1/x = 1/Q.
        assertThat(halfGainQ(new Eq(List.of(bell(gainDb, q))), gainDb, rate)).isCloseTo(q, within(1e-3 * q));
        double grown = q * Math.pow(10, Math.abs(gainDb) / 40);
        assertThat(halfGainQ(new Eq(List.of(bell(gainDb, q)), QMode.PROPORTIONAL), gainDb, rate))
                .isCloseTo(grown, within(1e-3 * grown));
    }

    /** Centre over the distance between the points of half the gain in dB, on the unbent axis. */
    private static double halfGainQ(Eq eq, double gainDb, int rate) {
        double[] h = FilterProbe.impulseResponse(eq, rate);
        double inside = 1000;
        double outside = 20_000;
        for (int i = 0; i < 60; i++) {
            double middle = (inside + outside) / 2;
            double level = 20 * Math.log10(FilterProbe.fourier(h, middle / rate).abs());
            if (Math.abs(level) > Math.abs(gainDb) / 2) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        double x = FilterProbe.s(inside, 1000, rate).im();
        return 1 / (x - 1 / x);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-24, -9, 0, 4, 24})
    void aProportionalBellSoundsAsTheCookbooksOfItsQ(double gainDb) {
        for (int rate : FilterProbe.RATES) {
            for (double q : new double[] {0.1, 1, 6}) {
                double grown = q * Math.pow(10, Math.abs(gainDb) / 40);
                Eq eq = new Eq(List.of(bell(gainDb, q)), QMode.PROPORTIONAL);
                FilterProbe.soundsAs(eq, 1000, rate, s -> cookbook(BandType.PEAK, s, gainDb, grown));
            }
        }
        // No further than 40.
        assertThat(new Eq(List.of(bell(24, 30)), QMode.PROPORTIONAL).sections(48_000))
                .isEqualTo(new Eq(List.of(bell(24, 40))).sections(48_000));
        // Only bells.
        for (BandType type : BandType.values()) {
            List<Band> bands = List.of(new Band(type, 1000, gainDb, 2, true));
            if (type != BandType.PEAK) {
                assertThat(new Eq(bands, QMode.PROPORTIONAL).sections(48_000))
                        .isEqualTo(new Eq(bands).sections(48_000));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theExtremesAreStable(BandType type) {
        for (int rate : new int[] {8000, 44_100, 192_000}) {
            for (double hz : new double[] {10, 24_000}) {
                for (double q : new double[] {0.1, 40}) {
                    for (double gainDb : new double[] {-24, 24}) {
                        FilterProbe.dies(new Eq(List.of(new Band(type, hz, gainDb, q, true))), rate);
                    }
                }
            }
        }
    }

    @Test
    void flatBandsAndDisabledOnesChangeNoBit() {
        double[][] x = {noise(1000, 1), noise(1000, 2)};
        Eq flat = new Eq(List.of(
                bell(0, 2),
                new Band(BandType.LOW_SHELF, 100, 0, 0.7, true),
                new Band(BandType.HIGH_SHELF, 5000, 0, 0.7, true)));
        Eq disabled = new Eq(List.of(bell(6, 1), bell(6, 1)).stream()
                .map(band -> new Band(band.type(), band.frequencyHz(), band.gainDb(), band.q(), false))
                .toList());
        assertThat(flat.sections(48_000)).hasSize(3);
        assertThat(new EffectRunner(flat, 48_000, 2).run(x, () -> 77)).isDeepEqualTo(x);
        assertThat(new EffectRunner(disabled, 48_000, 2).run(x, () -> 77)).isDeepEqualTo(x);
        assertThat(disabled.tailFrames(48_000)).isZero();
        Eq one = new Eq(List.of(bell(6, 1)));
        Eq oneOfTwo = new Eq(List.of(disabled.bands().get(0), bell(6, 1)));
        assertThat(oneOfTwo.sections(48_000)).isEqualTo(one.sections(48_000));
    }

    /** Every number of every band moves; how many sections there are does not. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7})
    void retunedItConvergesToTheOther(int count) {
        Random random = new Random(count);
        for (int trial = 0; trial < 20; trial++) {
            Eq from = drawn(count, random);
            Effect to = from;
            for (int i = 0; i < count; i++) {
                to = RecordShape.with(to, "bands/" + i + "/frequency_hz", hz(random));
                to = RecordShape.with(to, "bands/" + i + "/gain_db", trial % 3 == 0 ? 0 : gain(random));
                to = RecordShape.with(to, "bands/" + i + "/q", 0.3 + 5 * random.nextDouble());
            }
            assertThat(((Eq) to).sections(48_000)).hasSize(count);
            int settle = (int) FilterProbe.frames((Eq) to, 48_000);
            double[][] before = {noise(3000, 1), noise(3000, 2)};
            double[][] x = {noise(settle + 2000, 3), noise(settle + 2000, 4)};
            EffectRunner retuned = new EffectRunner(from, 48_000, 2);
            EffectRunner fresh = new EffectRunner(to, 48_000, 2);
            retuned.run(before, () -> 512);
            fresh.run(before, () -> 512);
            retuned.retune(to);
            double[][] a = retuned.run(x, () -> 512);
            double[][] b = fresh.run(x, () -> 512);
            for (int c = 0; c < 2; c++) {
                double peak = 0;
                for (double v : b[c]) {
                    peak = Math.max(peak, Math.abs(v));
                }
                for (int i = settle; i < settle + 2000; i++) {
                    assertThat(a[c][i]).isCloseTo(b[c][i], within(1e-9 * peak));
                }
            }
        }
    }

    @Test
    void retunedToEqualValuesItChangesNoBit() {
        Random random = new Random(9);
        for (int count = 1; count <= 9; count++) {
            Eq eq = drawn(count, random);
            EffectRunner retuned = new EffectRunner(eq, 44_100, 2);
            EffectRunner steady = new EffectRunner(eq, 44_100, 2);
            for (int block = 0; block < 20; block++) {
                double[][] x = {noise(100, block), noise(100, -1 - block)};
                assertThat(retuned.run(x, () -> 100)).isDeepEqualTo(steady.run(x, () -> 100));
                retuned.retune(new Eq(eq.bands(), eq.qMode()));
            }
        }
    }

    /** Swept over all it has, quickly: it stays in bounds, and afterwards is what it would have been. */
    @Test
    void sweptItStaysInBounds() {
        Random random = new Random(5);
        List<Band> bands = new ArrayList<>();
        for (BandType type : BandType.values()) {
            bands.add(new Band(type, 1000, 6, 0.707, true));
        }
        Eq resting = new Eq(bands);
        EffectRunner swept = new EffectRunner(resting, 48_000, 1);
        for (int step = 0; step < 500; step++) {
            Effect moved = resting;
            double where = 0.5 - 0.5 * Math.cos(step * 0.08);
            for (int i = 0; i < bands.size(); i++) {
                moved = RecordShape.with(moved, "bands/" + i + "/frequency_hz", 20 * Math.pow(1000, where));
                moved = RecordShape.with(moved, "bands/" + i + "/gain_db", 12 * Math.cos(step * 0.2));
            }
            swept.retune(moved);
            double peak = 0;
            for (double v : swept.run(new double[][] {noise(64, step)}, () -> 64)[0]) {
                peak = Math.max(peak, Double.isNaN(v) ? Double.POSITIVE_INFINITY : Math.abs(v));
            }
            // A bell and two shelves have 36 dB at most; the rest is the sweep's.
            assertThat(peak).isLessThan(1000);
        }
        swept.retune(resting);
        EffectRunner fresh = new EffectRunner(resting, 48_000, 1);
        double[][] x = {noise(48_000, random.nextInt())};
        double[] a = swept.run(x, () -> 512)[0];
        double[] b = fresh.run(x, () -> 512)[0];
        for (int i = 24_000; i < a.length; i++) {
            assertThat(a[i]).isCloseTo(b[i], within(1e-9));
        }
    }

    @Test
    void hasOneTo32Bands() {
        assertThatThrownBy(() -> new Eq(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an eq has 1 to 32 bands, not 0; give it one, or leave the effect out");
        assertThatThrownBy(() -> new Eq(Collections.nCopies(33, bell(1, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an eq has 1 to 32 bands, not 33; put the others into a second eq");
        assertThat(new Eq(Collections.nCopies(32, bell(1, 1))).sections(48_000)).hasSize(32);
    }

    @Test
    void isWrittenAsAListOfBands() {
        assertThat(EffectCatalogue.create(
                        "eq",
                        Map.of(
                                "q_mode",
                                "proportional",
                                "bands",
                                List.of(
                                        Map.of("frequency_hz", 250, "gain_db", -3),
                                        Map.of("type", "low_shelf", "frequency_hz", 90, "q", 0.5, "enabled", false)))))
                .isEqualTo(new Eq(
                        List.of(
                                new Band(BandType.PEAK, 250, -3, 0.707, true),
                                new Band(BandType.LOW_SHELF, 90, 0, 0.5, false)),
                        QMode.PROPORTIONAL));
    }

    private static Band bell(double gainDb, double q) {
        return new Band(BandType.PEAK, 1000, gainDb, q, true);
    }

    private static Eq drawn(int count, Random random) {
        List<Band> bands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BandType type = BandType.values()[random.nextInt(BandType.values().length)];
            bands.add(new Band(type, hz(random), gain(random), 0.3 + 5 * random.nextDouble(), true));
        }
        return new Eq(bands);
    }

    private static double hz(Random random) {
        return 60 * Math.pow(300, random.nextDouble());
    }

    private static double gain(Random random) {
        return -24 + 48 * random.nextDouble();
    }

    private static double[] noise(int frames, int seed) {
        return new Random(seed).doubles(frames, -1, 1).toArray();
    }
}
