package io.mixgraph.fx;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After sound, an hour of silence leaves dynamics exactly at rest, however slow they are. */
class DynamicsAtRestTest {
    private static final int RATE = 8_000;
    private static final int BLOCK = 8_000;
    private static final int HOUR = 3600;

    static List<Effect> slowest() {
        return List.of(
                EffectCatalogue.create("compressor", Map.of("threshold_db", -100, "release_ms", 10000)),
                EffectCatalogue.create(
                        "compressor",
                        Map.of(
                                "threshold_db",
                                -100,
                                "release_ms",
                                10000,
                                "release_mode",
                                "program",
                                "detector",
                                "rms",
                                "rms_window_ms",
                                1000,
                                "stereo_link_percent",
                                50)),
                EffectCatalogue.create("expander", Map.of("threshold_db", -60, "release_ms", 10000, "range_db", 144)),
                EffectCatalogue.create("expander", Map.of("threshold_db", -60, "ratio", 1.01, "release_ms", 10000)),
                EffectCatalogue.create("gate", Map.of("threshold_db", -60, "release_ms", 10000)),
                EffectCatalogue.create("ducker", Map.of("threshold_db", -60, "release_ms", 10000)));
    }

    @ParameterizedTest
    @MethodSource("slowest")
    void anHourOfSilenceEndsAtRest(Effect effect) {
        Detector detector = detector(effect);
        double[][] curves = new double[effect.curveCount()][BLOCK];
        AudioBlock silence = new AudioBlock(2, BLOCK);
        double[] fresh = new double[curves.length];
        detector.detect(silence, BLOCK, curves);
        for (int c = 0; c < curves.length; c++) {
            fresh[c] = curves[c][0];
        }
        AudioBlock sound = sound();
        for (int second = 0; second < 3; second++) {
            detector.detect(sound, BLOCK, curves);
        }
        assertThat(curves[0][BLOCK - 1]).isNotEqualTo(fresh[0]);
        for (int second = 0; second < HOUR; second++) {
            detector.detect(silence, BLOCK, curves);
            for (double[] curve : curves) {
                assertThat(smallest(curve)).isGreaterThanOrEqualTo(Double.MIN_NORMAL);
            }
        }
        boolean restsAtOne = effect instanceof Compressor || effect instanceof Ducker;
        for (int c = 0; c < curves.length; c++) {
            assertThat(curves[c][BLOCK - 1]).isEqualTo(restsAtOne ? 1.0 : fresh[c]);
        }
    }

    @ParameterizedTest
    @MethodSource("heldByALeveller")
    void aLevellerHoldsItsGainThroughAnHourOfSilence(Effect effect) {
        Detector detector = detector(effect);
        double[][] curves = new double[1][BLOCK];
        AudioBlock silence = new AudioBlock(2, BLOCK);
        AudioBlock sound = sound();
        for (int second = 0; second < 3; second++) {
            detector.detect(sound, BLOCK, curves);
        }
        detector.detect(silence, BLOCK, curves);
        double held = curves[0][BLOCK - 1];
        assertThat(held).isNotEqualTo(1.0);
        for (int second = 0; second < HOUR; second++) {
            detector.detect(silence, BLOCK, curves);
            assertThat(smallest(curves[0])).isEqualTo(held);
        }
        assertThat(curves[0][BLOCK - 1]).isEqualTo(held);
    }

    static List<Effect> heldByALeveller() {
        return List.of(EffectCatalogue.create("leveller", Map.of("target_lufs", -20, "time_s", 30)));
    }

    private static Detector detector(Effect effect) {
        return Objects.requireNonNull(effect.newDetector(new AudioFormat(RATE, ChannelLayout.ofCount(2))));
    }

    private static AudioBlock sound() {
        AudioBlock sound = new AudioBlock(2, BLOCK);
        Random random = new Random(3);
        for (int i = 0; i < BLOCK; i++) {
            sound.channel(0)[i] = 2 * random.nextDouble() - 1;
            sound.channel(1)[i] = 0.01 * (2 * random.nextDouble() - 1);
        }
        return sound;
    }

    private static double smallest(double[] x) {
        double smallest = x[0];
        for (double v : x) {
            smallest = Math.min(smallest, v);
        }
        return smallest;
    }
}
