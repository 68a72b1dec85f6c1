package io.mixgraph.routing;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.SourceOpener;
import io.mixgraph.dsp.DownmixedSource;
import io.mixgraph.dsp.ResampledSource;
import io.mixgraph.dsp.ResamplerDesign;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.fx.Recording;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Clip;
import io.mixgraph.model.InputMode;
import io.mixgraph.model.Insert;
import io.mixgraph.model.InvalidSessionException;
import io.mixgraph.model.NamedSource;
import io.mixgraph.model.Problem;
import io.mixgraph.model.Problem.Code;
import io.mixgraph.model.Send;
import io.mixgraph.model.Session;
import io.mixgraph.model.SessionValidator;
import io.mixgraph.model.Tail;
import io.mixgraph.model.Tap;
import io.mixgraph.model.Track;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Compiles a session to a graph. A pure function of the session and of its sources' formats and lengths. */
public final class GraphCompiler {
    private static final int RATE_WITHOUT_SOURCES = 48_000;

    private final Session session;
    private final SourceOpener opener;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, AudioSource> sources = new LinkedHashMap<>();

    /** By the rate of the recordings, since all of one rate are converted alike. */
    private final Map<Integer, ResamplerDesign> resamplers = new HashMap<>();

    private GraphCompiler(Session session, SourceOpener opener) {
        this.session = session;
        this.opener = opener;
    }

    /**
     * Compiles a session.
     *
     * @param session what to compile
     * @param sources opens each recording that the session names, once
     * @throws InvalidSessionException with everything that is wrong with the session, its routes and its sources
     * @throws CancellationException when this thread was interrupted while a recording was opened
     */
    public static MixGraph compile(Session session, SourceOpener sources) throws InvalidSessionException {
        return new GraphCompiler(session, sources).compile();
    }

    private MixGraph compile() throws InvalidSessionException {
        problems.addAll(SessionValidator.validate(session));
        Console console = Console.merge(session, problems);
        openSources();
        int rate = sampleRate();
        List<List<ClipPlacement>> clips = placeClips(rate);
        List<List<EffectSlot>> effects = placeEffects(console, rate);
        List<Route> routes = new RouteFinder(console, problems).routes();
        new DeliverableBuses(console, problems).check(session.output());
        new CycleFinder(console.strips(), routes, problems).find();
        if (!problems.isEmpty()) {
            throw new InvalidSessionException(withoutRepeats(problems));
        }
        notes.addAll(console.notes());
        MixGraph graph = new Assembly(console, routes, clips, effects, rate).graph();
        if (!problems.isEmpty()) {
            throw new InvalidSessionException(withoutRepeats(problems));
        }
        return graph;
    }

    /** One problem per code and place: several strips may share a faulty chain. */
    private static List<Problem> withoutRepeats(List<Problem> problems) {
        Set<String> seen = new HashSet<>();
        return problems.stream()
                .filter(problem -> seen.add(problem.code() + " " + problem.pointer()))
                .toList();
    }

    private void problem(Code code, String pointer, String message) {
        problems.add(new Problem(code, pointer, message));
    }

    // Sources and clips.

    private void openSources() {
        Map<String, String> failures = new HashMap<>();
        for (NamedSource source : NamedSource.of(session)) {
            if (!source.name().isEmpty() && !sources.containsKey(source.name())) {
                open(source.name(), failures, source.pointer());
            }
        }
    }

    private void open(String name, Map<String, String> failures, String pointer) {
        String failure = failures.get(name);
        if (failure == null) {
            try {
                sources.put(name, open(name));
                return;
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("opening " + name + " was stopped");
                }
                failure = e.getMessage() == null ? e.toString() : e.getMessage();
                failures.put(name, failure);
            }
        }
        problem(Code.UNREADABLE_SOURCE, pointer, failure);
    }

    private AudioSource open(String name) throws IOException {
        AudioSource source = opener.open(name);
        if (source.frames() > 0) {
            return source;
        }
        String found = source.warnings().isEmpty()
                ? source.name() + ": holds not one frame"
                : String.join("; ", source.warnings());
        throw new IOException(found + "; export it again");
    }

    /** The rate that is written, else the highest of what tracks play. */
    private int sampleRate() {
        Integer written = session.sampleRate();
        if (written != null && written >= Session.MIN_SAMPLE_RATE && written <= Session.MAX_SAMPLE_RATE) {
            return written;
        }
        int highest = session.tracks().stream()
                .flatMap(track -> track.clips().stream())
                .map(clip -> sources.get(clip.source()))
                .filter(Objects::nonNull)
                .mapToInt(source -> source.format().sampleRate())
                .max()
                .orElse(RATE_WITHOUT_SOURCES);
        return Math.max(Session.MIN_SAMPLE_RATE, Math.min(Session.MAX_SAMPLE_RATE, highest));
    }

    private List<List<ClipPlacement>> placeClips(int rate) {
        List<List<ClipPlacement>> placed = new ArrayList<>();
        Map<String, AudioSource> ready = new HashMap<>();
        for (int t = 0; t < session.tracks().size(); t++) {
            Track track = session.tracks().get(t);
            List<ClipPlacement> played = new ArrayList<>();
            for (int c = 0; c < track.clips().size(); c++) {
                ClipPlacement clip = place(track, track.clips().get(c), "/tracks/" + t + "/clips/" + c, rate, ready);
                if (clip != null) {
                    played.add(clip);
                }
            }
            placed.add(played);
        }
        return placed;
    }

    private @Nullable ClipPlacement place(
            Track track, Clip clip, String pointer, int rate, Map<String, AudioSource> ready) {
        AudioSource original = sources.get(clip.source());
        if (original == null
                || problems.stream().anyMatch(found -> found.pointer().startsWith(pointer + "/"))) {
            return null;
        }
        int channels = original.format().channels();
        if (channels > 2 && track.downmix() == null) {
            problem(
                    Code.TOO_MANY_CHANNELS,
                    pointer + "/source",
                    "'" + clip.source() + "' has " + channels
                            + " channels; tracks are mono or stereo: write downmix: itu on the track to mix it down");
            return null;
        }
        AudioSource source = ready.computeIfAbsent(
                clip.source() + (track.downmix() == null ? "" : " " + track.downmix()), key -> prepare(original, rate));
        long start = Timeline.frame(clip.startS(), rate);
        long offset = Timeline.frame(clip.offsetS(), rate);
        long available = source.frames() - offset;
        long wanted = clip.durationS() == null
                ? available
                : Timeline.frameOfSum(clip.startS(), clip.durationS(), rate) - start;
        long length = Math.min(available, wanted);
        if (length < 1) {
            problem(
                    Code.EMPTY_CLIP,
                    pointer,
                    available < 1
                            ? "the clip begins after the end of '" + clip.source() + "', which has " + source.frames()
                                    + " frames"
                            : "the clip is shorter than a frame");
            return null;
        }
        if (length < wanted) {
            notes.add("track '" + track.id() + "': '" + clip.source() + "' ends " + (wanted - length)
                    + " frames before its clip does; the rest is silence");
        }
        long fadeIn = Timeline.frame(clip.fadeInS(), rate);
        long fadeOut = Timeline.frame(clip.fadeOutS(), rate);
        if (fadeIn + fadeOut > length) {
            problem(
                    Code.FADE_TOO_LONG,
                    pointer,
                    "the fades are longer than the clip, which plays " + length + " frames");
            return null;
        }
        return new ClipPlacement(
                source,
                original.format().sampleRate(),
                start,
                offset,
                length,
                clip.gainDb(),
                fadeIn,
                fadeOut,
                clip.fadeShape(),
                Curve.of(clip.gainEnvelope(), 0, rate),
                channels > 2 ? track.downmix() : null);
    }

    /** A recording as tracks want it: mono or stereo, at the session's rate. */
    private AudioSource prepare(AudioSource original, int rate) {
        AudioSource narrow = original.format().channels() > 2 ? new DownmixedSource(original) : original;
        int own = original.format().sampleRate();
        if (own == rate) {
            return narrow;
        }
        notes.add("'" + original.name() + "' is converted from " + own + " Hz to " + rate + " Hz");
        return new ResampledSource(
                narrow, resamplers.computeIfAbsent(own, from -> ResamplerDesign.between(from, rate)));
    }

    // Effects.

    /** For each strip, the master last, its effects with recordings opened and curves on the timeline. */
    private List<List<EffectSlot>> placeEffects(Console console, int rate) {
        List<List<EffectSlot>> placed = new ArrayList<>();
        for (Strip strip : console.strips()) {
            placed.add(place(strip.inserts(), rate));
        }
        placed.add(place(console.masterInserts(), rate));
        return placed;
    }

    private List<EffectSlot> place(List<Strip.Placed> inserts, int rate) {
        List<EffectSlot> slots = new ArrayList<>();
        for (Strip.Placed placed : inserts) {
            Insert insert = placed.insert();
            if (problems.stream().anyMatch(found -> found.pointer().startsWith(placed.pointer() + "/"))) {
                // What its parameters mean is not known; the place is held for keys.
                slots.add(EffectSlot.of(insert.effect()));
                continue;
            }
            Map<String, Curve> curves = new TreeMap<>();
            insert.automation().forEach((path, points) -> {
                if (!points.isEmpty() && !path.equals(Insert.MIX)) {
                    curves.put(path, Curve.of(points, 0, rate));
                }
            });
            EffectSlot slot = new EffectSlot(
                    opened(insert.effect(), placed.pointer(), rate),
                    Curve.of(insert.automation().getOrDefault(Insert.MIX, List.of()), insert.mix(), rate),
                    insert.channels(),
                    insert.key(),
                    curves);
            slots.add(slot);
            probe(slot, placed.pointer());
        }
        return slots;
    }

    /** An effect may refuse what its curves make of its parameters, such as crossovers that pass each other. */
    private void probe(EffectSlot slot, String pointer) {
        try {
            slot.forms();
        } catch (IllegalArgumentException e) {
            problem(
                    Code.OUT_OF_RANGE,
                    pointer + "/automation",
                    "the curves lead to what the effect cannot be: " + e.getMessage());
        }
    }

    private Effect opened(Effect effect, String pointer, int rate) {
        Effect ready = effect;
        for (RecordShape.Field field : EffectCatalogue.of(effect).shape().fields()) {
            if (field.get(effect) instanceof Recording recording && sources.containsKey(recording.name())) {
                AudioSource source = sources.get(recording.name());
                if (source.format().channels() > 2) {
                    problem(
                            Code.TOO_MANY_CHANNELS,
                            pointer + "/" + field.name(),
                            "'" + recording.name() + "' has " + source.format().channels()
                                    + " channels; an effect takes mono or stereo");
                } else {
                    ready = RecordShape.with(ready, field.name(), recording.opened(prepare(source, rate)));
                }
            }
        }
        return ready;
    }

    // From strips and routes to nodes and edges.

    private final class Assembly {
        private final Console console;
        private final List<Strip> strips;
        private final List<List<ClipPlacement>> clips;
        private final List<List<EffectSlot>> effects;
        private final int rate;
        private final int master;
        private final List<Route> routes;

        /** For each strip, the master last, the routes that lead into it and those that leave it, as declared. */
        private final List<List<Route>> into = new ArrayList<>();

        private final List<List<Route>> leaving = new ArrayList<>();
        private final boolean[] present;

        Assembly(
                Console console,
                List<Route> routes,
                List<List<ClipPlacement>> clips,
                List<List<EffectSlot>> effects,
                int rate) {
            this.console = console;
            this.strips = console.strips();
            this.clips = clips;
            this.effects = effects;
            this.rate = rate;
            this.master = strips.size();
            this.routes = new ArrayList<>(routes);
            this.present = new boolean[master + 1];
            for (int strip = 0; strip <= master; strip++) {
                into.add(new ArrayList<>());
                leaving.add(new ArrayList<>());
            }
            for (Route route : routes) {
                into.get(route.to()).add(route);
                leaving.get(route.from()).add(route);
            }
        }

        MixGraph graph() {
            prune();
            int[] order = order();
            int[] place = new int[master + 1];
            for (int i = 0; i < order.length; i++) {
                place[order[i]] = i;
            }
            int[] arrival = new int[master + 1];
            long[] tail = new long[master + 1];
            long[] end = new long[master + 1];
            for (int strip : order) {
                arrival[strip] = arrival(strip, arrival);
                long own = ownTail(strip);
                tail[strip] = longestInto(strip, tail) + own + delayed(strip);
                end[strip] = Math.max(clipEnd(strip), endInto(strip, end)) + own;
            }

            List<Node> nodes = new ArrayList<>();
            for (int strip : order) {
                nodes.add(node(strip, arrival[strip], end[strip]));
            }
            routes.sort(Comparator.comparingInt((Route route) -> place[route.to()])
                    .thenComparing(Route::port)
                    .thenComparingInt(Route::from)
                    .thenComparing(Route::role)
                    .thenComparingInt(Route::effect));
            SoloState solo = new SoloState(strips, routes);
            List<Edge> edges = new ArrayList<>();
            for (Route route : routes) {
                edges.add(edge(route, place, arrival, solo));
            }
            return new MixGraph(
                    rate,
                    nodes,
                    edges,
                    console.finish()
                            .withGainDb(Curve.of(
                                    console.masterAutomation().gainDb(),
                                    console.finish().gainDb().value(0),
                                    rate)),
                    List.copyOf(sources.values()),
                    console.busMap(),
                    fxPresets(),
                    clips.stream()
                            .flatMap(List::stream)
                            .mapToLong(ClipPlacement::endFrame)
                            .max()
                            .orElse(0),
                    tail[master],
                    notes);
        }

        /** Takes out every bus that nothing feeds, until none is left. */
        private void prune() {
            Arrays.fill(present, true);
            int[] feeding = new int[master + 1];
            for (Route route : routes) {
                feeding[route.to()] += route.port() == Edge.Port.MAIN ? 1 : 0;
            }
            boolean changed = true;
            while (changed) {
                changed = false;
                for (int s = 0; s < master; s++) {
                    if (present[s] && strips.get(s).kind() == Node.Kind.BUS && feeding[s] == 0) {
                        present[s] = false;
                        changed = true;
                        for (Route route : leaving.get(s)) {
                            if (route.port() == Edge.Port.MAIN) {
                                feeding[route.to()]--;
                            } else if (present[route.to()]) {
                                notes.add("nothing feeds the bus '"
                                        + strips.get(s).id() + "', so what it keys in '" + id(route.to())
                                        + "' hears silence");
                            }
                        }
                        notes.add("the bus '" + strips.get(s).id() + "' is left out: nothing feeds it");
                    }
                }
            }
            routes.removeIf(this::isGone);
            into.forEach(some -> some.removeIf(this::isGone));
            leaving.forEach(some -> some.removeIf(this::isGone));
        }

        private boolean isGone(Route route) {
            return !present[route.from()] || !present[route.to()];
        }

        /** Kahn's algorithm; of all strips that are ready, the first declared goes first. */
        private int[] order() {
            int[] waiting = new int[master + 1];
            for (Route route : routes) {
                waiting[route.to()]++;
            }
            Queue<Integer> ready = new PriorityQueue<>();
            for (int strip = 0; strip <= master; strip++) {
                if (present[strip] && waiting[strip] == 0) {
                    ready.add(strip);
                }
            }
            List<Integer> order = new ArrayList<>();
            for (Integer next = ready.poll(); next != null; next = ready.poll()) {
                order.add(next);
                for (Route route : leaving.get(next)) {
                    if (--waiting[route.to()] == 0) {
                        ready.add(route.to());
                    }
                }
            }
            return order.stream().mapToInt(Integer::intValue).toArray();
        }

        private String id(int strip) {
            return strip == master ? BusConfig.MASTER : strips.get(strip).id();
        }

        private int latencyBefore(int strip, int effect) {
            int latency = 0;
            for (int i = 0; i < effect; i++) {
                latency = Math.addExact(latency, effects.get(strip).get(i).latencyFrames(rate));
            }
            return latency;
        }

        /**
         * By how much the signal at a tap is late, as others are to line up with it: less by its trim delay, which is
         * to be heard. Negative when it must be held up for that.
         */
        private int latencyAt(int strip, Tap tap, int[] arrival) {
            int late = tap == Tap.INPUT
                    ? arrival[strip]
                    : arrival[strip] + latencyBefore(strip, effects.get(strip).size());
            return late - strips.get(strip).trimDelayFrames();
        }

        /** The latest arrival of anything it needs, a key being needed only where its effect stands. */
        private int arrival(int strip, int[] arrival) {
            int latest = 0;
            for (Route route : into.get(strip)) {
                int late = latencyAt(route.from(), route.tap(), arrival);
                int needed = route.port() == Edge.Port.KEY ? late - latencyBefore(strip, route.effect()) : late;
                latest = Math.max(latest, needed);
            }
            return latest;
        }

        /** How long a strip's signal is at most moved later to be heard so. */
        private long delayed(int strip) {
            return strip == master ? 0 : Math.max(0, strips.get(strip).trimDelayFrames());
        }

        /** The longest path of declared tails and trim delays into a strip. */
        private long longestInto(int strip, long[] tail) {
            long longest = 0;
            for (Route route : into.get(strip)) {
                if (route.port() == Edge.Port.MAIN) {
                    longest = Math.max(longest, tail[route.from()]);
                }
            }
            return longest;
        }

        /** The timeline frame by which everything that goes into a strip has decayed. */
        private long endInto(int strip, long[] end) {
            long latest = 0;
            for (Route route : into.get(strip)) {
                if (route.port() == Edge.Port.MAIN) {
                    latest = Math.max(latest, end[route.from()] + delayed(route.from()));
                }
            }
            return latest;
        }

        private List<ClipPlacement> played(int strip) {
            return strip < clips.size() ? clips.get(strip) : List.of();
        }

        private long clipEnd(int strip) {
            return played(strip).stream()
                    .mapToLong(ClipPlacement::endFrame)
                    .max()
                    .orElse(0);
        }

        /** The declared tails of a strip's effects. */
        private long ownTail(int strip) {
            long sum = 0;
            for (int i = 0; i < effects.get(strip).size(); i++) {
                sum += tail(strip, i);
            }
            return sum;
        }

        private long tail(int strip, int index) {
            EffectSlot slot = effects.get(strip).get(index);
            List<Strip.Placed> written = strip == master
                    ? console.masterInserts()
                    : strips.get(strip).inserts();
            String pointer = written.get(index).pointer();
            try {
                long own = slot.tailFrames(rate);
                if (own <= (long) (Tail.MAX_SECONDS * rate)) {
                    return own;
                }
                problem(
                        Code.UNBOUNDED_TAIL,
                        pointer,
                        "the effect " + EffectCatalogue.of(slot.effect()).name() + " rings for more than an hour");
            } catch (IllegalArgumentException e) {
                // What it cannot be made of, such as a recording that is too long.
                problem(Code.OUT_OF_RANGE, pointer, String.valueOf(e.getMessage()));
            }
            return 0;
        }

        private Node node(int strip, int arrival, long end) {
            int output = arrival + latencyBefore(strip, effects.get(strip).size());
            if (strip == master) {
                return new Node(
                        Node.Kind.MASTER,
                        BusConfig.MASTER,
                        BusConfig.MASTER,
                        ChannelLayout.STEREO,
                        InputMode.STEREO,
                        false,
                        0,
                        List.of(),
                        effects.get(strip),
                        arrival,
                        output,
                        end);
            }
            Strip written = strips.get(strip);
            List<ClipPlacement> played = played(strip);
            boolean mono = written.kind() == Node.Kind.TRACK
                    && played.stream().allMatch(clip -> clip.source().format().channels() == 1);
            return new Node(
                    written.kind(),
                    written.id(),
                    written.name(),
                    mono ? ChannelLayout.MONO : ChannelLayout.STEREO,
                    written.input(),
                    written.phaseInvert(),
                    written.trimDelayFrames(),
                    played,
                    effects.get(strip),
                    arrival,
                    output,
                    end);
        }

        private Edge edge(Route route, int[] place, int[] arrival, SoloState solo) {
            Strip from = strips.get(route.from());
            int due = route.port() == Edge.Port.KEY
                    ? arrival[route.to()] + latencyBefore(route.to(), route.effect())
                    : arrival[route.to()];
            boolean faded = route.tap() == Tap.POST_FADER;
            boolean main = route.port() == Edge.Port.MAIN;
            Curve level = faded ? from.fader(rate) : Curve.constant(0);
            Curve gate = faded && main ? from.gate(rate) : Curve.constant(1);
            Panning panning =
                    route.role() == Edge.Role.OUTPUT ? from.panning(rate) : Panning.of(Curve.constant(0), from.lawDb());
            Send send = route.send();
            if (send != null) {
                level = level.plus(Curve.of(send.automation().gainDb(), send.gainDb(), rate));
                gate = gate.times(Curve.mute(send.automation().mute(), false, rate));
                panning = Panning.of(Curve.of(send.automation().pan(), send.pan(), rate), from.lawDb());
            }
            return new Edge(
                    place[route.from()],
                    route.tap(),
                    place[route.to()],
                    route.port(),
                    route.effect(),
                    route.role(),
                    level,
                    gate,
                    panning,
                    main && ((from.muted() && faded) || !solo.open(route)),
                    due - latencyAt(route.from(), route.tap(), arrival));
        }

        private Map<String, String> fxPresets() {
            Map<String, String> presets = new LinkedHashMap<>();
            for (int s = 0; s < master; s++) {
                String preset = strips.get(s).fxPreset();
                if (present[s] && preset != null) {
                    presets.put(strips.get(s).id(), preset);
                }
            }
            if (console.masterFxPreset() != null) {
                presets.put(BusConfig.MASTER, console.masterFxPreset());
            }
            return Collections.unmodifiableMap(presets);
        }
    }
}
