package io.mixgraph.documents.page;

import io.mixgraph.audio.Decibels;
import io.mixgraph.render.RenderTrace;
import java.util.ArrayList;
import java.util.List;

/**
 * The spectrum before and after the master in thirds of an octave. The one before is moved to the power of the one
 * after, so that what differs is tone and not level; by how much it was moved is said.
 */
final class SpectrumCurves {
    private static final double LOWEST_HZ = 20;
    private static final double HIGHEST_HZ = 20_000;
    private static final double MOST_SPAN_DB = 60;
    private static final int[] TICKS_HZ = {20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000};
    private static final List<Integer> ON_NARROW_HZ = List.of(20, 100, 1000, 10_000);

    private final Markup page;
    private final RenderTrace.Spectrum before;
    private final RenderTrace.Spectrum after;
    private final double moveDb;
    private final List<Plot.Tick> ticks;

    private SpectrumCurves(Markup page, RenderTrace trace) {
        this.page = page;
        before = trace.before();
        after = trace.after();
        double move = powerDb(after) - powerDb(before);
        moveDb = Double.isFinite(move) ? move : 0;
        ticks = ticks();
    }

    static void write(Markup page, RenderTrace trace) {
        new SpectrumCurves(page, trace).write();
    }

    private void write() {
        page.open("section").element("h2", "Tone, before and after the master");
        page.element("p", words(), "class", "note");
        spectra();
        difference();
        Plot.columnLabels(page, ticks);
        page.close();
    }

    private String words() {
        if (!Double.isFinite(powerDb(after))) {
            return "Silence: there is no tone to show.";
        }
        return "Power in thirds of an octave. Level-matched: what the buses fed the master is shown "
                + Figures.change(moveDb) + " dB, so that both carry the same power and only tone differs.";
    }

    private void spectra() {
        double loudest = Math.max(
                Series.max(after.levelDb(), Double.NEGATIVE_INFINITY),
                Series.max(before.levelDb(), Double.NEGATIVE_INFINITY) + moveDb);
        double top = Double.isFinite(loudest) ? 6 * StrictMath.ceil((loudest + 1) / 6) : 0;
        double quietest = Math.min(Series.min(after.levelDb(), top), Series.min(before.levelDb(), top) + moveDb);
        double bottom = Math.max(top - MOST_SPAN_DB, Math.min(top - 24, 12 * StrictMath.floor(quietest / 12)));
        List<Plot.Tick> rows = Plot.scale(top, bottom, 12);

        Plot.label(page, "row");
        page.element("span", "dBFS", "class", "unit");
        page.element("span", "after", "class", "key after");
        page.element("span", "before", "class", "key before");
        page.close();
        Plot plot = Plot.open(page, "tall", "Spectrum before and after the master, level-matched");
        plot.columns(ticks).rows(rows);
        List<Double> x = places(after);
        List<Double> y = heights(after, 0, top, bottom);
        plot.area(
                "under-after",
                x,
                y.stream().map(at -> Double.isFinite(at) ? at : 1.1).toList(),
                y.stream().map(at -> 1.1).toList());
        plot.line("before", places(before), heights(before, moveDb, top, bottom));
        plot.line("after", x, y);
        plot.drawn().rowLabels(rows).close();
    }

    private void difference() {
        List<Double> change = new ArrayList<>();
        for (int i = 0; i < Math.min(after.levelDb().size(), before.levelDb().size()); i++) {
            double db = after.levelDb().get(i) - before.levelDb().get(i) - moveDb;
            change.add(Double.isFinite(db) ? db : 0.0);
        }
        double most = Math.max(Series.max(change, 0), -Series.min(change, 0));
        double step = most > 6 ? 6 : most > 3 ? 3 : most > 1 ? 2 : 1;
        double span = step * Math.max(1, Math.min(4, StrictMath.ceil(most / step)));
        List<Plot.Tick> rows = new ArrayList<>();
        for (double db : List.of(span, 0.0, -span)) {
            rows.add(new Plot.Tick(at(db, span), Figures.change(db).replace(".0", ""), true));
        }

        Plot.label(page, "row joined");
        page.element("span", "dB", "class", "unit");
        page.element("span", "the change", "class", "key change");
        page.close();
        Plot plot = Plot.open(page, "low", "By how much the master changed each third of an octave, level aside");
        plot.columns(ticks).rows(rows);
        List<Double> x = places(after);
        plot.area(
                "under-change",
                x,
                change.stream().map(db -> at(db, span)).toList(),
                change.stream().map(db -> 0.5).toList());
        plot.line("change", x, change.stream().map(db -> at(db, span)).toList());
        plot.drawn().rowLabels(rows).close();
    }

    private static double at(double db, double span) {
        return 0.5 - 0.42 * db / span;
    }

    private static List<Double> heights(RenderTrace.Spectrum spectrum, double moveDb, double top, double bottom) {
        return spectrum.levelDb().stream()
                .map(level -> (top - level - moveDb) / (top - bottom))
                .toList();
    }

    private static List<Double> places(RenderTrace.Spectrum spectrum) {
        return spectrum.centreHz().stream().map(SpectrumCurves::place).toList();
    }

    /** Where a frequency is: octaves are equally wide. */
    private static double place(double hz) {
        double octaves = StrictMath.log(hz / LOWEST_HZ) / StrictMath.log(HIGHEST_HZ / LOWEST_HZ);
        return Double.isFinite(octaves) ? Math.max(0, Math.min(1, octaves)) : 0;
    }

    private static List<Plot.Tick> ticks() {
        List<Plot.Tick> ticks = new ArrayList<>();
        for (int hz : TICKS_HZ) {
            String label = hz < 1000 ? hz + " Hz" : hz / 1000 + " kHz";
            ticks.add(new Plot.Tick(place(hz), label, ON_NARROW_HZ.contains(hz)));
        }
        return ticks;
    }

    /** The power of all bands together. */
    private static double powerDb(RenderTrace.Spectrum spectrum) {
        double power = 0;
        for (double level : spectrum.levelDb()) {
            power += Double.isFinite(level) ? StrictMath.pow(10, level / 10) : 0;
        }
        return Decibels.fromPower(power);
    }
}
