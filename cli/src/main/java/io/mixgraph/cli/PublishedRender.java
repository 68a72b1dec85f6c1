package io.mixgraph.cli;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.documents.Json;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.fx.Recording;
import io.mixgraph.media.ArtifactKind;
import io.mixgraph.media.Asset;
import io.mixgraph.media.RenderRecord;
import io.mixgraph.model.StemTap;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.PlannedStem;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.render.RenderReport;
import io.mixgraph.render.RenderScope;
import io.mixgraph.routing.MixGraph;
import io.mixgraph.routing.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A render as it was published: what it was made of and what it made, by digests. Enough to know it again, and with its
 * report to register it.
 *
 * @param inputs the SHA-256 of every file that was read beside the session document, by its path
 * @param assets the recordings among them, in the order of the session
 * @param files what was made, each after those it was made of, the report last
 */
public record PublishedRender(Map<String, String> inputs, List<Asset> assets, List<Made> files) {

    /**
     * A file that was made.
     *
     * @param kind what it is; null for what nobody registers
     * @param name the bus's id of a stem, the deliverable's, or the kind's
     * @param path in the output folder, with forward slashes
     * @param sha256 of its bytes
     * @param size its bytes
     * @param format the container
     * @param sampleRate frames per second
     * @param frames its length
     * @param nodeDigest what names the signal of a stem; null for others
     * @param assets the recordings it was made of, by their SHA-256
     * @param parents the files it was made of, by their place in the list
     */
    public record Made(
            @Nullable ArtifactKind kind,
            String name,
            String path,
            String sha256,
            long size,
            String format,
            int sampleRate,
            long frames,
            @Nullable String nodeDigest,
            List<String> assets,
            List<Integer> parents) {}

    /**
     * What stands in a folder.
     *
     * @param out the folder
     * @param scope what names the signals of the plan
     * @param session with everything that was read for it
     * @param beside what was written beside the files of the report: the report itself, last, and its page
     */
    static PublishedRender of(
            Path out, RenderPlan plan, RenderReport report, RenderScope scope, SessionFile session, List<Path> beside)
            throws IOException {
        List<Asset> assets = session.assets();
        List<String> all = assets.stream().map(Asset::sha256).toList();
        List<Made> files = new ArrayList<>();
        for (RenderReport.FileReport file : inOrder(report)) {
            PlannedStem stem = stem(plan, file);
            files.add(new Made(
                    ArtifactKind.valueOf(file.kind().name()),
                    file.id(),
                    file.path(),
                    Objects.requireNonNull(file.sha256(), "a file without bytes"),
                    Files.size(out.resolve(file.path())),
                    word(file.format()),
                    file.sampleRate(),
                    file.frames(),
                    stem != null && stem.tap() == StemTap.PRE_MASTER
                            ? scope.edges().get(stem.edge()).digest()
                            : null,
                    stem == null ? all : heard(plan.graph(), stem.edge(), all),
                    parents(report, file, files)));
        }
        for (Path path : beside) {
            Path file = out.resolve(path);
            boolean last = path.equals(beside.get(beside.size() - 1));
            String name = path.toString();
            files.add(new Made(
                    last ? ArtifactKind.MIX_REPORT : null,
                    "report",
                    name,
                    Digest.sha256(file),
                    Files.size(file),
                    name.substring(name.lastIndexOf('.') + 1),
                    report.sampleRate(),
                    report.frames(),
                    null,
                    last ? all : List.of(),
                    last ? every(report.files().size()) : List.of()));
        }
        return new PublishedRender(session.inputs(), assets, files);
    }

    /** Deliverables may be the master once more, which the report lists last; here they come after it. */
    private static List<RenderReport.FileReport> inOrder(RenderReport report) {
        List<RenderReport.FileReport> order = new ArrayList<>(report.files());
        order.sort(Comparator.comparing(file -> file.kind() == PlannedFile.Kind.AUDIO_DELIVERABLE));
        return order;
    }

    /** The stem of a bus that a file is; null for others. */
    private static @Nullable PlannedStem stem(RenderPlan plan, RenderReport.FileReport file) {
        return plan.stems().stream()
                .filter(stem -> stem.written() && stem.edge() != PlannedStem.RESIDUAL)
                .filter(stem -> stem.file().path().equals(file.path()))
                .findFirst()
                .orElse(null);
    }

    private static List<Integer> every(int files) {
        List<Integer> every = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            every.add(i);
        }
        return every;
    }

    /** Of all recordings those that are heard in what an edge carries. */
    private static List<String> heard(MixGraph graph, int edge, List<String> all) {
        boolean[] feeds = new boolean[graph.nodes().size()];
        feeds[graph.edges().get(edge).from()] = true;
        Set<String> heard = new HashSet<>();
        // Every node comes after all that feed or key it.
        for (int n = feeds.length - 1; n >= 0; n--) {
            if (feeds[n]) {
                Node node = graph.nodes().get(n);
                node.clips().forEach(clip -> heard.add(digest(clip.source())));
                node.effects()
                        .forEach(slot ->
                                recordings(slot.effect()).forEach(recording -> heard.add(digest(recording.opened()))));
                graph.edgesInto(n).forEach(into -> feeds[into.from()] = true);
            }
        }
        return all.stream().filter(heard::contains).toList();
    }

    private static String digest(AudioSource source) {
        return Objects.requireNonNull(source.original().digest(), "a recording was opened without its digest");
    }

    private static List<Recording> recordings(Effect effect) {
        List<Recording> recordings = new ArrayList<>();
        for (RecordShape.Field field : RecordShape.of(effect.getClass()).fields()) {
            if (field.get(effect) instanceof Recording recording) {
                recordings.add(recording);
            }
        }
        return recordings;
    }

    /** The master and what goes into it are made of the stems before it; a deliverable of what it says. */
    private static List<Integer> parents(RenderReport report, RenderReport.FileReport file, List<Made> before) {
        boolean stemsBefore = report.certificate().stemsTap() == StemTap.PRE_MASTER;
        List<String> sum = file.sumOf();
        List<Integer> parents = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            Made made = before.get(i);
            boolean inSum = made.kind() == ArtifactKind.AUDIO_BUS_STEM
                    && report.files().stream()
                            .anyMatch(one -> one.inSum() && one.path().equals(made.path()));
            boolean parent = switch (file.kind()) {
                case AUDIO_BUS_STEM -> false;
                case AUDIO_PRE_MASTER, AUDIO_MASTER -> stemsBefore && inSum;
                case AUDIO_DELIVERABLE ->
                    sum != null && sum.contains(made.name()) && (inSum || made.kind() == ArtifactKind.AUDIO_MASTER);
            };
            if (parent) {
                parents.add(i);
            }
        }
        return parents;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The digest of everything that was made, by its path. */
    Map<String, String> outputs() {
        Map<String, String> outputs = new LinkedHashMap<>();
        for (Made file : files) {
            outputs.put(file.path(), file.sha256());
        }
        return outputs;
    }

    /**
     * What there is to register.
     *
     * @param out the folder that it is in
     * @param report what it says of itself
     */
    RenderRecord record(Path out, RenderReport report) {
        List<RenderRecord.File> made = new ArrayList<>();
        for (Made file : files) {
            // What nobody registers stands at the end, before the report, and is nobody's parent.
            if (file.kind() != null) {
                made.add(new RenderRecord.File(
                        file.kind(),
                        file.name(),
                        file.path(),
                        out.resolve(file.path()),
                        file.sha256(),
                        file.size(),
                        file.format(),
                        0,
                        file.frames(),
                        file.sampleRate(),
                        file.nodeDigest(),
                        file.assets(),
                        file.parents()));
            }
        }
        return new RenderRecord(
                report.name(),
                report.graphHash(),
                report.engine().version(),
                report.engine().dspRevision(),
                assets,
                made,
                Json.write(new ArtifactSheet.Meta(report.busMap(), report.fxPresets(), report.loudnormMetrics())));
    }
}
