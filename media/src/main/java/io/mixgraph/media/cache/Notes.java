package io.mixgraph.media.cache;

import io.mixgraph.audio.Findings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was found of recordings, as text and back, in one order. */
final class Notes {
    private static final String RECORDING = "recording";
    private static final String DECODED = "decoded";
    private static final String WARNING = "warning";

    private Notes() {}

    static String text(Map<String, Findings> recordings) {
        Lines lines = new Lines();
        recordings.forEach((digest, findings) -> {
            lines.add(RECORDING, digest);
            if (findings.decodedSha256() != null) {
                lines.add(DECODED, findings.decodedSha256());
            }
            for (String warning : findings.warnings()) {
                lines.add(WARNING, warning);
            }
        });
        return lines.toString();
    }

    /** @throws IllegalArgumentException when it is no text that {@link #text} makes */
    static Map<String, Findings> recordings(String text) {
        Map<String, Findings> recordings = new LinkedHashMap<>();
        String digest = null;
        String decoded = null;
        List<String> warnings = new ArrayList<>();
        for (Lines.Line line : Lines.parse(text)) {
            switch (line.word()) {
                case RECORDING -> {
                    add(recordings, digest, decoded, warnings);
                    digest = line.value();
                    decoded = null;
                    warnings = new ArrayList<>();
                }
                case DECODED -> decoded = line.value();
                case WARNING -> warnings.add(line.value());
                default -> throw new IllegalArgumentException("no note begins with " + line.word());
            }
        }
        add(recordings, digest, decoded, warnings);
        return Collections.unmodifiableMap(recordings);
    }

    private static void add(
            Map<String, Findings> recordings,
            @Nullable String digest,
            @Nullable String decoded,
            List<String> warnings) {
        if (digest != null) {
            recordings.put(digest, new Findings(decoded, warnings));
        }
    }
}
