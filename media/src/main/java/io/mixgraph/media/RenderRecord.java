package io.mixgraph.media;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A finished render, to be registered: all of it or nothing.
 *
 * @param session the name of the mix
 * @param graphHash of the compiled graph
 * @param engineVersion which engine rendered it
 * @param dspRevision its revision of the sound
 * @param assets the recordings it played, in the order of the session
 * @param files what it made, each after those it was made of
 * @param meta a JSON object for all of them: {@code {bus_map, fx_presets, loudnorm_metrics}}
 */
public record RenderRecord(
        String session,
        String graphHash,
        String engineVersion,
        int dspRevision,
        List<Asset> assets,
        List<File> files,
        String meta) {
    public RenderRecord {
        assets = List.copyOf(assets);
        files = List.copyOf(files);
        Set<String> recordings = assets.stream().map(Asset::sha256).collect(Collectors.toSet());
        for (int i = 0; i < files.size(); i++) {
            int place = i;
            if (!files.get(i).parents().stream().allMatch(parent -> parent >= 0 && parent < place)
                    || !recordings.containsAll(files.get(i).assets())) {
                throw new IllegalArgumentException(files.get(i).path() + " is made of what does not come before it");
            }
        }
    }

    /**
     * A file that it made.
     *
     * @param kind what it is
     * @param name the bus's id of a stem, the id of a deliverable; {@code master}, {@code pre_master}, {@code report}
     * @param path where it is in the folder of the render, with forward slashes
     * @param bytes where its bytes are now, whole and published; they are copied
     * @param sha256 of them, in lower-case hexadecimal
     * @param size how many they are
     * @param format the container
     * @param startFrame the frame of the timeline at which it starts
     * @param endFrame the frame after its last
     * @param sampleRate frames per second
     * @param nodeDigest of everything that decides the signal; null where nothing is named so
     * @param assets the recordings it was made of, by their SHA-256
     * @param parents the files before it that it was made of, by their place in the list of files
     */
    public record File(
            ArtifactKind kind,
            String name,
            String path,
            Path bytes,
            String sha256,
            long size,
            String format,
            long startFrame,
            long endFrame,
            int sampleRate,
            @Nullable String nodeDigest,
            List<String> assets,
            List<Integer> parents) {
        public File {
            assets = List.copyOf(assets);
            parents = List.copyOf(parents);
        }
    }
}
