package io.mixgraph.documents.page;

import io.mixgraph.documents.page.RoutingBoxes.Box;
import io.mixgraph.documents.page.RoutingBoxes.Link;
import io.mixgraph.routing.Edge;
import io.mixgraph.routing.MixGraph;
import io.mixgraph.routing.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The routing as a drawing, twice: in columns from left to right for a wide page, and for a narrow one as a list from
 * top to bottom with arcs beside it. The page shows the one that fits; both are as large as their letters need.
 */
final class RoutingPlot {
    private static final double LINE = 16;
    private static final double PADDING = 8;
    private static final int MOST_LINES = 4;
    private static final double LETTER = 6.8;

    /** Which way the links of a drawing run. */
    private enum Shape {
        COLUMNS,
        LIST
    }

    /** Where a box lies, in CSS pixels. */
    private record Place(double x, double y, double width, double height) {
        double middle() {
            return y + height / 2;
        }

        double right() {
            return x + width;
        }

        Place at(double newY) {
            return new Place(x, newY, width, height);
        }
    }

    private final Markup page;
    private final Shape shape;
    private final List<Box> boxes;
    private final List<Link> links;
    private final List<List<String>> lines = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private double width;
    private double height;

    private RoutingPlot(Markup page, RoutingBoxes routing, Shape shape) {
        this.page = page;
        this.shape = shape;
        boxes = routing.boxes();
        links = routing.links();
        if (shape == Shape.COLUMNS) {
            columns();
        } else {
            list();
        }
    }

    static void write(Markup page, MixGraph graph, Palette palette) {
        RoutingBoxes routing = new RoutingBoxes(graph, palette);
        page.open("section").element("h2", "Routing");
        page.open("p", "class", "note legend").raw("\n");
        for (Edge.Role role : Edge.Role.values()) {
            boolean used = routing.links().stream().anyMatch(link -> link.role() == role);
            if (used) {
                page.element("span", RoutingBoxes.word(role), "class", "key link-" + RoutingBoxes.word(role));
            }
        }
        page.close();
        new RoutingPlot(page, routing, Shape.COLUMNS).draw();
        new RoutingPlot(page, routing, Shape.LIST).draw();
        page.close();
    }

    /**
     * Tracks at the left, the master at the right; each box as high as the middle of what feeds it, if there is room.
     */
    private void columns() {
        int count = 1 + boxes.stream().mapToInt(Box::level).max().orElse(0);
        double box = Math.max(170, Math.min(230, 670.0 / count));
        double gap = count == 1 ? 0 : Math.max(70, Math.min(200, (1090 - count * box) / (count - 1)));
        width = count * box + (count - 1) * gap;
        for (int i = 0; i < boxes.size(); i++) {
            lines.add(wrapped(boxes.get(i).effects(), (int) ((box - 2 * PADDING) / LETTER), MOST_LINES));
            places.add(new Place(boxes.get(i).level() * (box + gap), 0, box, boxHeight(i)));
        }
        for (int level = 0; level < count; level++) {
            height = Math.max(height, stacked(level));
        }
        for (int level = 0; level < count; level++) {
            settle(level);
        }
    }

    /** The boxes of a level one under the other, as they come; how high they are together. */
    private double stacked(int level) {
        double y = 0;
        String before = "";
        for (int i = 0; i < boxes.size(); i++) {
            if (boxes.get(i).level() == level) {
                y += y == 0 ? 0 : space(level, before, boxes.get(i).style());
                before = boxes.get(i).style();
                places.set(i, places.get(i).at(y));
                y += places.get(i).height();
            }
        }
        return y;
    }

    private static double space(int level, String above, String below) {
        return level == 0 && above.equals(below) ? 6 : 18;
    }

    /** Moves the boxes of a level towards the middle of what feeds them; they keep apart and inside. */
    private void settle(int level) {
        List<Integer> column = new ArrayList<>();
        List<Double> wanted = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            wanted.add(wanted(i));
            if (boxes.get(i).level() == level) {
                column.add(i);
            }
        }
        if (level == 0) {
            double rest = (height - stacked(0)) / 2;
            column.forEach(i -> places.set(i, places.get(i).at(places.get(i).y() + rest)));
            return;
        }
        column.sort(Comparator.comparing(wanted::get));
        double free = 0;
        for (int i : column) {
            places.set(
                    i,
                    places.get(i)
                            .at(Math.max(free, wanted.get(i) - places.get(i).height() / 2)));
            free = places.get(i).y() + places.get(i).height() + 18;
        }
        double end = height;
        for (int k = column.size() - 1; k >= 0; k--) {
            int i = column.get(k);
            places.set(
                    i,
                    places.get(i)
                            .at(Math.min(places.get(i).y(), end - places.get(i).height())));
            end = places.get(i).y() - 18;
        }
    }

    private double wanted(int box) {
        double sum = 0;
        int count = 0;
        for (Link link : links) {
            boolean output = link.role() == Edge.Role.OUTPUT;
            if (link.to() == box
                    && output
                    && boxes.get(link.from()).level() < boxes.get(box).level()) {
                sum += places.get(link.from()).middle();
                count++;
            }
        }
        // What only sends feed stands low.
        return count == 0 ? height : sum / count;
    }

    private void list() {
        width = 360;
        double y = 0;
        for (int i = 0; i < boxes.size(); i++) {
            boolean track = boxes.get(i).kind() == Node.Kind.TRACK;
            double indent = track ? 0 : 12;
            double box = 280 - indent;
            lines.add(wrapped(boxes.get(i).effects(), (int) ((box - 2 * PADDING) / LETTER), MOST_LINES));
            places.add(new Place(indent, y, box, boxHeight(i)));
            y += boxHeight(i) + (track ? 6 : 18);
        }
        height = Math.max(0, y - 18);
    }

    private double boxHeight(int box) {
        return 2 * PADDING + LINE * (1 + lines.get(box).size());
    }

    /** Words in lines of so many letters; what does not fit is counted. */
    private static List<String> wrapped(List<String> words, int letters, int most) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!line.isEmpty() && line.length() + 3 + word.length() > letters) {
                lines.add(line.toString());
                line.setLength(0);
                if (lines.size() == most) {
                    String last = lines.remove(most - 1);
                    lines.add(shortened(last, letters - 5) + " +" + (words.size() - i));
                    return lines;
                }
            }
            line.append(line.isEmpty() ? "" : " · ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(shortened(line.toString(), letters));
        }
        return lines;
    }

    /** Its first letters and an ellipsis, when it is too long; wide letters count twice. */
    private static String shortened(String text, int letters) {
        StringBuilder kept = new StringBuilder();
        int used = 0;
        for (int c : text.codePoints().toArray()) {
            used += c < 0x1100 ? 1 : 2;
            if (used > letters) {
                return kept.append('…').toString();
            }
            kept.appendCodePoint(c);
        }
        return text;
    }

    private void draw() {
        boolean wide = shape == Shape.COLUMNS;
        double margin = 2;
        page.open("div", "class", wide ? "routing wide-only" : "routing narrow-only");
        page.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                number(-margin) + " " + number(-margin) + " " + number(width + 2 * margin) + " "
                        + number(height + 2 * margin),
                "style",
                (wide ? "min-width:" + number(0.9 * width) + "px;" : "") + "max-width:"
                        + number(width * (wide ? 1.05 : 1.3)) + "px",
                "role",
                "img");
        page.raw("\n");
        page.element("title", "Routing: " + "tracks through buses into the master");
        links.forEach(this::link);
        for (int i = 0; i < boxes.size(); i++) {
            box(i);
        }
        page.close().close();
    }

    private void link(Link link) {
        Place from = places.get(link.from());
        Place to = places.get(link.to());
        double y1 = from.middle();
        double y2 = to.middle() + offset(link.role());
        double x1 = from.right();
        String way;
        if (shape == Shape.COLUMNS && to.x() > from.x()) {
            double half = (x1 + to.x()) / 2;
            way = "M" + pair(x1, y1) + "C" + pair(half, y1) + " " + pair(half, y2) + " " + pair(to.x(), y2);
        } else {
            double room = shape == Shape.LIST ? width - 282 : 60;
            double reach = Math.max(from.right(), to.right())
                    + Math.min(room * 1.3, 14 + Math.abs(y2 - y1) * (shape == Shape.LIST ? 0.14 : 0.3));
            way = "M" + pair(x1, y1) + "C" + pair(reach, y1) + " " + pair(reach, y2) + " " + pair(to.right(), y2);
        }
        page.open(
                "path",
                "class",
                "link link-" + RoutingBoxes.word(link.role()) + (link.silent() ? " silent" : ""),
                "d",
                way);
        page.element("title", link.detail()).close();
        double endX = shape == Shape.COLUMNS && to.x() > from.x() ? to.x() : to.right();
        page.empty(
                "circle",
                "class",
                "dot dot-" + RoutingBoxes.word(link.role()),
                "cx",
                number(endX),
                "cy",
                number(y2),
                "r",
                "3");
    }

    private static double offset(Edge.Role role) {
        return switch (role) {
            case OUTPUT -> 0;
            case SEND -> 9;
            case KEY -> -9;
        };
    }

    private void box(int index) {
        Box box = boxes.get(index);
        Place place = places.get(index);
        page.open(
                "svg",
                "class",
                "box " + RoutingBoxes.word(box.kind()),
                "x",
                number(place.x()),
                "y",
                number(place.y()),
                "width",
                number(place.width()),
                "height",
                number(place.height()));
        page.raw("\n").element("title", box.detail());
        page.empty(
                "rect",
                "class",
                "ground",
                "x",
                "0.5",
                "y",
                "0.5",
                "width",
                number(place.width() - 1),
                "height",
                number(place.height() - 1),
                "rx",
                box.kind() == Node.Kind.TRACK ? "4" : "7");
        page.empty(
                "rect",
                "class",
                "flag " + box.style(),
                "x",
                "0.5",
                "y",
                "0.5",
                "width",
                box.kind() == Node.Kind.TRACK ? "4" : "7",
                "height",
                number(place.height() - 1),
                "rx",
                "2");
        double x = PADDING + 8;
        int letters = (int) ((place.width() - x - PADDING) / LETTER);
        page.element(
                "text", shortened(box.head(), letters), "class", "head", "x", number(x), "y", number(PADDING + 12));
        for (int i = 0; i < lines.get(index).size(); i++) {
            page.element("text", lines.get(index).get(i), "x", number(x), "y", number(PADDING + 12 + LINE * (i + 1)));
        }
        page.close();
    }

    private static String pair(double x, double y) {
        return number(x) + " " + number(y);
    }

    private static String number(double value) {
        return Plot.number(value);
    }
}
