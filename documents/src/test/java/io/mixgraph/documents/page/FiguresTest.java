package io.mixgraph.documents.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({"-14, −14.0", "-0.04, 0.0", "-0.06, −0.1", "0.25, 0.2", "-Infinity, −∞", "NaN, –", "1e9, 1000000000.0"})
    void levelsHaveOneDecimal(double value, String text) {
        assertThat(Figures.level(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1.5, +1.5", "-1.5, −1.5", "0.01, 0.0", "NaN, –", "Infinity, +∞"})
    void changesHaveASign(double value, String text) {
        assertThat(Figures.change(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 48000, 1 frame",
        "479, 48000, 479 frames",
        "24000, 48000, 0.500 s",
        "8640000, 48000, 3:00",
        "8663999, 48000, 3:00",
        "8664000, 48000, 3:01",
        "172800000, 48000, 1:00:00",
        "1587600000, 44100, 10:00:00",
    })
    void lengthsAreClocks(long frames, int rate, String text) {
        assertThat(Figures.length(frames, rate)).isEqualTo(text);
    }

    @Test
    void countsAreInGroups() {
        assertThat(Figures.count(8_640_000)).isEqualTo("8\u2009640\u2009000");
        assertThat(Figures.count(999)).isEqualTo("999");
        assertThat(Figures.count(1, "stem")).isEqualTo("1 stem");
    }

    /** Ticks stand at multiples of their step, the label says where, and there are two to eleven of them. */
    @ParameterizedTest
    @CsvSource({
        "1, 0:00 0:00.1 0:00.2 0:00.3 0:00.4 0:00.5 0:00.6 0:00.7 0:00.8 0:00.9 0:01",
        "20, 0:00 0:02 0:04 0:06 0:08 0:10 0:12 0:14 0:16 0:18 0:20",
        "180, 0:00 0:30 1:00 1:30 2:00 2:30 3:00",
        "3600, 0:00 10:00 20:00 30:00 40:00 50:00 1:00:00",
        "36000, 0:00 1:00:00 2:00:00 3:00:00 4:00:00 5:00:00 6:00:00 7:00:00 8:00:00 9:00:00 10:00:00",
    })
    void timeHasRoundTicks(long seconds, String labels) {
        List<Plot.Tick> ticks = new TimeAxis(seconds * 48_000, 48_000).ticks();

        assertThat(ticks).extracting(Plot.Tick::label).containsExactly(labels.split(" ", -1));
        assertThat(ticks.stream().filter(Plot.Tick::main).count()).isBetween(2L, 5L);
        assertThat(ticks.get(0).at()).isZero();
    }

    @Test
    void timeHasFewTicksHoweverLong() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 2_000; i++) {
            long frames = (long) StrictMath.pow(10, random.nextDouble(0, 13));
            List<Plot.Tick> ticks = new TimeAxis(frames, 48_000).ticks();
            assertThat(ticks).as("%d frames", frames).hasSizeBetween(1, 11);
            assertThat(ticks).allSatisfy(tick -> assertThat(tick.at()).isBetween(0.0, 1.0));
        }
    }
}
