package io.mixgraph.render;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of a block on several threads. A task runs when all it waits for is done, so which thread runs it, and
 * when, changes no bit: each task owns what it writes.
 *
 * <p>Of all tasks that are ready, a thread takes the one with the most work still to come after it, so that a block
 * does not end with one thread waiting for a chain of tasks on the other (list scheduling by critical path: R. L.
 * Graham, "Bounds on Multiprocessing Timing Anomalies", SIAM J. Appl. Math. 17(2), 1969). Ready tasks are bits in the
 * order of that, so taking one needs no lock.
 */
final class BlockScheduler implements Closeable {
    private static final int SPINS = 2_000;
    private static final long STOP = -1;

    private final List<BlockTask> tasks;
    private final int[][] followers;
    private final int[] waitsFor;

    /** Tasks by falling urgency, and the place of each in that order. */
    private final int[] byUrgency;

    private final int[] place;
    private final AtomicIntegerArray waiting;

    /** One bit for each place: its task can be taken. */
    private final AtomicLongArray ready;

    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final List<Thread> helpers = new ArrayList<>();
    private final Thread caller = Thread.currentThread();
    private long start;
    private int frames;
    private long rounds;
    private volatile long round;

    /**
     * @param tasks every task comes after all it waits for
     * @param costs for each task, roughly how long it takes, in any unit
     * @param waits for each task, the indices of the tasks it waits for
     * @param threads how many threads work, the caller's included
     */
    BlockScheduler(List<BlockTask> tasks, int[] costs, List<int[]> waits, int threads) {
        this.tasks = List.copyOf(tasks);
        int count = tasks.size();
        List<List<Integer>> after = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            after.add(new ArrayList<>());
        }
        this.waitsFor = new int[count];
        for (int i = 0; i < count; i++) {
            waitsFor[i] = waits.get(i).length;
            for (int first : waits.get(i)) {
                after.get(first).add(i);
            }
        }
        this.followers = new int[count][];
        for (int i = 0; i < count; i++) {
            followers[i] = after.get(i).stream().mapToInt(Integer::intValue).toArray();
        }
        this.waiting = new AtomicIntegerArray(count);
        this.ready = new AtomicLongArray((count + Long.SIZE - 1) / Long.SIZE);
        this.byUrgency = byUrgency(costs, followers);
        this.place = new int[count];
        for (int p = 0; p < count; p++) {
            place[byUrgency[p]] = p;
        }
        for (int i = 1; i < Math.min(threads, count); i++) {
            Thread helper = new Thread(this::help, "mixgraph-render-" + i);
            helper.setDaemon(true);
            helpers.add(helper);
            helper.start();
        }
    }

    /** All tasks, that with the longest way to the end of the block first. */
    private static int[] byUrgency(int[] costs, int[][] followers) {
        long[] way = new long[costs.length];
        for (int i = costs.length - 1; i >= 0; i--) {
            for (int follower : followers[i]) {
                way[i] = Math.max(way[i], way[follower]);
            }
            way[i] += costs[i];
        }
        return IntStream.range(0, costs.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> -way[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * Runs every task once.
     *
     * @throws IOException what a task threw; nothing can be run after that
     */
    void run(long start, int frames) throws IOException {
        if (helpers.isEmpty()) {
            for (BlockTask task : tasks) {
                task.run(start, frames);
            }
            return;
        }
        this.start = start;
        this.frames = frames;
        left.set(waitsFor.length);
        for (int i = 0; i < waitsFor.length; i++) {
            waiting.set(i, waitsFor[i]);
        }
        for (int i = 0; i < waitsFor.length; i++) {
            if (waitsFor[i] == 0) {
                ready(i);
            }
        }
        busy.set(helpers.size());
        rounds++;
        round = rounds;
        helpers.forEach(LockSupport::unpark);
        work();
        for (int spins = 0; busy.get() > 0; spins++) {
            pause(spins);
        }
        Throwable thrown = failure.get();
        if (thrown instanceof IOException e) {
            throw e;
        } else if (thrown instanceof RuntimeException e) {
            throw e;
        } else if (thrown instanceof Error e) {
            throw e;
        }
    }

    private void ready(int task) {
        int word = place[task] / Long.SIZE;
        long bit = 1L << place[task];
        long bits = ready.get(word);
        while (!ready.compareAndSet(word, bits, bits | bit)) {
            bits = ready.get(word);
        }
    }

    /** Takes the most urgent of the ready tasks; −1 when none is ready. */
    private int take() {
        for (int word = 0; word < ready.length(); word++) {
            long bits = ready.get(word);
            while (bits != 0) {
                if (ready.compareAndSet(word, bits, bits & (bits - 1))) {
                    return byUrgency[word * Long.SIZE + Long.numberOfTrailingZeros(bits)];
                }
                bits = ready.get(word);
            }
        }
        return -1;
    }

    private void help() {
        long seen = 0;
        while (true) {
            for (int spins = 0; round == seen; spins++) {
                pause(spins);
            }
            seen = round;
            if (seen == STOP) {
                return;
            }
            work();
            if (busy.decrementAndGet() == 0) {
                LockSupport.unpark(caller);
            }
        }
    }

    private void work() {
        int spins = 0;
        while (left.get() > 0 && failure.get() == null) {
            int task = take();
            if (task < 0) {
                pause(spins++);
                continue;
            }
            spins = 0;
            try {
                tasks.get(task).run(start, frames);
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
                return;
            }
            for (int follower : followers[task]) {
                if (waiting.decrementAndGet(follower) == 0) {
                    ready(follower);
                }
            }
            left.decrementAndGet();
        }
    }

    private static void pause(int spins) {
        if (spins < SPINS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(50_000);
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        round = STOP;
        helpers.forEach(LockSupport::unpark);
        for (Thread helper : helpers) {
            boolean interrupted = false;
            while (helper.isAlive()) {
                try {
                    helper.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
