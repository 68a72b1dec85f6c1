package io.mixgraph.documents.page;

import io.mixgraph.loudness.Gating;
import io.mixgraph.render.RenderReport;
import io.mixgraph.render.RenderTrace;
import java.util.ArrayList;
import java.util.List;

/** Who is loud when, and who was limited. */
final class ShareSection {
    private static final int MOST_MOMENTS = 300;
    private static final int MOST_STEPS = 1000;

    private final Markup page;
    private final RenderReport report;
    private final RenderTrace trace;
    private final Palette palette;
    private final BusShares shares;
    private final double limitedTime;

    private ShareSection(Markup page, RenderReport report, RenderTrace trace, Palette palette) {
        this.page = page;
        this.report = report;
        this.trace = trace;
        this.palette = palette;
        shares = new BusShares(Stems.summed(report, trace), trace);
        limitedTime = shares.limitedTime();
    }

    static void write(Markup page, RenderReport report, RenderTrace trace, Palette palette) {
        ShareSection section = new ShareSection(page, report, trace, palette);
        if (!section.shares.stems().isEmpty()) {
            section.write();
        }
    }

    private void write() {
        List<Plot.Tick> ticks = new TimeAxis(trace.frames(), trace.sampleRate()).ticks();
        page.open("section").element("h2", "Who is loud, and who was limited");
        page.element("p", words(), "class", "note");
        stack(ticks);
        if (limitedTime > 0) {
            limiter(ticks);
        }
        Plot.columnLabels(page, ticks);
        table();
        page.close();
    }

    private String words() {
        String what = "Each bus's share of the loudness energy (K-weighted), over 3 s or more.";
        if (limitedTime == 0) {
            return what
                    + (Series.max(trace.reductionDb(), 0) > 0
                            ? " The limiter never took as much as " + Figures.level(BusShares.AT_WORK_DB) + " dB."
                            : " No limiter was at work.");
        }
        int gained = 0;
        for (int i = 1; i < shares.stems().size(); i++) {
            gained = gain(i) > gain(gained) ? i : gained;
        }
        return what + " The limiter worked during "
                + (limitedTime < 0.005 ? "less than 1 %" : Figures.percent(limitedTime)) + " of the time"
                + (gain(gained) < 0.01
                        ? ", against no bus in particular."
                        : ", most of all against " + shares.stems().get(gained).id() + ": "
                                + Figures.percent(shares.whileLimited(gained)) + " of the energy then, "
                                + Figures.percent(shares.overall(gained)) + " overall.");
    }

    private double gain(int stem) {
        return shares.whileLimited(stem) - shares.overall(stem);
    }

    /** The buses with a colour of their own from the top down, under them all others together. */
    private void stack(List<Plot.Tick> ticks) {
        int moments = shares.moments(MOST_MOMENTS);
        List<Double> x = new ArrayList<>();
        for (int i = 0; i < moments; i++) {
            x.add((i + 0.5) / moments);
        }
        int own = (int) shares.stems().stream().filter(stem -> !isGrey(stem)).count();
        int grey = shares.stems().size() - own;

        Plot.label(page, "row");
        for (RenderTrace.FileTrace stem : shares.stems()) {
            if (!isGrey(stem) || grey == 1) {
                page.open("span", "class", "who " + palette.style(stem.id()))
                        .element("bdi", stem.id())
                        .close();
            }
        }
        if (grey > 1) {
            page.element("span", grey + " others", "class", "who c" + Palette.OWN);
        }
        page.close();
        Plot plot = Plot.open(page, "tall", "Share of each bus in the loudness energy over time");
        List<Plot.Tick> rows = List.of(
                new Plot.Tick(0, "100 %", true), new Plot.Tick(0.5, "50 %", true), new Plot.Tick(1, "0 %", true));
        plot.columns(ticks).rows(rows);
        List<Double> top = new ArrayList<>(x.stream().map(at -> 0.0).toList());
        // What is silent takes no place: the stack begins where the shares of all end.
        List<List<Double>> layers = new ArrayList<>();
        for (int i = 0; i < shares.stems().size(); i++) {
            layers.add(shares.over(i, moments));
        }
        for (int moment = 0; moment < moments; moment++) {
            double all = 0;
            for (List<Double> layer : layers) {
                all += layer.get(moment);
            }
            top.set(moment, 1 - all);
        }
        List<Double> greyLayer = new ArrayList<>(x.stream().map(at -> 0.0).toList());
        for (int i = 0; i < layers.size(); i++) {
            RenderTrace.FileTrace stem = shares.stems().get(i);
            if (isGrey(stem)) {
                greyLayer = sum(greyLayer, layers.get(i));
            } else {
                top = layer(plot, palette.style(stem.id()), x, top, layers.get(i));
            }
        }
        if (grey > 0) {
            layer(plot, "c" + Palette.OWN, x, top, greyLayer);
        }
        plot.drawn().rowLabels(rows).close();
    }

    private List<Double> layer(Plot plot, String style, List<Double> x, List<Double> top, List<Double> heights) {
        List<Double> bottom = sum(top, heights);
        plot.area("share " + style, edged(x, 0.0, 1.0), edged(top), edged(bottom));
        return bottom;
    }

    private static List<Double> sum(List<Double> a, List<Double> b) {
        List<Double> sum = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            sum.add(a.get(i) + b.get(i));
        }
        return sum;
    }

    /** With the first and the last once more, so that areas reach the edges. */
    private static List<Double> edged(List<Double> values) {
        return values.isEmpty() ? values : edged(values, values.get(0), values.get(values.size() - 1));
    }

    private static List<Double> edged(List<Double> values, double first, double last) {
        if (values.isEmpty()) {
            return values;
        }
        List<Double> edged = new ArrayList<>(values);
        edged.add(0, first);
        edged.add(last);
        return edged;
    }

    private boolean isGrey(RenderTrace.FileTrace stem) {
        return palette.style(stem.id()).equals("c" + Palette.OWN);
    }

    private void limiter(List<Plot.Tick> ticks) {
        Plot.label(page, "row joined");
        page.element("span", "limiter", "class", "key reduction").close();
        Plot.open(page, "lane", "When the limiter worked")
                .columns(ticks)
                .row("grid", 0.5)
                .marks(
                        "reduction",
                        Series.highest(trace.reductionDb(), MOST_STEPS).stream()
                                .map(db -> db >= BusShares.AT_WORK_DB)
                                .toList())
                .drawn()
                .close();
    }

    private void table() {
        page.open("div", "class", "scroll", "role", "region", "tabindex", "0", "aria-label", "Shares of buses")
                .raw("\n");
        page.open("table", "class", "shares").raw("\n").open("thead").open("tr").raw("\n");
        page.element("th", "Bus", "scope", "col");
        page.element("th", "LUFS", "scope", "col", "class", "n");
        page.element("th", "Share of energy", "scope", "col");
        if (limitedTime > 0) {
            page.element("th", "Share while limited", "scope", "col");
            page.element("th", "Difference, points", "scope", "col", "class", "n");
        }
        page.close().close().open("tbody").raw("\n");
        for (int i = 0; i < shares.stems().size(); i++) {
            row(i);
        }
        page.close().close().close();
    }

    private void row(int stem) {
        RenderTrace.FileTrace file = shares.stems().get(stem);
        String style = palette.style(file.id());
        page.open("tr").raw("\n").open("th", "scope", "row");
        page.open("span", "class", "who " + style)
                .element("bdi", file.id())
                .close()
                .close();
        page.element("td", integrated(file), "class", "n");
        bar(style, shares.overall(stem));
        if (limitedTime > 0) {
            bar(style, shares.whileLimited(stem));
            String points = Figures.decimals(gain(stem) * 100, 0);
            page.element("td", (points.startsWith("−") || points.equals("0") ? "" : "+") + points, "class", "n");
        }
        page.close();
    }

    private void bar(String style, double share) {
        page.open("td").open("span", "class", "bar " + style);
        page.element("i", "", "style", "width:" + Plot.part(share)).close();
        page.element("span", Figures.percent(share)).close();
    }

    /** As reported; from the traced energies for what is not. */
    private String integrated(RenderTrace.FileTrace file) {
        double[] energy =
                file.energy().stream().mapToDouble(Double::doubleValue).toArray();
        return Figures.level(Stems.reported(report, file)
                .map(reported -> reported.loudness().integratedLufs())
                .orElseGet(() -> Gating.integrated(energy, energy.length)));
    }
}
