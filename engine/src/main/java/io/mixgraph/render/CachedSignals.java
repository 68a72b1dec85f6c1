package io.mixgraph.render;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.Findings;
import io.mixgraph.render.RenderScope.Use;
import io.mixgraph.routing.Edge;
import io.mixgraph.routing.MixGraph;
import io.mixgraph.routing.SignalDigests;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one render has of a cache: the signals that it reads, each found whole before the first block, and those that it
 * keeps. Edges are told by their index in the graph.
 */
final class CachedSignals implements Closeable {
    private final RenderPlan plan;
    private final MixGraph graph;
    private final Map<Integer, SignalCache.Recalled> recalled = new TreeMap<>();
    private final Map<Integer, SignalCache.Keeping> keeping = new TreeMap<>();
    private RenderScope scope;

    private CachedSignals(RenderPlan plan) {
        this.plan = plan;
        this.graph = plan.graph();
        this.scope = RenderScope.of(plan, null, digest -> false);
    }

    /** Those of a render that reads and keeps nothing. */
    static CachedSignals none(RenderPlan plan) {
        return new CachedSignals(plan);
    }

    /**
     * Opens all that is to be read of a cache, and decides anew when some of it cannot be, until what is open is all
     * that is needed.
     *
     * @param dspRevision of the engine that renders
     */
    static CachedSignals open(RenderPlan plan, SignalCache cache, int dspRevision) throws IOException {
        CachedSignals signals = new CachedSignals(plan);
        if (cache == SignalCache.NONE) {
            return signals;
        }
        boolean ready = false;
        try {
            signals.recall(SignalDigests.of(plan.graph(), plan.output().channels(), dspRevision), cache);
            signals.startKeeping(cache);
            ready = true;
        } finally {
            if (!ready) {
                signals.close();
            }
        }
        return signals;
    }

    private void recall(SignalDigests digests, SignalCache cache) throws IOException {
        Set<String> absent = new HashSet<>();
        int before;
        do {
            before = absent.size();
            scope = RenderScope.of(plan, digests, digest -> !absent.contains(digest) && cache.has(digest));
            for (int e = 0; e < graph.edges().size(); e++) {
                String digest = scope.edges().get(e).digest();
                if (scope.edge(e) == Use.READ && digest != null && !recalled.containsKey(e)) {
                    SignalCache.Recalled signal = cache.open(digest);
                    if (signal != null && isWhole(signal, e)) {
                        recalled.put(e, signal);
                    } else {
                        absent.add(digest);
                        if (signal != null) {
                            signal.close();
                        }
                    }
                }
            }
        } while (absent.size() > before);
        for (int e = 0; e < graph.edges().size(); e++) {
            SignalCache.Recalled signal = scope.edge(e) == Use.READ ? null : recalled.remove(e);
            if (signal != null) {
                signal.close();
            }
        }
    }

    private boolean isWhole(SignalCache.Recalled signal, int edge) {
        return signal.frames() == frames(edge) && signal.format().equals(format(edge));
    }

    /** A signal is kept when the render is long enough to make all of it: an explicit tail may stop it before. */
    private void startKeeping(SignalCache cache) {
        Set<String> kept = new HashSet<>();
        for (int e = 0; e < graph.edges().size(); e++) {
            String digest = scope.edges().get(e).digest();
            if (scope.edge(e) == Use.RENDERED
                    && digest != null
                    && frames(e) > 0
                    && frames(e) <= plan.renderedFrames()
                    && kept.add(digest)) {
                SignalCache.Keeping keeper = cache.keep(digest, format(e), frames(e));
                if (keeper != null) {
                    keeping.put(e, keeper);
                }
            }
        }
    }

    private long frames(int edge) {
        Edge signal = graph.edges().get(edge);
        return EdgeRun.signalFrames(signal, graph.nodes().get(signal.from()));
    }

    private AudioFormat format(int edge) {
        boolean folded =
                plan.output().channels() == 1 && graph.edges().get(edge).to() == graph.masterIndex();
        return new AudioFormat(graph.sampleRate(), folded ? ChannelLayout.MONO : ChannelLayout.STEREO);
    }

    /** What is rendered and what is read. */
    RenderScope scope() {
        return scope;
    }

    /** The signal that is read for an edge whose use is {@link Use#READ}. */
    SignalCache.Recalled recalled(int edge) {
        SignalCache.Recalled signal = recalled.get(edge);
        if (signal == null) {
            throw new IllegalArgumentException("nothing is read for edge " + edge);
        }
        return signal;
    }

    /** Takes what an edge carries before its delay, up to its end; null when it is not kept. */
    SignalCache.@Nullable Keeping keeping(int edge) {
        return keeping.get(edge);
    }

    /**
     * Says that the graph was rendered to its end: what was to be kept is whole.
     *
     * @param found what was found of the recordings that are heard behind a node, by its index
     */
    void whole(IntFunction<Map<String, Findings>> found) throws IOException {
        for (Map.Entry<Integer, SignalCache.Keeping> kept : keeping.entrySet()) {
            Edge edge = graph.edges().get(kept.getKey());
            kept.getValue().whole(found.apply(edge.from()));
            kept.getValue().close();
        }
        keeping.clear();
    }

    /** Closes what is read, and gives up what is not whole. */
    @Override
    public void close() throws IOException {
        for (SignalCache.Recalled signal : recalled.values()) {
            signal.close();
        }
        for (SignalCache.Keeping signal : keeping.values()) {
            signal.close();
        }
        recalled.clear();
        keeping.clear();
    }
}
