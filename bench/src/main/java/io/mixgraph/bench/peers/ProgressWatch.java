package io.mixgraph.bench.peers;

import io.mixgraph.bench.peers.LargeResult.ProgressResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a render draws of its progress, while it does. */
final class ProgressWatch implements ColdRun.Watch {
    /** What has Mixgraph draw it although nobody sees it: the last word on a property counts. */
    static final String JAVA_OPTION = "-Dmixgraph.terminal=true";

    private static final Pattern REPORT =
            Pattern.compile("\\r(mixing|solving|mastering|finishing) +(?:\\[[#.]+] +(\\d+) %|(\\d+) gains tried)");

    private final LongSupplier nanoTime;
    private final List<String> stages = new ArrayList<>();
    private final StringBuilder unread = new StringBuilder();
    private long position;
    private long lastReport;
    private long longestSilence;
    private int reports;
    private int falls;
    private long done;

    /**
     * A watch of a process that starts now.
     *
     * @param nanoTime the time in nanoseconds
     */
    ProgressWatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastReport = nanoTime.getAsLong();
    }

    @Override
    public void look(ProcessHandle timed, Path said) throws IOException {
        try (FileChannel channel = FileChannel.open(said)) {
            ByteBuffer more = ByteBuffer.allocate((int) (channel.size() - position));
            int count = channel.read(more, position);
            position += Math.max(0, count);
            // What it draws is ASCII.
            read(new String(more.array(), 0, Math.max(0, count), StandardCharsets.US_ASCII));
        }
    }

    /** Takes what was said since the last time. */
    void read(String more) {
        long now = nanoTime.getAsLong();
        longestSilence = Math.max(longestSilence, now - lastReport);
        unread.append(more);
        Matcher report = REPORT.matcher(unread);
        int end = 0;
        while (report.find()) {
            end = report.end();
            lastReport = now;
            take(report.group(1), Long.parseLong(report.group(2) == null ? report.group(3) : report.group(2)));
        }
        unread.delete(0, end);
    }

    private void take(String stage, long newDone) {
        reports++;
        boolean begins = stages.isEmpty() || !stages.get(stages.size() - 1).equals(stage);
        if (begins) {
            stages.add(stage);
        } else if (newDone < done) {
            falls++;
        }
        done = newDone;
    }

    /** What was read until the last look. */
    ProgressResult result() {
        return new ProgressResult(reports, falls, Math.rint(longestSilence / 1e7) / 100.0, List.copyOf(stages));
    }
}
