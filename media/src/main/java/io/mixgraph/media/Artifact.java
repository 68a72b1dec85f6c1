package io.mixgraph.media;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a render made.
 *
 * @param id 32 hexadecimal digits that follow from what it is ({@link RenderRecord}): whoever registers the same thing
 *     registers it once
 * @param kind what it is
 * @param name the bus's id of a stem, the id of a deliverable; {@code master}, {@code pre_master}, {@code report}
 * @param path where it was in the folder of its render, with forward slashes
 * @param sha256 of its bytes, in lower-case hexadecimal: where the store has it
 * @param size its bytes
 * @param format the container: {@code wav}, {@code flac}, {@code json}
 * @param startFrame the frame of the timeline at which it starts, at {@code sampleRate}
 * @param endFrame the frame after its last
 * @param sampleRate frames per second; of the session for a report
 * @param session the name of the mix
 * @param graphHash of the compiled graph
 * @param nodeDigest of everything that decides the signal of a stem; null where nothing is named so
 * @param engineVersion which engine made it
 * @param dspRevision any two engines with one revision give the same bits
 * @param assets the recordings it was made of, by {@link Asset#sha256}, in the order of the session
 * @param parents the artifacts it was made of, by id
 * @param meta a JSON object: {@code {bus_map, fx_presets, loudnorm_metrics}}
 * @param created when it was registered first, by the clock of the machine that did; in no file and in no digest
 */
public record Artifact(
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
        String meta,
        Instant created) {
    public Artifact {
        assets = List.copyOf(assets);
        parents = List.copyOf(parents);
    }
}
