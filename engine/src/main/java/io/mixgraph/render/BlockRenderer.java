package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.Findings;
import io.mixgraph.model.Tap;
import io.mixgraph.render.RenderScope.Use;
import io.mixgraph.routing.Edge;
import io.mixgraph.routing.EffectSlot;
import io.mixgraph.routing.MixGraph;
import io.mixgraph.routing.Node;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A graph at work, block by block, or as much of it as is to be rendered. Each of its nodes is a task that waits for
 * whatever feeds or keys it; a signal that is read is a task that waits for nothing. Whoever wants to hear an edge or
 * the master adds a sink to its task. Nodes and edges are told by their index in the graph.
 */
final class BlockRenderer implements Closeable {
    private static final int NO_TASK = -1;

    private final MixGraph graph;
    private final CachedSignals signals;
    private final int capacity;
    private final boolean monoMaster;
    private final boolean followMaster;

    /** Null for what is not rendered. */
    private final List<@Nullable NodeRun> nodes = new ArrayList<>();

    /** Null for what is not needed. */
    private final List<@Nullable Feed> feeds = new ArrayList<>();

    private final BlockTasks tasks = new BlockTasks();

    /** For each node and for each edge the task that makes it. */
    private final int[] nodeTasks;

    private final int[] edgeTasks;
    private @Nullable BlockScheduler scheduler;

    /**
     * @param channels 2, or 1 to fold what goes into the master to mono
     * @param followMaster whether parts of the master's signal will follow its effects
     * @param signals what is read and what is kept; closed by whoever opened it
     * @param capacity the largest block
     */
    BlockRenderer(MixGraph graph, int channels, boolean followMaster, CachedSignals signals, int capacity) {
        this.graph = graph;
        this.signals = signals;
        this.capacity = capacity;
        this.followMaster = followMaster;
        this.monoMaster = channels == 1;
        this.nodeTasks = new int[graph.nodes().size()];
        this.edgeTasks = new int[graph.edges().size()];
        boolean[] inputTapped = new boolean[nodeTasks.length];
        inputTapped[graph.masterIndex()] = true;
        for (Edge edge : graph.edges()) {
            inputTapped[edge.from()] |= edge.tap() == Tap.INPUT;
        }
        for (int n = 0; n < nodeTasks.length; n++) {
            nodes.add(signals.scope().node(n) == Use.RENDERED ? nodeRun(n, inputTapped[n]) : null);
        }
        for (int e = 0; e < edgeTasks.length; e++) {
            feeds.add(feed(e));
        }
        for (int n = 0; n < nodeTasks.length; n++) {
            nodeTasks[n] = NO_TASK;
            for (int e = graph.firstEdgeInto(n); e < graph.firstEdgeInto(n + 1); e++) {
                if (signals.scope().edge(e) == Use.RENDERED) {
                    edgeTasks[e] = nodeTasks[graph.edges().get(e).from()];
                }
            }
            NodeRun run = nodes.get(n);
            if (run != null) {
                addEffects(n, run);
                nodeTasks[n] = addTask(n, run);
            }
        }
    }

    private NodeRun nodeRun(int index, boolean inputTapped) {
        Node node = graph.nodes().get(index);
        boolean mono = index == graph.masterIndex() && monoMaster;
        ChannelLayout layout = mono ? ChannelLayout.MONO : node.layout();
        return new NodeRun(node, new AudioFormat(graph.sampleRate(), layout), inputTapped, capacity);
    }

    private @Nullable Feed feed(int index) {
        Edge edge = graph.edges().get(index);
        Feed feed = switch (signals.scope().edge(index)) {
            case RENDERED -> rendered(index, edge);
            case READ -> read(index, edge);
            case NOT_NEEDED -> null;
        };
        NodeRun to = nodes.get(edge.to());
        if (feed != null && to != null && edge.port() == Edge.Port.MAIN) {
            to.sum(feed);
        }
        return feed;
    }

    private Feed rendered(int index, Edge edge) {
        NodeRun from = run(edge.from());
        EdgeRun run = new EdgeRun(
                edge,
                graph.nodes().get(edge.from()),
                edge.tap() == Tap.INPUT ? from.input() : from.output(),
                from::isSilent,
                monoMaster && edge.to() == graph.masterIndex(),
                signals.keeping(index),
                capacity);
        if (run.kept()) {
            from.feed(run);
        }
        return run;
    }

    private Feed read(int index, Edge edge) {
        RecalledRun run = new RecalledRun(signals.recalled(index), edge.delayFrames(), capacity);
        edgeTasks[index] = tasks.addSignal(run, 1);
        return run;
    }

    private int addTask(int index, NodeRun run) {
        Node node = graph.nodes().get(index);
        int[] waitsFor = Arrays.copyOfRange(edgeTasks, graph.firstEdgeInto(index), graph.firstEdgeInto(index + 1));
        return tasks.addSignal(
                run::render, 1 + node.clips().size() + 3 * node.effects().size(), waitsFor);
    }

    private void addEffects(int index, NodeRun run) {
        List<EffectSlot> effects = graph.nodes().get(index).effects();
        List<@Nullable AudioBlock> keys = new ArrayList<>();
        for (int i = 0; i < effects.size(); i++) {
            // A key whose bus was left out is silence.
            AudioBlock key = effects.get(i).isKeyed() ? new AudioBlock(1, capacity) : null;
            for (int e = graph.firstEdgeInto(index); e < graph.firstEdgeInto(index + 1); e++) {
                Edge edge = graph.edges().get(e);
                if (edge.port() == Edge.Port.KEY && edge.effect() == i) {
                    key = signal(e);
                }
            }
            keys.add(key);
        }
        run.insert(keys, followMaster && index == graph.masterIndex());
    }

    private NodeRun run(int node) {
        NodeRun run = nodes.get(node);
        if (run == null) {
            throw new IllegalArgumentException("node " + node + " is not rendered");
        }
        return run;
    }

    /** What an edge brings to its node, latest frames; of an edge that a stem or a rendered node needs. */
    AudioBlock signal(int edge) {
        Feed feed = feeds.get(edge);
        if (feed == null) {
            throw new IllegalArgumentException("edge " + edge + " is not needed");
        }
        return feed.signal();
    }

    /** The task after which {@link #signal} is there. */
    int task(int edge) {
        return edgeTasks[edge];
    }

    /** The run of the master. */
    NodeRun master() {
        return run(graph.masterIndex());
    }

    /** The tasks that make the keys of the master's effects. */
    IntStream masterKeyTasks() {
        return IntStream.range(0, edgeTasks.length)
                .filter(e -> graph.edges().get(e).to() == graph.masterIndex()
                        && graph.edges().get(e).port() == Edge.Port.KEY)
                .map(e -> edgeTasks[e]);
    }

    /** The task that makes the master. */
    int masterTask() {
        return nodeTasks[graph.masterIndex()];
    }

    /** What is done for every block: the graph's own tasks, and what others add. */
    BlockTasks tasks() {
        return tasks;
    }

    /** Fixes the tasks and starts the threads. */
    void start(int threads) {
        scheduler = tasks.start(threads);
    }

    /**
     * Renders the next block, while the one before it may still be under way.
     *
     * @param start the render's frame at which it starts; blocks follow each other
     * @param frames 0 after the last block, for the sinks to finish
     * @throws IOException when a source cannot be read or a sink not be written
     */
    void render(long start, int frames) throws IOException {
        if (scheduler == null) {
            throw new IllegalStateException("not started");
        }
        scheduler.run(start, frames);
    }

    /**
     * Waits for all blocks that were rendered.
     *
     * @throws IOException as {@link #render}
     */
    void finish() throws IOException {
        if (scheduler != null) {
            scheduler.finish();
        }
    }

    /**
     * For each node what was found of the recordings that are heard behind it, by {@link HeardSource#key}; whole after
     * {@link #close}. What is read brings what was found when it was made.
     */
    List<Map<String, Findings>> found() {
        List<Map<String, Findings>> found = new ArrayList<>();
        for (int n = 0; n < nodeTasks.length; n++) {
            NodeRun run = nodes.get(n);
            Map<String, Findings> all = run == null ? new TreeMap<>() : run.found();
            for (int e = graph.firstEdgeInto(n); e < graph.firstEdgeInto(n + 1) && run != null; e++) {
                boolean read = signals.scope().edge(e) == Use.READ;
                HeardSource.unite(
                        all,
                        read
                                ? signals.recalled(e).recordings()
                                : found.get(graph.edges().get(e).from()));
            }
            found.add(all);
        }
        return found;
    }

    /** Ends the threads and closes the recordings. */
    @Override
    public void close() throws IOException {
        if (scheduler != null) {
            scheduler.close();
        }
        for (NodeRun node : nodes) {
            if (node != null) {
                node.close();
            }
        }
    }
}
