package io.mixgraph.audio;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What reading a recording showed of it, which its header alone does not say. It belongs to what the recording holds,
 * and says nothing of how that is called.
 *
 * @param decodedSha256 SHA-256 of its decoded samples in hexadecimal, where an outside decoder made them and all were
 *     read; null otherwise
 * @param warnings what was found odd, for people: sentences to be put behind the recording's name and a colon; each
 *     once, in alphabetical order, so that the order in which readings are united does not show
 */
public record Findings(@Nullable String decodedSha256, List<String> warnings) {
    /** Nothing was found. */
    public static final Findings NONE = new Findings(null, List.of());

    public Findings {
        warnings = warnings.stream().distinct().sorted().toList();
    }

    /** The warnings as whole sentences about a recording that is called {@code name}. */
    public List<String> warningsOf(String name) {
        return warnings.stream().map(warning -> name + ": " + warning).toList();
    }

    /** What this reading of a recording and another one found together, each warning once. */
    public Findings and(Findings other) {
        List<String> both = new ArrayList<>(warnings);
        both.addAll(other.warnings);
        return new Findings(decodedSha256 == null ? other.decodedSha256 : decodedSha256, both);
    }
}
