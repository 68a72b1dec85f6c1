package io.mixgraph.cli;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Dither;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.fx.Recording;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.LoudnessMode;
import io.mixgraph.model.StemTap;
import io.mixgraph.model.Tap;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.PlannedSum;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.render.RenderScope;
import io.mixgraph.routing.BusChoice;
import io.mixgraph.routing.ClipPlacement;
import io.mixgraph.routing.Curve;
import io.mixgraph.routing.Edge;
import io.mixgraph.routing.EffectSlot;
import io.mixgraph.routing.EffectWords;
import io.mixgraph.routing.MasterFinish;
import io.mixgraph.routing.MixGraph;
import io.mixgraph.routing.Node;
import io.mixgraph.routing.StripWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan as people and programs read it: what is printed as JSON.
 *
 * @param frames the length of every file
 * @param clipEndFrames the end of the last clip
 * @param tailFrames the longest path of declared tails
 * @param fileBytes of all files
 * @param temporaryBytes beside them while rendering: the master's spool, and one for each stem that goes through it
 */
record PlanSummary(
        String name,
        String graphHash,
        int sampleRate,
        long frames,
        double lengthS,
        long clipEndFrames,
        long tailFrames,
        List<Strip> strips,
        Finish master,
        List<File> files,
        long fileBytes,
        long temporaryBytes,
        List<String> notes) {

    /**
     * A track, a bus or the master's sum.
     *
     * @param output the bus it goes to; null for the master
     * @param reason why a track goes there; null for others
     * @param gain the fader in dB, or its points {@code [frame, gain_db]} when it is automated
     * @param pan likewise
     * @param words what else is not as usual about its input and image
     * @param silent whether mute or solo silences it
     * @param latencyFrames by how much its output is late before trimming
     * @param waitFrames by how much its output is delayed to line up with the others
     */
    record Strip(
            Node.Kind kind,
            String id,
            String name,
            int channels,
            @Nullable String output,
            @Nullable String reason,
            Object gain,
            Object pan,
            List<String> words,
            boolean silent,
            @Nullable String fxPreset,
            List<Map<String, Object>> fx,
            List<String> fxWords,
            List<Clip> clips,
            List<Send> sends,
            int latencyFrames,
            int waitFrames,
            RenderScope.Use work) {}

    /** A clip in frames of the session's rate. */
    record Clip(
            String source,
            long startFrame,
            long lengthFrames,
            long offsetFrames,
            double gainDb,
            int sourceRate,
            int sourceChannels) {}

    /** A copy of a strip's signal to a bus; its gain includes the fader when it is taken after it. */
    record Send(String to, Tap tap, Object gain, boolean silent) {}

    /**
     * What the master does after its effects.
     *
     * @param gain the fader in dB, or its points {@code [frame, gain_db]} when it is automated
     * @param loudnessPreset {@code name@version} of the published target; null when it was given in figures
     * @param maxReductionDb the most that the limiter may take away; null for any
     */
    record Finish(
            Object gain,
            @Nullable Double targetLufs,
            @Nullable LoudnessMode mode,
            @Nullable String loudnessPreset,
            @Nullable Double maxReductionDb,
            @Nullable Double limiterTruePeakDb) {}

    /**
     * A file that will be written.
     *
     * @param tap where the stems that it is, or is made of, are taken; null for the master and what goes into it
     * @param sumOf for a deliverable, the stems that it is the sum of, or the master
     * @param stems for a stem_mp4, the stems in it by name, each with the buses that it is the sum of
     * @param encoding how samples are stored, or handed to an encoder
     * @param bitrateKbps of a lossy file; null for others
     * @param bytes exactly; of a compressed file, about the most that it can take
     */
    record File(
            String id,
            PlannedFile.Kind kind,
            String path,
            @Nullable StemTap tap,
            @Nullable List<String> sumOf,
            @Nullable Map<String, List<String>> stems,
            FileFormat.Container format,
            SampleEncoding encoding,
            Dither dither,
            @Nullable Integer bitrateKbps,
            int sampleRate,
            int channels,
            long frames,
            boolean inSum,
            long bytes) {}

    static PlanSummary of(String name, RenderPlan plan, RenderScope scope) {
        MixGraph graph = plan.graph();
        List<List<Edge>> leaving = new ArrayList<>();
        graph.nodes().forEach(node -> leaving.add(new ArrayList<>()));
        graph.edges().forEach(edge -> leaving.get(edge.from()).add(edge));
        List<Strip> strips = new ArrayList<>();
        for (Node.Kind kind : Node.Kind.values()) {
            for (int i = 0; i < graph.nodes().size(); i++) {
                if (graph.nodes().get(i).kind() == kind) {
                    strips.add(strip(
                            graph,
                            graph.nodes().get(i),
                            leaving.get(i),
                            scope.nodes().get(i).use()));
                }
            }
        }
        List<String> notes = new ArrayList<>(graph.notes());
        for (AudioSource source : graph.sources()) {
            notes.addAll(source.warnings());
        }
        return new PlanSummary(
                name,
                graph.hash(),
                graph.sampleRate(),
                plan.frames(),
                (double) plan.frames() / graph.sampleRate(),
                graph.clipEndFrames(),
                graph.tailFrames(),
                strips,
                finish(graph.finish()),
                plan.files().stream().map(file -> file(file, plan)).toList(),
                plan.fileBytes(),
                plan.spoolBytes(),
                notes);
    }

    private static Strip strip(MixGraph graph, Node node, List<Edge> leaving, RenderScope.Use use) {
        Edge output = null;
        List<Send> sends = new ArrayList<>();
        for (Edge edge : leaving) {
            if (edge.role() == Edge.Role.OUTPUT) {
                output = edge;
            } else if (edge.role() == Edge.Role.SEND) {
                sends.add(new Send(graph.nodes().get(edge.to()).id(), edge.tap(), value(edge.gainDb()), edge.silent()));
            }
        }
        BusChoice choice = node.kind() == Node.Kind.TRACK ? graph.busMap().get(node.id()) : null;
        return new Strip(
                node.kind(),
                node.id(),
                node.name(),
                node.layout().channels(),
                output == null ? null : graph.nodes().get(output.to()).id(),
                choice == null ? null : choice.reason(),
                value(output == null ? graph.finish().gainDb() : output.gainDb()),
                output == null ? 0.0 : value(output.panning().pan()),
                words(node, output),
                output != null && output.silent(),
                graph.fxPresets().get(node.id()),
                node.effects().stream().map(PlanSummary::effect).toList(),
                node.effects().stream().map(EffectWords::of).toList(),
                node.clips().stream().map(PlanSummary::clip).toList(),
                sends,
                node.outputLatencyFrames(),
                output == null ? 0 : output.delayFrames(),
                use);
    }

    private static List<String> words(Node node, @Nullable Edge output) {
        List<String> words = new ArrayList<>(StripWords.input(node));
        if (output != null) {
            words.addAll(StripWords.image(output.panning()));
            if (!output.gate().isConstant()) {
                words.add("mute over " + output.gate().size() + " points");
            }
        }
        return words;
    }

    /** The value when it is constant, else its points. */
    private static Object value(Curve curve) {
        if (curve.isConstant()) {
            return curve.value(0);
        }
        List<List<Object>> points = new ArrayList<>();
        for (int i = 0; i < curve.size(); i++) {
            points.add(List.of(curve.frame(i), curve.value(i)));
        }
        return points;
    }

    private static Map<String, Object> effect(EffectSlot slot) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", EffectCatalogue.of(slot.effect()).name());
        fields.putAll(fields(slot.effect()));
        return fields;
    }

    private static Map<String, Object> fields(Object record) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (RecordShape.Field field : RecordShape.of(record.getClass()).fields()) {
            Object value = field.get(record);
            if (value != null) {
                fields.put(field.name(), plain(value));
            }
        }
        return fields;
    }

    private static Object plain(Object value) {
        if (value instanceof Recording recording) {
            return recording.name();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(PlanSummary::plain).toList();
        }
        return value instanceof Record record ? fields(record) : value;
    }

    private static Clip clip(ClipPlacement clip) {
        return new Clip(
                clip.source().name(),
                clip.startFrame(),
                clip.lengthFrames(),
                clip.offsetFrames(),
                clip.gainDb(),
                clip.sourceRate(),
                clip.source().format().channels());
    }

    private static Finish finish(MasterFinish finish) {
        MasterFinish.Target target = finish.target();
        return new Finish(
                value(finish.gainDb()),
                target == null ? null : Double.valueOf(target.lufs()),
                target == null ? null : target.mode(),
                target == null ? null : target.preset(),
                target == null ? null : target.maxReductionDb(),
                finish.limiter() == null
                        ? null
                        : Double.valueOf(finish.limiter().truePeakDb()));
    }

    private static File file(PlannedFile file, RenderPlan plan) {
        PlannedSum sum = plan.sums().stream()
                .filter(one -> one.file().equals(file))
                .findFirst()
                .orElse(null);
        StemTap tap = sum == null ? null : sum.tap();
        if (file.kind() == PlannedFile.Kind.AUDIO_BUS_STEM) {
            tap = plan.output().stems().tap();
        }
        Map<String, List<String>> stems = new LinkedHashMap<>();
        for (int i = 0; sum != null && i < file.streams().size(); i++) {
            stems.put(file.streams().get(i), sum.streams().get(i + 1));
        }
        boolean lossy = file.file().format().lossy() && !file.encoding().integer();
        return new File(
                file.id(),
                file.kind(),
                file.path(),
                tap,
                sum == null ? null : sum.sumOf(),
                stems.isEmpty() ? null : stems,
                file.file().format(),
                file.encoding(),
                file.dither(),
                lossy ? file.file().bitrateKbps() : null,
                file.format().sampleRate(),
                file.format().channels(),
                file.frames(),
                file.inSum(),
                file.bytes());
    }
}
