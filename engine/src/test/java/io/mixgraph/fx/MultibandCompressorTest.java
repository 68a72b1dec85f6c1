package io.mixgraph.fx;

import static io.mixgraph.testing.Tones.WHOLE;
import static io.mixgraph.testing.Tones.db;
import static io.mixgraph.testing.Tones.gain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.testing.Crossovers;
import io.mixgraph.testing.EffectRunner;
import io.mixgraph.testing.Tones;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultibandCompressorTest {
    private static final int RATE = 48_000;

    @ParameterizedTest
    @CsvSource({"48000,1000;", "44100,120;2500", "96000,80;800;8000", "48000,60;250;2000;9000"})
    void atUnityItIsTheAllpassOfItsCrossovers(int rate, String crossovers) {
        double[] hz = Arrays.stream(crossovers.split(";"))
                .mapToDouble(Double::parseDouble)
                .toArray();
        List<Map<String, Object>> bands = new ArrayList<>();
        for (double f : hz) {
            bands.add(band(f, Map.of("threshold_db", 20)));
        }
        bands.add(band(null, Map.of("threshold_db", 20)));
        double[] x = Tones.impulse(rate);
        double[] y = run(multiband(bands), rate, x);
        double[] expected = Crossovers.throughAllpasses(x, rate, hz);
        for (int i = 0; i < x.length; i++) {
            assertThat(y[i]).isCloseTo(expected[i], within(1e-11));
        }
    }

    /** Giannoulis, Massberg and Reiss 2012, equation 4, as printed. */
    private static double outputDb(double x, double threshold, double ratio, double knee) {
        if (2 * (x - threshold) < -knee) {
            return x;
        }
        if (2 * Math.abs(x - threshold) <= knee && knee > 0) {
            double d = x - threshold + knee / 2;
            return x + (1 / ratio - 1) * d * d / (2 * knee);
        }
        return threshold + (x - threshold) / ratio;
    }

    /** At once up and 10 s down, the reduction stays at what the peak of the tone asks for. */
    @ParameterizedTest
    @CsvSource({
        "0,-30,3,6,97,2000,16000", "1,-30,3,6,997,50,16000", "2,-30,3,6,9973,50,600",
        "0,-20,2,0,61,3000,9000", "1,-40,1.5,12,1511,80,20000", "2,-12,20,0,7919,90,400"
    })
    void steadyTonesFollowTheStaticCurveOfTheirBand(
            int band, double threshold, double ratio, double knee, double hz, double lower, double upper) {
        Map<String, Object> settings = Map.of(
                "threshold_db",
                threshold,
                "ratio",
                ratio,
                "knee_db",
                knee,
                "attack_ms",
                0,
                "release_ms",
                10_000,
                "makeup_db",
                4);
        List<Map<String, Object>> bands = new ArrayList<>();
        for (int b = 0; b < 3; b++) {
            bands.add(band(
                    b == 0 ? Double.valueOf(lower) : b == 1 ? Double.valueOf(upper) : null,
                    b == band ? settings : Map.of("threshold_db", 20)));
        }
        Effect effect = multiband(bands);
        double worst = 0;
        for (double level = -60; level <= 0; level += 4) {
            double[] y = run(effect, RATE, Tones.risingSine(hz, gain(level), RATE, RATE));
            double expected = outputDb(level, threshold, ratio, knee) + 4;
            worst = Math.max(worst, Math.abs(db(Tones.amplitude(y, RATE / 2, hz, RATE)) - expected));
        }
        assertThat(worst).isLessThan(0.01);
    }

    /** A constant lies in the lowest band, one of alternating sign in the highest; both have one magnitude. */
    @ParameterizedTest
    @CsvSource({"10,120,48000,false", "30,300,96000,false", "10,120,48000,true", "5,50,44100,true"})
    void attackAndReleaseAreTimeConstantsOfTheReduction(double attackMs, double releaseMs, int rate, boolean high) {
        Map<String, Object> settings =
                Map.of("threshold_db", -30, "ratio", 4, "knee_db", 0, "attack_ms", attackMs, "release_ms", releaseMs);
        Effect effect = multiband(List.of(
                band(high ? 1000.0 : 18_000.0, high ? Map.of("threshold_db", 20) : settings),
                band(null, high ? settings : Map.of("threshold_db", 20))));
        int settle = (int) (rate * attackMs / 1000 * 20);
        int frames = settle + (int) (rate * releaseMs / 1000 * 3);
        double[] x = high ? Tones.alternating(1, frames) : Tones.constant(1, frames);
        for (int i = settle; i < frames; i++) {
            x[i] *= 0.001;
        }
        double[] g = new EffectRunner(effect, rate, 1).curves(new double[][] {x}, WHOLE)[high ? 1 : 0];
        // 0 dBFS is 30 dB over: at 4:1 the reduction is 22.5 dB.
        double full = 22.5;
        int attacked = 0;
        while (-db(g[attacked]) < full * (1 - 1 / Math.E)) {
            attacked++;
        }
        int released = settle;
        while (-db(g[released]) > full / Math.E) {
            released++;
        }
        assertThat(1000.0 * (attacked + 1) / rate).isCloseTo(attackMs, within(0.02 * attackMs));
        assertThat(1000.0 * (released - settle + 1) / rate).isCloseTo(releaseMs, within(0.02 * releaseMs));
    }

    @Test
    void aLoudBandLeavesTheOthersAlone() {
        Map<String, Object> settings =
                Map.of("threshold_db", -30, "ratio", 4, "knee_db", 0, "attack_ms", 0, "release_ms", 10_000);
        Effect effect = multiband(List.of(band(700.0, settings), band(null, settings)));
        double[] x = Tones.sum(Tones.risingSine(60, 1, RATE, RATE), Tones.risingSine(7919, gain(-40), RATE, RATE));
        double[] y = run(effect, RATE, x);
        assertThat(db(Tones.amplitude(y, RATE / 2, 60, RATE))).isCloseTo(-22.5, within(0.02));
        assertThat(db(Tones.amplitude(y, RATE / 2, 7919, RATE))).isCloseTo(-40, within(0.01));
    }

    @Test
    void channelsShareTheGainOfTheLouder() {
        Map<String, Object> settings = Map.of("threshold_db", -20, "ratio", 4, "knee_db", 0, "attack_ms", 1);
        Effect effect = multiband(List.of(band(5000.0, settings), band(null, settings)));
        double[][] y = new EffectRunner(effect, RATE, 2)
                .run(new double[][] {Tones.constant(gain(-60), 4000), Tones.constant(1, 4000)}, WHOLE);
        assertThat(db(y[0][3999])).isCloseTo(-75, within(0.01));
        assertThat(db(y[1][3999])).isCloseTo(-15, within(0.01));
    }

    @Test
    void aBandThatIsOffHasAGainOfExactlyOne() {
        Effect effect = multiband(List.of(
                band(300.0, Map.of("threshold_db", -60, "makeup_db", 6, "enabled", false)),
                band(null, Map.of("threshold_db", -60, "ratio", 10))));
        double[] noise = new Random(1).doubles(3000, -1, 1).toArray();
        double[][] curves = new EffectRunner(effect, RATE, 1).curves(new double[][] {noise}, WHOLE);
        assertThat(curves[0]).containsOnly(1.0);
        assertThat(curves[1][2999]).isLessThan(0.2);
    }

    @Test
    void lookaheadDelaysTheSoundAlone() {
        Effect effect = multiband(
                List.of(band(300.0, Map.of("threshold_db", 20)), band(null, Map.of("threshold_db", 20))),
                Map.of("lookahead_ms", 5));
        assertThat(effect.latencyFrames(RATE)).isEqualTo(240);
        double[] x = Tones.impulse(2000);
        double[] y = run(effect, RATE, x);
        double[] expected = Crossovers.throughAllpasses(x, RATE, 300);
        for (int i = 0; i < 2000; i++) {
            assertThat(y[i]).isCloseTo(i < 240 ? 0 : expected[i - 240], within(1e-11));
        }
    }

    @Test
    void bandsCanBeRetunedWhileItRuns() {
        Map<String, Object> settings = Map.of("threshold_db", -20, "ratio", 4, "knee_db", 0, "attack_ms", 1);
        Effect effect = multiband(List.of(band(5000.0, settings), band(null, settings)));
        double[][] x = {new Random(2).doubles(3000, -1, 1).toArray()};
        EffectRunner retuned = new EffectRunner(effect, RATE, 1);
        EffectRunner steady = new EffectRunner(effect, RATE, 1);
        assertThat(retuned.run(x, WHOLE)).isDeepEqualTo(steady.run(x, WHOLE));
        retuned.retune(effect);
        assertThat(retuned.run(x, WHOLE)).isDeepEqualTo(steady.run(x, WHOLE));
        retuned.retune(RecordShape.with(effect, "bands/0/threshold_db", -40));
        double[] y = retuned.run(new double[][] {Tones.constant(1, 48_000)}, WHOLE)[0];
        assertThat(db(y[47_999])).isCloseTo(-30, within(0.01));
        assertThat(RecordShape.at(effect, "bands/0/up_to_hz"))
                .isNotNull()
                .extracting(RecordShape.Field::automatable)
                .isEqualTo(false);
    }

    @Test
    void afterSoundAndSilenceItIsAsFresh() {
        Map<String, Object> settings = Map.of("threshold_db", -40, "ratio", 4);
        Effect effect = multiband(List.of(band(100.0, settings), band(3000.0, settings), band(null, settings)));
        double[] sound = new double[64 * 9000];
        System.arraycopy(new Random(3).doubles(6400, -1, 1).toArray(), 0, sound, 0, 6400);
        double[][] probe = {new Random(4).doubles(3000, -1, 1).toArray()};
        EffectRunner used = new EffectRunner(effect, RATE, 1);
        double[] y = used.run(new double[][] {sound}, WHOLE)[0];
        assertThat(y[y.length - 1]).isZero();
        assertThat(used.run(probe, WHOLE)).isDeepEqualTo(new EffectRunner(effect, RATE, 1).run(probe, WHOLE));
    }

    @Test
    void saysWhatIsWrongWithItsBands() {
        Map<String, Object> plain = Map.of("threshold_db", -20);
        refuses(
                List.of(band(null, plain)),
                "multiband_compressor: bands are 2 to 5, not 1; for the whole range use compressor");
        refuses(
                List.of(
                        band(100.0, plain),
                        band(200.0, plain),
                        band(300.0, plain),
                        band(400.0, plain),
                        band(500.0, plain),
                        band(null, plain)),
                "multiband_compressor: bands are 2 to 5, not 6; join some of them");
        refuses(
                List.of(band(null, plain), band(null, plain)),
                "multiband_compressor: bands/0 needs up_to_hz: only the last band has no end");
        refuses(
                List.of(band(2000.0, plain), band(500.5, plain), band(null, plain)),
                "multiband_compressor: up_to_hz must rise from band to band: in bands/1 it is 500.5 after 2000; put the"
                        + " bands in order");
        refuses(
                List.of(band(2000.0, plain), band(5000.0, plain)),
                "multiband_compressor: bands/1 is the last and has no end: leave out its up_to_hz, or add a band above"
                        + " it");
    }

    private static void refuses(List<Map<String, Object>> bands, String message) {
        assertThatThrownBy(() -> multiband(bands))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static Map<String, Object> band(@Nullable Double upToHz, Map<String, Object> settings) {
        Map<String, Object> band = new HashMap<>(settings);
        if (upToHz != null) {
            band.put("up_to_hz", upToHz);
        }
        return band;
    }

    private static Effect multiband(List<Map<String, Object>> bands) {
        return multiband(bands, Map.of());
    }

    private static Effect multiband(List<Map<String, Object>> bands, Map<String, Object> more) {
        Map<String, Object> parameters = new HashMap<>(more);
        parameters.put("bands", bands);
        return EffectCatalogue.create("multiband_compressor", parameters);
    }

    private static double[] run(Effect effect, int rate, double[] x) {
        return new EffectRunner(effect, rate, 1).run(new double[][] {x}, WHOLE)[0];
    }
}
