package io.mixgraph.media;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Renders out of a seed, whose names, recordings and bytes are often the same. Their files are written to a folder. */
final class RandomRenders {
    static final List<String> SESSIONS = List.of("First mix", "Zweite Mischung äöü", "it's \"quoted\" % _ \\", "混音");
    static final List<String> STEMS = List.of("drums", "bass", "vocals", "fx", "other", "plate");

    private final Random random;
    private final Path folder;
    private final int variety;

    /** @param variety of how many different bytes, graphs and digests the renders consist */
    RandomRenders(long seed, Path folder, int variety) {
        this.random = new Random(seed);
        this.folder = folder;
        this.variety = variety;
    }

    RenderRecord next() throws IOException {
        List<Asset> assets = IntStream.range(0, 1 + random.nextInt(4))
                .map(i -> random.nextInt(8))
                .distinct()
                .mapToObj(RandomRenders::asset)
                .toList();
        List<String> recordings = assets.stream().map(Asset::sha256).toList();
        List<RenderRecord.File> files = new ArrayList<>();
        List<Integer> stems = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            stems.add(files.size());
            files.add(file(
                    ArtifactKind.AUDIO_BUS_STEM,
                    STEMS.get(random.nextInt(STEMS.size())),
                    hash("node " + random.nextInt(variety)),
                    recordings.subList(0, 1 + random.nextInt(recordings.size())),
                    List.of()));
        }
        files.add(file(ArtifactKind.AUDIO_MASTER, "master", null, recordings, stems));
        int master = files.size() - 1;
        if (random.nextBoolean()) {
            files.add(file(ArtifactKind.AUDIO_DELIVERABLE, "instrumental", null, recordings, List.of(master, 0)));
        }
        List<Integer> all = IntStream.range(0, files.size()).boxed().toList();
        files.add(file(ArtifactKind.MIX_REPORT, "report", null, recordings, all));
        return new RenderRecord(
                SESSIONS.get(random.nextInt(SESSIONS.size())),
                hash("graph " + random.nextInt(variety)),
                "0.1.0",
                3 + random.nextInt(2),
                assets,
                files,
                "{\"loudnorm_metrics\": {\"output_i\": -14.00, \"input_tp\": null}, \"bus_map\": {\"kick\": \"drums\"}}");
    }

    private RenderRecord.File file(
            ArtifactKind kind, String name, @Nullable String nodeDigest, List<String> assets, List<Integer> parents)
            throws IOException {
        byte[] bytes = ("sound " + random.nextInt(variety))
                .repeat(1 + random.nextInt(3))
                .getBytes(StandardCharsets.UTF_8);
        String sha256 = hash(bytes);
        Path file = folder.resolve(sha256);
        if (!Files.exists(file)) {
            Files.write(file, bytes);
        }
        String format = kind == ArtifactKind.MIX_REPORT ? "json" : "wav";
        return new RenderRecord.File(
                kind,
                name,
                name + "." + format,
                file,
                sha256,
                bytes.length,
                format,
                0,
                48000 + random.nextInt(variety),
                48000,
                nodeDigest,
                assets,
                parents);
    }

    static Asset asset(int number) {
        return new Asset(
                hash("recording " + number), "audio/take " + number + ".flac", 1000 + number, "flac", 96000, 44100, 2);
    }

    static String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(ArtifactId.sha256().digest(bytes));
    }
}
