package io.mixgraph.cli;

import io.mixgraph.documents.Json;
import io.mixgraph.media.Artifact;
import io.mixgraph.media.ArtifactKind;
import io.mixgraph.render.RenderReport;
import io.mixgraph.routing.BusChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An artifact as programs read it: what is printed as JSON. Its fields are those of {@link Artifact}. */
record ArtifactSheet(
        String id,
        ArtifactKind kind,
        String name,
        String path,
        String sha256,
        long size,
        String format,
        long startFrame,
        long endFrame,
        int sampleRate,
        String session,
        String graphHash,
        @Nullable String nodeDigest,
        String engineVersion,
        int dspRevision,
        List<String> assets,
        List<String> parents,
        Meta meta,
        String created) {

    /** How the render that it is of was made: the same for all of its artifacts. */
    public record Meta(
            Map<String, BusChoice> busMap,
            Map<String, String> fxPresets,
            RenderReport.LoudnormMetrics loudnormMetrics) {}

    static ArtifactSheet of(Artifact artifact) {
        return new ArtifactSheet(
                artifact.id(),
                artifact.kind(),
                artifact.name(),
                artifact.path(),
                artifact.sha256(),
                artifact.size(),
                artifact.format(),
                artifact.startFrame(),
                artifact.endFrame(),
                artifact.sampleRate(),
                artifact.session(),
                artifact.graphHash(),
                artifact.nodeDigest(),
                artifact.engineVersion(),
                artifact.dspRevision(),
                artifact.assets(),
                artifact.parents(),
                meta(artifact),
                artifact.created().toString());
    }

    private static Meta meta(Artifact artifact) {
        try {
            return Json.read(artifact.meta(), "the meta of artifact " + artifact.id(), Meta.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
