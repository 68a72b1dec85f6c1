package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockSchedulerTest {
    private static final int BLOCKS = 400;

    /** A task that adds up what it waits for, and remembers when it was run for the wrong block. */
    private static final class Sum implements BlockTask {
        private final List<Sum> parts;
        private final int number;
        private long value;
        private long blocks;
        private boolean wrong;

        Sum(int number, List<Sum> parts) {
            this.number = number;
            this.parts = List.copyOf(parts);
        }

        @Override
        public void run(long start, int frames) {
            wrong |= start != blocks || frames != start % 7;
            blocks++;
            long sum = value + number * (start + 1);
            for (Sum part : parts) {
                // Neither a block behind nor one ahead.
                wrong |= part.blocks != blocks;
                sum = 31 * sum + part.value;
            }
            value = sum;
        }
    }

    private static List<Sum> tasks(long seed, BlockTasks to) {
        Random random = new Random(seed);
        List<Sum> all = new ArrayList<>();
        int count = 1 + random.nextInt(150);
        for (int i = 0; i < count; i++) {
            int[] waitsFor = random.ints(random.nextInt(4), 0, Math.max(1, i))
                    .filter(before -> before < all.size())
                    .toArray();
            List<Sum> parts = new ArrayList<>();
            for (int before : waitsFor) {
                parts.add(all.get(before));
            }
            Sum sum = new Sum(i, parts);
            all.add(sum);
            to.add(sum, 1 + random.nextInt(5), waitsFor);
        }
        return all;
    }

    private static List<Long> run(long seed, int threads) throws IOException {
        BlockTasks tasks = new BlockTasks();
        List<Sum> sums = tasks(seed, tasks);
        try (BlockScheduler scheduler = tasks.start(threads)) {
            for (int block = 0; block < BLOCKS; block++) {
                scheduler.run(block, block % 7);
            }
            scheduler.finish();
        }
        assertThat(sums).allMatch(sum -> !sum.wrong && sum.blocks == BLOCKS);
        return sums.stream().map(sum -> sum.value).toList();
    }

    /** Each reads what the others wrote for the same block, however many threads there are. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void whoeverReadsReadsTheSameBlock(int threads) throws IOException {
        for (long seed = 1; seed <= 40; seed++) {
            assertThat(run(seed, threads)).isEqualTo(run(seed, 1));
        }
    }

    /** What a task throws reaches the caller, nothing that waits for it runs, and the threads end. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void aFailureStopsWhatWaitsForIt(int threads) throws IOException {
        for (int failing = 0; failing < 5; failing++) {
            int at = failing;
            AtomicInteger after = new AtomicInteger();
            BlockTasks tasks = new BlockTasks();
            int first = tasks.add(
                    (start, frames) -> {
                        if (start == at) {
                            throw new IOException("block " + start);
                        }
                    },
                    1);
            tasks.add((start, frames) -> after.incrementAndGet(), 1, first);
            tasks.add((start, frames) -> {}, 3);
            try (BlockScheduler scheduler = tasks.start(threads)) {
                assertThatThrownBy(() -> {
                            for (int block = 0; block < 10; block++) {
                                scheduler.run(block, 1);
                            }
                            scheduler.finish();
                        })
                        .isInstanceOf(IOException.class)
                        .hasMessage("block " + at);
            }
            assertThat(after).hasValueLessThanOrEqualTo(at);
        }
    }

    /** Closing does not wait for blocks that were not waited for. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void itCanBeClosedInTheMiddle(int threads) throws IOException {
        BlockTasks tasks = new BlockTasks();
        List<Sum> sums = tasks(3, tasks);
        try (BlockScheduler scheduler = tasks.start(threads)) {
            for (int block = 0; block < 5; block++) {
                scheduler.run(block, block % 7);
            }
        }
        assertThat(sums).allMatch(sum -> !sum.wrong && sum.blocks >= 4 && sum.blocks <= 5);
    }
}
