package io.mixgraph.render;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of a block on several threads. A task runs when all it waits for is done, so which thread runs it, and
 * when, changes no bit: each task owns what it writes.
 *
 * <p>Ready tasks stand in a queue with one place per task; a thread takes the next place and waits until it is filled.
 * As every place is filled exactly once per block, the queue needs no lock.
 */
final class BlockScheduler implements Closeable {
    private static final int SPINS = 2_000;
    private static final long STOP = -1;

    private final List<BlockTask> tasks;
    private final int[][] followers;
    private final int[] waitsFor;
    private final AtomicIntegerArray waiting;
    private final AtomicIntegerArray queue;
    private final AtomicInteger filled = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
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
     * @param waits for each task, the indices of the tasks it waits for
     * @param threads how many threads work, the caller's included
     */
    BlockScheduler(List<BlockTask> tasks, List<int[]> waits, int threads) {
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
        this.queue = new AtomicIntegerArray(count);
        for (int i = 1; i < Math.min(threads, count); i++) {
            Thread helper = new Thread(this::help, "mixgraph-render-" + i);
            helper.setDaemon(true);
            helpers.add(helper);
            helper.start();
        }
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
        filled.set(0);
        taken.set(0);
        for (int i = 0; i < waitsFor.length; i++) {
            waiting.set(i, waitsFor[i]);
            queue.set(i, 0);
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
        queue.set(filled.getAndIncrement(), task + 1);
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
        int place = taken.getAndIncrement();
        while (place < waitsFor.length) {
            int task = 0;
            for (int spins = 0; task == 0; spins++) {
                if (failure.get() != null) {
                    return;
                }
                task = queue.get(place);
                if (task == 0) {
                    pause(spins);
                }
            }
            try {
                tasks.get(task - 1).run(start, frames);
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
                return;
            }
            for (int follower : followers[task - 1]) {
                if (waiting.decrementAndGet(follower) == 0) {
                    ready(follower);
                }
            }
            place = taken.getAndIncrement();
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
