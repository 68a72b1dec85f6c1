package io.mixgraph.documents.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.render.PlannedFile.Kind;
import io.mixgraph.render.RenderTrace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeriesTest {
    @Test
    void shortSeriesStayAsTheyAre() {
        List<Double> values = List.of(3.0, 1.0, 2.0);

        assertThat(Series.lowest(values, 3)).isEqualTo(values);
        assertThat(Series.highest(values, 9)).isEqualTo(values);
        assertThat(Series.extremes(values, 3)).containsExactly(0, 1, 2);
        assertThat(Series.extremes(List.of(), 3)).isEmpty();
    }

    @Test
    void noExtremeIsLost() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 50; round++) {
            List<Double> values = new ArrayList<>();
            int size = random.nextInt(1, 20_000);
            for (int i = 0; i < size; i++) {
                values.add(random.nextDouble(-1, 1));
            }
            List<Double> drawn =
                    Series.extremes(values, 1_200).stream().map(values::get).toList();

            assertThat(drawn).hasSizeLessThanOrEqualTo(1_200);
            assertThat(Collections.max(drawn)).isEqualTo(Collections.max(values));
            assertThat(Collections.min(drawn)).isEqualTo(Collections.min(values));
            assertThat(Series.extremes(values, 1_200)).isSorted().doesNotHaveDuplicates();
            assertThat(Collections.max(Series.highest(values, 700))).isEqualTo(Collections.max(values));
            assertThat(Collections.min(Series.lowest(values, 700))).isEqualTo(Collections.min(values));
        }
    }

    /** Two buses, 10 s each; the limiter works in the last fifth, in which b carries three quarters. */
    @Test
    void sharesAreThoseOfTheEnergy() {
        List<Double> a = new ArrayList<>();
        List<Double> b = new ArrayList<>();
        List<Double> reduction = new ArrayList<>();
        for (int hop = 0; hop < 100; hop++) {
            a.add(hop < 80 ? 3.0 : 1.0);
            b.add(hop < 80 ? 1.0 : 3.0);
            reduction.add(hop < 80 ? 0.09 : 2.0);
        }
        BusShares shares = shares(List.of(a, b), reduction);

        // (80·3 + 20·1) / 400
        assertThat(shares.overall(0)).isEqualTo(0.65, within(1e-12));
        assertThat(shares.overall(1)).isEqualTo(0.35, within(1e-12));
        assertThat(shares.whileLimited(0)).isEqualTo(0.25, within(1e-12));
        assertThat(shares.whileLimited(1)).isEqualTo(0.75, within(1e-12));
        assertThat(shares.limitedTime()).isEqualTo(0.2, within(1e-12));
        assertThat(shares.over(0, 10).get(0)).isEqualTo(0.75, within(1e-12));
        assertThat(shares.over(0, 10).get(9)).isEqualTo(0.25, within(1e-12));
    }

    @Test
    void sharesOfSilenceAreNothing() {
        BusShares shares = shares(List.of(List.of(0.0, 0.0), List.of(0.0, Double.NaN)), List.of());

        assertThat(shares.overall(0)).isZero();
        assertThat(shares.whileLimited(1)).isZero();
        assertThat(shares.over(1, 2)).containsExactly(0.0, 0.0);
    }

    private static BusShares shares(List<List<Double>> energies, List<Double> reduction) {
        List<RenderTrace.FileTrace> stems = new ArrayList<>();
        for (List<Double> energy : energies) {
            stems.add(
                    new RenderTrace.FileTrace("bus" + stems.size(), Kind.AUDIO_BUS_STEM, List.of(), List.of(), energy));
        }
        RenderTrace.Spectrum none = new RenderTrace.Spectrum(List.of(), List.of());
        int hop = 4_800;
        return new BusShares(
                stems,
                new RenderTrace(
                        48_000,
                        (long) hop * energies.get(0).size(),
                        stems,
                        hop,
                        List.of(),
                        List.of(),
                        reduction,
                        none,
                        none));
    }
}
