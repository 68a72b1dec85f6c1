package io.mixgraph.audio;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What reading a recording showed of it, which its header alone does not say.
 *
 * @param decodedSha256 SHA-256 of its decoded samples in hexadecimal, where an outside decoder made them and all were
 *     read; null otherwise
 * @param warnings what was found odd, one sentence each, for people
 */
public record Findings(@Nullable String decodedSha256, List<String> warnings) {
    /** Nothing was found. */
    public static final Findings NONE = new Findings(null, List.of());

    public Findings {
        warnings = List.copyOf(warnings);
    }

    /** What this reading of a recording and another one found together, each warning once. */
    public Findings and(Findings other) {
        List<String> both = new ArrayList<>(warnings);
        for (String warning : other.warnings) {
            if (!both.contains(warning)) {
                both.add(warning);
            }
        }
        return new Findings(decodedSha256 == null ? other.decodedSha256 : decodedSha256, both);
    }
}
