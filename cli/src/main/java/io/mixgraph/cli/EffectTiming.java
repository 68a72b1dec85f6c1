package io.mixgraph.cli;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectType;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.fx.Recording;
import io.mixgraph.model.Insert;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongBiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The latency or the tail of an effect: which settings change it, found by trying them, and what it is where that can
 * be said.
 *
 * @param dependsOn the settings that change it; those of lists as {@code bands/q}
 * @param at what it is at the defaults; empty when it depends on what must be given
 */
record EffectTiming(List<String> dependsOn, List<At> at) {
    /** What counts as the same time at another rate. */
    private static final double SAME = 0.01;

    private static final int[] RATES = {44_100, 48_000, 96_000, 192_000};

    /** A time at a rate. */
    record At(int sampleRate, long frames) {
        private double ms() {
            return 1000.0 * frames / sampleRate;
        }
    }

    /** By how much the effect delays the signal. */
    static EffectTiming latency(EffectType type) {
        return of(type, Effect::latencyFrames);
    }

    /** How long it sounds on. */
    static EffectTiming tail(EffectType type) {
        return of(type, Effect::tailFrames);
    }

    private static EffectTiming of(EffectType type, ToLongBiFunction<Effect, Integer> time) {
        Set<String> dependsOn = new LinkedHashSet<>();
        List<At> at = new ArrayList<>();
        Map<String, Object> fewest = FewestSettings.of(type).orElse(Map.of());
        if (!fewest.isEmpty() || type.shape().fields().stream().noneMatch(RecordShape.Field::required)) {
            Effect plain = opened(type.shape().create(fewest));
            for (Effect base : Stream.concat(
                            Stream.of(plain),
                            ExampleDocument.inserts(type).stream().map(Insert::effect))
                    .toList()) {
                Effect ready = opened(base);
                new Probe(ready, time, time.applyAsLong(ready, Probe.RATE), dependsOn).record(base, "", "");
            }
            if (dependsOn.stream().noneMatch(name -> fewest.containsKey(name.replaceAll("/.*", "")))) {
                for (int rate : RATES) {
                    at.add(new At(rate, time.applyAsLong(plain, rate)));
                }
            }
        }
        List<String> names = new ArrayList<>(dependsOn);
        return new EffectTiming(List.copyOf(names), List.copyOf(at));
    }

    /** Changes one setting after the other, and notes which change the time. */
    private record Probe(Effect base, ToLongBiFunction<Effect, Integer> time, long baseTime, Set<String> dependsOn) {
        private static final int RATE = 48_000;

        void record(Object record, String path, String name) {
            for (RecordShape.Field field : RecordShape.of(record.getClass()).fields()) {
                // What is known to change it is not tried again: a long tail takes long to find.
                if (!dependsOn.contains(name + field.name())
                        && values(field).stream().anyMatch(value -> changes(path + field.name(), value))) {
                    dependsOn.add(name + field.name());
                }
                if (field.get(record) instanceof List<?> items) {
                    for (int i = 0; i < items.size(); i++) {
                        record(items.get(i), path + field.name() + "/" + i + "/", name + field.name() + "/");
                    }
                }
            }
        }

        private boolean changes(String path, Object value) {
            try {
                Effect changed = RecordShape.with(base, path, value);
                return time.applyAsLong(changed, RATE) != baseTime;
            } catch (IllegalArgumentException e) {
                // It does not go with the others.
                return false;
            }
        }

        private static List<Object> values(RecordShape.Field field) {
            Class<?> type = field.rawType();
            if (type == boolean.class || type == Boolean.class) {
                return List.of(false, true);
            }
            if (type.isEnum()) {
                return List.of(type.getEnumConstants());
            }
            if (type == Recording.class) {
                return List.of(new Silence(1).named(field.name()), new Silence(2).named(field.name()));
            }
            double[] numbers = field.parameter().oneOf().length > 0
                    ? field.parameter().oneOf()
                    : new double[] {
                        FewestSettings.between(field, 0.75),
                        FewestSettings.between(field, 0.25),
                        FewestSettings.between(field, 1),
                        FewestSettings.between(field, 0)
                    };
            if (type == double.class || type == Double.class) {
                return Arrays.stream(numbers).<Object>mapToObj(value -> value).toList();
            }
            return type == int.class || type == Integer.class
                    ? Arrays.stream(numbers)
                            .<Object>mapToObj(value -> (int) StrictMath.rint(value))
                            .toList()
                    : List.of();
        }
    }

    /** An effect whose recordings hold something. */
    private static Effect opened(Effect effect) {
        Effect opened = effect;
        for (RecordShape.Field field : RecordShape.of(effect.getClass()).fields()) {
            if (field.get(effect) instanceof Recording recording && recording.source() == null) {
                opened = RecordShape.with(opened, field.name(), new Silence(1).named(recording.name()));
            }
        }
        return opened;
    }

    /** A silent recording. */
    private record Silence(long frames) implements AudioSource {
        private static final AudioFormat FORMAT = new AudioFormat(Probe.RATE, ChannelLayout.MONO);

        Recording named(String name) {
            return Recording.named(name).opened(this);
        }

        @Override
        public String name() {
            return "silence";
        }

        @Override
        public AudioFormat format() {
            return FORMAT;
        }

        @Override
        public FrameSource open(long firstFrame) {
            return new FrameSource() {
                private long left = frames - firstFrame;

                @Override
                public AudioFormat format() {
                    return FORMAT;
                }

                @Override
                public int read(AudioBlock block, int most) {
                    int count = (int) Math.min(most, left);
                    Arrays.fill(block.channel(0), 0, count, 0.0);
                    left -= count;
                    return count;
                }

                @Override
                public void close() {
                    // Nothing is open.
                }
            };
        }
    }

    /** In one line. */
    String text() {
        if (at.isEmpty()) {
            return dependsOn.isEmpty() ? "not known" : "depends on " + String.join(", ", dependsOn);
        }
        String changes = dependsOn.isEmpty() ? "" : "; changes with " + String.join(", ", dependsOn);
        return frames() + changes;
    }

    private String frames() {
        if (at.stream().allMatch(time -> time.frames == 0)) {
            return "none";
        }
        if (at.stream().allMatch(time -> time.frames == at.get(0).frames)) {
            return at.get(0).frames + (at.get(0).frames == 1 ? " frame" : " frames");
        }
        At usual = at.stream()
                .filter(time -> time.sampleRate == Probe.RATE)
                .findFirst()
                .orElseThrow();
        if (at.stream().allMatch(time -> Math.abs(time.ms() - usual.ms()) <= SAME * usual.ms())) {
            return Figures.decimals(usual.ms(), 1) + " ms, " + usual.frames + " frames at "
                    + Figures.exact(usual.sampleRate / 1000.0) + " kHz";
        }
        String words = at.stream()
                .map(time -> time.frames + " at " + Figures.exact(time.sampleRate / 1000.0) + " kHz")
                .collect(Collectors.joining(", "));
        return words.replaceFirst(" at", " frames at");
    }
}
