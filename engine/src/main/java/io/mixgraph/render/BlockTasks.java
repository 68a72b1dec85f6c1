package io.mixgraph.render;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What is to be done for every block, and what waits for what: a schedule in the making. */
final class BlockTasks {
    private final List<BlockTask> tasks = new ArrayList<>();
    private final List<Integer> costs = new ArrayList<>();
    private final List<int[]> waits = new ArrayList<>();

    /**
     * Adds a task to every block.
     *
     * @param cost roughly how long it takes, 1 for a track that plays a file
     * @param waitsFor the tasks it waits for, each by its index: all whose work it reads
     * @return its own index
     */
    int add(BlockTask task, int cost, int... waitsFor) {
        tasks.add(task);
        costs.add(cost);
        waits.add(IntStream.of(waitsFor).distinct().toArray());
        return tasks.size() - 1;
    }

    /**
     * Adds a task that makes a signal: without frames there is nothing to do for it.
     *
     * @param cost as for {@link #add}
     * @param waitsFor as for {@link #add}
     * @return its index
     */
    int addSignal(BlockTask task, int cost, int... waitsFor) {
        return add(
                (start, frames) -> {
                    if (frames > 0) {
                        task.run(start, frames);
                    }
                },
                cost,
                waitsFor);
    }

    /**
     * Adds a sink, which works one block late.
     *
     * @param cost of its work, as for {@link #add}
     * @param signalTask makes the signal that it takes
     * @param waitsFor what its work waits for: the work of other sinks
     * @return the index of its work
     */
    int addSink(Sink sink, int cost, int signalTask, int... waitsFor) {
        int work = add((start, frames) -> sink.run(), cost, waitsFor);
        add(sink::take, 1, signalTask, work);
        return work;
    }

    /** How many there are. */
    int size() {
        return tasks.size();
    }

    /** Fixes the tasks and starts the threads. */
    BlockScheduler start(int threads) {
        return new BlockScheduler(
                tasks, costs.stream().mapToInt(Integer::intValue).toArray(), waits, threads);
    }
}
