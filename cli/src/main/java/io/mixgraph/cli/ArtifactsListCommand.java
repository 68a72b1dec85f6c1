package io.mixgraph.cli;

import io.mixgraph.media.Artifact;
import io.mixgraph.media.ArtifactKind;
import io.mixgraph.media.ArtifactQuery;
import io.mixgraph.media.Registry;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List artifacts, the newest first.")
final class ArtifactsListCommand extends Subcommand {
    private static final int MIN_HASH = 8;

    @Mixin
    private final RegistryOptions registry = new RegistryOptions();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Only of this kind: audio_bus_stem, audio_pre_master, audio_deliverable, audio_master or"
                    + " mix_report.")
    private @Nullable String kind;

    @Option(names = "--session", paramLabel = "NAME", description = "Only of mixes of this name.")
    private @Nullable String session;

    @Option(
            names = {"--bus", "--name"},
            paramLabel = "ID",
            description = "Only stems of this bus, or deliverables of this id.")
    private @Nullable String name;

    @Option(
            names = "--hash",
            paramLabel = "HEX",
            description =
                    "Only with this SHA-256, graph hash or node digest, or one that begins so (8 digits or more).")
    private @Nullable String hash;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only registered at this time or later: 2026-01-31 or 2026-01-31T12:00:00Z.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only registered before this time.")
    private @Nullable String until;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many; 50 by default.")
    private int limit;

    @Option(names = "--offset", paramLabel = "N", defaultValue = "0", description = "Leave out the first so many.")
    private int offset;

    @Override
    void run() throws Failure, IOException {
        ArtifactQuery query = query();
        List<Artifact> found;
        try (Registry opened = registry.openExisting()) {
            found = opened.find(query);
        }
        if (json()) {
            print(found.stream().map(ArtifactSheet::of).toList());
            return;
        }
        ArtifactText.table(found).forEach(out()::println);
        if (found.size() == limit && !quiet()) {
            log().info("there may be more; --offset " + (offset + limit) + " shows them");
        }
    }

    private ArtifactQuery query() throws Failure {
        if (limit < 1 || offset < 0) {
            throw Failure.invalid("--limit is 1 or more and --offset 0 or more, not " + limit + " and " + offset);
        }
        if (hash != null && !hash.matches("[0-9a-f]{" + MIN_HASH + ",64}")) {
            throw Failure.invalid("--hash is " + MIN_HASH + " to 64 digits of 0-9 and a-f, not " + hash);
        }
        return new ArtifactQuery(
                kind(), session, name, hash, time("--since", since), time("--until", until), limit, offset);
    }

    private @Nullable ArtifactKind kind() throws Failure {
        try {
            return kind == null ? null : ArtifactKind.of(kind);
        } catch (IllegalArgumentException e) {
            throw Failure.invalid(e.getMessage() + "; there are "
                    + Arrays.stream(ArtifactKind.values())
                            .map(ArtifactKind::word)
                            .collect(Collectors.joining(", ")));
        }
    }

    private static @Nullable Instant time(String option, @Nullable String text) throws Failure {
        if (text == null) {
            return null;
        }
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw Failure.invalid(
                    option + " is a day or a time in UTC, such as 2026-01-31 or 2026-01-31T12:00:00Z, not " + text);
        }
    }
}
