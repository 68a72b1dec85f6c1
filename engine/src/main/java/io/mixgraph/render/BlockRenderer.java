package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.model.Tap;
import io.mixgraph.routing.Edge;
import io.mixgraph.routing.EffectSlot;
import io.mixgraph.routing.MixGraph;
import io.mixgraph.routing.Node;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A graph at work, block by block. Its nodes are tasks, each waiting for the nodes that feed or key it; whoever wants
 * to hear an edge or a node adds a task that waits for it.
 */
final class BlockRenderer implements Closeable {
    private final MixGraph graph;
    private final int capacity;
    private final boolean monoMaster;
    private final boolean followMaster;
    private final List<NodeRun> nodes = new ArrayList<>();
    private final List<EdgeRun> edges = new ArrayList<>();
    private final BlockTasks tasks = new BlockTasks();
    private @Nullable BlockScheduler scheduler;

    /**
     * @param channels 2, or 1 to fold what goes into the master to mono
     * @param followMaster whether parts of the master's signal will follow its effects
     * @param capacity the largest block
     */
    BlockRenderer(MixGraph graph, int channels, boolean followMaster, int capacity) {
        this.graph = graph;
        this.capacity = capacity;
        this.followMaster = followMaster;
        this.monoMaster = channels == 1;
        List<Edge> all = graph.edges();
        for (int i = 0; i < graph.nodes().size(); i++) {
            int index = i;
            Node node = graph.nodes().get(i);
            boolean master = i == graph.masterIndex();
            boolean inputTapped =
                    master || all.stream().anyMatch(edge -> edge.from() == index && edge.tap() == Tap.INPUT);
            ChannelLayout layout = master && monoMaster ? ChannelLayout.MONO : node.layout();
            nodes.add(new NodeRun(node, new AudioFormat(graph.sampleRate(), layout), inputTapped, capacity));
        }
        for (Edge edge : all) {
            NodeRun from = nodes.get(edge.from());
            EdgeRun run = new EdgeRun(
                    edge,
                    graph.nodes().get(edge.from()),
                    edge.tap() == Tap.INPUT ? from.input() : from.output(),
                    monoMaster && edge.to() == graph.masterIndex(),
                    capacity);
            edges.add(run);
            if (run.kept()) {
                from.feed(run);
            }
            if (edge.port() == Edge.Port.MAIN) {
                nodes.get(edge.to()).sum(run);
            }
        }
        for (int i = 0; i < nodes.size(); i++) {
            addEffects(i);
            int index = i;
            Node node = graph.nodes().get(i);
            tasks.add(
                    nodes.get(i)::render,
                    1 + node.clips().size() + 3 * node.effects().size(),
                    all.stream()
                            .filter(edge -> edge.to() == index)
                            .mapToInt(Edge::from)
                            .toArray());
        }
    }

    private void addEffects(int index) {
        List<EffectSlot> effects = graph.nodes().get(index).effects();
        List<@Nullable AudioBlock> keys = new ArrayList<>();
        for (int e = 0; e < effects.size(); e++) {
            // A key whose bus was left out is silence.
            AudioBlock key = effects.get(e).isKeyed() ? new AudioBlock(1, capacity) : null;
            for (EdgeRun edge : edges) {
                if (edge.edge().to() == index
                        && edge.edge().port() == Edge.Port.KEY
                        && edge.edge().effect() == e) {
                    key = edge.signal();
                }
            }
            keys.add(key);
        }
        nodes.get(index).insert(keys, followMaster && index == graph.masterIndex());
    }

    /** The run of an edge of the graph. */
    EdgeRun edge(Edge edge) {
        return edges.get(graph.edges().indexOf(edge));
    }

    /** The run of the master. */
    NodeRun master() {
        return nodes.get(graph.masterIndex());
    }

    /** What is done for every block: a task for each node, by its index, and what others add. */
    BlockTasks tasks() {
        return tasks;
    }

    /** Fixes the tasks and starts the threads. */
    void start(int threads) {
        scheduler = tasks.start(threads);
    }

    /**
     * Renders the next block.
     *
     * @param start the render's frame at which it starts; blocks follow each other
     * @throws IOException when a source cannot be read or a sink not be written
     */
    void render(long start, int frames) throws IOException {
        if (scheduler == null) {
            throw new IllegalStateException("not started");
        }
        scheduler.run(start, frames);
    }

    @Override
    public void close() throws IOException {
        if (scheduler != null) {
            scheduler.close();
        }
        for (NodeRun node : nodes) {
            node.close();
        }
    }
}
