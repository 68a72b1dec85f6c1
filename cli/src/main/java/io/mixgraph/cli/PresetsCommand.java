package io.mixgraph.cli;

import io.mixgraph.documents.DocumentFormat;
import io.mixgraph.documents.SessionDocuments;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.LoudnessMode;
import io.mixgraph.model.Master;
import io.mixgraph.model.Session;
import io.mixgraph.preset.BusPreset;
import io.mixgraph.preset.BusPresets;
import io.mixgraph.preset.FxPreset;
import io.mixgraph.preset.FxPresets;
import io.mixgraph.preset.LoudnessTargets;
import io.mixgraph.preset.LoudnessTargets.LoudnessTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "presets",
        description = "List all presets, or show one as the document that one would write in its place.")
final class PresetsCommand extends Subcommand {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "A bus preset, an FX preset or a loudness preset.")
    private @Nullable String name;

    /** A preset in the list. */
    private record Line(String name, String doc) {}

    /** A loudness target in the list, with where its figures are from and when they were read there. */
    private record TargetLine(
            String name,
            String doc,
            @Nullable Double targetLufs,
            @Nullable Double truePeakDb,
            @Nullable Double maxShortTermLufs,
            String publisher,
            String source,
            String asOf) {
        static TargetLine of(LoudnessTarget target) {
            return new TargetLine(
                    target.id(),
                    target.doc(),
                    target.targetLufs(),
                    target.truePeakDb(),
                    target.maxShortTermLufs(),
                    target.publisher(),
                    target.source(),
                    target.asOf());
        }

        /** In a line: {@code -14 LUFS, -1 dBTP. What to know. Publisher: source (2026-11)}. */
        Line line() {
            StringBuilder text = new StringBuilder();
            if (targetLufs != null && truePeakDb != null) {
                text.append(Figures.exact(targetLufs)).append(" LUFS, ");
                text.append(Figures.exact(truePeakDb)).append(" dBTP. ");
            }
            text.append(doc).append(' ').append(publisher).append(": ").append(source);
            return new Line(name, text.append(" (").append(asOf).append(")").toString());
        }
    }

    /** What is printed with {@code --json}. */
    private record Listing(List<Line> busPresets, List<Line> fxPresets, List<TargetLine> loudnessPresets) {}

    @Override
    void run() throws Failure {
        if (name == null) {
            list();
        } else {
            out().print(document(name));
            out().flush();
        }
    }

    private void list() {
        Listing listing = new Listing(
                BusPresets.all().stream()
                        .map(preset -> new Line(preset.name() + "@" + preset.version(), preset.doc()))
                        .toList(),
                FxPresets.all().stream()
                        .map(preset -> new Line(preset.name() + "@" + preset.version(), preset.doc()))
                        .toList(),
                LoudnessTargets.all().stream().map(TargetLine::of).toList());
        if (json()) {
            print(listing);
            return;
        }
        section("Bus presets (bus_preset)", listing.busPresets);
        section("FX presets (fx_preset)", listing.fxPresets);
        section(
                "Loudness presets (master.loudness.preset)",
                listing.loudnessPresets.stream().map(TargetLine::line).toList());
    }

    private void section(String title, List<Line> lines) {
        out().println(title);
        int width = lines.stream().mapToInt(line -> line.name.length()).max().orElse(0);
        for (Line line : lines) {
            out().println("  " + line.name + " ".repeat(width - line.name.length()) + "  " + line.doc);
        }
    }

    private String document(String preset) throws Failure {
        Session empty = Session.of(preset, List.of()).withBusPreset("none");
        Optional<BusPreset> buses = BusPresets.byName(preset);
        if (buses.isPresent()) {
            return written(
                    empty.withBuses(buses.get().buses()).withMaster(buses.get().master()));
        }
        Optional<FxPreset> fx = FxPresets.byName(preset);
        if (fx.isPresent()) {
            return written(empty.withFxChains(Map.of(fx.get().name(), fx.get().inserts())));
        }
        Optional<LoudnessTarget> target = LoudnessTargets.byName(preset);
        if (target.isPresent()) {
            return heading(target.get()) + written(empty.withMaster(Master.EMPTY.withLoudness(loudness(target.get()))));
        }
        List<String> known = new ArrayList<>(BusPresets.names());
        known.addAll(FxPresets.names());
        known.addAll(LoudnessTargets.names());
        throw Failure.invalid("there is no preset '" + preset + "'; known are " + String.join(", ", known));
    }

    /** Where the figures are from, as comments, which JSON has none of. */
    private String heading(LoudnessTarget target) {
        if (json()) {
            return "";
        }
        TargetLine line = TargetLine.of(target);
        return "# " + line.name + ": " + line.doc + "\n# " + line.publisher + ": " + line.source + " (" + line.asOf
                + ")\n"
                + (line.maxShortTermLufs == null
                        ? ""
                        : "# Short-term loudness at most " + Figures.exact(line.maxShortTermLufs) + " LUFS.\n");
    }

    private static LoudnessConfig loudness(LoudnessTarget target) {
        return target.targetLufs() == null || target.truePeakDb() == null
                ? new LoudnessConfig(target.name(), null, null, LoudnessMode.LIMIT, null)
                : LoudnessConfig.of(target.targetLufs(), target.truePeakDb());
    }

    private String written(Session session) {
        return SessionDocuments.write(session, json() ? DocumentFormat.JSON : DocumentFormat.YAML);
    }
}
