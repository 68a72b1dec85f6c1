package io.mixgraph.documents.page;

import io.mixgraph.audio.Decibels;
import io.mixgraph.render.PlannedFile.Kind;
import io.mixgraph.render.RenderReport;
import io.mixgraph.render.RenderTrace;
import java.util.Comparator;
import java.util.List;

/** The master and each stem over one time: the lowest and highest sample of each moment. */
final class Waveforms {
    private static final int MOST_STEPS = 1000;
    /** In all waveforms together. */
    private static final int STEPS_OF_ALL = 12_000;

    /** Half of the least height of a waveform, so that silence is a line. */
    private static final double HAIR = 0.004;

    private final Markup page;
    private final RenderReport report;
    private final RenderTrace trace;
    private final Palette palette;

    private Waveforms(Markup page, RenderReport report, RenderTrace trace, Palette palette) {
        this.page = page;
        this.report = report;
        this.trace = trace;
        this.palette = palette;
    }

    static void write(Markup page, RenderReport report, RenderTrace trace, Palette palette) {
        new Waveforms(page, report, trace, palette).write();
    }

    private void write() {
        TimeAxis time = new TimeAxis(trace.frames(), trace.sampleRate());
        List<Plot.Tick> ticks = time.ticks();
        page.open("section", "class", "waves").raw("\n").element("h2", "Waveforms");
        List<RenderTrace.FileTrace> stems =
                trace.files().stream().filter(file -> !isMaster(file)).toList();
        double scale = stems.stream().mapToDouble(Waveforms::peak).max().orElse(0);
        page.element("p", stems.isEmpty() ? "The master at full scale." : words(scale), "class", "note");
        // The master first, the stems in the order of the plan.
        trace.files().stream()
                .sorted(Comparator.comparing(file -> !isMaster(file)))
                .forEach(file -> row(file, isMaster(file) ? Math.max(1, peak(file)) : scale, ticks));
        Plot.columnLabels(page, ticks);
        page.close();
    }

    private static String words(double scale) {
        return "The master at full scale. The stems share one scale"
                + (scale > 0 ? ", which ends at " + Figures.level(Decibels.fromGain(scale)) + " dBFS." : ".");
    }

    private void row(RenderTrace.FileTrace file, double scale, List<Plot.Tick> ticks) {
        int steps =
                Math.min(MOST_STEPS, STEPS_OF_ALL / Math.max(1, trace.files().size()));
        String style = isMaster(file) ? "ink" : palette.style(file.id());
        Plot.label(page, "row");
        page.open("span", "class", "who " + style).element("bdi", file.id()).close();
        Stems.reported(report, file).ifPresent(this::levels);
        Double ceiling = isMaster(file) ? report.loudnormMetrics().targetTp() : null;
        if (ceiling != null) {
            page.element("span", "ceiling " + Figures.level(ceiling), "class", "key ceiling");
        }
        page.close();
        Plot plot = Plot.open(page, isMaster(file) ? "tall" : "low", "Waveform of " + file.id());
        plot.columns(ticks).row("grid", 0.5);
        plot.steps(
                "wave " + style,
                Series.highest(file.high(), steps).stream()
                        .map(high -> at(high, scale) - HAIR)
                        .toList(),
                Series.lowest(file.low(), steps).stream()
                        .map(low -> at(low, scale) + HAIR)
                        .toList());
        if (ceiling != null) {
            double gain = Decibels.toGain(ceiling);
            plot.row("ceiling", at(gain, scale)).row("ceiling", at(-gain, scale));
        }
        plot.drawn().close();
    }

    private void levels(RenderReport.FileReport file) {
        page.element("span", Figures.level(file.loudness().integratedLufs()) + " LUFS");
        page.element("span", "peak " + Figures.level(file.loudness().truePeakDbtp()) + " dBTP");
    }

    private static double at(double sample, double scale) {
        return Double.isFinite(sample) && scale > 0 ? 0.5 - 0.48 * sample / scale : 0.5;
    }

    private static double peak(RenderTrace.FileTrace file) {
        return Math.max(Series.max(file.high(), 0), -Series.min(file.low(), 0));
    }

    private static boolean isMaster(RenderTrace.FileTrace file) {
        return file.kind() == Kind.AUDIO_MASTER;
    }
}
