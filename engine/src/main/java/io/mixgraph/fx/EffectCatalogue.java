package io.mixgraph.fx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Every effect there is, by name: the engine's own, then those that {@link EffectProvider}s bring, by name. It is
 * settled when it is first asked, and never changes.
 */
public final class EffectCatalogue {
    private static final List<EffectType> OWN = List.of(
            new EffectType("gain", 1, Gain.class, "A plain gain, with polarity."),
            new EffectType("highpass", 1, Highpass.class, "Takes away what lies below a frequency."),
            new EffectType("lowpass", 1, Lowpass.class, "Takes away what lies above a frequency."),
            new EffectType("peak", 1, Peak.class, "Raises or lowers a band around a frequency."),
            new EffectType("low_shelf", 1, LowShelf.class, "Raises or lowers everything below a frequency."),
            new EffectType("high_shelf", 1, HighShelf.class, "Raises or lowers everything above a frequency."),
            new EffectType("notch", 1, Notch.class, "Takes out one frequency: hum, whistle, resonance."),
            new EffectType("compressor", 1, Compressor.class, "Reduces the level above a threshold."),
            new EffectType("gate", 1, Gate.class, "Reduces the level of what is below a threshold."),
            new EffectType("limiter", 2, Limiter.class, "A true-peak limiter with look-ahead."),
            new EffectType("eq", 1, Eq.class, "A parametric equaliser of up to 32 bands."),
            new EffectType("tilt", 1, Tilt.class, "Raises one end of the spectrum and lowers the other."),
            new EffectType("expander", 1, Expander.class, "Reduces the level below a threshold by a ratio."),
            new EffectType("ducker", 1, Ducker.class, "Lowers a signal while its key is there."),
            new EffectType("leveller", 1, Leveller.class, "Rides the gain slowly towards a loudness."),
            new EffectType("reverb", 1, Reverb.class, "An algorithmic reverberator; its output is wet only."),
            new EffectType("convolution", 1, Convolution.class, "Convolution with a recorded impulse response."),
            new EffectType("saturation", 1, Saturation.class, "Bends the signal softly, for warmth and harmonics."),
            new EffectType("bit_crush", 1, BitCrush.class, "Fewer bits and fewer samples."),
            new EffectType("stereo_width", 1, StereoWidth.class, "Scales the difference between left and right."),
            new EffectType("delay", 1, Delay.class, "Echoes, in time or in notes."),
            new EffectType(
                    "multiband_compressor",
                    1,
                    MultibandCompressor.class,
                    "Reduces the level of each of several bands."),
            new EffectType("de_esser", 1, DeEsser.class, "Lowers sibilants."),
            new EffectType("dynamic_eq", 1, DynamicEq.class, "An equaliser whose bands move with their own level."),
            new EffectType(
                    "transient_shaper", 1, TransientShaper.class, "Raises or lowers attacks and what follows them."));

    private static final List<EffectType> TYPES = all();

    private EffectCatalogue() {}

    private static List<EffectType> all() {
        List<EffectType> provided = new ArrayList<>();
        for (EffectProvider provider :
                ServiceLoader.load(EffectProvider.class, EffectProvider.class.getClassLoader())) {
            provided.addAll(provider.types());
        }
        provided.sort(Comparator.comparing(EffectType::name));
        List<EffectType> types = new ArrayList<>(OWN);
        for (EffectType type : provided) {
            if (types.stream().anyMatch(other -> other.name().equals(type.name()))) {
                throw new ServiceConfigurationError(
                        "two effects are called " + type.name() + "; the second is " + type.record());
            }
            try {
                type.shape();
            } catch (IllegalArgumentException e) {
                throw new ServiceConfigurationError("the effect " + type.name() + " is none: " + e.getMessage(), e);
            }
            types.add(type);
        }
        return List.copyOf(types);
    }

    /** All effects in the order in which the manual lists them. */
    public static List<EffectType> types() {
        return TYPES;
    }

    /** The effect that documents call {@code name}. */
    public static Optional<EffectType> byName(String name) {
        return TYPES.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    /**
     * An effect by its name and its parameters' names in documents, with the defaults for those left out:
     * {@code create("compressor", Map.of("threshold_db", -18, "key", "kick"))}.
     *
     * @throws IllegalArgumentException saying which name or value is wrong
     */
    public static Effect create(String name, Map<String, ?> parameters) {
        EffectType type = byName(name).orElseThrow(() -> new IllegalArgumentException("there is no effect " + name));
        try {
            return type.shape().create(parameters);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * The catalogue's line of an effect.
     *
     * @throws IllegalArgumentException when its class is not in the catalogue
     */
    public static EffectType of(Effect effect) {
        return TYPES.stream()
                .filter(type -> type.record() == effect.getClass())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(effect.getClass() + " is not in the catalogue"));
    }
}
