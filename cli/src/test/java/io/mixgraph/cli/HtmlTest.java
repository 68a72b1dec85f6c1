package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** {@code render --html}: a page that needs nothing but itself, published with the rest. */
class HtmlTest {
    @TempDir
    Path folder;

    @BeforeEach
    void sources() throws IOException {
        Material.sine(folder.resolve("tone.wav"), 440, 0.25, Material.RATE);
        Material.sine(folder.resolve("silence.wav"), 440, 0, Material.RATE);
        Material.sine(folder.resolve("frame.wav"), 440, 0.25, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "tone.wav, '', 'loudness: {target_lufs: -14}'",
        "tone.wav, 'channels: 1', 'loudness: {target_lufs: -14}'",
        "tone.wav, 'stems: false', 'loudness: {target_lufs: -14}'",
        "tone.wav, 'stems: {tap: mastered}', 'fx: [{type: saturation}], loudness: {preset: spotify}'",
        "tone.wav, 'stems: {tap: soloed}', 'loudness: {target_lufs: -14}'",
        "tone.wav, 'sample_rate: 44100', ''",
        "silence.wav, '', 'loudness: {target_lufs: -14}'",
        "silence.wav, 'stems: {tap: mastered}', ''",
        "frame.wav, '', 'loudness: {target_lufs: -14}'",
        "frame.wav, 'stems: {tap: soloed}', ''",
    })
    void thePageStandsAlone(String source, String output, String master)
            throws IOException, SAXException, ParserConfigurationException {
        Path out = folder.resolve("out");
        Path document = Material.document(
                folder, "a.yaml", """
                mixgraph: 1
                name: "A <b>name</b> & more"
                bus_preset: none
                buses: [{id: all}, {id: rest}]
                tracks: [{id: a, bus: all, source: %s}, {id: b, bus: rest, source: %s}]
                master: {%s}
                output: {tail: none%s}
                """.formatted(source, source, master, output.isEmpty() ? "" : ", " + output));
        Invocation run = Invocation.of("render", document, "--html", "-o", out);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains(out.resolve("report.html").toString());
        String page = Files.readString(out.resolve("report.html"));
        assertThat(page).doesNotContain("NaN", "Infinity");
        assertStandsAlone(page);
        // With or without a page it is the same render.
        Path plain = folder.resolve("plain");
        assertThat(Invocation.of("render", document, "-o", plain).exitCode()).isZero();
        assertThat(out.resolve("report.json")).hasSameTextualContentAs(plain.resolve("report.json"));
        assertThat(plain.resolve("report.html")).doesNotExist();
    }

    /** Nothing runs, and nothing is loaded: no script, no handler, no reference but into the page itself. */
    private static void assertStandsAlone(String page) throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(page)));
        NodeList all = document.getElementsByTagName("*");
        assertThat(all.getLength()).isGreaterThan(20);
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            assertThat(element.getTagName().toLowerCase(Locale.ROOT))
                    .isNotIn("script", "link", "iframe", "img", "object", "embed", "base");
            NamedNodeMap attributes = element.getAttributes();
            for (int a = 0; a < attributes.getLength(); a++) {
                String name = attributes.item(a).getNodeName();
                String value = attributes.item(a).getNodeValue();
                assertThat(name).doesNotStartWith("on");
                if (name.endsWith("href") || name.equals("src")) {
                    assertThat(value).matches("(#|data:).*");
                }
                assertThat(value).doesNotContain("url(http");
            }
        }
        assertThat(document.getElementsByTagName("style").item(0).getTextContent())
                .doesNotContain("@import", "http");
    }

    @Test
    void aRenderThatFailsPublishesNoPage() throws IOException {
        Path document = Material.document(folder, "a.yaml", """
                mixgraph: 1
                bus_preset: none
                buses: [{id: all, gain_db: 40}]
                tracks: [{id: a, bus: all, source: tone.wav}]
                output: {stems: {encoding: pcm16}}
                """);
        Path out = folder.resolve("out");
        assertThat(Invocation.of("render", document, "--html", "-o", out).exitCode())
                .isEqualTo(3);
        assertThat(out).doesNotExist();
    }
}
