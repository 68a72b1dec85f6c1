package io.mixgraph.render;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks once for every block, on several threads. A task runs for a block when all it waits for has run for that
 * block, and when all that waits for it has run for the block before, so that nobody reads what it writes. So which
 * thread runs a task, and when, changes no bit; and a thread that finds nothing left to do in one block goes on in the
 * next, instead of waiting for the others.
 *
 * <p>Of all tasks that are ready, a thread takes one of the older block, and of these the one with the most work still
 * to come after it (list scheduling by critical path: R. L. Graham, "Bounds on Multiprocessing Timing Anomalies", SIAM
 * J. Appl. Math. 17(2), 1969). Every other thread takes the one with the least: so they come from both ends and meet in
 * the middle, and what one has in its cache is mostly not what the other works on. Ready tasks are bits in the order of
 * that, so taking one needs no lock.
 */
final class BlockScheduler implements Closeable {
    private static final int SPINS = 2_000;

    private final List<BlockTask> tasks;

    /** For each task those that wait for it, and those it waits for. */
    private final int[][] followers;

    private final int[][] leaders;

    /** Tasks by falling urgency, and the place of each in that order. */
    private final int[] byUrgency;

    private final int[] place;

    /** The two blocks that can be under way: even ones are the first, odd ones the second. */
    private final Slot[] slots;

    /** How many blocks were handed over by the caller, and how many are done. */
    private volatile long handedOver;

    private final AtomicLong done = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final List<Thread> helpers = new ArrayList<>();
    private volatile boolean closed;
    private boolean stopped;

    /** A block under way. */
    private static final class Slot {
        /** For each task, how much has still to happen before it can run for this block. */
        final AtomicIntegerArray waiting;

        /** One bit for each place: its task can be taken. */
        final AtomicLongArray ready;

        final AtomicInteger left = new AtomicInteger();
        long start;
        int frames;

        Slot(int tasks) {
            waiting = new AtomicIntegerArray(tasks);
            ready = new AtomicLongArray((tasks + Long.SIZE - 1) / Long.SIZE);
        }
    }

    /**
     * @param tasks every task comes after all it waits for
     * @param costs for each task, roughly how long it takes, in any unit
     * @param waits for each task, the indices of the tasks it waits for: all whose work it reads
     * @param threads how many threads work, the caller's included
     */
    BlockScheduler(List<BlockTask> tasks, int[] costs, List<int[]> waits, int threads) {
        this.tasks = List.copyOf(tasks);
        int count = tasks.size();
        this.leaders = waits.toArray(int[][]::new);
        this.followers = followers(leaders);
        this.byUrgency = byUrgency(costs, followers);
        this.place = new int[count];
        for (int p = 0; p < count; p++) {
            place[byUrgency[p]] = p;
        }
        this.slots = new Slot[] {new Slot(count), new Slot(count)};
        for (int i = 0; i < count; i++) {
            // Nothing came before the first block.
            slots[0].waiting.set(i, leaders[i].length + (leaders[i].length == 0 ? 1 : 0));
            slots[1].waiting.set(i, waitsFor(i));
        }
        for (int i = 1; i < Math.min(threads, count); i++) {
            boolean leastUrgent = i % 2 == 1;
            Thread helper = new Thread(() -> help(leastUrgent), "mixgraph-render-" + i);
            helper.setDaemon(true);
            helpers.add(helper);
            helper.start();
        }
    }

    private static int[][] followers(int[][] leaders) {
        List<List<Integer>> after = new ArrayList<>();
        for (int i = 0; i < leaders.length; i++) {
            after.add(new ArrayList<>());
            for (int leader : leaders[i]) {
                after.get(leader).add(i);
            }
        }
        return after.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
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
     * How much happens before a task runs for a block: what it waits for has run for the block, what waits for it has
     * run for the block before, and so has it itself. What waits for nothing waits for the caller.
     */
    private int waitsFor(int task) {
        return leaders[task].length + followers[task].length + 1 + (leaders[task].length == 0 ? 1 : 0);
    }

    /**
     * Hands over the next block, and works until the one before it is done.
     *
     * @throws IOException what a task threw, for this block or an earlier one; nothing can be run after that
     */
    void run(long start, int frames) throws IOException {
        if (helpers.isEmpty()) {
            for (int i = 0; i < tasks.size(); i++) {
                tasks.get(i).run(start, frames);
            }
            return;
        }
        Slot slot = slots[(int) (handedOver & 1)];
        slot.start = start;
        slot.frames = frames;
        slot.left.set(tasks.size());
        for (int i = 0; i < leaders.length; i++) {
            if (leaders[i].length == 0) {
                happened(slot, i);
            }
        }
        long before = handedOver;
        handedOver = before + 1;
        helpers.forEach(LockSupport::unpark);
        work(before);
    }

    /**
     * Works until every block that was handed over is done.
     *
     * @throws IOException as {@link #run}
     */
    void finish() throws IOException {
        if (!helpers.isEmpty()) {
            work(handedOver);
        }
    }

    private void work(long until) throws IOException {
        for (int spins = 0; done.get() < until && failure.get() == null; spins++) {
            stopIfInterrupted();
            if (runOne(false)) {
                spins = 0;
            } else {
                pause(spins);
            }
        }
        // Also when the interruption made a task of its own fail.
        stopIfInterrupted();
        Throwable thrown = failure.get();
        if (thrown instanceof IOException e) {
            throw e;
        } else if (thrown instanceof RuntimeException e) {
            throw e;
        } else if (thrown instanceof Error e) {
            throw e;
        }
    }

    /** Passes an interruption of the caller on to what other threads are in the middle of. */
    private void stopIfInterrupted() {
        if (!stopped && Thread.currentThread().isInterrupted()) {
            stopped = true;
            failure.compareAndSet(null, new CancellationException("the render was stopped"));
            helpers.forEach(Thread::interrupt);
        }
    }

    private void help(boolean leastUrgent) {
        for (int spins = 0; !closed && failure.get() == null; spins++) {
            if (runOne(leastUrgent)) {
                spins = 0;
            } else {
                pause(spins);
            }
        }
    }

    /** Runs the most or least urgent of the ready tasks of the older block, else of the younger; false for none. */
    private boolean runOne(boolean leastUrgent) {
        int older = (int) (done.get() & 1);
        return runOne(slots[older], slots[older ^ 1], leastUrgent)
                || runOne(slots[older ^ 1], slots[older], leastUrgent);
    }

    private boolean runOne(Slot slot, Slot next, boolean leastUrgent) {
        int words = slot.ready.length();
        for (int w = 0; w < words; w++) {
            int word = leastUrgent ? words - 1 - w : w;
            long bits = slot.ready.get(word);
            while (bits != 0) {
                long bit = leastUrgent ? Long.highestOneBit(bits) : Long.lowestOneBit(bits);
                if (slot.ready.compareAndSet(word, bits, bits ^ bit)) {
                    run(byUrgency[word * Long.SIZE + Long.numberOfTrailingZeros(bit)], slot, next);
                    return true;
                }
                bits = slot.ready.get(word);
            }
        }
        return false;
    }

    private void run(int task, Slot slot, Slot next) {
        // What counts down from this is at least two blocks away.
        slot.waiting.set(task, waitsFor(task));
        try {
            tasks.get(task).run(slot.start, slot.frames);
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
            return;
        }
        for (int follower : followers[task]) {
            happened(slot, follower);
        }
        // Before anything of it can run for the next block, so that a block is not done before the one before it.
        if (slot.left.decrementAndGet() == 0) {
            done.incrementAndGet();
        }
        for (int leader : leaders[task]) {
            happened(next, leader);
        }
        happened(next, task);
    }

    /** One thing less that a task waits for. */
    private void happened(Slot slot, int task) {
        if (slot.waiting.decrementAndGet(task) > 0) {
            return;
        }
        int word = place[task] / Long.SIZE;
        long bit = 1L << place[task];
        long bits = slot.ready.get(word);
        while (!slot.ready.compareAndSet(word, bits, bits | bit)) {
            bits = slot.ready.get(word);
        }
    }

    private static void pause(int spins) {
        if (spins < SPINS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(50_000);
        }
    }

    /** Ends the threads, when they have finished the task they are at. */
    @Override
    public void close() {
        closed = true;
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
