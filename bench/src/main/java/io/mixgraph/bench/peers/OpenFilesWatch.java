package io.mixgraph.bench.peers;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The most files that a command has open at once: its descriptors, of which Linux tells. */
final class OpenFilesWatch implements ColdRun.Watch {
    private @Nullable ProcessHandle command;
    private int most;

    @Override
    public void look(ProcessHandle timed, Path said) {
        if (command == null) {
            command = timed.children().findFirst().orElse(null);
        }
        if (command != null) {
            most = Math.max(most, of(command.pid()));
        }
    }

    /** How many files a process has open; 0 when that cannot be seen. */
    static int of(long pid) {
        String[] descriptors =
                Path.of("/proc", Long.toString(pid), "fd").toFile().list();
        return descriptors == null ? 0 : descriptors.length;
    }

    /** As many as were seen; null when that cannot be. */
    @Nullable
    Integer most() {
        return most == 0 ? null : most;
    }
}
