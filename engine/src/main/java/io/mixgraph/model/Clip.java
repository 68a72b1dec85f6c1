package io.mixgraph.model;

import io.mixgraph.fx.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stretch of a source on the timeline. Where clips of a track overlap, they sum. */
public record Clip(
        @Parameter(doc = "The file, relative to the document.", required = true)
        String source,

        @Parameter(doc = "Where it starts on the timeline.", min = 0, max = 1e6, absent = "0")
        double startS,

        @Parameter(doc = "How much of the source's beginning is left out.", min = 0, max = 1e6, absent = "0")
        double offsetS,

        @Parameter(doc = "How long it plays; to the source's end when absent.", min = 0, max = 1e6) @Nullable
        Double durationS,

        @Parameter(doc = "Gain.", min = -144, max = 60, absent = "0")
        double gainDb,

        @Parameter(doc = "Length of the fade at its start.", min = 0, max = 1e6, absent = "0")
        double fadeInS,

        @Parameter(doc = "Length of the fade at its end.", min = 0, max = 1e6, absent = "0")
        double fadeOutS,

        @Parameter(doc = "The shape of both fades.", absent = "equal_power")
        FadeShape fadeShape,

        @Parameter(
                doc = "A gain over time beside gain_db: [time_s, gain_db] points, the time since the clip's start.",
                min = -144,
                max = 60)
        List<Automation.Point> gainEnvelope) {

    public Clip {
        source = Normal.text(source);
        fadeShape = fadeShape == null ? FadeShape.EQUAL_POWER : fadeShape;
        gainEnvelope = Normal.copy(gainEnvelope);
    }

    /** The whole of a source, at the start of the timeline. */
    public static Clip of(String source) {
        return new Clip(source, 0, 0, null, 0, 0, 0, FadeShape.EQUAL_POWER, List.of());
    }

    public Clip withStartS(double newStartS) {
        return new Clip(source, newStartS, offsetS, durationS, gainDb, fadeInS, fadeOutS, fadeShape, gainEnvelope);
    }

    public Clip withGainEnvelope(List<Automation.Point> newGainEnvelope) {
        return new Clip(source, startS, offsetS, durationS, gainDb, fadeInS, fadeOutS, fadeShape, newGainEnvelope);
    }
}
