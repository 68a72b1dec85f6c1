package io.mixgraph.routing;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Numbers;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.EffectType;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.fx.Recording;
import io.mixgraph.model.InputMode;
import io.mixgraph.model.InsertChannels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A graph as text: one line for each node, clip, effect and edge, in the graph's order, the same on every machine. */
public final class GraphText {
    private GraphText() {}

    /** The canonical text, whose digest is the graph's hash. Lines end in a newline; numbers are exact. */
    public static String canonical(MixGraph graph) {
        StringBuilder text = new StringBuilder("mixgraph 1\nrate ")
                .append(graph.sampleRate())
                .append('\n');
        for (Node node : graph.nodes()) {
            text.append("node ").append(word(node.kind())).append(' ').append(node.id());
            text.append(" channels=").append(node.layout().channels());
            text.append(node.input() == InputMode.STEREO ? "" : " input=" + word(node.input()));
            text.append(node.phaseInvert() ? " phase_invert" : "");
            text.append(node.trimDelayFrames() == 0 ? "" : " trim=" + node.trimDelayFrames())
                    .append('\n');
            for (ClipPlacement clip : node.clips()) {
                text.append("  ").append(clip(clip)).append('\n');
            }
            for (EffectSlot slot : node.effects()) {
                text.append("  ").append(slot(slot)).append('\n');
            }
        }
        for (Edge edge : graph.edges()) {
            text.append(edge(graph, edge)).append('\n');
        }
        for (String line : finish(graph.finish())) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    /** An effect: {@code name@revision parameter=value …}, every parameter in declared order. */
    public static String effect(Effect effect) {
        EffectType type = EffectCatalogue.of(effect);
        StringBuilder text = new StringBuilder(type.name()).append('@').append(type.revision());
        for (RecordShape.Field field : type.shape().fields()) {
            Object value = field.get(effect);
            if (value != null) {
                text.append(' ').append(field.name()).append('=').append(value(value));
            }
        }
        return text.toString();
    }

    /** An effect in its place: what {@link #effect} says, then what of its place is not as usual. */
    static String slot(EffectSlot slot) {
        StringBuilder text = new StringBuilder(effect(slot.effect()));
        if (!slot.mix().equals(Curve.constant(1))) {
            text.append(" mix=").append(slot.mix());
        }
        if (slot.channels() != InsertChannels.STEREO) {
            text.append(" on=").append(word(slot.channels()));
        }
        if (slot.key() != null && slot.key().highpassHz() != null) {
            text.append(" key_highpass_hz=").append(Numbers.text(slot.key().highpassHz()));
        }
        if (slot.key() != null && slot.key().lowpassHz() != null) {
            text.append(" key_lowpass_hz=").append(Numbers.text(slot.key().lowpassHz()));
        }
        slot.curves()
                .forEach((path, curve) ->
                        text.append(" curve:").append(path).append('=').append(curve));
        return text.toString();
    }

    static String clip(ClipPlacement clip) {
        return "clip start=" + clip.startFrame()
                + " length=" + clip.lengthFrames()
                + " offset=" + clip.offsetFrames()
                + " gain_db=" + Numbers.text(clip.gainDb())
                + " fade_in=" + clip.fadeInFrames()
                + " fade_out=" + clip.fadeOutFrames()
                + " fade_shape=" + word(clip.fadeShape())
                + " rate=" + clip.sourceRate()
                + " channels=" + clip.source().format().channels()
                + (clip.envelope().equals(Curve.constant(0)) ? "" : " envelope=" + clip.envelope())
                + (clip.downmix() == null ? "" : " downmix=" + word(clip.downmix()));
    }

    static String edge(MixGraph graph, Edge edge) {
        String key = edge.port() == Edge.Port.KEY ? " effect=" + edge.effect() : "";
        return "edge " + graph.nodes().get(edge.from()).id() + " " + word(edge.tap()) + " -> "
                + graph.nodes().get(edge.to()).id() + " " + word(edge.port()) + key
                + " gain_db=" + edge.gainDb()
                + (edge.gate().equals(Curve.constant(1)) ? "" : " gate=" + edge.gate())
                + " pan=" + edge.panning()
                + (edge.silent() ? " silent" : "")
                + " delay=" + edge.delayFrames();
    }

    static List<String> finish(MasterFinish finish) {
        List<String> lines = new ArrayList<>();
        lines.add("finish gain_db=" + finish.gainDb());
        if (finish.target() != null) {
            lines.add("loudness target_lufs=" + Numbers.text(finish.target().lufs())
                    + " true_peak_db=" + Numbers.text(finish.target().truePeakDb())
                    + " mode=" + word(finish.target().mode())
                    + (finish.target().maxReductionDb() == null
                            ? ""
                            : " max_reduction_db="
                                    + Numbers.text(finish.target().maxReductionDb())));
        }
        if (finish.limiter() != null) {
            lines.add(effect(finish.limiter()));
        }
        return lines;
    }

    static String value(@Nullable Object value) {
        if (value instanceof Double number) {
            return Numbers.text(number);
        }
        if (value instanceof Enum<?> constant) {
            return word(constant);
        }
        if (value instanceof Recording recording) {
            AudioSource source = recording.opened();
            return "recording(channels=" + source.format().channels() + ",frames=" + source.frames() + ")";
        }
        if (value instanceof Record record) {
            List<String> texts = new ArrayList<>();
            for (RecordShape.Field field : RecordShape.of(record.getClass()).fields()) {
                Object part = field.get(record);
                if (part != null) {
                    texts.add(field.name() + "=" + value(part));
                }
            }
            return "{" + String.join(",", texts) + "}";
        }
        if (value instanceof Collection<?> list) {
            List<String> texts = new ArrayList<>();
            for (Object item : list) {
                texts.add(value(item));
            }
            return "[" + String.join(",", texts) + "]";
        }
        return String.valueOf(value);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
