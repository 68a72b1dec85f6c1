package io.mixgraph.media.cache;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.Speaker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What opening a compressed recording shows of it.
 *
 * @param format rate and channels
 * @param frames its length
 * @param backend what decodes it
 * @param warnings what was found odd already
 */
record RecordingFacts(AudioFormat format, long frames, AudioSource.Backend backend, List<String> warnings) {
    RecordingFacts {
        warnings = List.copyOf(warnings);
    }

    static RecordingFacts of(AudioSource source) {
        return new RecordingFacts(
                source.format(), source.frames(), Objects.requireNonNull(source.backend()), source.warnings());
    }

    String text() {
        Lines lines = new Lines()
                .add("rate", Integer.toString(format.sampleRate()))
                .add("frames", Long.toString(frames))
                .add("backend", backend.name())
                .add("version", backend.version());
        for (Speaker speaker : format.layout().speakers()) {
            lines.add("speaker", speaker.name());
        }
        for (String warning : warnings) {
            lines.add("warning", warning);
        }
        return lines.toString();
    }

    /** Reads what {@link #text} made; null when there is none, or it says nothing that makes sense. */
    static @Nullable RecordingFacts read(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Map<String, String> values = new HashMap<>();
        List<Speaker> speakers = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        try {
            for (Lines.Line line : Lines.parse(text)) {
                switch (line.word()) {
                    case "speaker" -> speakers.add(Speaker.valueOf(line.value()));
                    case "warning" -> warnings.add(line.value());
                    default -> values.put(line.word(), line.value());
                }
            }
            return new RecordingFacts(
                    new AudioFormat(Integer.parseInt(values.get("rate")), new ChannelLayout(speakers)),
                    Long.parseLong(values.get("frames")),
                    new AudioSource.Backend(values.getOrDefault("backend", ""), values.getOrDefault("version", "")),
                    warnings);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
