package io.mixgraph.documents.page;

import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderReport;
import io.mixgraph.render.RenderTrace;
import io.mixgraph.routing.MixGraph;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A render's report as a page to look at, to print and to send to the artist. */
public final class ReportPage {
    private ReportPage() {}

    /**
     * The page, one file of HTML that is also well-formed XML. It loads nothing and runs nothing. The same render gives
     * the same text on every JVM; its size does not grow with the render's length.
     *
     * @param title what to call the mix
     * @param report what the render did
     * @param trace how it went over time
     * @param graph what was rendered
     */
    public static String html(String title, RenderReport report, RenderTrace trace, MixGraph graph) {
        Markup page = new Markup();
        Palette palette = Palette.of(trace, graph);
        page.raw("<!DOCTYPE html>\n");
        page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en").raw("\n");
        head(page, title);
        page.open("body").raw("\n").open("main").raw("\n");
        header(page, title, report);
        Waveforms.write(page, report, trace, palette);
        LoudnessCurves.write(page, report, trace);
        SpectrumCurves.write(page, trace);
        ShareSection.write(page, report, trace, palette);
        RoutingPlot.write(page, graph, palette);
        ProofSection.write(page, report);
        page.close().close().close();
        return page.finished();
    }

    private static void head(Markup page, String title) {
        page.open("head").raw("\n").empty("meta", "charset", "utf-8");
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.empty("meta", "name", "color-scheme", "content", "light dark");
        page.element("title", title + " – mix report");
        page.open("style").raw("\n").raw(style()).close();
        page.close();
    }

    private static String style() {
        try (InputStream style = Objects.requireNonNull(ReportPage.class.getResourceAsStream("report.css"))) {
            return new String(style.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void header(Markup page, String title, RenderReport report) {
        RenderReport.LoudnormMetrics metrics = report.loudnormMetrics();
        Verdict verdict = Verdict.of(report);
        page.open("header").element("p", "Mix report", "class", "overline");
        page.name("h1", title.isBlank() ? "Untitled" : title);
        page.open("p", "class", "verdict " + verdict.tone().style());
        page.element("strong", verdict.tone().word()).text(verdict.text()).close();
        page.open("dl", "class", "figures").raw("\n");
        Double target = metrics.targetI();
        figure(
                page,
                "Integrated",
                Figures.level(metrics.outputI()),
                "LUFS",
                target == null ? "no target" : "target " + Figures.level(target));
        Double ceiling = metrics.targetTp();
        figure(
                page,
                "True peak",
                Figures.level(metrics.outputTp()),
                "dBTP",
                ceiling == null ? "no ceiling" : "ceiling " + Figures.level(ceiling));
        figure(page, "Loudness range", Figures.level(metrics.outputLra()), "LU", "");
        report.files().stream()
                .filter(file -> file.kind() == PlannedFile.Kind.AUDIO_MASTER)
                .findFirst()
                .ifPresent(master -> figure(
                        page, "Loudest 3 s", Figures.level(master.loudness().maxShortTermLufs()), "LUFS", ""));
        String gain = Figures.change(metrics.gainDb()) + " dB before it";
        if (ceiling == null) {
            figure(page, "Limiter", "off", "", gain);
        } else {
            figure(page, "Limiter at most", Figures.level(metrics.limiterMaxReductionDb()), "dB", gain);
        }
        figure(page, "Length", Figures.length(report.frames(), report.sampleRate()), "", "");
        figure(page, "Rate", Figures.kilohertz(report.sampleRate()), "kHz", "");
        page.close().close();
    }

    private static void figure(Markup page, String term, String value, String unit, String more) {
        page.open("div").element("dt", term).open("dd").element("b", value);
        if (!unit.isEmpty()) {
            page.element("span", unit);
        }
        page.close();
        if (!more.isEmpty()) {
            page.element("dd", more, "class", "more");
        }
        page.close();
    }
}
