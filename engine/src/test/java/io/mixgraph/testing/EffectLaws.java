package io.mixgraph.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.Numbers;
import io.mixgraph.dsp.Biquad;
import io.mixgraph.fx.BiquadEffect;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.EffectType;
import io.mixgraph.fx.Nature;
import io.mixgraph.fx.Parameter;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.fx.Recording;
import io.mixgraph.model.Insert;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every effect, at parameters drawn at random from their ranges. Extend it in a test and say which
 * effects it runs over. Where an effect is meant to be otherwise, override what says so.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EffectLaws {
    private static final int TRIALS = 6;
    private static final int[] RATES = {44_100, 48_000, 96_000, 192_000};
    private static final int LONGEST_TAIL = 3_000_000;
    private static final IntSupplier WHOLE = () -> Integer.MAX_VALUE;

    /** An effect at drawn parameters, where it runs, and the seed of its signals. */
    public record Case(Effect effect, int rate, int channels, long seed) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(EffectCatalogue.of(effect).name());
            for (RecordShape.Field field : EffectCatalogue.of(effect).shape().fields()) {
                Object value = field.get(effect);
                text.append(' ')
                        .append(field.name())
                        .append('=')
                        .append(value instanceof Double d ? Numbers.text(d) : String.valueOf(value));
            }
            return text + " at " + rate + " Hz, " + channels + " channels";
        }

        EffectRunner fresh() {
            return new EffectRunner(effect, rate, channels);
        }

        /** Noise whose level wanders over 80 dB, so that dynamics have something to do. */
        double[][] signal(int frames, int which) {
            Random random = new Random(seed * 31 + which);
            double[][] x = new double[channels][frames];
            double level = 1;
            for (int i = 0; i < frames; i++) {
                if (i % 500 == 0) {
                    level = Math.pow(10, -4 * random.nextDouble());
                }
                for (double[] channel : x) {
                    channel[i] = level * (2 * random.nextDouble() - 1);
                }
            }
            return x;
        }
    }

    /** Which effects it runs over; all of them are in the catalogue. */
    protected abstract List<EffectType> types();

    /** Where the impulse response of an effect shows its latency. */
    public enum Onset {
        /** Its first frame: the sound itself passes. */
        FIRST,
        /** Its highest frame: a filter of linear phase rings before it. */
        PEAK,
        /** Not before its first frame: only echoes come. */
        LATER
    }

    /** How an effect shows its latency. */
    protected Onset onset(Effect effect) {
        return Onset.FIRST;
    }

    /** Whether equal channels come out equal, and as from one channel alone. */
    protected boolean keepsChannelsEqual(Effect effect) {
        return true;
    }

    /** All cases, drawn from a seed. */
    Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        Random random = new Random(20);
        for (EffectType type : types()) {
            for (int trial = 0; trial < TRIALS; trial++) {
                cases.add(new Case(drawn(type, random), RATES[trial % RATES.length], 1 + random.nextInt(2), trial));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void blocksDoNotMatter(Case c) {
        double[][] x = c.signal(3000, 0);
        double[][] expected = c.fresh().run(x, WHOLE);
        Random random = new Random(c.seed);
        assertThat(c.fresh().run(x, () -> 1)).isDeepEqualTo(expected);
        assertThat(c.fresh().run(x, () -> 7)).isDeepEqualTo(expected);
        assertThat(c.fresh().run(x, () -> 64)).isDeepEqualTo(expected);
        assertThat(c.fresh().run(x, () -> 1 + random.nextInt(300))).isDeepEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void resetIsFresh(Case c) {
        double[][] x = c.signal(2000, 1);
        EffectRunner runner = c.fresh();
        double[][] first = runner.run(x, WHOLE);
        runner.reset();
        assertThat(runner.run(x, WHOLE)).isDeepEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void latencyIsWhatItDeclares(Case c) {
        int latency = c.effect.latencyFrames(c.rate);
        assertThat(latency).isEqualTo(c.effect.lookaheadFrames(c.rate) + c.effect.applicatorLatencyFrames(c.rate));
        Onset onset = onset(c.effect);
        double[][] y = c.fresh().run(impulse(c, 1e-3, latency + 100), WHOLE);
        for (double[] channel : y) {
            int first = 0;
            int highest = 0;
            for (int i = channel.length - 1; i >= 0; i--) {
                first = channel[i] == 0 ? first : i;
                highest = Math.abs(channel[i]) >= Math.abs(channel[highest]) ? i : highest;
            }
            switch (onset) {
                case FIRST -> assertThat(first).isEqualTo(latency);
                case PEAK -> assertThat(highest).isEqualTo(latency);
                case LATER -> assertThat(first == 0 ? latency : first).isGreaterThanOrEqualTo(latency);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tailIsLongEnough(Case c) {
        long end = c.effect.latencyFrames(c.rate) + c.effect.tailFrames(c.rate);
        if (end > LONGEST_TAIL) {
            return;
        }
        double[][] y = c.fresh().run(impulse(c, 1e-3, (int) end + 20_000), WHOLE);
        for (double[] channel : y) {
            double peak = 0;
            for (double v : channel) {
                peak = Math.max(peak, Math.abs(v));
            }
            for (int i = (int) end + 1; i < channel.length; i++) {
                assertThat(Math.abs(channel[i])).isLessThanOrEqualTo(1e-6 * peak);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isLinearAsItsNatureSays(Case c) {
        if (c.effect.nature() == Nature.NONLINEAR) {
            return;
        }
        double[][] a = c.signal(5000, 2);
        double[][] b = c.signal(5000, 3);
        double[][] curves = c.fresh().curves(c.signal(5000, 4), WHOLE);
        double[][] sum = new double[c.channels][5000];
        for (int ch = 0; ch < c.channels; ch++) {
            for (int i = 0; i < 5000; i++) {
                sum[ch][i] = a[ch][i] - 3 * b[ch][i];
            }
        }
        double[][] ya = c.fresh().apply(a, curves, WHOLE);
        double[][] yb = c.fresh().apply(b, curves, WHOLE);
        double[][] ySum = c.fresh().apply(sum, curves, WHOLE);
        for (int ch = 0; ch < c.channels; ch++) {
            double scale = 0;
            for (int i = 0; i < 5000; i++) {
                scale = Math.max(scale, Math.max(Math.abs(sum[ch][i]), Math.abs(ySum[ch][i])));
            }
            for (int i = 0; i < 5000; i++) {
                assertThat(ySum[ch][i]).isCloseTo(ya[ch][i] - 3 * yb[ch][i], within(1e-12 * scale));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void detectorAndCurvesComeTogether(Case c) {
        assertThat(c.effect.curveCount() == 0)
                .isEqualTo(c.effect.newDetector(new AudioFormat(c.rate, ChannelLayout.MONO)) == null);
        assertThat(c.effect.curveCount() > 0).isEqualTo(c.effect.nature() == Nature.CONTROLLED);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalChannelsComeOutEqualAndAsInMono(Case c) {
        if (!keepsChannelsEqual(c.effect)) {
            return;
        }
        double[][] mono = new Case(c.effect, c.rate, 1, c.seed).signal(3000, 5);
        double[][] stereo = {mono[0], mono[0]};
        double[] expected = new EffectRunner(c.effect, c.rate, 1).run(mono, WHOLE)[0];
        double[][] y = new EffectRunner(c.effect, c.rate, 2).run(stereo, WHOLE);
        assertThat(y[0]).isEqualTo(expected);
        assertThat(y[1]).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void staysFiniteWhateverComes(Case c) {
        double[][] square = new double[c.channels][4000];
        double[][] tiny = new double[c.channels][4000];
        for (int ch = 0; ch < c.channels; ch++) {
            for (int i = 0; i < 4000; i++) {
                square[ch][i] = i / 50 % 2 == 0 ? 100 : -100;
                tiny[ch][i] = (i % 3 - 1) * Double.MIN_VALUE * 1000;
            }
        }
        for (double[][] x : new double[][][] {square, tiny}) {
            for (double[] channel : c.fresh().run(x, WHOLE)) {
                for (double v : channel) {
                    assertThat(v).isFinite();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void filtersSoundAsTheirCurvesSay(Case c) {
        if (!(c.effect instanceof BiquadEffect filter)) {
            return;
        }
        double radius = 0.5;
        for (Biquad section : filter.sections(c.rate)) {
            radius = Math.max(radius, section.poleRadius());
        }
        // Long enough for what is cut off to be far below the tolerance; the very longest are left out.
        int frames = (int) (-40 / Math.log(radius));
        if (frames > 500_000) {
            return;
        }
        double[][] h = c.fresh().run(impulse(c, 1, frames), WHOLE);
        for (double hz = 10; hz < c.rate / 2.0; hz *= 1.4) {
            for (double[] channel : h) {
                assertThat(magnitude(channel, hz / c.rate)).isCloseTo(filter.magnitude(hz, c.rate), within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void retunedToWhatItIsGoesOnAsIfNothingWere(Case c) {
        if (automatable(c.effect).isEmpty()) {
            return;
        }
        double[][] x = c.signal(1500, 6);
        EffectRunner retuned = c.fresh();
        EffectRunner steady = c.fresh();
        assertThat(retuned.run(x, WHOLE)).isDeepEqualTo(steady.run(x, WHOLE));
        retuned.retune(c.effect);
        assertThat(retuned.run(x, WHOLE)).isDeepEqualTo(steady.run(x, WHOLE));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void retunedItBecomesTheOther(Case c) {
        Effect other = c.effect;
        Random random = new Random(c.seed + 7);
        for (RecordShape.Field field : automatable(c.effect)) {
            other = RecordShape.with(other, field.name(), number(field, random));
        }
        assertThat(other.latencyFrames(c.rate)).isEqualTo(c.effect.latencyFrames(c.rate));
        assertThat(other.curveCount()).isEqualTo(c.effect.curveCount());
        long settle = c.effect.tailFrames(c.rate) + other.tailFrames(c.rate);
        if (c.effect.nature() != Nature.LINEAR || other.equals(c.effect) || settle > 300_000) {
            return;
        }
        double[][] x = c.signal((int) (2 * settle) + 3000, 8);
        EffectRunner retuned = c.fresh();
        EffectRunner fresh = new EffectRunner(other, c.rate, c.channels);
        retuned.run(x, WHOLE);
        fresh.run(x, WHOLE);
        retuned.retune(other);
        double[][] a = retuned.run(x, WHOLE);
        double[][] b = fresh.run(x, WHOLE);
        double scale = 0;
        for (double[] channel : b) {
            for (double v : channel) {
                scale = Math.max(scale, Math.abs(v));
            }
        }
        for (int ch = 0; ch < c.channels; ch++) {
            for (int i = (int) (2 * settle); i < a[ch].length; i++) {
                assertThat(a[ch][i]).isCloseTo(b[ch][i], within(1e-5 * scale + 1e-12));
            }
        }
    }

    /** The fields of an effect that can be automated, those of nested lists left out. */
    private static List<RecordShape.Field> automatable(Effect effect) {
        return RecordShape.of(effect.getClass()).fields().stream()
                .filter(RecordShape.Field::automatable)
                .filter(field -> field.get(effect) != null)
                .toList();
    }

    /** What documents, help and manual are made of. */
    @Test
    void everyEffectIsDescribed() {
        for (EffectType type : types()) {
            assertThat(type.name()).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*");
            assertThat(type.revision()).as(type.name()).isPositive();
            assertThat(type.doc()).as(type.name()).endsWith(".");
            assertThat(EffectCatalogue.byName(type.name())).contains(type);
            assertThat(Modifier.isPublic(type.record().getModifiers()))
                    .as("%s is public", type.record())
                    .isTrue();
            // Refuses the names that every insert has.
            assertThat(Insert.shape(type.record()).field("type"))
                    .as("%s: a field type, which is the effect's name", type.name())
                    .isNull();
            for (RecordShape.Field field : type.shape().fields()) {
                String what = type.name() + "." + field.name();
                assertThat(field.parameter().doc()).as(what).endsWith(".");
                if (field.absentValue() instanceof Number absent) {
                    assertThat(field.allows(absent.doubleValue())).as(what).isTrue();
                }
            }
        }
    }

    @Test
    void everyEffectIsDrawnDifferently() {
        Map<String, Integer> distinct = new TreeMap<>();
        cases().map(Case::effect)
                .distinct()
                .forEach(effect -> distinct.merge(EffectCatalogue.of(effect).name(), 1, Integer::sum));
        assertThat(distinct.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        types().stream().map(EffectType::name).toList());
        assertThat(distinct.values()).allMatch(count -> count >= 2);
    }

    /** |Σ h[n]·e^(−jωn)| at a frequency in cycles per frame, by Horner's rule from the last frame. */
    private static double magnitude(double[] h, double cycles) {
        double cos = Math.cos(2 * Math.PI * cycles);
        double sin = -Math.sin(2 * Math.PI * cycles);
        double re = 0;
        double im = 0;
        for (int n = h.length - 1; n >= 0; n--) {
            double t = re * cos - im * sin + h[n];
            im = re * sin + im * cos;
            re = t;
        }
        return Math.hypot(re, im);
    }

    private static double[][] impulse(Case c, double height, int frames) {
        double[][] x = new double[c.channels][frames];
        for (double[] channel : x) {
            channel[0] = height;
        }
        return x;
    }

    /** An effect with every parameter drawn from its range. */
    public static Effect drawn(EffectType type, Random random) {
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                return type.record().cast(drawn(type.record(), random));
            } catch (IllegalArgumentException e) {
                // What it does not take together is drawn again.
            }
        }
        throw new IllegalStateException(type.name() + " takes nothing that is drawn");
    }

    private static Object drawn(Class<?> record, Random random) {
        List<@Nullable Object> values = new ArrayList<>();
        RecordShape<?> shape = RecordShape.of(record);
        for (RecordShape.Field field : shape.fields()) {
            boolean leaveOut = !field.required() && field.parameter().absent().isEmpty() && random.nextBoolean();
            values.add(leaveOut ? null : value(field, random));
        }
        return shape.create(values);
    }

    private static @Nullable Object value(RecordShape.Field field, Random random) {
        Class<?> type = field.rawType();
        if (type == double.class || type == Double.class) {
            return number(field, random);
        }
        if (type == int.class || type == Integer.class) {
            return (int) Math.rint(number(field, random));
        }
        if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        }
        if (type == Recording.class) {
            return Recording.named("impulse.wav").opened(impulseResponse(random));
        }
        if (type == List.class && field.type() instanceof ParameterizedType list) {
            List<Object> items = new ArrayList<>();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                items.add(drawn((Class<?>) list.getActualTypeArguments()[0], random));
            }
            return items;
        }
        return null;
    }

    private static AudioSource impulseResponse(Random random) {
        int frames = 1 + random.nextInt(3000);
        return MemorySource.noise("impulse.wav", 48_000, 1 + random.nextInt(2), frames, 0.1, random.nextLong());
    }

    /** A number from a field's range: evenly on a logarithmic scale where the range allows it. */
    private static double number(RecordShape.Field field, Random random) {
        Parameter parameter = field.parameter();
        if (parameter.oneOf().length > 0) {
            return parameter.oneOf()[random.nextInt(parameter.oneOf().length)];
        }
        double u = random.nextDouble();
        double min = parameter.min();
        double max = parameter.max();
        return min > 0 && max > 10 * min ? min * Math.pow(max / min, u) : min + u * (max - min);
    }
}
