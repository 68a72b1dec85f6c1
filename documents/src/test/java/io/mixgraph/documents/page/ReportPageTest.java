package io.mixgraph.documents.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.render.Binding;
import io.mixgraph.render.PlannedFile.Kind;
import io.mixgraph.render.RenderReport;
import io.mixgraph.render.RenderTrace;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class ReportPageTest {
    private static final SyntheticMix SONG = SyntheticMix.song();
    private static final Pattern NO_NUMBER = Pattern.compile("NaN|Infinity|∞|\\binf\\b|\\bnan\\b|E-?[0-9]");

    /**
     * After a change of the page: run this class with -Dmixgraph.update=true, look at what changed, commit the file.
     */
    @Test
    void theShippedPageIsTheGeneratedOne() throws IOException {
        String page = withoutStyle(small().html());
        if (Boolean.getBoolean("mixgraph.update")) {
            Files.writeString(Path.of("src/test/resources/io/mixgraph/documents/page/small.html"), page);
            return;
        }
        try (InputStream shipped = Objects.requireNonNull(getClass().getResourceAsStream("small.html"))) {
            assertThat(page).isEqualTo(new String(shipped.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void isTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            String arabic = SONG.html();
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(SONG.html()).isEqualTo(arabic);
            Locale.setDefault(Locale.ROOT);
            assertThat(SONG.html()).isEqualTo(arabic);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void loadsAndRunsNothing() throws Exception {
        String page = SONG.html();

        assertThat(elements(parsed(page), "*"))
                .extracting(Element::getTagName)
                .doesNotContain("script", "link", "img", "iframe", "object", "image", "use");
        assertThat(page).doesNotContain("url(", "@import", "@font-face", "src=", "href=");
        // What is left of addresses are the two namespaces.
        assertThat(page.replace("http://www.w3.org/1999/xhtml", "").replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http:", "https:");
        assertThat(elements(parsed(page), "*"))
                .allSatisfy(element -> assertThat(attributes(element)).noneMatch(name -> name.startsWith("on")));
    }

    @Test
    void isAccessible() throws Exception {
        Document page = parsed(SONG.html());

        assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
        assertThat(elements(page, "meta"))
                .extracting(meta -> meta.getAttribute("name"))
                .contains("viewport", "color-scheme");
        assertThat(elements(page, "svg"))
                .filteredOn(svg -> svg.hasAttribute("role"))
                .hasSizeGreaterThan(8);
        assertThat(elements(page, "svg")).allSatisfy(svg -> {
            boolean box = svg.getAttribute("class").startsWith("box");
            assertThat(svg.getAttribute("role")).isEqualTo(box ? "" : "img");
            Element first = elements(svg, "*").get(0);
            assertThat(first.getTagName()).isEqualTo("title");
            assertThat(first.getTextContent()).isNotBlank();
        });
        assertThat(elements(page, "h1")).hasSize(1);
        assertThat(elements(page, "section"))
                .allSatisfy(section -> assertThat(elements(section, "*"))
                        .first()
                        .extracting(Element::getTagName)
                        .isEqualTo("h2"));
        assertThat(elements(page, "th"))
                .allSatisfy(head -> assertThat(head.getAttribute("scope")).isIn("col", "row"));
        Set<String> ids = new HashSet<>();
        assertThat(elements(page, "*"))
                .filteredOn(element -> element.hasAttribute("id"))
                .allSatisfy(element ->
                        assertThat(ids.add(element.getAttribute("id"))).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"quoted\" & 'single' \" onload=\"alert(1)",
                "]]> <!-- --> </style></title><b>",
                "مرحبا بالعالم",
                "🎛️ 👩‍🎤 mix 🥁",
                "\u202Eoverridden",
            })
    void keepsWhatPeopleWrote(String text) throws Exception {
        Document page = parsed(SONG.with(text, List.of(text, "second " + text)).html());

        assertThat(elements(page, "h1").get(0).getTextContent().strip()).isEqualTo(text);
        assertThat(elements(page, "title").get(0).getTextContent()).startsWith(text);
        assertThat(elements(page, "li").stream().map(li -> li.getTextContent().strip()))
                .contains(text, "second " + text);
        assertThat(elements(page, "script")).isEmpty();
        assertThat(elements(page, "b"))
                .allSatisfy(b -> assertThat(b.getAttribute("onload")).isEmpty());
    }

    @Test
    void replacesWhatXmlCannotHold() throws Exception {
        String text = "a\u0000b\u0008c\uD800d\uFFFEe\u0085f";

        Document page = parsed(SONG.with(text, List.of(text)).html());

        assertThat(elements(page, "h1").get(0).getTextContent().strip())
                .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf");
    }

    @Test
    void drawsNothingWithoutFault() throws Exception {
        assertDrawable(SyntheticMix.nothing().html());
        assertThat(SyntheticMix.nothing().html()).contains("Silence").contains("Untitled");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void drawsWhateverComes(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 5; i++) {
            assertDrawable(SONG.with(trace(random))
                    .with(metrics(random), SONG.report().certificate())
                    .html());
        }
    }

    @Test
    void tenHoursOfManyTracksStaySmall() {
        String page = SyntheticMix.large(60, 24, 36_000).html();

        assertThat(page.length()).isLessThan(2_000_000);
        assertThat(page).contains("10:00:00");
    }

    @Test
    void theSizeDoesNotGrowWithTime() {
        int hour = SyntheticMix.large(6, 3, 3_600).html().length();
        int tenHours = SyntheticMix.large(6, 3, 36_000).html().length();

        assertThat(tenHours).isBetween((int) (0.8 * hour), (int) (1.2 * hour));
    }

    @Test
    void manyTracksBecomeOneBoxForEachBus() throws Exception {
        List<String> few =
                heads(parsed(SyntheticMix.large(RoutingBoxes.MOST_TRACKS, 4, 10).html()));
        List<String> many = heads(parsed(SyntheticMix.large(60, 5, 10).html()));

        assertThat(few).hasSize(RoutingBoxes.MOST_TRACKS + 4 + 1).contains("track_7", "bus_3", "master");
        assertThat(many)
                .containsExactlyInAnyOrder(
                        "12 tracks",
                        "12 tracks",
                        "12 tracks",
                        "12 tracks",
                        "12 tracks",
                        "bus_0",
                        "bus_1",
                        "bus_2",
                        "bus_3",
                        "bus_4",
                        "master");
    }

    @Test
    void everyLinkOfTheGraphIsDrawn() throws Exception {
        Document page = parsed(SONG.html());
        List<String> drawn = elements(page, "path").stream()
                .filter(path -> path.getAttribute("class").startsWith("link "))
                .map(path -> path.getTextContent().strip())
                .toList();

        // In each of the two drawings.
        assertThat(drawn).hasSize(2 * SONG.graph().edges().size());
        assertThat(drawn).contains("kick → bass_di, key, of ducker", "choir → vocals, output, 0 dB");
        assertThat(drawn).anyMatch(link -> link.startsWith("snare → plate, send, -14 dB"));
    }

    @Test
    void saysWhatBoundTheResult() {
        assertThat(verdict(-14, -14.0, -1.02, -1.0, "TARGET"))
                .isEqualTo(new Verdict(
                        Verdict.Tone.GOOD,
                        "−14.0 LUFS, target met. True peak −1.0 dBTP, under the ceiling. 5 stems add up to what the"
                                + " master was fed."));
        assertThat(verdict(-15.3, -14.0, -1.0, -1.0, "TRUE_PEAK").text())
                .startsWith("−15.3 LUFS, 1.3 LU below the target of −14.0: peaks are in the way (true_peak).");
        assertThat(verdict(-15.3, -14.0, -1.0, -1.0, "TRUE_PEAK").tone()).isEqualTo(Verdict.Tone.BOUND);
        assertThat(verdict(Double.NEGATIVE_INFINITY, -14.0, Double.NEGATIVE_INFINITY, -1.0, "SILENCE")
                        .text())
                .startsWith("Silence")
                .doesNotContain("True peak");
        assertThat(verdict(-14, -14.0, -0.7, -1.0, "TARGET").text()).contains("0.30 dB over the ceiling of −1.0");
        assertThat(verdict(-14, -14.0, -0.7, -1.0, "TARGET").tone()).isEqualTo(Verdict.Tone.BAD);
        assertThat(verdict(-20, null, 0.4, null, "NONE").text())
                .startsWith("−20.0 LUFS; no target was asked for. True peak 0.4 dBTP, over full scale");
    }

    @Test
    void saysWhatIsBroken() {
        RenderReport.Certificate holds = SONG.report().certificate();
        RenderReport.Certificate broken = new RenderReport.Certificate(
                true, holds.stemsTap(), holds.stemsSumTo(), 0, -60, -138, false, holds.sums());
        RenderReport.Certificate crooked = new RenderReport.Certificate(
                false, holds.stemsTap(), holds.stemsSumTo(), 0, -60, -138, true, holds.sums());
        SyntheticMix wrong = SONG.with(SONG.report().loudnormMetrics(), broken);

        assertThat(Verdict.of(wrong.report()).tone()).isEqualTo(Verdict.Tone.BAD);
        assertThat(wrong.html())
                .contains("The stems do not add up to what the master was fed to a residual of −60.0 dBFS");
        assertThat(Verdict.of(SONG.with(SONG.report().loudnormMetrics(), crooked)
                                .report())
                        .text())
                .contains("do not line up");
    }

    private static Verdict verdict(
            double lufs, @Nullable Double target, double peak, @Nullable Double ceiling, String binding) {
        RenderReport.LoudnormMetrics metrics = new RenderReport.LoudnormMetrics(
                -20, -3, 6, -30, lufs, peak, 5, -24, target, ceiling, null, 6, 2, Binding.valueOf(binding));
        return Verdict.of(SONG.with(metrics, SONG.report().certificate()).report());
    }

    private static void assertDrawable(String html) throws Exception {
        Document page = parsed(html);
        for (Element element : elements(page, "*")) {
            for (String name : attributes(element)) {
                boolean geometry = !List.of("class", "content", "aria-label", "scope", "lang")
                        .contains(name);
                if (geometry) {
                    assertThat(element.getAttribute(name))
                            .as("%s of %s", name, element.getTagName())
                            .doesNotContainPattern(NO_NUMBER);
                }
            }
        }
        assertThat(elements(page, "svg"))
                .isNotEmpty()
                .allSatisfy(svg -> assertThat(elements(svg, "*").size())
                        .as("more than a title")
                        .isGreaterThan(1));
    }

    /** Lists of any length, from none to more than are drawn, with numbers of any kind. */
    private static RenderTrace trace(SplittableRandom random) {
        List<RenderTrace.FileTrace> files = new ArrayList<>();
        for (RenderTrace.FileTrace file : SONG.trace().files()) {
            if (random.nextInt(4) > 0) {
                files.add(new RenderTrace.FileTrace(
                        file.id(), file.kind(), numbers(random), numbers(random), numbers(random)));
            }
        }
        files.add(new RenderTrace.FileTrace("unknown", Kind.AUDIO_BUS_STEM, List.of(), List.of(), List.of()));
        long frames = random.nextInt(3) == 0 ? random.nextInt(3) : random.nextLong(2_000_000_000L);
        return new RenderTrace(
                48_000,
                frames,
                files,
                4_800,
                numbers(random),
                numbers(random),
                numbers(random),
                new RenderTrace.Spectrum(numbers(random), numbers(random)),
                new RenderTrace.Spectrum(numbers(random), numbers(random)));
    }

    private static RenderReport.LoudnormMetrics metrics(SplittableRandom random) {
        Double[] optional = {null, number(random), null, number(random)};
        return new RenderReport.LoudnormMetrics(
                number(random),
                number(random),
                number(random),
                number(random),
                number(random),
                number(random),
                number(random),
                number(random),
                optional[random.nextInt(4)],
                optional[random.nextInt(4)],
                null,
                number(random),
                number(random),
                Binding.values()[random.nextInt(Binding.values().length)]);
    }

    private static List<Double> numbers(SplittableRandom random) {
        int size = random.nextInt(3) == 0 ? random.nextInt(3) : random.nextInt(3_000);
        return IntStream.range(0, size).mapToObj(i -> number(random)).collect(Collectors.toList());
    }

    private static double number(SplittableRandom random) {
        return switch (random.nextInt(12)) {
            case 0 -> Double.NEGATIVE_INFINITY;
            case 1 -> Double.NaN;
            case 2 -> Double.POSITIVE_INFINITY;
            case 3 -> 0;
            case 4 -> -0.0;
            case 5 -> Double.MIN_VALUE;
            case 6 -> random.nextDouble(-1e9, 1e9);
            default -> random.nextDouble(-70, 10);
        };
    }

    /** One bus of three tracks in two seconds. */
    private static SyntheticMix small() {
        return SyntheticMix.large(3, 1, 2).with("Small & <plain>", List.of("Only a test."));
    }

    private static String withoutStyle(String page) {
        return page.replaceAll("(?s)<style>.*</style>", "<style>…</style>");
    }

    private static List<String> heads(Document page) {
        return elements(page, "div").stream()
                .filter(div -> div.getAttribute("class").contains("wide-only"))
                .flatMap(div -> elements(div, "text").stream())
                .filter(text -> text.getAttribute("class").equals("head"))
                .map(Element::getTextContent)
                .toList();
    }

    static Document parsed(String page) throws ParserConfigurationException, SAXException, IOException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }

    private static List<Element> elements(Document page, String tag) {
        return elements(page.getDocumentElement(), tag);
    }

    private static List<Element> elements(Element inside, String tag) {
        NodeList found = inside.getElementsByTagName(tag);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    private static List<String> attributes(Element element) {
        return IntStream.range(0, element.getAttributes().getLength())
                .mapToObj(i -> element.getAttributes().item(i).getNodeName())
                .toList();
    }
}
