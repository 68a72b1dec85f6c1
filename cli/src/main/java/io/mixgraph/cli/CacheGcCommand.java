package io.mixgraph.cli;

import io.mixgraph.media.cache.CacheFolder;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "gc",
        description = "Make the cache smaller: what was used longest ago goes first. Registered artifacts are elsewhere"
                + " and stay.")
final class CacheGcCommand extends Subcommand {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})(?:\\.([0-9]{1,3}))? ?([kmgt]?)b?");

    @Option(
            names = "--max-size",
            required = true,
            paramLabel = "SIZE",
            description = "What may stay, such as 10GB, 500MB or 0.")
    @SuppressWarnings("NullAway.Init")
    private String maxSize;

    @Mixin
    private final RegistryOptions registry = new RegistryOptions();

    @Override
    void run() throws Failure, IOException {
        long bytes = bytes("--max-size", maxSize);
        CacheFolder folder = registry.cache();
        CacheFolder.Amount evicted = folder.evict(bytes);
        if (json()) {
            print(evicted);
        } else if (!quiet()) {
            out().println("deleted " + evicted.entries() + " entries, " + Figures.size(evicted.bytes()));
        }
        if (!folder.troubles().isEmpty()) {
            throw Failure.io(String.join("; ", folder.troubles()));
        }
    }

    /** How many bytes a size in decimal units is. */
    static long bytes(String option, String text) throws Failure {
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw Failure.invalid(option + " is a size such as 10GB, 500MB or 0, not " + text);
        }
        long unit = 1;
        for (int i = " kmgt".indexOf(size.group(3).isEmpty() ? " " : size.group(3)); i > 0; i--) {
            unit *= 1000;
        }
        String fraction = size.group(2) == null ? "" : size.group(2);
        double whole = Double.parseDouble(size.group(1) + "." + fraction + "0") * unit;
        return whole >= Long.MAX_VALUE ? Long.MAX_VALUE : (long) whole;
    }
}
