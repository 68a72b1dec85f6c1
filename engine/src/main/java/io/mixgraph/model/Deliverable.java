package io.mixgraph.model;

import io.mixgraph.fx.Inline;
import io.mixgraph.fx.Parameter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Another file of the same render: a sum of stems (an instrumental, a mix-minus), or, with neither sum nor except, the
 * master once more in another format.
 */
public record Deliverable(
        @Parameter(doc = "Its unique id, which names its file: deliverables/ID.wav.", required = true)
        String id,

        @Parameter(doc = "The stems that it is the sum of, by their buses.") @Nullable
        List<String> sum,

        @Parameter(doc = "The stems that are left out; it is the sum of all others.") @Nullable
        List<String> except,

        @Parameter(doc = "Where its stems are taken, pre_master or mastered; as output.stems has it when absent.")
        @Nullable
        StemTap tap,

        @Inline FileFormat file,

        @Parameter(
                doc = "Frames per second of this file; those of the other files when absent.",
                min = Session.MIN_SAMPLE_RATE,
                max = Session.MAX_SAMPLE_RATE)
        @Nullable
        Integer sampleRate,

        @Parameter(
                doc = "For stem_mp4: four stems by name, each with the buses that it is the sum of; drums, bass, other"
                        + " and vocals by the buses of these names when absent, all other buses in other.")
        @Nullable
        Map<String, List<String>> stems) {

    /** The stem of what effects of the master add that are not linear; no bus may be called so. */
    public static final String RESIDUAL = "residual";

    /** The stem that takes what no other does. */
    public static final String OTHER = "other";

    /** The stems of a stem_mp4 that says nothing else, in order. */
    public static final List<String> FOUR_STEMS = List.of("drums", "bass", OTHER, "vocals");

    public Deliverable {
        id = Normal.text(id);
        sum = Normal.copyOrNull(sum);
        except = Normal.copyOrNull(except);
        file = file == null ? FileFormat.DEFAULT : file;
        if (stems != null) {
            Map<String, List<String>> copies = new LinkedHashMap<>();
            stems.forEach((name, buses) -> copies.put(name, Normal.copy(buses)));
            stems = Collections.unmodifiableMap(copies);
        }
    }

    /** The sum of these buses' stems. */
    public static Deliverable sum(String id, List<String> buses) {
        return new Deliverable(id, buses, null, null, FileFormat.DEFAULT, null, null);
    }

    /** The sum of all stems but these. */
    public static Deliverable except(String id, List<String> buses) {
        return new Deliverable(id, null, buses, null, FileFormat.DEFAULT, null, null);
    }

    /** The master in another format. */
    public static Deliverable master(String id, FileFormat file) {
        return new Deliverable(id, null, null, null, file, null, null);
    }

    /** The same of stems taken elsewhere. */
    public Deliverable withTap(StemTap newTap) {
        return new Deliverable(id, sum, except, newTap, file, sampleRate, stems);
    }

    /** The same in another format. */
    public Deliverable withFile(FileFormat newFile) {
        return new Deliverable(id, sum, except, tap, newFile, sampleRate, stems);
    }

    /** The same at another rate. */
    public Deliverable withSampleRate(int rate) {
        return new Deliverable(id, sum, except, tap, file, rate, stems);
    }

    /** The same with these four stems. */
    public Deliverable withStems(Map<String, List<String>> newStems) {
        return new Deliverable(id, sum, except, tap, file, sampleRate, newStems);
    }

    /** Whether it is the master, not a sum of stems. */
    public boolean isMaster() {
        return sum == null && except == null;
    }
}
