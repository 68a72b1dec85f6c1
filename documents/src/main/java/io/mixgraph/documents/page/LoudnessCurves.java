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
        loudness();
        reduction();
        page.open("div", "class", "row").raw("\n").element("span", "", "class", "label");
        Plot.columnLabels(page, ticks);
        page.close().close();
    }

    private void loudness() {
        Double target = metrics.targetI();
        double loudest = Math.max(
                Series.max(trace.momentaryLufs(), Double.NEGATIVE_INFINITY),
                target == null ? Double.NEGATIVE_INFINITY : target);
        double top = Double.isFinite(loudest) ? 6 * StrictMath.ceil((loudest + 1) / 6) : 0;
        double quietest = Math.min(
                Series.min(trace.shortTermLufs(), top),
                Math.min(target == null ? top : target, finite(metrics.outputI(), top)));
        double bottom = Math.max(top - MOST_SPAN, Math.min(top - LEAST_SPAN, 6 * StrictMath.floor(quietest / 6)));
        List<Plot.Tick> rows = Plot.scale(top, bottom, 6);

        page.open("div", "class", "row").raw("\n").open("div", "class", "label").raw("\n");
        page.element("span", "LUFS", "class", "unit");
        page.element("span", "short-term, 3 s", "class", "key short-term");
        page.element("span", "momentary, 400 ms", "class", "key momentary");
        page.element("span", "integrated", "class", "key integrated");
        if (target != null) {
            page.element("span", "target", "class", "key target");
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
        boolean measured = Double.isFinite(metrics.outputI());
        double integrated = (top - metrics.outputI()) / (top - bottom);
        if (measured) {
            plot.row("integrated", integrated);
        }
        if (target != null) {
            plot.row("target", (top - target) / (top - bottom));
        }
        plot.drawn().rowLabels(rows);
        boolean apart = target == null || Math.abs(metrics.outputI() - target) > 0.05;
        if (measured && apart) {
            // Above its line or under it, wherever the target's label is not.
            boolean under = target != null && metrics.outputI() < target;
            plot.mark(under ? "under" : "over", integrated, "integrated " + Figures.level(metrics.outputI()));
        }
        if (target != null) {
            boolean under = measured && metrics.outputI() > target && apart;
            plot.mark(
                    under ? "under goal" : "over goal",
                    (top - target) / (top - bottom),
                    (measured && !apart ? "integrated on target " : "target ") + Figures.level(target));
        }
        plot.close();
        page.close();
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
        double step = most > 12 ? 6 : most > 4 ? 3 : 1;
        double depth = step * Math.max(most > 4 ? 1 : 2, StrictMath.ceil(most / step));
        List<Plot.Tick> rows = Plot.scale(0, -depth, step);

        page.open("div", "class", "row joined")
                .raw("\n")
                .open("div", "class", "label")
                .raw("\n");
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
        page.close();
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
