package io.mixgraph.cli;

import io.mixgraph.audio.Numbers;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines over two axes, as SVG: on a ground of its own, light or dark as the reader likes it, in the reader's fonts, and
 * the same text on every JVM.
 */
final class Chart {
    private static final int LEFT = 72;
    private static final int HEAD = 44;
    private static final int BOTTOM = 58;
    private static final int LINE_HEIGHT = 22;
    private static final int SWATCH = 60;

    /** How wide a letter of the code font is, in pixels, at most. */
    private static final double LETTER = 7.4;

    /** How far a point may lie off a straight line that stands for it, in pixels. */
    private static final double NEAR = 0.1;

    /** Colours that are told apart by all eyes: M. Okabe and K. Ito, "Color Universal Design", 2008. */
    private static final List<String> LIGHT =
            List.of("#0072b2", "#d55e00", "#009e73", "#b0578d", "#b58900", "#3f9bd1", "#555f6b");

    private static final List<String> DARK =
            List.of("#4aa8e8", "#ff8c42", "#2cc79a", "#e19ac4", "#e8c547", "#9ad0f0", "#a9b4c0");

    private static final List<String> DASHES = List.of("", "9 4", "3 3", "12 3 3 3", "6 2", "1 3", "14 5");

    /**
     * An axis.
     *
     * @param ticks where it is labelled
     * @param lines where it has lines and no labels
     */
    record Axis(String title, double min, double max, boolean logarithmic, List<Double> ticks, List<Double> lines) {
        /** From 20 Hz to 20 kHz. */
        static Axis hertz() {
            List<Double> ticks = new ArrayList<>();
            List<Double> lines = new ArrayList<>();
            for (double decade = 10; decade <= 10_000; decade *= 10) {
                for (int digit = 1; digit < 10; digit++) {
                    double hz = digit * decade;
                    if (hz >= 20 && hz <= 20_000) {
                        (digit == 1 || digit == 2 || digit == 5 ? ticks : lines).add(hz);
                    }
                }
            }
            return new Axis("Frequency, Hz", 20, 20_000, true, ticks, lines);
        }

        /** Evenly divided. */
        static Axis even(String title, double min, double max, double step) {
            List<Double> ticks = new ArrayList<>();
            for (int i = 0; min + i * step <= max + 1e-9; i++) {
                ticks.add(min + i * step);
            }
            return new Axis(title, min, max, false, ticks, List.of());
        }

        /** Evenly divided, around values that are anywhere. */
        static Axis around(String title, double least, double most) {
            for (double step : new double[] {1, 2, 3, 6, 10, 12, 20, 50, 100, 200, 500}) {
                double min = step * StrictMath.floor(least / step);
                double max = step * StrictMath.ceil(most / step);
                if ((max - min) / step <= 10) {
                    return even(title, min, max, step);
                }
            }
            throw new IllegalArgumentException("a range without end");
        }

        /** How far along it a value is, from 0 to 1. */
        private double at(double value) {
            return logarithmic ? StrictMath.log(value / min) / StrictMath.log(max / min) : (value - min) / (max - min);
        }

        private String label(double tick) {
            boolean kilo = logarithmic && tick >= 1000;
            String text = Numbers.rounded(kilo ? tick / 1000 : tick, 3).toPlainString() + (kilo ? "k" : "");
            return text.replace("-", "−");
        }
    }

    /** A point of a line. */
    record Point(double x, double y) {}

    /** A line through points; what is not finite is left out. */
    record Line(String label, List<Point> points) {}

    private final int width;
    private final int height;
    private final int legend;
    private final int top;
    private final List<String> beneath;
    private final Axis x;
    private final Axis y;
    private final StringBuilder svg = new StringBuilder();

    private Chart(Axis x, Axis y, boolean square, List<Line> lines, String beneath) {
        this.x = x;
        this.y = y;
        this.width = square ? 380 : 480;
        this.height = square ? 380 : 290;
        int longest = lines.stream().mapToInt(line -> line.label.length()).max().orElse(0);
        this.legend = SWATCH + (int) (LETTER * Math.max(10, longest)) + 20;
        this.beneath = broken(beneath, (int) ((LEFT + width + legend - 40) / LETTER));
        this.top = HEAD + 20 * this.beneath.size();
    }

    private static List<String> broken(String text, int letters) {
        List<String> lines = new ArrayList<>();
        if (text.isEmpty()) {
            return lines;
        }
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > letters) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /**
     * Draws it.
     *
     * @param title what it shows
     * @param beneath what all lines have in common
     * @param guide where output is input, a thin line of its own; empty for none
     */
    static String svg(String title, String beneath, Axis x, Axis y, List<Line> lines, String guide) {
        boolean square = !guide.isEmpty();
        Chart chart = new Chart(x, y, square, lines, beneath);
        chart.open(title);
        chart.grid();
        if (square) {
            double from = Math.max(x.min, y.min);
            double to = Math.min(x.max, y.max);
            chart.path("guide", new Line(guide, List.of(new Point(from, from), new Point(to, to))));
        }
        // The first lies on top.
        for (int i = lines.size() - 1; i >= 0; i--) {
            chart.path("l" + i, lines.get(i));
        }
        chart.legend(lines, guide);
        return chart.svg.append("</svg>\n").toString();
    }

    private void open(String title) {
        int whole = LEFT + width + legend;
        int high = top + height + BOTTOM;
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + whole + " " + high + "\" width=\"" + whole
                + "\" height=\"" + high + "\" role=\"img\" aria-labelledby=\"title\">");
        add("<title id=\"title\">"
                + escaped(String.join(" ", title, String.join(" ", beneath)).strip()) + "</title>");
        add("<style>");
        add("  text { font: 13px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2933 }");
        add("  .name { font-weight: 600; font-size: 15px }");
        add("  .code { font: 12px ui-monospace, 'SF Mono', Consolas, 'DejaVu Sans Mono', monospace }");
        add("  .soft { fill: #52606d }");
        add("  .ground { fill: #fcfcfd; stroke: #d5dae0 }");
        add("  .grid { stroke: #e3e7ec }");
        add("  .tick { stroke: #c3cad3 }");
        add("  .zero { stroke: #7b8794 }");
        add("  .line { fill: none; stroke-width: 2.2; stroke-linejoin: round }");
        add("  .guide { fill: none; stroke: #7b8794; stroke-dasharray: 2 3 }");
        colours("  ", LIGHT);
        for (int i = 1; i < DASHES.size(); i++) {
            add("  .l" + i + " { stroke-dasharray: " + DASHES.get(i) + " }");
        }
        add("  @media (prefers-color-scheme: dark) {");
        add("    text { fill: #e6e9ed }");
        add("    .soft { fill: #a9b4c0 }");
        add("    .ground { fill: #14181d; stroke: #323a44 }");
        add("    .grid { stroke: #242b33 }");
        add("    .tick { stroke: #38424d }");
        add("    .guide { stroke: #a9b4c0 }");
        colours("    ", DARK);
        add("  }");
        add("</style>");
        add("<rect class=\"ground\" x=\"0.5\" y=\"0.5\" width=\"" + (whole - 1) + "\" height=\"" + (high - 1)
                + "\" rx=\"8\"/>");
        add("<clipPath id=\"plot\"><rect x=\"" + LEFT + "\" y=\"" + (top - 2) + "\" width=\"" + width + "\" height=\""
                + (height + 4) + "\"/></clipPath>");
        add("<text class=\"name\" x=\"20\" y=\"28\">" + escaped(title) + "</text>");
        for (int i = 0; i < beneath.size(); i++) {
            add("<text class=\"code soft\" x=\"20\" y=\"" + (48 + 18 * i) + "\">" + escaped(beneath.get(i))
                    + "</text>");
        }
    }

    private void colours(String indent, List<String> colours) {
        for (int i = 0; i < colours.size(); i++) {
            add(indent + ".l" + i + " { stroke: " + colours.get(i) + " }");
        }
    }

    private void grid() {
        x.lines.forEach(value -> vertical("grid", value));
        x.ticks.forEach(value -> vertical(value == 0 && x.min < 0 ? "zero" : "tick", value));
        y.ticks.forEach(value -> horizontal(value == 0 && y.min < 0 ? "zero" : "tick", value));
        for (double value : x.ticks) {
            add("<text class=\"soft\" text-anchor=\"middle\" x=\"" + number(px(value)) + "\" y=\"" + (top + height + 20)
                    + "\">" + x.label(value) + "</text>");
        }
        for (double value : y.ticks) {
            add("<text class=\"soft\" text-anchor=\"end\" x=\"" + (LEFT - 8) + "\" y=\"" + number(py(value) + 4.5)
                    + "\">" + y.label(value) + "</text>");
        }
        add("<text text-anchor=\"middle\" x=\"" + (LEFT + width / 2) + "\" y=\"" + (top + height + 44) + "\">"
                + escaped(x.title) + "</text>");
        add("<text text-anchor=\"middle\" transform=\"translate(26 " + (top + height / 2) + ") rotate(-90)\">"
                + escaped(y.title) + "</text>");
    }

    private void vertical(String style, double value) {
        String at = number(px(value));
        add("<path class=\"" + style + "\" d=\"M" + at + " " + top + "V" + (top + height) + "\"/>");
    }

    private void horizontal(String style, double value) {
        String at = number(py(value));
        add("<path class=\"" + style + "\" d=\"M" + LEFT + " " + at + "H" + (LEFT + width) + "\"/>");
    }

    private void path(String style, Line line) {
        List<Point> points = line.points.stream()
                .filter(point -> Double.isFinite(point.y))
                .map(point -> new Point(px(point.x), py(point.y)))
                .toList();
        StringBuilder way = new StringBuilder("M").append(text(points.get(0)));
        int from = 0;
        for (int to = 2; to < points.size(); to++) {
            if (!straight(points, from, to)) {
                from = to - 1;
                way.append('L').append(text(points.get(from)));
            }
        }
        way.append('L').append(text(points.get(points.size() - 1)));
        add("<path class=\"" + (style.equals("guide") ? style : "line " + style) + "\" clip-path=\"url(#plot)\" d=\""
                + way + "\"/>");
    }

    /** Whether all points between two lie near the straight line between them. */
    private static boolean straight(List<Point> points, int from, int to) {
        Point a = points.get(from);
        Point b = points.get(to);
        double length = Math.sqrt((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y));
        for (int i = from + 1; i < to; i++) {
            Point p = points.get(i);
            double area = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
            if (Math.abs(area) > NEAR * length) {
                return false;
            }
        }
        return true;
    }

    private static String text(Point point) {
        return number(point.x) + " " + number(point.y);
    }

    private void legend(List<Line> lines, String guide) {
        int left = LEFT + width + 22;
        int at = top + 10;
        for (int i = 0; i < lines.size(); i++) {
            entry("line l" + i, left, at, lines.get(i).label);
            at += LINE_HEIGHT;
        }
        if (!guide.isEmpty()) {
            entry("guide", left, at, guide);
        }
    }

    private void entry(String style, int left, int at, String label) {
        add("<path class=\"" + style + "\" d=\"M" + left + " " + at + "h30\"/>");
        add("<text class=\"code\" x=\"" + (left + 38) + "\" y=\"" + (at + 4) + "\">" + escaped(label) + "</text>");
    }

    private double px(double value) {
        return LEFT + width * x.at(value);
    }

    /** A little beyond the plot at most, where nothing is seen. */
    private double py(double value) {
        double at = Math.max(-0.1, Math.min(1.1, y.at(value)));
        return top + height * (1 - at);
    }

    private void add(String line) {
        svg.append(line).append('\n');
    }

    private static String number(double value) {
        return Numbers.rounded(value, 1).toPlainString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
