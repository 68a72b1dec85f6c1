package io.mixgraph.documents.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The colours of the page, as its style gives them. */
class PaletteTest {
    private static final Pattern COLOUR = Pattern.compile("--([a-z0-9-]+): #([0-9a-f]{6})");

    /** Machado, Oliveira and Fernandes (2009), table 1, severity 1: protanopia, deuteranopia, tritanopia. */
    private static final double[][][] SIGHTS = {
        {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
        {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
        {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
        {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
    };

    /** WCAG 2.2: 4.5 for text (1.4.3), 3 for what is drawn (1.4.11). */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void textIsReadable(int scheme) throws IOException {
        assertContrast(scheme, List.of("ink", "soft", "good", "bound", "bad"), 4.5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void linesAndAreasAreSeen(int scheme) throws IOException {
        List<String> drawn = new ArrayList<>(List.of("line", "line-soft", "limit", "goal", "before", "send", "keyed"));
        for (int i = 0; i <= Palette.OWN; i++) {
            drawn.add("c" + i);
        }
        assertContrast(scheme, drawn, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void busesAreToldApartWithAnySight(int scheme) throws IOException {
        Map<String, double[]> colours = colours().get(scheme);
        for (double[][] sight : SIGHTS) {
            for (int a = 0; a <= Palette.OWN; a++) {
                for (int b = 0; b < a; b++) {
                    double[] first = lab(seen(sight, colour(colours, "c" + a)));
                    double[] second = lab(seen(sight, colour(colours, "c" + b)));
                    double squares = 0;
                    for (int i = 0; i < 3; i++) {
                        squares += (first[i] - second[i]) * (first[i] - second[i]);
                    }
                    assertThat(Math.sqrt(squares)).as("c%d and c%d", a, b).isGreaterThan(20);
                }
            }
        }
    }

    private static void assertContrast(int scheme, List<String> names, double least) throws IOException {
        Map<String, double[]> colours = colours().get(scheme);
        double paper = luminance(colour(colours, "paper"));
        for (String name : names) {
            double own = luminance(colour(colours, name));
            double contrast = (Math.max(own, paper) + 0.05) / (Math.min(own, paper) + 0.05);
            assertThat(contrast).as(name).isGreaterThanOrEqualTo(least);
        }
    }

    private static double[] colour(Map<String, double[]> colours, String name) {
        return Objects.requireNonNull(colours.get(name), name);
    }

    /** Light, then dark: linear red, green and blue of each name. */
    private static List<Map<String, double[]>> colours() throws IOException {
        List<Map<String, double[]>> schemes = List.of(new LinkedHashMap<>(), new LinkedHashMap<>());
        try (InputStream style = Objects.requireNonNull(ReportPage.class.getResourceAsStream("report.css"))) {
            Matcher colour = COLOUR.matcher(new String(style.readAllBytes(), StandardCharsets.UTF_8));
            while (colour.find()) {
                int rgb = Integer.parseInt(colour.group(2), 16);
                double[] linear = {linear(rgb >> 16), linear(rgb >> 8), linear(rgb)};
                schemes.get(schemes.get(0).containsKey(colour.group(1)) ? 1 : 0).put(colour.group(1), linear);
            }
        }
        return schemes;
    }

    /** IEC 61966-2-1. */
    private static double linear(int value) {
        double v = (value & 0xFF) / 255.0;
        return v <= 0.04045 ? v / 12.92 : StrictMath.pow((v + 0.055) / 1.055, 2.4);
    }

    private static double luminance(double[] rgb) {
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    }

    private static double[] seen(double[][] sight, double[] rgb) {
        double[] seen = new double[3];
        for (int i = 0; i < 3; i++) {
            double value = sight[i][0] * rgb[0] + sight[i][1] * rgb[1] + sight[i][2] * rgb[2];
            seen[i] = Math.max(0, Math.min(1, value));
        }
        return seen;
    }

    /** CIE 1976 L*a*b* under D65. */
    private static double[] lab(double[] rgb) {
        double x = root((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505);
        double y = root(luminance(rgb));
        double z = root((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double root(double value) {
        return value > 0.008856 ? StrictMath.cbrt(value) : 7.787 * value + 16.0 / 116;
    }
}
