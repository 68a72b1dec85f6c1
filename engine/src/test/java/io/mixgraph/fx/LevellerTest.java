package io.mixgraph.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.testing.EffectRunner;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevellerTest {
    private static final IntSupplier WHOLE = () -> Integer.MAX_VALUE;

    @ParameterizedTest
    @CsvSource({"48000,1,-30", "48000,2,-30", "44100,2,-11", "96000,1,-20", "8000,2,-12"})
    void steadyNoiseReachesTheTarget(int rate, int channels, double levelDb) {
        Effect leveller = leveller(Map.of("target_lufs", -20, "time_s", 1));
        double[][] x = new double[channels][15 * rate];
        Random random = new Random(rate + channels);
        for (int i = 0; i < x[0].length; i++) {
            for (double[] channel : x) {
                channel[i] = Math.pow(10, levelDb / 20) * (2 * random.nextDouble() - 1);
            }
        }
        double before = loudness(x, rate, 0);
        assertThat(Math.abs(before + 20)).isLessThan(12);
        double[][] y = new EffectRunner(leveller, rate, channels).run(x, () -> 1000);
        assertThat(loudness(y, rate, 5 * rate)).isCloseTo(-20, within(0.1));
    }

    /** BS.1770: a tone of 997 Hz at 0 dBFS in one channel reads −3.01 LUFS. */
    @ParameterizedTest
    @CsvSource({"-30,-23,1", "-20,-23,1", "-11,-16,3", "-32,-20,0.5"})
    void aToneReachesTheTargetWithTheTimeConstant(double toneLufs, double targetLufs, double timeS) {
        int rate = 48_000;
        Effect leveller = leveller(Map.of("target_lufs", targetLufs, "time_s", timeS));
        double[] x = tone(rate, (int) (12 * timeS * rate), toneLufs);
        double[] gain = new EffectRunner(leveller, rate, 1).curves(new double[][] {x}, WHOLE)[0];
        double way = targetLufs - toneLufs;
        assertThat(db(gain[x.length - 1])).isCloseTo(way, within(0.01));
        // Nothing is known of the first 100 ms.
        int start = rate / 10;
        for (int i = 0; i < start; i++) {
            assertThat(gain[i]).isEqualTo(1.0);
        }
        int at = start;
        while (Math.abs(db(gain[at])) < Math.abs(way) * (1 - 1 / Math.E)) {
            at++;
        }
        assertThat((at - start + 1.0) / rate).isCloseTo(timeS, within(0.02 * timeS));
        assertThat(db(gain[start + (int) (5 * timeS * rate)])).isCloseTo(way, within(0.1));
    }

    @ParameterizedTest
    @CsvSource({"-45,6,6", "-6,6,-6", "-30,0,0"})
    void theRangeIsTheMostItDoes(double toneLufs, double rangeDb, double expectedDb) {
        Effect leveller = leveller(Map.of("target_lufs", -20, "time_s", 0.5, "range_db", rangeDb));
        double[] x = tone(48_000, 20 * 48_000, toneLufs);
        double[] gain = new EffectRunner(leveller, 48_000, 1).curves(new double[][] {x}, WHOLE)[0];
        assertThat(db(gain[x.length - 1])).isCloseTo(expectedDb, within(1e-9));
    }

    @Test
    void belowTheGateTheGainIsHeld() {
        Effect leveller = leveller(Map.of("target_lufs", -20, "time_s", 1, "gate_lufs", -50));
        double[] quiet = tone(48_000, 3 * 48_000, -51);
        double[] untouched = new EffectRunner(leveller, 48_000, 1).run(new double[][] {quiet}, WHOLE)[0];
        assertThat(untouched).isEqualTo(quiet);

        double[] x = new double[10 * 48_000];
        System.arraycopy(tone(48_000, 96_000, -30), 0, x, 0, 96_000);
        System.arraycopy(quiet, 0, x, 96_000, quiet.length);
        double[] gain = new EffectRunner(leveller, 48_000, 1).curves(new double[][] {x}, WHOLE)[0];
        // Four pieces after the tone, none of it is left in the window: noise of the filter aside, one more.
        int held = 96_000 + 5 * 4800;
        assertThat(gain[held]).isGreaterThan(1.5);
        for (int i = held; i < gain.length; i++) {
            assertThat(gain[i]).isEqualTo(gain[held]);
        }
        // While it leaves, the gain goes on to where the tone sent it, not further: the quiet part does not count.
        assertThat(db(gain[held])).isLessThan(10);
    }

    @Test
    void equalChannelsStayEqualAndCountTwice() {
        int rate = 48_000;
        Effect leveller = leveller(Map.of("target_lufs", -20, "time_s", 0.5));
        double[] x = tone(rate, 10 * rate, -28);
        double[][] y = new EffectRunner(leveller, rate, 2).run(new double[][] {x, x}, WHOLE);
        assertThat(y[1]).isEqualTo(y[0]);
        double[][] gain = new EffectRunner(leveller, rate, 2).curves(new double[][] {x, x}, WHOLE);
        assertThat(db(gain[0][x.length - 1])).isCloseTo(8 - 10 * Math.log10(2), within(0.01));
    }

    private static Effect leveller(Map<String, ?> parameters) {
        return EffectCatalogue.create("leveller", parameters);
    }

    private static double[] tone(int rate, int frames, double lufs) {
        double amplitude = Math.pow(10, (lufs + 3.01) / 20);
        double[] x = new double[frames];
        for (int i = 0; i < frames; i++) {
            x[i] = amplitude * Math.sin(2 * Math.PI * 997 * i / rate);
        }
        return x;
    }

    private static double loudness(double[][] x, int rate, int from) {
        LoudnessMeter meter = new LoudnessMeter(new AudioFormat(rate, ChannelLayout.ofCount(x.length)));
        int frames = x[0].length - from;
        AudioBlock block = new AudioBlock(x.length, frames);
        for (int c = 0; c < x.length; c++) {
            System.arraycopy(Arrays.copyOfRange(x[c], from, x[c].length), 0, block.channel(c), 0, frames);
        }
        meter.process(block, frames);
        return meter.result().integratedLufs();
    }

    private static double db(double gain) {
        return 20 * Math.log10(gain);
    }
}
