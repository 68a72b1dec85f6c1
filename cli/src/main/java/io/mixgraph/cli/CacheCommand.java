package io.mixgraph.cli;

import io.mixgraph.media.cache.CacheFolder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "cache",
        description = "Show what is kept of earlier renders so that it need not be done again.",
        subcommands = CacheGcCommand.class)
final class CacheCommand extends Subcommand {
    @Mixin
    private final RegistryOptions registry = new RegistryOptions();

    /** As programs read it. */
    private record Sheet(long entries, long bytes, Map<String, CacheFolder.Amount> kinds) {}

    @Override
    void run() throws IOException {
        CacheFolder folder = registry.cache();
        Map<String, CacheFolder.Amount> amounts = new LinkedHashMap<>();
        long entries = 0;
        long bytes = 0;
        for (Map.Entry<CacheFolder.Kind, CacheFolder.Amount> kind :
                folder.size().entrySet()) {
            amounts.put(kind.getKey().word(), kind.getValue());
            entries += kind.getValue().entries();
            bytes += kind.getValue().bytes();
        }
        folder.troubles().forEach(log()::warn);
        CacheFolder.Amount total = new CacheFolder.Amount(entries, bytes);
        if (json()) {
            print(new Sheet(entries, bytes, amounts));
            return;
        }
        amounts.put("total", total);
        Table table = new Table("kind", "entries", "size");
        amounts.forEach(
                (kind, amount) -> table.add(kind, String.valueOf(amount.entries()), Figures.size(amount.bytes())));
        out().println(folder);
        table.lines().forEach(out()::println);
    }
}
