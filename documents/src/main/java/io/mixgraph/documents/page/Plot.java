package io.mixgraph.documents.page;

import io.mixgraph.audio.Numbers;
import java.util.ArrayList;
import java.util.List;

/**
 * A plot: an SVG that is stretched over whatever width the page has, lines keeping their thickness, and labels over it.
 * Places are parts of one, from the left and from the top.
 */
final class Plot {
    /** The SVG's own width and height, which the page stretches. */
    private static final double WIDTH = 1000;

    private static final double HEIGHT = 500;

    /**
     * A line of the grid and what it stands for.
     *
     * @param at 0 to 1
     * @param main whether its label is shown on a narrow screen too
     */
    record Tick(double at, String label, boolean main) {}

    private final Markup page;

    private Plot(Markup page) {
        this.page = page;
    }

    /** Begins a row, with the label that stands beside its plot; the caller writes it and closes it. */
    static void label(Markup page, String style) {
        page.open("div", "class", style).raw("\n").open("div", "class", "label").raw("\n");
    }

    /**
     * Opens a plot in a row whose label is written.
     *
     * @param size the style that gives its height
     * @param description what it shows, for those who do not see it
     */
    static Plot open(Markup page, String size, String description) {
        page.open("div", "class", "plot " + size);
        page.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 1000 500",
                "preserveAspectRatio",
                "none",
                "role",
                "img");
        page.raw("\n").element("title", description);
        return new Plot(page);
    }

    /** Ends the drawing; labels may follow. */
    Plot drawn() {
        page.close();
        return this;
    }

    /** Ends the plot and its row. */
    void close() {
        page.close().close();
    }

    /** Lines from top to bottom. */
    Plot columns(List<Tick> ticks) {
        StringBuilder way = new StringBuilder();
        for (Tick tick : ticks) {
            if (tick.at > 0 && tick.at < 1) {
                way.append('M').append(x(tick.at)).append(" 0V").append(number(HEIGHT));
            }
        }
        return path("grid", way);
    }

    /** Lines from left to right. */
    Plot rows(List<Tick> ticks) {
        StringBuilder way = new StringBuilder();
        for (Tick tick : ticks) {
            way.append("M0 ").append(y(tick.at)).append('H').append(number(WIDTH));
        }
        return path("grid", way);
    }

    /** One line from left to right; none where the place is not a number. */
    Plot row(String style, double at) {
        if (!Double.isFinite(at)) {
            return this;
        }
        return path(style, new StringBuilder("M0 ").append(y(at)).append('H').append(number(WIDTH)));
    }

    /** A line; it is broken where a place is not a number. */
    Plot line(String style, List<Double> x, List<Double> y) {
        StringBuilder way = new StringBuilder();
        boolean broken = true;
        for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
            boolean known = Double.isFinite(y.get(i));
            if (known) {
                way.append(broken ? 'M' : 'L').append(x(x.get(i))).append(' ').append(y(y.get(i)));
            }
            broken = !known;
        }
        return path(style, way);
    }

    /** The area between two lines over the same places. */
    Plot area(String style, List<Double> x, List<Double> top, List<Double> bottom) {
        StringBuilder way = new StringBuilder();
        int count = Math.min(x.size(), Math.min(top.size(), bottom.size()));
        for (int i = 0; i < count; i++) {
            way.append(i == 0 ? 'M' : 'L').append(x(x.get(i))).append(' ').append(y(top.get(i)));
        }
        for (int i = count - 1; i >= 0; i--) {
            way.append('L').append(x(x.get(i))).append(' ').append(y(bottom.get(i)));
        }
        return path(style, count == 0 ? way : way.append('Z'));
    }

    /** The area between two lines that stand still for each of as many equal steps as there are. */
    Plot steps(String style, List<Double> top, List<Double> bottom) {
        int count = Math.min(top.size(), bottom.size());
        StringBuilder way = new StringBuilder(count == 0 ? "" : "M0 " + y(top.get(0)));
        for (int i = 0; i < count; i++) {
            way.append(i == 0 ? "" : "V" + y(top.get(i))).append('H').append(x((i + 1.0) / count));
        }
        for (int i = count - 1; i >= 0; i--) {
            way.append('V').append(y(bottom.get(i))).append('H').append(x((double) i / count));
        }
        return path(style, count == 0 ? way : way.append('Z'));
    }

    /** Bands from top to bottom, one for each run of steps that are on. */
    Plot marks(String style, List<Boolean> steps) {
        StringBuilder way = new StringBuilder();
        int count = steps.size();
        for (int from = 0; from < count; from++) {
            if (steps.get(from)) {
                int to = from;
                while (to < count && steps.get(to)) {
                    to++;
                }
                String left = x((double) from / count);
                way.append('M').append(left).append(" 0H").append(x((double) to / count));
                way.append('V').append(number(HEIGHT)).append('H').append(left).append('Z');
                from = to;
            }
        }
        return path(style, way);
    }

    private Plot path(String style, StringBuilder way) {
        if (!way.isEmpty()) {
            page.empty("path", "class", style, "d", way.toString());
        }
        return this;
    }

    /** Labels of rows, at the left. */
    Plot rowLabels(List<Tick> ticks) {
        for (Tick tick : ticks) {
            String style = tick.at > 0.9 ? "y last" : "y";
            page.element("span", tick.label, "class", style, "style", "top:" + part(tick.at));
        }
        return this;
    }

    /** Labels of columns, in a row of their own under all plots that have them in common. */
    static void columnLabels(Markup page, List<Tick> ticks) {
        page.open("div", "class", "row under-all", "aria-hidden", "true").raw("\n");
        page.element("span", "");
        page.open("div", "class", "axis").raw("\n");
        for (Tick tick : ticks) {
            String edge = tick.at < 0.02 ? " first" : tick.at > 0.97 ? " last" : "";
            page.element(
                    "span", tick.label, "class", (tick.main ? "x" : "x wide") + edge, "style", "left:" + part(tick.at));
        }
        page.close().close();
    }

    /** Round numbers over a range, a few: the ticks of a scale from {@code top} down to {@code bottom}. */
    static List<Tick> scale(double top, double bottom, double step) {
        List<Tick> ticks = new ArrayList<>();
        for (double value = StrictMath.floor(top / step) * step; value >= bottom; value -= step) {
            ticks.add(new Tick((top - value) / (top - bottom), Figures.decimals(value, 0), true));
        }
        return ticks;
    }

    /** A part of the whole as CSS says it. */
    static String part(double part) {
        return number(clamped(part) * 100) + "%";
    }

    private static String x(double at) {
        return number(clamped(at) * WIDTH);
    }

    /** A little outside at most, where nothing is seen. */
    private static String y(double at) {
        return number(Math.max(-0.1, Math.min(1.1, at)) * HEIGHT);
    }

    private static double clamped(double part) {
        return Math.max(0, Math.min(1, part));
    }

    /** A coordinate with one decimal. */
    static String number(double value) {
        return Numbers.rounded(value, 1).toPlainString();
    }
}
