package io.mixgraph.documents.page;

import io.mixgraph.render.RenderReport;
import io.mixgraph.render.RenderTrace;
import java.util.ArrayList;
import java.util.List;

/** The master's loudness over time, and under it what the limiter took away. */
final class LoudnessCurves {
    private static final int MOST_POINTS = 1200;
    private static final int MOST_STEPS = 1000;

    /** What a loudness scale spans at least and at most, in LU. */
    private static final double LEAST_SPAN = 18;

    private static final double MOST_SPAN = 42;

    private final Markup page;
    private final RenderReport.LoudnormMetrics metrics;
    private final RenderTrace trace;
    private final TimeAxis time;
    private final List<Plot.Tick> ticks;

    private LoudnessCurves(Markup page, RenderReport report, RenderTrace trace) {
        this.page = page;
        this.metrics = report.loudnormMetrics();
        this.trace = trace;
        time = new TimeAxis(trace.frames(), trace.sampleRate());
        ticks = time.ticks();
    }

    static void write(Markup page, RenderReport report, RenderTrace trace) {
        new LoudnessCurves(page, report, trace).write();
    }

    private void write() {
        page.open("section").element("h2", "Loudness and limiting");
        page.element("p", "The master: short-term loudness over 3 s, momentary over 0.4 s.", "class", "note");
        loudness();
        reduction();
        Plot.columnLabels(page, ticks);
        page.close();
    }

    private void loudness() {
        Double target = metrics.targetI() == null || !Double.isFinite(metrics.targetI()) ? null : metrics.targetI();
        double loudest = Math.max(
                Series.max(trace.momentaryLufs(), Double.NEGATIVE_INFINITY),
                target == null ? Double.NEGATIVE_INFINITY : target);
        double top = Double.isFinite(loudest) ? 6 * StrictMath.ceil((loudest + 1) / 6) : 0;
        double integrated = finite(metrics.outputI(), top);
        double quietest = Math.min(
                Math.max(Series.min(trace.shortTermLufs(), top), integrated - LEAST_SPAN),
                target == null ? integrated : Math.min(integrated, target));
        double bottom = Math.max(top - MOST_SPAN, Math.min(top - LEAST_SPAN, 6 * StrictMath.floor(quietest / 6)));
        List<Plot.Tick> rows = Plot.scale(top, bottom, 6);

        Plot.label(page, "row");
        page.element("span", "LUFS", "class", "unit");
        page.element("span", "short-term", "class", "key short-term");
        page.element("span", "momentary", "class", "key momentary");
        page.element("span", "integrated " + Figures.level(metrics.outputI()), "class", "key integrated");
        if (target != null) {
            page.element("span", "target " + Figures.level(target), "class", "key target");
        }
        page.close();
        Plot plot = Plot.open(
                page,
                "tall",
                "Loudness of the master over time: loudest 400 ms "
                        + Figures.level(Series.max(trace.momentaryLufs(), Double.NEGATIVE_INFINITY))
                        + ", loudest 3 s "
                        + Figures.level(Series.max(trace.shortTermLufs(), Double.NEGATIVE_INFINITY))
                        + ", integrated " + Figures.level(metrics.outputI()) + " LUFS");
        plot.columns(ticks).rows(rows);
        curve(plot, "momentary", trace.momentaryLufs(), top, bottom);
        curve(plot, "short-term", trace.shortTermLufs(), top, bottom);
        if (Double.isFinite(metrics.outputI())) {
            plot.row("integrated", (top - integrated) / (top - bottom));
        }
        if (target != null) {
            plot.row("target", (top - target) / (top - bottom));
        }
        plot.drawn().rowLabels(rows).close();
    }

    private void curve(Plot plot, String style, List<Double> lufs, double top, double bottom) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int point : Series.extremes(lufs, MOST_POINTS)) {
            x.add(time.at((point + 1.0) * trace.hopFrames() / trace.sampleRate()));
            y.add((top - lufs.get(point)) / (top - bottom));
        }
        plot.line(style, x, y);
    }

    private void reduction() {
        double most = Series.max(trace.reductionDb(), 0);
        double step = 1;
        while (most > 2 * step) {
            step = step == 1 ? 2 : step == 2 ? 3 : step * 2;
        }
        double depth = 2 * step;
        List<Plot.Tick> rows = Plot.scale(0, -depth, step);

        Plot.label(page, "row joined");
        page.element("span", "dB", "class", "unit");
        page.element("span", "limiter", "class", "key reduction");
        page.element("span", limiter(most));
        page.close();
        Plot plot = Plot.open(page, "low", "What the limiter took away over time, " + limiter(most));
        plot.columns(ticks).rows(rows);
        List<Double> bars = Series.highest(trace.reductionDb(), MOST_STEPS);
        plot.steps(
                "reduction",
                bars.stream().map(db -> 0.0).toList(),
                bars.stream().map(db -> finite(db, 0) / depth).toList());
        plot.drawn().rowLabels(rows).close();
    }

    private String limiter(double most) {
        if (most > 0) {
            return "at most " + Figures.level(Math.max(most, metrics.limiterMaxReductionDb())) + " dB";
        }
        return metrics.targetTp() == null ? "none" : "idle throughout";
    }

    private static double finite(double value, double otherwise) {
        return Double.isFinite(value) ? value : otherwise;
    }
}
