package io.mixgraph.documents.page;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.Dither;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.documents.DocumentFormat;
import io.mixgraph.documents.SessionDocument;
import io.mixgraph.documents.SessionDocuments;
import io.mixgraph.loudness.Gating;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.InvalidSessionException;
import io.mixgraph.model.StemTap;
import io.mixgraph.render.Binding;
import io.mixgraph.render.PlannedFile.Kind;
import io.mixgraph.render.RenderReport;
import io.mixgraph.render.RenderTrace;
import io.mixgraph.routing.GraphCompiler;
import io.mixgraph.routing.MixGraph;
import io.mixgraph.routing.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Renders that never were, as they might have been: a compiled session and levels over time made up from a seed.
 * Nothing here is measured; loudness follows from the made-up energies.
 *
 * @param name of the mix
 */
record SyntheticMix(String name, RenderReport report, RenderTrace trace, MixGraph graph) {
    private static final int RATE = 48_000;
    private static final double CEILING_DB = -1;

    /** How loud each bus is in each section of the song, in dB. */
    private static final double[][] SECTIONS = {
        {-60, -30, -26, -60, -20},
        {-19, -21, -23, -17, -30},
        {-15, -18, -18, -14, -24},
        {-19, -21, -24, -17, -30},
        {-15, -18, -18, -13.5, -22},
        {-60, -24, -19, -22, -16},
        {-13.5, -17, -16, -13, -22},
        {-60, -60, -24, -60, -24},
    };

    private static final double[] SECTION_ENDS = {0.07, 0.24, 0.38, 0.52, 0.67, 0.77, 0.95, 1};

    private static final String SONG = """
            name: Paper Lanterns
            bus_preset: none
            tracks:
              - {id: kick, source: kick.wav, bus: drums, fx: [{type: highpass, frequency_hz: 30}, {type: compressor, threshold_db: -18}]}
              - {id: snare, source: snare.wav, bus: drums, fx: [{type: gate, threshold_db: -40}], sends: [{to: plate, gain_db: -14}]}
              - {id: hats, source: hats.wav, bus: drums, pan: 0.3}
              - {id: overheads, source: overheads.wav, bus: drums}
              - {id: bass_di, source: bass_di.wav, bus: bass, fx: [{type: ducker, key: kick, depth_db: 4, threshold_db: -35}]}
              - {id: bass_amp, source: bass_amp.wav, bus: bass, fx: [{type: saturation}]}
              - {id: piano, source: piano.wav, bus: keys}
              - {id: rhodes, source: rhodes.wav, bus: keys, sends: [{to: plate, gain_db: -18}]}
              - {id: pad, source: pad.wav, bus: keys, mute: true}
              - {id: lead, source: lead.wav, bus: vocals, name: Lead vocal, fx: [{type: highpass, frequency_hz: 80}, {type: de_esser, frequency_hz: 6500, threshold_db: -30}, {type: compressor, threshold_db: -20}, {type: eq, bands: [{frequency_hz: 3000, gain_db: 2}]}], sends: [{to: plate, gain_db: -10}]}
              - {id: double, source: double.wav, bus: choir, gain_db: -8}
              - {id: choir_l, source: choir_l.wav, bus: choir, pan: -0.8}
              - {id: choir_r, source: choir_r.wav, bus: choir, pan: 0.8}
              - {id: swell, source: swell.wav, bus: plate}
            buses:
              - {id: drums, fx: [{type: compressor, threshold_db: -14}]}
              - {id: bass}
              - {id: keys, fx: [{type: tilt, gain_db: 1}]}
              - {id: choir, name: Choir, output: vocals}
              - {id: vocals, name: Vocals, fx: [{type: limiter, true_peak_db: -3}]}
              - {id: plate, fx: [{type: reverb, decay_s: 1.8}]}
            master:
              fx: [{type: tilt, gain_db: 0.5}, {type: compressor, threshold_db: -12, ratio: 1.5}]
              loudness: {target_lufs: -14, true_peak_db: -1}
            """;

    /** Three minutes with sections, six buses of which one is nested, fourteen tracks. */
    static SyntheticMix song() {
        return of("Paper Lanterns", graph(SONG), 180L * RATE, 7);
    }

    /** So many tracks on so many buses over so long a time. */
    static SyntheticMix large(int tracks, int buses, long seconds) {
        StringBuilder yaml = new StringBuilder("name: Large\nbus_preset: none\ntracks:\n");
        for (int i = 0; i < tracks; i++) {
            yaml.append("  - {id: track_" + i + ", source: t" + i + ".wav, bus: bus_" + i % buses);
            yaml.append(i % 7 == 3 ? ", sends: [{to: bus_" + (i % buses == 0 ? 1 : 0) + ", gain_db: -12}]}\n" : "}\n");
        }
        yaml.append("buses:\n");
        for (int i = 0; i < buses; i++) {
            yaml.append("  - {id: bus_" + i + "}\n");
        }
        return of("Large", graph(yaml + "master: {loudness: {target_lufs: -16}}\n"), seconds * RATE, 3);
    }

    /** One frame of silence in mono, without stems or limiter. */
    static SyntheticMix nothing() {
        MixGraph graph = graph("""
                bus_preset: none
                tracks: [{id: a, source: a.wav, bus: b}]
                buses: [{id: b}]
                master: {limiter: false}
                """);
        double none = Double.NEGATIVE_INFINITY;
        RenderTrace trace = new RenderTrace(
                RATE,
                1,
                List.of(new RenderTrace.FileTrace(
                        "master", Kind.AUDIO_MASTER, List.of(0.0), List.of(0.0), List.of(0.0))),
                RATE / 10,
                List.of(none),
                List.of(none),
                List.of(0.0),
                new RenderTrace.Spectrum(List.of(), List.of()),
                new RenderTrace.Spectrum(List.of(), List.of()));
        RenderReport.FileLoudness silent = new RenderReport.FileLoudness(none, 0, none, none, none, none);
        RenderReport report = report(
                "",
                graph,
                1,
                new RenderReport.LoudnormMetrics(
                        none, none, 0, none, none, none, 0, none, null, null, null, 0, 0, Binding.SILENCE),
                List.of(file("master", Kind.AUDIO_MASTER, 1, true, silent)),
                new RenderReport.Certificate(true, null, null, 0, none, none, null, List.of()),
                List.of());
        return new SyntheticMix("", report, trace, graph);
    }

    /** The same under another name and with other warnings. */
    SyntheticMix with(String newName, List<String> warnings) {
        RenderReport changed = report(
                newName,
                graph,
                report.frames(),
                report.loudnormMetrics(),
                report.files(),
                report.certificate(),
                warnings);
        return new SyntheticMix(newName, changed, trace, graph);
    }

    /** The same with another result. */
    SyntheticMix with(RenderReport.LoudnormMetrics metrics, RenderReport.Certificate certificate) {
        RenderReport changed =
                report(name, graph, report.frames(), metrics, report.files(), certificate, report.warnings());
        return new SyntheticMix(name, changed, trace, graph);
    }

    /** The same over another course of time. */
    SyntheticMix with(RenderTrace newTrace) {
        return new SyntheticMix(name, report, newTrace, graph);
    }

    String html() {
        return ReportPage.html(name, report, trace, graph);
    }

    /** A session compiled; every source is four seconds long or more and holds nothing. */
    static MixGraph graph(String yaml) {
        SessionDocument document = SessionDocuments.read(yaml, "synthetic", DocumentFormat.YAML);
        if (!document.problems().isEmpty()) {
            throw new IllegalArgumentException(document.problems().toString());
        }
        try {
            return GraphCompiler.compile(document.session(), Unheard::new);
        } catch (InvalidSessionException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** A source that is never played. */
    private record Unheard(String name) implements AudioSource {
        @Override
        public AudioFormat format() {
            return new AudioFormat(RATE, name.length() % 2 == 0 ? ChannelLayout.MONO : ChannelLayout.STEREO);
        }

        @Override
        public long frames() {
            return 180L * RATE;
        }

        @Override
        public FrameSource open(long firstFrame) throws IOException {
            throw new IOException("never played");
        }
    }

    private static SyntheticMix of(String name, MixGraph graph, long frames, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int hop = RATE / 10;
        int hops = (int) ((frames + hop - 1) / hop);
        int bins = (int) Math.min(RenderTrace.BINS, frames);
        List<String> buses = graph.nodes().stream()
                .filter(node -> node.kind() == Node.Kind.BUS)
                .map(Node::id)
                .toList();
        List<double[]> energies = new ArrayList<>();
        for (int bus = 0; bus < buses.size(); bus++) {
            energies.add(energy(bus, hops, random));
        }
        double[] fed = new double[hops];
        for (int bus = 0; bus < buses.size(); bus++) {
            for (int i = 0; i < hops; i++) {
                fed[i] += inSum(buses.get(bus)) ? energies.get(bus)[i] : 0;
            }
        }
        double target =
                graph.finish().target() == null ? -14 : graph.finish().target().lufs();
        double gainDb = target - Gating.integrated(fed, hops);
        List<Double> reduction = new ArrayList<>();
        List<RenderTrace.FileTrace> files = new ArrayList<>();
        List<RenderReport.FileReport> reports = new ArrayList<>();
        for (int bus = 0; bus < buses.size(); bus++) {
            RenderTrace.FileTrace file = file(buses.get(bus), Kind.AUDIO_BUS_STEM, energies.get(bus), bins, 2, random);
            files.add(file);
            reports.add(
                    file(file.id(), Kind.AUDIO_BUS_STEM, frames, inSum(file.id()), loudness(energies.get(bus), file)));
        }
        double[] master = new double[hops];
        for (int i = 0; i < hops; i++) {
            master[i] = fed[i] * StrictMath.pow(10, gainDb / 10);
        }
        RenderTrace.FileTrace unlimited = file("master", Kind.AUDIO_MASTER, master, bins, 2.3, random);
        double ceiling = Decibels.toGain(CEILING_DB);
        for (int i = 0; i < bins; i++) {
            double peak = Math.max(unlimited.high().get(i), -unlimited.low().get(i));
            reduction.add(Math.max(0, Decibels.fromGain(Math.max(1e-9, peak)) - CEILING_DB));
        }
        RenderTrace.FileTrace limited = new RenderTrace.FileTrace(
                "master",
                Kind.AUDIO_MASTER,
                unlimited.low().stream().map(low -> Math.max(low, -ceiling)).toList(),
                unlimited.high().stream().map(high -> Math.min(high, ceiling)).toList(),
                unlimited.energy());
        files.add(limited);
        RenderReport.FileLoudness loudness = loudness(master, limited);
        reports.add(file("master", Kind.AUDIO_MASTER, frames, true, loudness));
        RenderTrace.Spectrum before = spectrum(-16 - gainDb, 0);
        RenderTrace trace = new RenderTrace(
                RATE, frames, files, hop, series(master, 4), series(master, 30), reduction, before, spectrum(-16, 1.4));
        RenderReport.LoudnormMetrics metrics = new RenderReport.LoudnormMetrics(
                Gating.integrated(fed, hops),
                -6.2,
                7.1,
                -31,
                target,
                CEILING_DB - 0.02,
                6.4,
                -24.3,
                target,
                CEILING_DB,
                null,
                gainDb,
                Series.max(reduction, 0),
                Binding.TARGET);
        RenderReport report = report(
                name,
                graph,
                frames,
                metrics,
                reports,
                new RenderReport.Certificate(
                        true,
                        StemTap.PRE_MASTER,
                        "pre_master",
                        0,
                        Double.NEGATIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        true,
                        List.of(new RenderReport.SumProof(
                                "instrumental",
                                StemTap.PRE_MASTER,
                                List.of("drums", "bass", "keys"),
                                -162.3,
                                -138.5,
                                true))),
                List.of("“pad” is muted and is in no file.", "hats.wav holds 212 frames less than its header says."));
        return new SyntheticMix(name, report, trace, graph);
    }

    /** A nested bus is heard in the bus that it feeds. */
    private static boolean inSum(String bus) {
        return !bus.equals("choir");
    }

    private static double[] energy(int bus, int hops, SplittableRandom random) {
        double[] energy = new double[hops];
        double swing = 0;
        for (int i = 0; i < hops; i++) {
            double at = (i + 0.5) / hops;
            int section = 0;
            while (at > SECTION_ENDS[section]) {
                section++;
            }
            swing = 0.9 * swing + random.nextDouble(-0.9, 0.9);
            double beat = bus % 5 == 0 ? (i % 5 == 0 ? 3 : -2) : StrictMath.sin(i * (0.11 + 0.05 * bus));
            double level = SECTIONS[section][bus % 5] - 6 + swing + beat - bus / 5 * 5;
            boolean rests = at < 0.01 || at > 0.992;
            energy[i] = rests ? 0 : StrictMath.pow(10, level / 10);
        }
        return energy;
    }

    private static RenderTrace.FileTrace file(
            String id, Kind kind, double[] energy, int bins, double crest, SplittableRandom random) {
        List<Double> low = new ArrayList<>();
        List<Double> high = new ArrayList<>();
        List<Double> hops = new ArrayList<>();
        for (int i = 0; i < bins; i++) {
            double rms = Math.sqrt(energy[(int) ((long) i * energy.length / bins)] / 2);
            low.add(-rms * crest * random.nextDouble(1, 1.9));
            high.add(rms * crest * random.nextDouble(1, 1.9));
        }
        for (double value : energy) {
            hops.add(value);
        }
        return new RenderTrace.FileTrace(id, kind, low, high, hops);
    }

    private static List<Double> series(double[] energy, int window) {
        List<Double> series = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < energy.length; i++) {
            sum += energy[i] - (i < window ? 0 : energy[i - window]);
            series.add(i + 1 < window ? Double.NEGATIVE_INFINITY : Gating.lufs(Math.max(0, sum / window)));
        }
        return series;
    }

    private static RenderReport.FileLoudness loudness(double[] energy, RenderTrace.FileTrace file) {
        double peak = Decibels.fromGain(Math.max(Series.max(file.high(), 0), -Series.min(file.low(), 0)));
        return new RenderReport.FileLoudness(
                Gating.integrated(energy, energy.length),
                6.4,
                peak,
                peak - 0.1,
                Series.max(series(energy, 4), Double.NEGATIVE_INFINITY),
                Series.max(series(energy, 30), Double.NEGATIVE_INFINITY));
    }

    private static RenderTrace.Spectrum spectrum(double levelDb, double tiltDb) {
        List<Double> centres = new ArrayList<>();
        List<Double> levels = new ArrayList<>();
        for (int band = -17; band <= 13; band++) {
            double hz = 1000 * StrictMath.pow(10, band / 10.0);
            double octave = StrictMath.log(hz / 1000) / StrictMath.log(2);
            double shape = -1.1 * octave - 0.5 * octave * octave + 2.5 * StrictMath.sin(band * 0.9);
            double rolled = hz < 40 ? -10 * (40 - hz) / 20 : hz > 15_000 ? -8 : 0;
            centres.add(hz);
            levels.add(levelDb - 10 + shape + rolled + tiltDb * StrictMath.sin(octave * 0.9) + tiltDb * octave * 0.3);
        }
        return new RenderTrace.Spectrum(centres, levels);
    }

    private static RenderReport.FileReport file(
            String id, Kind kind, long frames, boolean inSum, RenderReport.FileLoudness loudness) {
        boolean master = kind == Kind.AUDIO_MASTER;
        return new RenderReport.FileReport(
                id,
                kind,
                master ? "master.wav" : "stems/" + id + ".wav",
                sha256(id),
                FileFormat.Container.WAV,
                master ? SampleEncoding.PCM24 : SampleEncoding.FLOAT32,
                Dither.NONE,
                RATE,
                frames,
                inSum,
                null,
                loudness,
                null);
    }

    private static String sha256(String seed) {
        SplittableRandom random = new SplittableRandom(seed.hashCode());
        StringBuilder hex = new StringBuilder();
        while (hex.length() < 64) {
            hex.append(Character.forDigit(random.nextInt(16), 16));
        }
        return hex.toString();
    }

    /** The one place that knows what a report is made of. */
    static RenderReport report(
            String name,
            MixGraph graph,
            long frames,
            RenderReport.LoudnormMetrics metrics,
            List<RenderReport.FileReport> files,
            RenderReport.Certificate certificate,
            List<String> warnings) {
        Map<String, Integer> latency = new LinkedHashMap<>();
        graph.nodes().forEach(node -> latency.put(node.id(), node.outputLatencyFrames()));
        return new RenderReport(
                name,
                null,
                new RenderReport.Engine("mixgraph", "0.1.0", 1),
                Map.of(),
                graph.hash(),
                graph.sampleRate(),
                frames,
                graph.busMap(),
                graph.fxPresets(),
                metrics,
                files,
                certificate,
                latency,
                graph.sources().stream()
                        .map(source -> new RenderReport.SourceReport(
                                source.name(),
                                source.format().sampleRate(),
                                source.format().channels(),
                                source.frames(),
                                null,
                                null))
                        .toList(),
                warnings);
    }
}
