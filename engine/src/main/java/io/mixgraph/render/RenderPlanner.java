package io.mixgraph.render;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.LoudnessMode;
import io.mixgraph.model.Output;
import io.mixgraph.model.Tail;
import io.mixgraph.routing.Edge;
import io.mixgraph.routing.MixGraph;
import io.mixgraph.routing.Node;
import io.mixgraph.routing.Timeline;
import io.mixgraph.wav.WavWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Decides which files a graph is rendered to, how long they are and how many bytes they take. */
public final class RenderPlanner {
    private RenderPlanner() {}

    /** The plan of a graph's render. */
    public static RenderPlan plan(MixGraph graph, Output output) {
        long frames = graph.clipEndFrames() + tailFrames(graph, output.tail());
        AudioFormat format = new AudioFormat(graph.sampleRate(), ChannelLayout.ofCount(output.channels()));
        List<PlannedFile> files = new ArrayList<>();
        if (output.stems().enabled()) {
            for (Edge edge : graph.edges()) {
                Node from = graph.nodes().get(edge.from());
                boolean inSum = edge.to() == graph.masterIndex() && edge.role() == Edge.Role.OUTPUT;
                boolean nested =
                        output.stems().nested() && from.kind() == Node.Kind.BUS && edge.role() == Edge.Role.OUTPUT;
                if (inSum || nested) {
                    files.add(file(
                            from.id(),
                            PlannedFile.Kind.AUDIO_BUS_STEM,
                            "stems/" + from.id() + ".wav",
                            format,
                            output.stems().file().resolved(SampleEncoding.FLOAT32),
                            frames,
                            inSum));
                }
            }
        }
        if (output.preMaster()) {
            files.add(file(
                    "pre_master",
                    PlannedFile.Kind.AUDIO_PRE_MASTER,
                    "pre_master.wav",
                    format,
                    FileFormat.DEFAULT.resolved(SampleEncoding.FLOAT32),
                    frames,
                    false));
        }
        files.add(file(
                "master",
                PlannedFile.Kind.AUDIO_MASTER,
                "master.wav",
                format,
                output.master().resolved(SampleEncoding.PCM24),
                frames,
                false));
        return new RenderPlan(graph, output, frames, files, twoPasses(graph) ? 8L * format.channels() * frames : 0);
    }

    /** Whether the loudness gain is only known after a first pass. */
    static boolean twoPasses(MixGraph graph) {
        return graph.finish().target() != null && graph.finish().target().mode() != LoudnessMode.OFF;
    }

    private static long tailFrames(MixGraph graph, Tail tail) {
        return switch (tail.mode()) {
            case AUTO -> graph.tailFrames();
            case NONE -> 0;
            case SECONDS -> Timeline.frame(tail.seconds(), graph.sampleRate());
        };
    }

    private static PlannedFile file(
            String id,
            PlannedFile.Kind kind,
            String path,
            AudioFormat format,
            FileFormat file,
            long frames,
            boolean inSum) {
        SampleEncoding encoding = Objects.requireNonNull(file.encoding());
        return new PlannedFile(
                id, kind, path, format, file, frames, WavWriter.fileBytes(format, encoding, frames), inSum, List.of());
    }
}
