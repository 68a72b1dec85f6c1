package io.mixgraph.documents.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page in Chromium, if there is one. A script that only this test adds writes into the page where its plots are,
 * how wide it is, and what went wrong.
 */
class BrowserTest {
    private static final int HEIGHT = 6000;
    private static final String SCRIPT = """
            <script>
            //<![CDATA[
            var faults = [];
            window.onerror = function (message) { faults.push(message); };
            window.addEventListener('load', function () {
              var found = 'width ' + innerWidth + ' scroll ' + document.documentElement.scrollWidth + ' faults ' + faults.length + ';';
              document.querySelectorAll('svg[role=img]').forEach(function (svg) {
                var box = svg.getBoundingClientRect();
                if (box.width > 0) {
                  found += ' plot ' + [box.left, box.top, box.width, box.height].map(Math.round).join(' ') + ';';
                }
              });
              document.querySelectorAll('.routing text, .x, .y, .label span, td, th, dt').forEach(function (text) {
                var box = text.getBoundingClientRect();
                var scale = text.getCTM ? text.getScreenCTM().a : 1;
                if (box.width > 0) {
                  found += ' letters ' + Math.round(10 * scale * parseFloat(getComputedStyle(text).fontSize)) + ';';
                }
              });
              parent.postMessage(found, '*');
            });
            //]]>
            </script>
            """;
    /** A window may not be as narrow as a telephone, a frame may. */
    private static final String FRAME = """
            <!DOCTYPE html>
            <meta name="color-scheme" content="light dark">
            <script>
            onmessage = function (message) { document.documentElement.setAttribute('data-found', message.data); };
            </script>
            <body style="margin: 0">
            <iframe src="page.html" style="display: block; border: 0; width: WIDTH; height: HEIGHT"></iframe>
            """;

    private static final Pattern WIDTHS = Pattern.compile("width (\\d+) scroll (\\d+) faults (\\d+);");
    private static final Pattern PLOT = Pattern.compile("plot (-?\\d+) (-?\\d+) (\\d+) (\\d+);");
    private static final Pattern LETTERS = Pattern.compile("letters (\\d+);");

    private static @Nullable String chromium;

    @TempDir
    private Path folder;

    @BeforeAll
    static void find() {
        for (String name : List.of("chromium", "chromium-browser")) {
            for (String path :
                    Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator, -1)) {
                if (chromium == null && Files.isExecutable(Path.of(path, name))) {
                    chromium = Path.of(path, name).toString();
                }
            }
        }
        if (chromium == null) {
            System.out.println("BrowserTest is skipped: neither chromium nor chromium-browser is on the PATH");
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "1280, dark", "400, light", "400, dark"})
    void isWholeAndHasInk(int width, String scheme) throws Exception {
        assumeTrue(chromium != null, "no chromium");
        Path page = folder.resolve("page.html");
        // One page holds a name that could widen it.
        SyntheticMix mix =
                SyntheticMix.song().with("A_name_without_a_single_space_".repeat(9), List.of("w".repeat(300)));
        Files.writeString(page, mix.html().replace("</head>", SCRIPT + "</head>"));
        Path frame = folder.resolve("frame.html");
        Files.writeString(frame, FRAME.replace("WIDTH", width + "px").replace("HEIGHT", HEIGHT + "px"));
        Path shot = folder.resolve("shot.png");

        String dom = run(
                scheme,
                "--virtual-time-budget=1000",
                "--screenshot=" + shot,
                "--dump-dom",
                frame.toUri().toString());

        Matcher widths = WIDTHS.matcher(dom);
        assertThat(widths.find()).as("what the script found in %s", dom).isTrue();
        assertThat(Integer.parseInt(widths.group(1))).isEqualTo(width);
        assertThat(Integer.parseInt(widths.group(2))).as("scroll width").isLessThanOrEqualTo(width);
        assertThat(widths.group(3)).as("errors").isEqualTo("0");
        List<Integer> letters = new ArrayList<>();
        Matcher letter = LETTERS.matcher(dom);
        while (letter.find()) {
            letters.add(Integer.parseInt(letter.group(1)));
        }
        assertThat(letters).as("tenths of pixels").hasSizeGreaterThan(50).allMatch(size -> size >= 110);

        BufferedImage image = ImageIO.read(shot.toFile());
        int paper = image.getRGB(2, 2);
        assertThat(brightness(paper)).isBetween(scheme.equals("light") ? 200 : 0, scheme.equals("light") ? 255 : 50);
        int plots = 0;
        Matcher plot = PLOT.matcher(dom);
        while (plot.find()) {
            int left = Integer.parseInt(plot.group(1));
            int top = Integer.parseInt(plot.group(2));
            int right = Math.min(width, left + Integer.parseInt(plot.group(3)));
            int bottom = Math.min(image.getHeight(), top + Integer.parseInt(plot.group(4)));
            assertThat(left).isBetween(0, width);
            long ink = 0;
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    ink += differs(image.getRGB(x, y), paper) ? 1 : 0;
                }
            }
            // A grid alone is fainter than that.
            assertThat(ink).as("ink of plot %d at %d, %d", plots, left, top).isGreaterThan((right - left) / 2);
            plots++;
        }
        // The master and six stems, loudness, limiter, two of tone, two of shares, the routing.
        assertThat(plots).isEqualTo(14);
    }

    private static boolean differs(int colour, int paper) {
        int most = 0;
        for (int shift = 0; shift < 24; shift += 8) {
            most = Math.max(most, Math.abs((colour >> shift & 0xFF) - (paper >> shift & 0xFF)));
        }
        return most > 48;
    }

    private static int brightness(int colour) {
        return ((colour >> 16 & 0xFF) + (colour >> 8 & 0xFF) + (colour & 0xFF)) / 3;
    }

    private String run(String scheme, String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("dom.html");
        List<String> command = new ArrayList<>(List.of(
                Objects.requireNonNull(chromium),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--force-device-scale-factor=1",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=1280," + HEIGHT));
        if (scheme.equals("dark")) {
            command.add("--blink-settings=preferredColorScheme=0");
        }
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException("chromium did not end within a minute");
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
