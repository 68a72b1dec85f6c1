package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Stems that are taken elsewhere than before the master. */
class StemTapsTest {
    @TempDir
    Path folder;

    @Test
    void soloedStemsAddUpToNothingAndTheReportSaysByHowMuch() throws IOException {
        String band = Material.band(folder)
                .replace("master: {", "master: {fx: [{type: compressor, threshold_db: -30, ratio: 4}], ");
        Path out = render(band + "output: {stems: {tap: soloed}}\n");
        JsonNode certificate = report(out).path("certificate");

        assertThat(certificate.path("stems_tap").asString()).isEqualTo("soloed");
        assertThat(certificate.path("stems_sum_to").isNull()).isTrue();
        assertThat(certificate.path("null_within_bound").isNull()).isTrue();
        // Each alone is compressed less than all together: by far more than rounding.
        assertThat(certificate.path("null_residual_dbfs").asDouble()).isGreaterThan(-30);
        for (JsonNode file : report(out).path("files")) {
            assertThat(file.path("in_sum").asBoolean()).isFalse();
        }
        Invocation verified = Invocation.of("verify", out);
        assertThat(verified.exitCode()).as(verified.out()).isZero();
        assertThat(verified.out()).contains("-      null test: there are no stems that add up to anything");
    }

    @Test
    void whatASaturationAddsIsAStemOfItsOwn() throws IOException {
        String band = Material.band(folder).replace("master: {", "master: {fx: [{type: saturation, drive_db: 12}], ");
        Path out = render(band + "output: {stems: {tap: mastered}, deliverables: [{id: e, except: [drums]}]}\n");

        double[][] residual = Material.samples(out.resolve("stems/residual.wav"));
        double peak = 0;
        for (double sample : residual[0]) {
            peak = Math.max(peak, Math.abs(sample));
        }
        assertThat(peak).as("what it adds").isGreaterThan(0.01);
        JsonNode report = report(out);
        assertThat(report.path("warnings").toString()).contains("not linear", "residual");
        assertThat(report.path("certificate").path("null_within_bound").asBoolean())
                .isTrue();
        assertThat(report.path("certificate")
                        .path("sums")
                        .path(0)
                        .path("sum_of")
                        .toString())
                .isEqualTo("[\"bass\",\"vocals\",\"other\",\"residual\"]");
        Invocation verified = Invocation.of("verify", out);
        assertThat(verified.exitCode()).as(verified.out()).isZero();
        assertThat(verified.out()).contains("ok     stems sum to master: residual -1");
    }

    /** All rates and channels at once: what is folded and converted still adds up. */
    @Test
    void foldedStemsAtAnotherRateStillAddUp() throws IOException {
        Path out = render(Material.band(folder) + """
                output:
                  channels: 1
                  sample_rate: 44100
                  pre_master: true
                  stems: {encoding: pcm24, gain_db: -6}
                  deliverables: [{id: web, format: opus, sample_rate: 48000}, {id: high, sample_rate: 96000}]
                """);
        JsonNode report = report(out);
        assertThat(report.path("certificate").path("aligned").asBoolean()).isTrue();
        for (JsonNode file : report.path("files")) {
            String path = file.path("path").asString();
            int rate = path.contains("web") ? 48_000 : path.contains("high") ? 96_000 : 44_100;
            assertThat(file.path("sample_rate").asInt()).as(path).isEqualTo(rate);
            assertThat(Material.samples(out.resolve(path)).length).as(path).isEqualTo(1);
        }
        double[] sum = new double[Material.samples(out.resolve("pre_master.wav"))[0].length];
        for (String stem : new String[] {"drums", "bass", "vocals", "other"}) {
            double[] part = Material.samples(out.resolve("stems/" + stem + ".wav"))[0];
            for (int i = 0; i < sum.length; i++) {
                sum[i] += part[i] * Math.pow(10, 6 / 20.0);
            }
        }
        double[] whole = Material.samples(out.resolve("pre_master.wav"))[0];
        for (int i = 0; i < sum.length; i++) {
            // Four times half a step of 24 bits, twice as large by the gain, and the float of the whole.
            assertThat(Math.abs(sum[i] - whole[i])).as("frame %d", i).isLessThan(4.1 * 2 * 0x1p-24);
        }
        Invocation verified = Invocation.of("verify", out);
        assertThat(verified.exitCode()).as(verified.out()).isZero();
        assertThat(verified.out()).contains("ok     stems sum to pre_master: residual -1");
    }

    private Path render(String text) throws IOException {
        Path out = folder.resolve("out");
        Invocation run = Invocation.of("render", Material.document(folder, "band.yaml", text), "-o", out);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return out;
    }

    private static JsonNode report(Path out) throws IOException {
        return Invocation.json(Files.readString(out.resolve("report.json")));
    }
}
